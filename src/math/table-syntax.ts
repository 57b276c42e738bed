// GitHub's tables, in which a bar inside a formula does not end its cell: the tables' own tokenizer reads each row
// with these bars hidden from it. Tokens are made of the real text, so every position stays exact.
import { gfmTable } from 'micromark-extension-gfm-table';
import type {
  Chunk,
  Code,
  Construct,
  Effects,
  Extension,
  State,
  TokenizeContext,
} from 'micromark-util-types';
import { formulaAt } from './formula.js';

const bar = 124;
/** Any character that means nothing to a table. */
const hidden = 97;

/** `gfmTable` for a text with formulas, which has to be known before. */
export function tableWithMath(text: string): Extension {
  const constructs = gfmTable().flow?.null;
  const table = Array.isArray(constructs) ? constructs[0] : constructs;
  if (!table) throw new Error('micromark-extension-gfm-table has no construct for flow.');
  return { flow: { null: { ...table, tokenize: tokenizeHidingBars(table, tableLines(text)) } } };
}

/** The line between the first row and the others, in whatever it stands. */
const delimiterRow = /^(?=.*-)[ \t>]*[|:-][|: \t-]*$/;
const blankLine = /^[ \t>]*$/;

/**
 * Numbers of lines, from 1, that may belong to a table: from the one before a delimiter row to the next blank one. Each
 * line of a text is asked whether a table begins there, and the tokenizer reads most of it before it knows.
 */
function tableLines(text: string): ReadonlySet<number> {
  const numbers = new Set<number>();
  const lines = text.split(/\r\n|\r|\n/);
  let isInside = false;
  for (const [index, line] of lines.entries()) {
    isInside = delimiterRow.test(lines[index + 1] ?? '') || (isInside && !blankLine.test(line));
    if (isInside) numbers.add(index + 1);
  }
  return numbers;
}

function tokenizeHidingBars(table: Construct, lines: ReadonlySet<number>): Construct['tokenize'] {
  return function (effects, ok, nok) {
    return (code) => {
      if (!lines.has(this.now().line)) return nok(code);
      const bars = barsInFormulas(restOfLine(this));
      if (bars.size === 0) return table.tokenize.call(this, effects, ok, nok)(code);
      return hideBars(table, this, effects, bars, ok, nok)(code);
    };
  };
}

function hideBars(
  table: Construct,
  context: TokenizeContext,
  effects: Effects,
  bars: ReadonlySet<number>,
  ok: State,
  nok: State,
): State {
  let position = 0;
  let code: Code = null;
  let done = false;
  const leave = (state: State): State => {
    return (next) => {
      done = true;
      return state(next);
    };
  };
  const hide = (state: State | undefined): State | undefined => {
    if (done || !state) return state;
    return (next) => {
      code = next;
      return hide(state(next === bar && bars.has(position) ? hidden : next));
    };
  };
  const hiding: Effects = {
    ...effects,
    consume() {
      position++;
      effects.consume(code);
    },
  };
  const start = hide(table.tokenize.call(context, hiding, leave(ok), leave(nok)));
  return start ?? nok;
}

/** What is left of the line that the tokenizer is in, one character for each code. */
export function restOfLine(context: TokenizeContext): string {
  const start = context.now();
  const end = { ...start, _index: Number.POSITIVE_INFINITY, _bufferIndex: -1 };
  let line = '';
  for (const chunk of context.sliceStream({ start, end })) {
    if (typeof chunk === 'number' && chunk < -2) break;
    line += characters(chunk);
  }
  return line;
}

function characters(chunk: Chunk): string {
  if (typeof chunk === 'string') return chunk;
  return chunk === null ? '' : chunk < 0 ? ' ' : String.fromCharCode(chunk);
}

/** The places of bars that belong to formulas. Code comes first, but only within its cell, as GitHub reads it. @internal */
export function barsInFormulas(row: string): ReadonlySet<number> {
  const bars = new Set<number>();
  if (!row.includes('|') || !/[$\\]/.test(row)) return bars;
  for (let index = 0; index < row.length; index++) {
    const character = row[index];
    if (character === '`') {
      index = codeEnd(row, index) - 1;
    } else if (character === '$' || character === '\\') {
      const formula = formulaAt(row, index, { doubleDollarInText: 'inline' });
      const body = formula ? row.slice(formula.body, formula.bodyEnd) : '';
      // With blanks at its ends or without a letter after a number it is rather the prices of two cells.
      if (formula && (!body.includes('|') || (body === body.trim() && !/^\d[^\p{L}\\]*$/u.test(body)))) {
        for (let place = formula.body; place < formula.bodyEnd; place++)
          if (row[place] === '|') bars.add(place);
        index = formula.close - 1;
      } else if (character === '\\') {
        index++;
      } else {
        while (row[index + 1] === '$') index++;
      }
    }
  }
  return bars;
}

/** After the code that begins at `index`, or after its backticks if nothing closes it in its cell. */
function codeEnd(row: string, index: number): number {
  const size = ticksAt(row, index);
  for (let place = index + size; place < row.length && row[place] !== '|'; place++) {
    if (row[place] === '\\') place++;
    const found = ticksAt(row, place);
    if (found === size) return place + size;
    place += Math.max(0, found - 1);
  }
  return index + size;
}

function ticksAt(row: string, index: number): number {
  let end = index;
  while (row[end] === '`') end++;
  return end - index;
}
