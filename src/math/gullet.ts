// The part of KaTeX that expands macros, as a macro that is a function sees it. KaTeX has no types for it, and may
// change it in any release: the package is pinned, and tests would notice.

/** Lists of tokens are in reverse order throughout KaTeX: the next one is the last. */
export interface KatexToken {
  text: string;
  loc?: Location | null | undefined;
  noexpand?: boolean;
  treatAsRelax?: boolean;
}

export interface Location {
  readonly lexer: Lexer;
  readonly start: number;
  readonly end: number;
}

export interface Lexer {
  readonly input: string;
  readonly lex: () => KatexToken;
}

export interface Expansion {
  readonly tokens: KatexToken[];
  readonly numArgs: number;
  readonly delimiters?: string[][];
  readonly unexpandable?: boolean;
}

export type NativeMacro = string | Expansion | NativeFunction;

export interface NativeFunction {
  (gullet: Gullet): string | Expansion;
  /** The author's macro that it is, for `\let`, which gives it another name. */
  readonly of?: object;
}

export interface Gullet {
  readonly lexer: Lexer;
  readonly settings: object;
  readonly macros: {
    readonly get: (name: string) => NativeMacro | undefined;
    readonly set: (name: string, value: NativeMacro | undefined, global?: boolean) => void;
  };
  readonly future: () => KatexToken;
  readonly consumeSpaces: () => void;
  readonly consumeArg: (delimiters?: string[]) => { tokens: KatexToken[] };
  popToken: () => KatexToken;
  consumeArgs: (count: number, delimiters?: string[][]) => KatexToken[][];
  _getExpansion: (name: string) => Expansion | null | undefined;
}

/** Tokens of our own making, which no macro of an author can change the meaning of. */
export function ownTokens(...texts: readonly string[]): KatexToken[] {
  return texts.map((text) => ({ text, noexpand: true })).reverse();
}

/** The tokens of TeX source, cut by KaTeX's own lexer. */
export function lex(gullet: Gullet, tex: string): KatexToken[] {
  const { constructor: Lexer } = gullet.lexer as unknown as {
    constructor: new (input: string, settings: object) => Lexer;
  };
  const lexer = new Lexer(tex, gullet.settings);
  const tokens: KatexToken[] = [];
  for (let token = lexer.lex(); token.text !== 'EOF'; token = lexer.lex()) tokens.push(token);
  return tokens.reverse();
}

/** Reads an argument as text: the name in `\label{name}`. */
export function argumentText(gullet: Gullet): string {
  const texts = gullet.consumeArg().tokens.map(({ text }) => text);
  // What we have put behind a command that has no argument is none.
  if (texts.some((text) => text.startsWith('\\postulate@'))) throw new Error('An argument is missing');
  return texts.reverse().join('');
}
