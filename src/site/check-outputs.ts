// No two files of the site may have one path, on any file system. Posts are checked before, with their places in
// the sources; this finds the rest, such as a file of `static/` where a page comes to lie.
import { diagnostic } from '../diagnostic.js';
import type { Diagnostic } from '../types.js';

export function checkOutputs(...groups: readonly (readonly { readonly path: string }[])[]): Diagnostic[] {
  const seen = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  for (const { path } of groups.flat()) {
    const key = path.normalize('NFC').toLowerCase();
    const other = seen.get(key);
    if (other === undefined) seen.set(key, path);
    else
      diagnostics.push(
        clash(
          path,
          other === path ? `two files would be ${path}` : `${other} and ${path} are one file on many systems`,
        ),
      );
  }
  for (const [key, path] of seen) {
    const folders = key
      .split('/')
      .slice(0, -1)
      .map((_, index, all) => all.slice(0, index + 1).join('/'));
    const file = folders.find((folder) => seen.has(folder));
    if (file !== undefined)
      diagnostics.push(clash(path, `${seen.get(file)} would be a file and a folder at once`));
  }
  return diagnostics;
}

function clash(path: string, message: string): Diagnostic {
  return diagnostic(
    'error',
    'content/duplicate-path',
    message,
    undefined,
    `rename one of them: the post or tag behind ${path}, or the file in static/`,
  );
}
