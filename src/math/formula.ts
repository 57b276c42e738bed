// The grammar of formulas in a text: what a formula at a place is, in a sentence (`formulaAt`) or with its lines to
// itself (`displayAt`). Pure and on plain strings; micromark's constructs and `scan.ts` only apply it.
import { closingBracket, closingDollars, dollarsAt, type Search } from './delimiters.js';
import { environmentAt, environmentEnd, isDisplayOnly } from './environments.js';
import {
  holdsOtherBlocks,
  isBracketFormula,
  isDollarFormula,
  isEnvironmentFormula,
  isParenthesisFormula,
} from './prose.js';

/**
 * A formula's delimiters: `$`, `` $` `` (GitHub's), `$$` or more, `\(`, `\[`, the same as kramdown needs them (`\\(`,
 * `\\[`), none but the environment's own, a code fence.
 */
export type Delimiter = '$' | '$`' | '$$' | '\\(' | '\\[' | '\\\\(' | '\\\\[' | 'environment' | 'fence';

/** Offsets in the text: body, closing delimiter and, for a display, the punctuation and blanks after it. */
export interface Formula {
  readonly delimiter: Delimiter;
  readonly display: boolean;
  readonly start: number;
  readonly body: number;
  readonly bodyEnd: number;
  /** After the closing delimiter. */
  readonly close: number;
  /** Where a `.`, `,` or `;` follows a display. */
  readonly punctuation?: number;
  readonly end: number;
}

export interface MathOptions {
  /** What `$$…$$` is in a sentence; with its lines to itself it is always a display. */
  readonly doubleDollarInText: 'inline' | 'display';
}

type Found = Pick<Formula, 'delimiter' | 'body' | 'bodyEnd' | 'close'>;

/** Marks of containers before a display that are looked at. */
const maxPrefix = 200;
const lineEnd = /[ \t]*(?:([.,;])[ \t]*)?(?=[\r\n]|$)/y;

/** The formula in a sentence that begins at `index`, or undefined. It ends in the same paragraph. */
export function formulaAt(text: string, index: number, options: MathOptions): Formula | undefined {
  const found = find(text, index, { inParagraph: true });
  if (!found) return undefined;
  const { delimiter, body, bodyEnd, close } = found;
  const candidate = {
    body: text.slice(body, bodyEnd),
    before: text.charAt(index - 1),
    after: text.charAt(close),
  };
  switch (delimiter) {
    case '$':
      if (!isDollarFormula(candidate)) return undefined;
      break;
    case '\\(':
      if (!isParenthesisFormula(candidate)) return undefined;
      break;
    case '\\[':
      if (!isBracketFormula(candidate, false)) return undefined;
      break;
    case '\\\\(':
    case '\\\\[':
      if (candidate.body.trim() === '') return undefined;
      break;
    case 'environment':
      if (!startsLine(text, index) && !isEnvironmentFormula(candidate.body)) return undefined;
      break;
    case 'fence':
      return undefined;
  }
  const display = isDisplayInText(text, index, found, options);
  return { ...found, end: close, ...(display ? restOfLine(text, close) : {}), display, start: index };
}

function isDisplayInText(text: string, index: number, found: Found, options: MathOptions): boolean {
  const { delimiter, body, bodyEnd, close } = found;
  if (delimiter === '\\[' || delimiter === '\\\\[' || delimiter === 'environment') return true;
  if (delimiter !== '$$') return false;
  if (options.doubleDollarInText === 'display') return true;
  const tex = text.slice(body, bodyEnd);
  if (/^[ \t]*[\r\n]|[\r\n][ \t]*$/.test(tex) || isDisplayOnly(tex)) return true;
  // In the text's first line it would have been `displayAt`'s, or it stands in a heading or a table.
  return startsLine(text, index) && beforeBlanks(text, index) !== '' && restOfLine(text, close) !== undefined;
}

/** Whether only blanks stand before `index` on its line. */
export function startsLine(text: string, index: number): boolean {
  const before = beforeBlanks(text, index);
  return before === '' || before === '\n' || before === '\r';
}

/** The character before `index` and the blanks there, `''` at the text's start. */
function beforeBlanks(text: string, index: number): string {
  let start = index;
  while (text[start - 1] === ' ' || text[start - 1] === '\t') start--;
  return text.charAt(start - 1);
}

/** The rest of the line after a display: its end and the punctuation, or undefined if anything else stands there. */
function restOfLine(text: string, index: number): Pick<Formula, 'end' | 'punctuation'> | undefined {
  lineEnd.lastIndex = index;
  const match = lineEnd.exec(text);
  if (!match) return undefined;
  const end = lineEnd.lastIndex;
  return match[1] === undefined ? { end } : { end, punctuation: text.indexOf(match[1], index) };
}

/**
 * The display that begins at `index`, the first character of a line but for blanks and the marks of containers: a
 * formula with its lines to itself, but for a `.`, `,` or `;`. It may hold blank lines as long as what follows them
 * is no prose.
 */
export function displayAt(text: string, index: number): Formula | undefined {
  const found = find(text, index, { inParagraph: false });
  if (!found) return undefined;
  const { delimiter, body, bodyEnd, close } = found;
  const rest = restOfLine(text, close);
  const tex = text.slice(body, bodyEnd);
  if (!rest || delimiter === '$' || delimiter === '$`' || delimiter === '\\(' || delimiter === '\\\\(')
    return undefined;
  if (delimiter === '\\[' && !isBracketFormula({ body: tex, before: '', after: text.charAt(close) }, true)) {
    return undefined;
  }
  if (delimiter !== 'fence' && (holdsOtherBlocks(tex) || leavesQuote(text, index, tex))) return undefined;
  return { ...found, ...rest, display: true, start: index };
}

/** Whether the display begins in a quote and goes on after its end. */
function leavesQuote(text: string, index: number, tex: string): boolean {
  if (!/[\r\n]/.test(tex) || !/>[^\r\n]*$/.test(text.slice(Math.max(0, index - maxPrefix), index)))
    return false;
  return tex.split(/\r\n|\r|\n/).some((line, number) => number > 0 && !/^[ \t]*>/.test(line));
}

function find(text: string, index: number, search: Search): Found | undefined {
  switch (text[index]) {
    case '$':
      return findDollars(text, index, search);
    case '\\':
      return findBackslash(text, index, search);
    case '`':
    case '~':
      return search.inParagraph ? undefined : findFence(text, index);
    default:
      return undefined;
  }
}

function findDollars(text: string, index: number, search: Search): Found | undefined {
  const size = dollarsAt(text, index);
  if (size === 1 && text[index + 1] === '`') {
    const bodyEnd = text.indexOf('`', index + 2);
    const code =
      bodyEnd > index + 2 && text[bodyEnd + 1] === '$' && !/\n[ \t]*\r?\n/.test(text.slice(index, bodyEnd));
    if (code) return { delimiter: '$`', body: index + 2, bodyEnd, close: bodyEnd + 2 };
  }
  const body = index + size;
  const bodyEnd = closingDollars(text, body, size, search);
  if (bodyEnd === undefined) return undefined;
  return { delimiter: size === 1 ? '$' : '$$', body, bodyEnd, close: bodyEnd + size };
}

function findBackslash(text: string, index: number, search: Search): Found | undefined {
  const slashes = text[index + 1] === '\\' ? 2 : 1;
  const open = text[index + slashes];
  if (open === '(' || open === '[') {
    const delimiter = `${slashes === 2 ? '\\\\' : '\\'}${open}` as const;
    const body = index + slashes + 1;
    const bodyEnd = closingBracket(text, body, open === '(' ? ')' : ']', slashes, search);
    return bodyEnd === undefined ? undefined : { delimiter, body, bodyEnd, close: bodyEnd + slashes + 1 };
  }
  const name = slashes === 1 ? environmentAt(text, index) : undefined;
  const close = name === undefined ? undefined : environmentEnd(text, index, name);
  if (close === undefined) return undefined;
  if (search.inParagraph && /\n[ \t]*\r?\n/.test(text.slice(index, close))) return undefined;
  return { delimiter: 'environment', body: index, bodyEnd: close, close };
}

const fenceOpening = /(`{3,}|~{3,})[ \t]*math[ \t]*(?=[\r\n])/y;

/** ```` ```math ```` up to the next fence of the same kind and at least the same length. */
function findFence(text: string, index: number): Found | undefined {
  fenceOpening.lastIndex = index;
  const fence = fenceOpening.exec(text)?.[1];
  if (fence === undefined) return undefined;
  const next = new RegExp(`[\\r\\n][ \\t>]*(${fence}${fence.charAt(0)}*)`, 'g');
  next.lastIndex = fenceOpening.lastIndex;
  const match = next.exec(text);
  if (!match?.[1]) return undefined;
  const close = next.lastIndex;
  return { delimiter: 'fence', body: fenceOpening.lastIndex, bodyEnd: close - match[1].length, close };
}
