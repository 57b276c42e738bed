// Formulas in plain text: titles, alternative texts, text inside raw HTML. The grammar is that of Markdown texts.

import { dollarsAt } from './delimiters.js';
import { foreignCharacters } from './escapes.js';
import { displayAt, type Formula, formulaAt } from './formula.js';
import { joinPieces, type Piece, type SourceMap } from './source.js';

export type TextPart = { readonly type: 'text'; readonly value: string } | FormulaPart;

interface FormulaPart {
  readonly type: 'math';
  readonly value: string;
  /** Of the formula's first character in the text. */
  readonly offset: number;
  /** Line ends in it, with its delimiters. */
  readonly lines: number;
  readonly display: boolean;
  /** `pointAt` reads it; line and column count from the text's beginning. */
  readonly data: { readonly source: SourceMap };
}

/**
 * A text as an alternation of texts and formulas, nothing left out but delimiters and the backslash of `\$`. A text
 * without formulas comes back as one part, an empty one as none.
 */
export function scanMath(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let plain = '';
  let isLineStart = true;
  let place: Place = { offset: 0, line: 1, lineStart: 0 };
  for (let index = 0; index < text.length; ) {
    const character = text.charAt(index);
    const formula = formulaIn(text, index, isLineStart);
    if (formula) {
      if (plain !== '') parts.push({ type: 'text', value: plain });
      plain = '';
      place = placeOf(text, formula.start, place);
      const lines = text.slice(index, formula.end).split('\n').length - 1;
      parts.push({ ...partOf(text, formula, place), lines });
      index = formula.end;
    } else {
      const length = literalLength(text, index);
      const literal = text.slice(index, index + length);
      plain += literal === '\\$' ? '$' : literal;
      index += length;
    }
    isLineStart = /[\r\n]/.test(character) || (isLineStart && /\s/.test(character));
  }
  if (plain !== '') parts.push({ type: 'text', value: plain });
  return parts;
}

function formulaIn(text: string, index: number, isLineStart: boolean): Formula | undefined {
  if (text[index] !== '$' && text[index] !== '\\') return undefined;
  return (
    (isLineStart ? displayAt(text, index) : undefined) ??
    formulaAt(text, index, { doubleDollarInText: 'inline' })
  );
}

/** The characters at `index` in which no formula begins: an escape, a run of dollars, one character. */
function literalLength(text: string, index: number): number {
  if (text[index] === '\\') return index + 1 < text.length ? 2 : 1;
  return Math.max(1, dollarsAt(text, index));
}

interface Place {
  readonly offset: number;
  readonly line: number;
  readonly lineStart: number;
}

/** The place at `offset`, counted on from one before it. */
function placeOf(text: string, offset: number, from: Place): Place {
  const breaks = [...text.slice(from.offset, offset).matchAll(/\n/g)];
  const last = breaks.at(-1);
  const lineStart = last ? from.offset + last.index + 1 : from.lineStart;
  return { offset, line: from.line + breaks.length, lineStart };
}

function partOf(text: string, formula: Formula, start: Place): Omit<FormulaPart, 'lines'> {
  const lineStarts = new Map([[start.line, start.lineStart]]);
  let place = start;
  const piecesOf = (from: number, to: number): Piece[] => {
    const pieces: Piece[] = [];
    for (const { 0: line, index } of text.slice(from, to).matchAll(/[^\r\n]+/g)) {
      place = placeOf(text, from + index, place);
      lineStarts.set(place.line, place.lineStart);
      pieces.push({ text: line, line: place.line, column: place.offset - place.lineStart + 1 });
    }
    return pieces;
  };
  const at = { line: start.line, column: formula.body - start.lineStart + 1 };
  const { punctuation, label } = formula;
  const pieceOf = (from: number, to: number) => piecesOf(from, to)[0];
  const { value, source } = joinPieces(
    {
      pieces: piecesOf(formula.body, formula.bodyEnd),
      punctuation: punctuation === undefined ? undefined : pieceOf(punctuation, punctuation + 1),
      label: label && pieceOf(label.start, label.end),
    },
    (line) => foreignCharacters(line, formula.delimiter, false),
    at,
  );
  const first = source[0] ?? at;
  const offset = (lineStarts.get(first.line) ?? 0) + first.column - 1;
  return { type: 'math', value, offset, display: formula.display, data: { source } };
}
