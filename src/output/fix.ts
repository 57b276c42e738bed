// Puts fixes into source files. Each file is replaced whole; what is not to be fixed stays byte for byte.
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fix } from '../types.js';

/** Applies the fixes to the files below `root`; gives how many were made. */
export async function applyFixes(root: string, fixes: readonly Fix[]): Promise<number> {
  const byFile = new Map<string, Fix[]>();
  for (const fix of fixes) byFile.set(fix.place.file, [...(byFile.get(fix.place.file) ?? []), fix]);
  for (const [file, own] of byFile) {
    const path = join(root, file);
    const fixed = fixText(await readFile(path, 'utf8'), own);
    await writeFile(`${path}.fixed`, fixed);
    await rename(`${path}.fixed`, path);
  }
  return fixes.length;
}

/** From the last place to the first, so that places before are still right. */
export function fixText(text: string, fixes: readonly Fix[]): string {
  const bom = text.startsWith('\ufeff') ? 1 : 0;
  const starts = [bom];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  const edits = fixes
    .map(({ place, replacement }) => ({
      start: (starts[(place.line ?? 1) - 1] ?? 0) + (place.column ?? 1) - 1,
      length: place.length ?? 0,
      replacement,
    }))
    .sort((a, b) => b.start - a.start);
  return edits.reduce(
    (done, { start, length, replacement }) => done.slice(0, start) + replacement + done.slice(start + length),
    text,
  );
}
