// What the tests of bibliographies share: sources in which ‹…› marks where a mistake is expected.
import { parseBibliography } from '../../src/bibliography/parse.js';
import type { Diagnostic } from '../../src/types.js';

export interface Marked {
  readonly source: string;
  /** `line:column+length` of every mark, in their order. */
  readonly places: readonly string[];
}

export function readMarks(marked: string): Marked {
  const places: string[] = [];
  let source = '';
  for (const [piece, text = '', mark] of marked.matchAll(/([^‹]*)(?:‹([^›]*)›)?/g)) {
    source += text;
    if (piece !== text) {
      const lines = source.split('\n');
      places.push(`${lines.length}:${(lines.at(-1) ?? '').length + 1}+${(mark ?? '').length}`);
    }
    source += mark ?? '';
  }
  return { source, places };
}

export function placeOf({ line, column, length }: Diagnostic): string {
  return `${line}:${column}+${length}`;
}

/** Everything that is said about a bibliography, remarks on its entries included, by place. */
export function everythingAbout(source: string): readonly Diagnostic[] {
  const { entries, diagnostics } = parseBibliography(source, 'references.bib');
  return [...diagnostics, ...[...entries.values()].flatMap(({ remarks }) => remarks)].sort(
    (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
}
