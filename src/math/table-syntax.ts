// GitHub's tables, in which a bar inside a formula does not end its cell: the tables' own tokenizer reads each row
// with these bars hidden from it.
import { gfmTable } from 'micromark-extension-gfm-table';
import type { Construct, Extension } from 'micromark-util-types';
import { formulaAt } from './formula.js';
import { hiding } from './hiding.js';

/** `gfmTable` for a text with formulas, which has to be known before. */
export function tableWithMath(text: string): Extension {
  const constructs = gfmTable().flow?.null;
  const table = Array.isArray(constructs) ? constructs[0] : constructs;
  if (!table) throw new Error('micromark-extension-gfm-table has no construct for flow.');
  return { flow: { null: inLines(tableLines(text), hiding(table, barsInFormulas)) } };
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

function inLines(lines: ReadonlySet<number>, construct: Construct): Construct {
  return {
    ...construct,
    tokenize(effects, ok, nok) {
      const start = construct.tokenize.call(this, effects, ok, nok);
      return (code) => (lines.has(this.now().line) ? start : nok)(code);
    },
  };
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
      if (
        formula &&
        !isOfTwoCells(row.slice(formula.body, formula.bodyEnd), row.slice(index, formula.body))
      ) {
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

/**
 * Whether dollars on both sides of a bar are rather prices, units or nothing but dollars: there are blanks at the ends, or
 * no sign of TeX, and no letter after a number, a bracket that another cell closes, or a word or number beside a bar with
 * blanks. `$10 | R$`, `($) | Price ($)`, `$ | $$`.
 */
function isOfTwoCells(body: string, delimiter: string): boolean {
  if (!body.includes('|') || !/^\$\$?$/.test(delimiter)) return false;
  if (body !== body.trim()) return true;
  if (delimiter === '$$' || /[\\^_]/.test(body)) return false;
  if (/^\d\P{L}*$/u.test(body)) return true;
  const outer = body.replace(/\([^()]*\)|\[[^[\]]*\]/g, '');
  return /[()[\]]/.test(outer) || (/\s\|\s/.test(outer) && /^\d|\p{L}{2}/u.test(outer));
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
