// Follows KaTeX while it expands macros, so that an error can be shown where its author can mend it: KaTeX gives
// places inside the bodies of macros, in other sources, or none. Also keeps what macros expand to within bounds.
import type { Range } from './fault.js';
import type { Expansion, Gullet, KatexToken, Lexer, Location } from './gullet.js';

/** A place in what KaTeX was given; in the expansion of a macro it is that of the macro's use. */
interface TracedPlace extends Range {
  /** The macro, as it is written at that place. */
  readonly macro?: string;
}

export interface Trace {
  /** The macro with which the formula has to begin: it hooks into the expander. */
  readonly start: (gullet: Gullet) => Expansion;
  /** What a position that KaTeX reports (with its length) stands for. */
  readonly placeOf: (position: number, length: number) => TracedPlace;
  /** The token that was read last. */
  readonly last: () => TracedPlace | undefined;
  /** The use of the macro that was expanded last. */
  readonly use: () => TracedPlace | undefined;
}

/** Thrown when macros expand to more tokens than allowed. */
export const tooManyTokens = 'Too many tokens';

/** Tokens that came out of a macro are placed from here on, beyond any formula: the index of the use is added. */
const beyond = 2 ** 32;
const maxTokens = 100_000;

/** `isMacro` tells the author's macros from the built-in ones. */
export function createTrace(isMacro: (name: string) => boolean): Trace {
  const uses: TracedPlace[] = [];
  const elsewhere: Lexer = { input: '', lex: () => ({ text: 'EOF' }) };
  let last: Location | undefined;
  let use: TracedPlace | undefined;
  let lexer: Lexer | undefined;
  let budget = maxTokens;

  const placeOf = (position: number, length: number): TracedPlace =>
    uses[position - beyond] ?? { start: position, end: position + length };
  const placeOfLocation = (location: Location | null | undefined) =>
    location ? placeOf(location.start, location.end - location.start) : undefined;

  /** Copies of tokens, placed at a macro's use unless they stand in the formula themselves. */
  const relocate = (tokens: readonly KatexToken[], fromBody: boolean): KatexToken[] => {
    if (!use || !lexer) return [...tokens];
    const loc = { lexer: elsewhere, start: beyond + uses.length, end: 2 * beyond };
    uses.push(use);
    return tokens.map((token) =>
      fromBody || !isPlaced(token, lexer)
        ? Object.assign(Object.create(Object.getPrototypeOf(token)), token, { loc })
        : token,
    );
  };

  const start = (gullet: Gullet): Expansion => {
    lexer = gullet.lexer;
    const { popToken, _getExpansion: getExpansion, consumeArgs } = gullet;
    let expansion: Expansion | null | undefined;

    gullet.popToken = () => {
      const token = popToken.call(gullet);
      if (token.loc) last = token.loc;
      return token;
    };
    gullet._getExpansion = (name) => {
      const outer = use;
      const place = placeOfLocation(last);
      use = place && (place.macro || !isMacro(name) ? place : { ...place, macro: name });
      const here = use;
      expansion = undefined;
      expansion = getExpansion.call(gullet, name);
      use = expansion ? here : outer;
      if (!expansion) return expansion;
      // The contents of a `\tag` are kept as a macro, but stand in the formula.
      const fromBody = typeof gullet.macros.get(name) !== 'function' && name !== '\\df@tag';
      expansion = { ...expansion, tokens: relocate(expansion.tokens, fromBody) };
      spend(expansion.tokens.length);
      return expansion;
    };
    gullet.consumeArgs = (count, delimiters) => {
      const body = expansion?.tokens ?? [];
      const args = consumeArgs.call(gullet, count, delimiters);
      body.forEach((token, index) => {
        if (token.text === '#') spend(args[Number(body[index - 1]?.text) - 1]?.length ?? 0);
      });
      return args;
    };
    return { tokens: [], numArgs: 0 };
  };

  const spend = (count: number) => {
    budget -= count;
    if (budget < 0) throw new Error(tooManyTokens);
  };

  return { start, placeOf, last: () => placeOfLocation(last), use: () => use };
}

function isPlaced(token: KatexToken, lexer: Lexer | undefined): boolean {
  return (
    token.loc !== undefined && token.loc !== null && (token.loc.lexer === lexer || token.loc.start >= beyond)
  );
}
