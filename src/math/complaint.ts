// A complaint of KaTeX's about a formula, and what finds its cause in the source.
import type { Code } from '../diagnostic.js';
import { texts } from './dialect-edits.js';
import type { Range } from './fault.js';
import type { Macros } from './macros.js';
import { argumentAt, type Token, textOf } from './tex.js';

/** What went wrong, with places already in the formula's source. */
export interface Complaint {
  /** The message as KaTeX or the runtime gives it. */
  readonly message: string;
  /** Where KaTeX says it is, if it says so, or else the token that was read last. */
  readonly at: Range;
  /** The author's macro in whose expansion it is; `at` is the macro's use then. */
  readonly macro?: string;
}

/** The complaint with the formula that it is about. */
export interface Scene extends Complaint {
  readonly tex: string;
  readonly tokens: readonly Token[];
  readonly macros: Macros;
}

/** What an author is told; `at` where KaTeX's place is not where the mistake is. */
export interface Explanation {
  readonly code?: Code;
  readonly message: string;
  readonly hint?: string;
  readonly at?: Range | undefined;
  /** What is at that place is the author's own, even where KaTeX complains about a macro behind it. */
  readonly isSource?: boolean;
}

/** By the text of what closes: whether a token opens that. */
const openers: Readonly<Record<string, (token: Token | undefined) => boolean>> = {
  '}': (token) => token?.type === 'open',
  '\\right': (token) => token?.text === '\\left',
  '\\end': (token) => token?.text === '\\begin',
};

export function isCloser(text: string): boolean {
  return Object.hasOwn(openers, text);
}

/** The opener of what a text closes, among tokens by their indices: the innermost. */
export function openerOf(
  closer: string,
  open: readonly number[],
  tokens: readonly Token[],
): number | undefined {
  return open.findLast((index) => openers[closer]?.(tokens[index]));
}

/**
 * The braces, `\left` and `\begin` that are open at an offset, from the outermost one on. What is still open where
 * something round it is closed is never closed itself: there the search ends, and it is the last. What closes nothing
 * is passed over.
 */
export function openAt(tokens: readonly Token[], before: number): readonly number[] {
  const open: number[] = [];
  for (let index = 0; index < tokens.length && (tokens[index] as Token).start < before; index++) {
    const { type, text } = tokens[index] as Token;
    if (type === 'open' || text === '\\left' || text === '\\begin') {
      open.push(index);
    } else if (isCloser(text)) {
      const opener = openerOf(text, open, tokens);
      if (opener !== undefined && opener !== open.at(-1)) return open;
      if (opener !== undefined) open.pop();
    }
    if (text !== '\\begin' && text !== '\\end') continue;
    const name = argumentAt(tokens, index + 1);
    // The name’s own brace is what is not closed.
    if (name && name.next > tokens.length) return [...open, name.from - 1];
    index = (name?.next ?? index + 1) - 1;
  }
  return open;
}

/** The command whose arguments end before an offset: `\frac` in `\frac{a}`. */
export function commandBefore(tokens: readonly Token[], offset: number): Token | undefined {
  let depth = 0;
  for (let index = tokens.findLastIndex(({ start }) => start < offset); index >= 0; index--) {
    const token = tokens[index] as Token;
    if (token.type === 'close') depth++;
    else if (token.type === 'open') depth--;
    else if (depth <= 0 && token.type === 'command') return token;
  }
  return undefined;
}

/** The token at the place of the complaint. */
export function tokenAt({ tokens, at }: Scene): Token | undefined {
  return tokens.find(({ start }) => start === at.start);
}

/** The last token of a text at or before that place. */
export function lastToken({ tokens, at }: Scene, text: string): Token | undefined {
  return tokens.findLast((token) => token.text === text && token.start <= at.start);
}

/** The name behind the `\begin` or `\end` at an index. */
export function environmentName(tokens: readonly Token[], index: number): string {
  const argument = argumentAt(tokens, index + 1);
  return argument ? textOf(tokens, argument) : '';
}

/** `\end{name}` from the place of its `\end`. */
export function wholeEnd(scene: Scene): Range | undefined {
  const index = scene.tokens.findIndex(({ start }) => start === scene.at.start);
  const argument = argumentAt(scene.tokens, index + 1);
  return argument && { start: scene.at.start, end: scene.tokens[argument.next - 1]?.end ?? scene.at.end };
}

/** What stands at the place, which says more than what KaTeX has made of it. */
export function written(scene: Scene): string {
  const { start, end } = insideBraces(scene) ?? scene.at;
  return scene.tex.slice(start, end).trim() || 'nothing';
}

/** The place without the braces or brackets that KaTeX counts in. */
export function insideBraces({ tex, at }: Scene): Range | undefined {
  const text = tex.slice(at.start, at.end);
  return /^(?:\{.+\}|\[.+\])$/s.test(text) ? { start: at.start + 1, end: at.end - 1 } : undefined;
}

/** Where a text stands in the formula. */
export function found(text: string, { tex }: Scene): Range | undefined {
  const start = tex.indexOf(text);
  return start === -1 || text === '' ? undefined : { start, end: start + text.length };
}

/** Whether the place is in a text inside the formula. */
export function isInText({ tokens, at }: Pick<Scene, 'tokens' | 'at'>): boolean {
  return openAt(tokens, at.start).some((index) => texts.test(tokens[index - 1]?.text ?? ''));
}
