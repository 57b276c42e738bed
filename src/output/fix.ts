// Puts fixes into source files. Each file is replaced whole; what is not to be fixed stays byte for byte.
import { chmod, readFile, rename, stat, writeFile } from 'node:fs/promises';
import type { FileFix } from '../build-report.js';
import type { Fix } from '../types.js';

/** Applies the fixes to their files; gives how many were made. */
export async function applyFixes(fixes: readonly FileFix[]): Promise<number> {
  const byFile = new Map<string, Fix[]>();
  for (const fix of fixes) byFile.set(fix.absolute, [...(byFile.get(fix.absolute) ?? []), fix]);
  let made = 0;
  for (const [path, own] of byFile) {
    const fixed = fixText(await readFile(path, 'utf8'), own);
    if (fixed.made === 0) continue;
    await replaceFile(path, fixed.text);
    made += fixed.made;
  }
  return made;
}

/** Gives a file another text, and leaves it its mode. */
async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.fixed`;
  const { mode } = await stat(path);
  await writeFile(temporary, text, { mode });
  // What the process's mask takes away when a file is made.
  await chmod(temporary, mode);
  await rename(temporary, path);
}

/**
 * The text with its fixes, and how many were made: none where something else stands than what was to be replaced. Places
 * are not exact in every text, and a file may have been saved since it was read. Line ends are those of Markdown.
 * @internal
 */
export function fixText(
  text: string,
  fixes: readonly Fix[],
): { readonly text: string; readonly made: number } {
  const starts = [text.startsWith('\ufeff') ? 1 : 0];
  for (const { 0: end, index } of text.matchAll(/\r\n?|\n/g)) starts.push(index + end.length);
  const edits = fixes
    .map(({ place: { line = 1, column = 1 }, written, replacement }) => ({
      start: (starts[line - 1] ?? Number.POSITIVE_INFINITY) + column - 1,
      written,
      replacement,
    }))
    .sort((a, b) => a.start - b.start);
  let fixed = '';
  let from = 0;
  let made = 0;
  for (const { start, written, replacement } of edits) {
    if (start < from || !text.startsWith(written, start)) continue;
    fixed += text.slice(from, start) + replacement;
    from = start + written.length;
    made += 1;
  }
  return { text: fixed + text.slice(from), made };
}
