// The grammar of formulas in a text: what a formula at a place is, in a sentence (`formulaAt`) or with its lines to
// itself (`displayAt`). Pure and on plain strings; micromark's constructs and `scan.ts` only apply it.
import { isDisplayOnly, isFormulaAlone } from './environments.js';
import { type Delimiter, type Pair, pairAt } from './pair.js';
import {
  type Candidate,
  holdsOtherBlocks,
  isBracketFormula,
  isDollarFormula,
  isEnvironmentFormula,
  isEscapedDollarsFormula,
  isParenthesisFormula,
} from './prose.js';

/** A formula in a text. All numbers are offsets. */
export interface Formula extends Pair {
  readonly display: boolean;
  readonly start: number;
  /** Where a `.`, `,` or `;` follows a display. */
  readonly punctuation: number | undefined;
  /** Where the name in a `{#name}` or MyST's `(eq:name)` behind a display stands, which is another way to write `\label{name}`. */
  readonly label: Label | undefined;
  /** After the closing delimiter and, for a display, the rest of its line. */
  readonly end: number;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

interface Label extends Span {
  /** Where its mark begins. */
  readonly mark: number;
}

/** What may follow a display on its line. */
type Rest = Pick<Formula, 'end' | 'punctuation' | 'label'>;

export interface MathOptions {
  /** What `$$…$$` is in a sentence; with its lines to itself it is always a display. */
  readonly doubleDollarInText: 'inline' | 'display';
}

type Rule = (candidate: Candidate, isLineStart: boolean) => boolean;

const always: Rule = () => true;
const never: Rule = () => false;
const isFilled: Rule = ({ body }) => body.trim() !== '';

/** Whether what stands between two delimiters in a sentence is a formula. */
const inSentence: Readonly<Record<Delimiter, Rule>> = {
  $: isDollarFormula,
  '$`': isFilled,
  $$: always,
  // Where kramdown would else begin a display; behind other words it has two dollars there.
  '\\$$': (candidate, isLineStart) => isLineStart && isEscapedDollarsFormula(candidate),
  '\\(': isParenthesisFormula,
  '\\[': (candidate) => isBracketFormula(candidate, false),
  '\\\\(': isFilled,
  '\\\\[': isFilled,
  environment: ({ body }, isLineStart) => isFormulaAlone(body) && (isLineStart || isEnvironmentFormula(body)),
  fence: never,
};

/** The same for what has its lines to itself. */
const onLines: Readonly<Record<Delimiter, Rule>> = {
  $: never,
  '$`': never,
  $$: always,
  '\\$$': never,
  '\\(': never,
  '\\[': (candidate) => isBracketFormula(candidate, true),
  '\\\\(': never,
  '\\\\[': isFilled,
  environment: ({ body }) => isFormulaAlone(body),
  fence: always,
};

/** Marks of containers before a display that are looked at. */
const maxPrefix = 200;
/** Characters before a formula in a sentence, the words of which are looked at. */
const maxWords = 120;
/** In brackets a name has a sign in it: `(eq:loss)` and no aside. */
const lineEnd =
  /[ \t]*(?:([.,;])[ \t]*)?(?:(?:(\{#)([^\s{}#\\]+)\}|(\()([A-Za-z][\w.]*[:_-][\w:.-]+)\))[ \t]*)?(?=[\r\n]|$)/y;

/** The formula in a sentence that begins at `index`, or undefined. It ends in the same paragraph. */
export function formulaAt(text: string, index: number, options: MathOptions): Formula | undefined {
  const pair = pairAt(text, index, { inParagraph: true });
  if (!pair) return undefined;
  const { delimiter } = pair;
  const isLineStart = (delimiter === 'environment' || delimiter === '\\$$') && startsLine(text, index);
  if (!inSentence[delimiter](candidateOf(text, index, pair), isLineStart)) return undefined;
  const display = isDisplayInText(text, index, pair, options);
  const rest = display ? restOfLine(text, pair.close) : undefined;
  return formula(pair, index, display, rest ?? { end: pair.close, punctuation: undefined, label: undefined });
}

/** Field by field: tens of thousands are made. */
function formula(
  { delimiter, body, bodyEnd, close, option }: Pair,
  start: number,
  display: boolean,
  { end, punctuation, label }: Rest,
): Formula {
  return { delimiter, body, bodyEnd, close, option, display, start, punctuation, label, end };
}

function candidateOf(text: string, index: number, { body, bodyEnd, close }: Pair): Candidate {
  return {
    body: text.slice(body, bodyEnd),
    before: text.charAt(index - 1),
    after: text.charAt(close),
    words: text.slice(Math.max(0, index - maxWords), index),
  };
}

function isDisplayInText(text: string, index: number, pair: Pair, options: MathOptions): boolean {
  const { delimiter, body, bodyEnd, close } = pair;
  if (delimiter === '\\[' || delimiter === '\\\\[' || delimiter === 'environment') return true;
  if (delimiter !== '$$') return false;
  if (options.doubleDollarInText === 'display') return true;
  const tex = text.slice(body, bodyEnd);
  if (/^[ \t]*[\r\n]|[\r\n][ \t]*$/.test(tex) || isDisplayOnly(tex)) return true;
  // One line that is the text's first would have been `displayAt`'s, or it stands in a heading or a table.
  const isBelow = beforeBlanks(text, index) !== '' || /[\r\n]/.test(tex);
  return isBelow && startsLine(text, index) && restOfLine(text, close) !== undefined;
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

/** The rest of the line after a display, or undefined if anything else stands there. */
function restOfLine(text: string, index: number): Rest | undefined {
  lineEnd.lastIndex = index;
  const match = lineEnd.exec(text);
  if (!match) return undefined;
  const end = lineEnd.lastIndex;
  const [, mark, brace, braced, bracket, bracketed] = match;
  return {
    end,
    punctuation: mark === undefined ? undefined : text.indexOf(mark, index),
    label: labelOf(text, index, brace ?? bracket, braced ?? bracketed),
  };
}

function labelOf(text: string, from: number, open = '', name?: string): Label | undefined {
  if (name === undefined) return undefined;
  const mark = text.indexOf(open, from);
  const start = mark + open.length;
  return { mark, start, end: start + name.length };
}

/**
 * The display that begins at `index`, the first character of a line but for blanks and the marks of containers: a
 * formula with its lines to itself, but for a `.`, `,` or `;`. It may hold blank lines as long as what follows them
 * is no prose.
 */
export function displayAt(text: string, index: number): Formula | undefined {
  if (text[index] === '$' && text[index + 1] !== '$') return undefined;
  const pair = pairAt(text, index, { inParagraph: false });
  const rest = pair && restOfLine(text, pair.close);
  if (!rest) return undefined;
  const candidate = candidateOf(text, index, pair);
  if (!onLines[pair.delimiter](candidate, true)) return undefined;
  if (pair.delimiter === 'fence') {
    if (rest.punctuation !== undefined || rest.label) return undefined;
  } else if (holdsOtherBlocks(candidate.body) || leavesQuote(text, index, candidate.body)) {
    return undefined;
  }
  return formula(pair, index, true, rest);
}

/** Whether the display begins in a quote and goes on after its end. */
function leavesQuote(text: string, index: number, tex: string): boolean {
  if (!/[\r\n]/.test(tex) || !/>[^\r\n]*$/.test(text.slice(Math.max(0, index - maxPrefix), index)))
    return false;
  return tex.split(/\r\n|\r|\n/).some((line, number) => number > 0 && !/^[ \t]*>/.test(line));
}
