// A temporary folder for a test, and what is in a folder as a value that can be compared.
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

export type Tree = Readonly<Record<string, string>>;

/** A new folder with these files in it, as a site's root; it goes with the test. */
export function makeFolder(files: Tree = {}): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'postulate-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  addFiles(folder, files);
  return folder;
}

export function addFiles(folder: string, files: Tree): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Texts by path; an empty folder is `name/`, a link `name@`. */
export function readTree(folder: string): Tree {
  const tree: Record<string, string> = {};
  for (const name of readdirSync(folder).sort()) {
    const entry = lstatSync(join(folder, name));
    if (entry.isSymbolicLink()) tree[`${name}@`] = '';
    else if (!entry.isDirectory()) tree[name] = readFileSync(join(folder, name), 'utf8');
    else {
      const inside = Object.entries(readTree(join(folder, name)));
      if (inside.length === 0) tree[`${name}/`] = '';
      for (const [path, text] of inside) tree[`${name}/${path}`] = text;
    }
  }
  return tree;
}

/** The same without our manifest. */
export function readSite(folder: string): Tree {
  const { '.postulate.json': _, ...site } = readTree(folder);
  return site;
}
