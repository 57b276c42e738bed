// Delimiters that nothing closes, where an author would take them for the beginning of a formula. They are errors,
// and stay in the page as text.
import { closingBracket, dollarsAt } from './delimiters.js';
import { environmentAt } from './environments.js';
import { startsLine } from './formula.js';

export interface Unclosed {
  readonly delimiter: string;
  readonly hint: string;
  /** It stands between blanks, as `$$` for a price range does. */
  readonly isWord: boolean;
}

/** The delimiter at `index`, which begins no formula, if it is more than dollars or an escaped bracket of prose. */
export function unclosedAt(text: string, index: number): Unclosed | undefined {
  if (text[index] === '$') return unclosedDollars(text, index);
  const name = startsLine(text, index) ? environmentAt(text, index) : undefined;
  // That one may be closed, and stand round more than a formula.
  if (name !== undefined && name !== 'subequations') {
    return { delimiter: `\\begin{${name}}`, isWord: false, hint: `close it with \\end{${name}}` };
  }
  const delimiter = text.startsWith('\\\\', index) ? '\\\\[' : '\\[';
  if (!text.startsWith(delimiter, index) || !standsAlone(text, index, delimiter.length)) return undefined;
  // What is closed and yet no formula holds nothing, or a word.
  const slashes = delimiter === '\\[' ? 1 : 2;
  const close = closingBracket(text, index + delimiter.length, ']', slashes, { inParagraph: true });
  if (close !== undefined) return undefined;
  return { delimiter, isWord: false, hint: `close it with ${delimiter.replace('[', ']')}` };
}

/** Two dollars; more only on a line of their own, since `$$$` in a sentence is a price range. */
function unclosedDollars(text: string, index: number): Unclosed | undefined {
  const length = dollarsAt(text, index);
  if (length === 1 || (length > 2 && !standsAlone(text, index, length))) return undefined;
  const delimiter = '$'.repeat(length);
  return {
    delimiter,
    isWord: !/\S/.test(text.charAt(index - 1) + text.charAt(index + length)),
    hint: `close it with ${delimiter} before the text goes on, or write \\$\\$ for two dollar signs`,
  };
}

function standsAlone(text: string, index: number, length: number): boolean {
  return (
    startsLine(text, index) &&
    /^[ \t]{0,80}(?:[\r\n]|$)/.test(text.slice(index + length, index + length + 81))
  );
}
