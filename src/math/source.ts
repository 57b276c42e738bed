// Where in the Markdown each character of a formula stands: recorded when the formula is read, so it is exact in
// quotes, lists, tables, after tabs and removed escapes, and whatever the line endings.

/** A place in the text that was parsed. Lines and columns start at 1. */
export interface SourcePoint {
  readonly line: number;
  readonly column: number;
}

/** From `offset` of the formula up to the next piece, the formula is as in the source from this point on. */
interface SourcePiece extends SourcePoint {
  readonly offset: number;
}

export type SourceMap = readonly SourcePiece[];

/** The place in the source of a character of a formula; of its end for `offset` equal to its length. */
export function pointAt(
  formula: { readonly data: { readonly source: SourceMap } },
  offset: number,
): SourcePoint {
  const { source } = formula.data;
  let low = 0;
  let high = source.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((source[middle]?.offset ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const piece = source[low];
  if (!piece) throw new Error('A formula has no source map.');
  return { line: piece.line, column: piece.column + Math.max(0, offset - piece.offset) };
}

/** A run of characters of a formula on one line of the source. */
export interface Piece extends SourcePoint {
  readonly text: string;
}

/** What a formula consists of in the source. */
export interface Pieces {
  readonly pieces: readonly Piece[];
  /** The character after it that becomes its last one. */
  readonly punctuation?: Piece | undefined;
  /** The name in a `{#name}` after it. */
  readonly label?: Piece | undefined;
}

export interface Mapped {
  readonly value: string;
  readonly source: SourceMap;
}

/**
 * Joins the pieces of a formula, one line break for each that lies between them, without the characters whose
 * places `removed` gives and without blanks at both ends, then the punctuation, then the label as TeX has it. `start` is
 * where an empty formula stands.
 */
export function joinPieces(
  { pieces, punctuation, label }: Pieces,
  removed: (text: string) => readonly number[],
  start: SourcePoint,
): Mapped {
  let value = '';
  let line = pieces[0]?.line ?? start.line;
  const source: SourcePiece[] = [];
  for (const piece of pieces) {
    value += '\n'.repeat(piece.line - line);
    line = piece.line;
    let from = 0;
    for (const place of [...removed(piece.text), piece.text.length]) {
      if (place > from) source.push({ offset: value.length, line, column: piece.column + from });
      value += piece.text.slice(from, place);
      from = place + 1;
    }
  }
  const formula = trim({ value, source: source.length > 0 ? source : [{ offset: 0, ...start }] });
  const punctuated = punctuation ? append(formula, punctuation) : formula;
  return label ? appendLabel(punctuated, label) : punctuated;
}

function appendLabel(formula: Mapped, { text, line, column }: Piece): Mapped {
  const mark = append(formula, { text: '\\label{', line, column: column - 2 });
  return append(mark, { text: `${text}}`, line, column });
}

/** Adds a text of one line after a formula, and after its comment if it ends with one. */
function append({ value, source }: Mapped, { text, line, column }: Piece): Mapped {
  const isCommented = /(?<!\\)%.*$/.test(value);
  const before = isCommented ? `${value}\n` : value;
  return { value: before + text, source: [...source, { offset: before.length, line, column }] };
}

/** The formula with each match of a pattern replaced, by what stands in the source where the match does. */
export function replaced(formula: Mapped, pattern: RegExp, replacement: (match: string) => string): Mapped {
  let value = '';
  let from = 0;
  let next = 0;
  const source: SourcePiece[] = [];
  const append = (to: number, text: string) => {
    if (to === from) return;
    const shift = value.length - from;
    source.push({ offset: value.length, ...pointAt({ data: formula }, from) });
    for (let piece = formula.source[next]; piece && piece.offset < to; piece = formula.source[++next]) {
      if (piece.offset > from) source.push({ ...piece, offset: piece.offset + shift });
    }
    value += text;
    from = to;
  };
  for (const { 0: match, index } of formula.value.matchAll(pattern)) {
    append(index, formula.value.slice(from, index));
    append(index + match.length, replacement(match));
  }
  append(formula.value.length, formula.value.slice(from));
  return { value, source };
}

/** Without blanks at both ends, but for the one that `\ ` ends with. */
function trim({ value, source }: Mapped): Mapped {
  const lead = value.length - value.trimStart().length;
  const end = value.trimEnd();
  const spaced =
    /(?<!\\)(?:\\\\)*\\$/.test(end) && end.length < value.length ? value.slice(0, end.length + 1) : end;
  if (lead === 0) return { value: spaced, source };
  const first = source.findLastIndex((piece) => piece.offset <= lead);
  return {
    value: spaced.slice(lead),
    source: source
      .slice(first)
      .map(({ offset, line, column }, index) =>
        index === 0
          ? { offset: 0, line, column: column + lead - offset }
          : { offset: offset - lead, line, column },
      ),
  };
}
