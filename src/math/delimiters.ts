// Finds the delimiter that closes a formula. Every search ends at the first candidate or at the next delimiter of
// the same kind, so that a text of nothing but openers is read in linear time.

import { textArguments } from './text-arguments.js';

const argument = String.raw`[ \t]*\{[^{}$\\\r\n]*\}`;
/** Up to the brace of a text, in which dollars enclose formulas. */
const textCommand = new RegExp(
  String.raw`\\(?:${textArguments[1]}|${textArguments[2]}${argument}|${textArguments[3]}${argument}${argument})[ \t]*\{`,
  'y',
);
const blankLine = /\r?\n[ \t]*(?=[\r\n])/y;
/** More formulas than this in one `\text{…}` are a missing dollar. */
const maxNested = 8;

export interface Search {
  /** A blank line ends the search, because it ends the paragraph. */
  readonly inParagraph: boolean;
}

/** The number of dollars at `index`. */
export function dollarsAt(text: string, index: number): number {
  let end = index;
  while (text[end] === '$') end++;
  return end - index;
}

/**
 * Where the `size` dollars stand that close a formula whose body begins at `from`. `\$` belongs to the body, as
 * do the dollars in its `\text{for $x$}`; but where that is never closed, its first dollar closes the formula, so that
 * the brace is found missing. A single dollar in a body between two says that a fence is missing.
 */
export function closingDollars(text: string, from: number, size: number, search: Search): number | undefined {
  let depth = 0;
  let textDepth = 0;
  let nested = 0;
  let firstNested: number | undefined;
  for (let index = from; index < text.length; index++) {
    switch (text[index]) {
      case '\\':
        textCommand.lastIndex = index;
        if (textCommand.test(text)) {
          depth++;
          textDepth ||= depth;
          index = textCommand.lastIndex - 1;
        } else if (text[index + 1] !== '\n' && text[index + 1] !== '\r') {
          index++;
        }
        break;
      case '{':
        depth++;
        break;
      case '}':
        if (depth === textDepth) {
          textDepth = 0;
          firstNested = undefined;
        }
        if (depth > 0) depth--;
        break;
      case '\r':
      case '\n':
        if (search.inParagraph && isBlankLine(text, index)) return firstNested;
        break;
      case '$': {
        const found = dollarsAt(text, index);
        if (size === 1) {
          if (textDepth === 0) return index;
          firstNested ??= index;
          if (++nested > maxNested) return firstNested;
        } else if (found >= size) {
          return closes(text, index, found, size) ? index : undefined;
        } else if (depth === 0) {
          return undefined;
        }
        index += found - 1;
      }
    }
  }
  return firstNested;
}

/** More dollars than needed close only if the rest opens the next formula: `$$a$$$b$`. */
function closes(text: string, index: number, found: number, size: number): boolean {
  return (
    found === size || found === 2 * size || (found === size + 1 && /\S/.test(text[index + found] ?? ' '))
  );
}

/**
 * Where the escaped bracket stands (`\)`, or `\\)` with two `slashes`) that closes a formula whose body begins at
 * `from`. One that opens comes first: then nothing closes.
 */
export function closingBracket(
  text: string,
  from: number,
  close: ')' | ']',
  slashes: 1 | 2,
  search: Search,
): number | undefined {
  const open = close === ')' ? '(' : '[';
  for (let index = from; index < text.length; index++) {
    const character = text[index];
    if (character === '\\') {
      let end = index;
      while (text[end] === '\\') end++;
      const escapes = slashes === 1 ? (end - index) % 2 === 1 : end - index === 2;
      if (escapes && text[end] === close) return end - slashes;
      if (escapes && text[end] === open) return undefined;
      index = end - 1;
    } else if (search.inParagraph && (character === '\n' || character === '\r') && isBlankLine(text, index)) {
      return undefined;
    }
  }
  return undefined;
}

function isBlankLine(text: string, index: number): boolean {
  blankLine.lastIndex = index;
  return blankLine.test(text);
}
