// Which grammar a language has. Making this table loads all 700 of them, so the compiled program has what comes out
// of this module in the module's place.
import { all } from '@wooorm/starry-night';

/** Scopes of grammars by name (`py`), by extension (`.py`), and by extensions that count with their dot alone. */
export const grammarScopes: Readonly<
  Record<'names' | 'extensions' | 'extensionsWithDot', Readonly<Record<string, string>>>
> = {
  names: table(({ names }) => names),
  extensions: table(({ extensions }) => extensions),
  extensionsWithDot: table(({ extensionsWithDot = [] }) => extensionsWithDot),
};

/** All there are: some have no name, and are only referred to. */
export const allScopes: readonly string[] = all.map(({ scopeName }) => scopeName);

/** Where two grammars want the same word, the later one has it, as in starry-night itself. */
function table(wordsOf: (grammar: (typeof all)[number]) => readonly string[]): Record<string, string> {
  return Object.fromEntries(
    all.flatMap((grammar) => wordsOf(grammar).map((word) => [word, grammar.scopeName])),
  );
}
