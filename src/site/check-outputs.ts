// No two files of the site may have one path, on any file system. Posts are checked before, with their places in
// the sources; this finds the rest, such as a file of `static/` where a page comes to lie.
import { diagnostic } from '../diagnostic.js';
import { foldersOf } from '../path.js';
import type { Diagnostic, Place } from '../types.js';

const either = 'rename one of the two, in posts/ or in static/';

/** `claimed`: where posts say that they want a path. */
export function checkOutputs(
  files: readonly { readonly path: string }[],
  claimed: ReadonlyMap<string, Place>,
): Diagnostic[] {
  const seen = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  const report = (path: string, other: string, message: string) => {
    const place = claimed.get(path) ?? claimed.get(other);
    const alone =
      path === other ? `rename the file in static/: ${path} is made of something else, too` : either;
    const hint = place
      ? 'choose another slug, url or alias, or rename the file that would be copied there'
      : alone;
    diagnostics.push(diagnostic('error', 'content/duplicate-path', message, place, hint));
  };
  for (const { path } of files) {
    const key = path.normalize('NFC').toLowerCase();
    const other = seen.get(key);
    if (other === undefined) seen.set(key, path);
    else if (other === path) report(path, other, `two files would be ${path}`);
    else report(path, other, `${other} and ${path} are one file on many systems`);
  }
  for (const [key, path] of seen) {
    const folder = foldersOf(key).find((one) => seen.has(one));
    const file = folder && seen.get(folder);
    if (file) report(path, file, `${file} would be a file and a folder at once`);
  }
  return diagnostics;
}
