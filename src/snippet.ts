// The line of a source with the place of a fault underlined, as a terminal shows it: Hangul takes two columns,
// and nothing in a post can send the terminal a command.

const mostColumns = 96;
/** Of the line before a fault, and after its beginning, in a line that is longer than that. */
const columnsAround = 48;

/** A character of the line. */
interface Cell {
  /** Where it is in the line. */
  readonly at: number;
  readonly end: number;
  readonly shown: string;
  readonly column: number;
  readonly width: number;
}

/**
 * The source's line and the carets below it; only the line when the place has no column, nothing when the text
 * has no such line. `column`, from 1, and `length` count UTF-16 units. A long line is cut around the place.
 */
export function snippet(text: string, line: number, column?: number, length = 1): readonly string[] {
  const source = lineOf(text, line);
  if (source === undefined) return [];
  const start = Math.min((column ?? 1) - 1, source.length);
  const cells = cellsNear(source, start);
  const end = (cells.at(-1)?.column ?? 0) + (cells.at(-1)?.width ?? 0);
  const startColumn = cells.find(({ at }) => at >= start)?.column ?? end;
  const visible =
    source.length <= mostColumns && end <= mostColumns
      ? cells
      : cells.filter((cell) => Math.abs(cell.column - startColumn) < columnsAround);

  const [first, last] = [visible[0], visible.at(-1)];
  const lead = (first?.at ?? 0) > 0 ? '…' : '';
  const tail = last !== undefined && last.end < source.length ? '…' : '';
  const shown = lead + visible.map((cell) => cell.shown).join('') + tail;
  const gutter = `  ${line} |`;
  if (column === undefined) return [`${gutter} ${shown}`.trimEnd()];

  const indent = lead.length + startColumn - (first?.column ?? 0);
  const marked = visible.filter(({ at }) => at >= start && at < start + length);
  const width = marked.reduce((sum, cell) => sum + cell.width, 0);
  return [
    `${gutter} ${shown}`.trimEnd(),
    `${' '.repeat(gutter.length - 1)}| ${' '.repeat(indent)}${'^'.repeat(Math.max(1, width))}`,
  ];
}

/** Text with everything made visible that a terminal would obey or hide: controls, changes of direction. */
export function harmless(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}]/gu, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '␡' : '�';
  });
}

function lineOf(text: string, line: number): string | undefined {
  const ends = /\r\n?|\n|$/g;
  for (let number = 1, start = 0; ; number += 1) {
    ends.lastIndex = start;
    const end = ends.exec(text);
    if (end === null) return undefined;
    if (number === line) return text.slice(start, end.index);
    if (end[0] === '') return undefined;
    start = ends.lastIndex;
  }
}

/** The characters around an index: of a line of a megabyte, too, only what can be shown. */
function cellsNear(source: string, index: number): readonly Cell[] {
  const cells: Cell[] = [];
  let at = Math.max(0, index - 4 * columnsAround);
  let column = 0;
  for (const character of source.slice(at, index + 4 * columnsAround)) {
    const shown = character === '\t' ? '    ' : harmless(character);
    const width = widthOf(shown);
    const end = at + character.length;
    cells.push({ at, end, shown, column, width });
    at = end;
    column += width;
  }
  return cells;
}

const zeroWidth = /^[\p{Mn}\p{Me}\p{Cf}\u1160-\u11FF]$/u;
const doubleWidth =
  /^[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303F\uFF01-\uFF60\uFFE0-\uFFE6]$/u;
const halfWidth = /^[\uFF61-\uFFDC]$/;

/** Columns of a terminal, close to East Asian Width (Unicode Standard Annex 11). */
function widthOf(shown: string): number {
  if (zeroWidth.test(shown)) return 0;
  return doubleWidth.test(shown) && !halfWidth.test(shown) ? 2 : shown === '    ' ? 4 : 1;
}
