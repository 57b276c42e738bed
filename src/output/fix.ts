// Puts fixes into source files. Each file is replaced whole; what is not to be fixed stays byte for byte.
import { randomUUID } from 'node:crypto';
import { chmod, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileFix } from '../build-report.js';
import { readingFault } from '../environment.js';
import { groupBy } from '../lists.js';
import type { Diagnostic, Fix } from '../types.js';
import { writeNew } from './create.js';

/** How many fixes were made, and why files could not be written. */
export interface Fixed {
  readonly made: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Applies the fixes to their files. One that the system refuses stays as it is, and the others are mended. */
export async function applyFixes(fixes: readonly FileFix[]): Promise<Fixed> {
  let made = 0;
  const diagnostics: Diagnostic[] = [];
  for (const [absolute, own] of groupBy(fixes, (fix) => fix.absolute)) {
    try {
      const fixed = fixText(await readFile(absolute, 'utf8'), own);
      if (fixed.made === 0) continue;
      await replaceFile(absolute, fixed.text);
      made += fixed.made;
    } catch (error) {
      diagnostics.push(readingFault(error, own[0]?.place.file ?? ''));
    }
  }
  return { made, diagnostics };
}

/** Gives a file another text, and leaves it its mode. Throws what the file system throws, and leaves nothing beside it. */
async function replaceFile(path: string, text: string): Promise<void> {
  // A name that no build and no preview takes for a post.
  const temporary = join(dirname(path), `.${randomUUID()}.tmp`);
  const { mode } = await stat(path);
  await writeNew(temporary, text, mode);
  try {
    // What the process's mask takes away when a file is made.
    await chmod(temporary, mode);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
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
