// Macros replaced by what they stand for, for what has to be known of a formula without setting it: its rows and
// labels, its readable text. Bounded, whatever the macros are.
import { type Definition, definitionAt, isDefiner, type Macro, type Macros } from './definitions.js';
import { withDefinitions } from './macros.js';
import { argumentAt, optionAt, type Token, tokenize } from './tex.js';

/** Expansions in one formula, as `maxExpand` of KaTeX; and tokens that may come of them. */
const maxExpansions = 1000;
const maxTokens = 20_000;

/**
 * The tokens of a formula with macros replaced by what they stand for and definitions carried out and left out. A
 * token from a macro's body has the place of the macro's use; one from an argument keeps its own. `chosen` picks
 * the macros to replace. Bounded: of what grows too large the rest is left as it is.
 */
export function expandMacros(
  tokens: readonly Token[],
  macros: Macros,
  chosen: (name: string, macros: Macros) => boolean = () => true,
): { readonly tokens: readonly Token[]; readonly macros: Macros } {
  // So it is for most formulas.
  if (macros.size === 0 && !tokens.some(({ text }) => isDefiner(text))) return { tokens, macros };
  const definitions: Definition[] = [];
  let known = macros;
  let rest = tokens;
  let expansions = 0;
  const expanded: Token[] = [];
  for (let at = 0; at < rest.length; ) {
    const token = rest[at] as Token;
    const read = definitionAt(rest, at);
    const macro = known.get(token.text);
    if (read && 'definition' in read) {
      definitions.push(read.definition);
      known = withDefinitions(macros, definitions);
      at = read.definition.next;
    } else if (
      macro &&
      macro.native === undefined &&
      chosen(token.text, known) &&
      expansions++ < maxExpansions &&
      rest.length < maxTokens
    ) {
      const call = readArguments(rest, at + 1, macro);
      rest = [...paste(macro.body, call.args, token), ...rest.slice(call.next)];
      at = 0;
    } else {
      expanded.push(token);
      at++;
    }
  }
  return { tokens: expanded, macros: known };
}

function readArguments(
  tokens: readonly Token[],
  index: number,
  macro: Macro,
): { args: readonly (readonly Token[])[]; next: number } {
  const args: (readonly Token[])[] = [];
  let next = index;
  if (macro.optional !== undefined) {
    const option = optionAt(tokens, next);
    args.push(
      option
        ? tokens.slice(option.from, option.to)
        : tokenize(macro.optional).map((token) => ({ ...token, start: 0, end: 0 })),
    );
    next = option?.next ?? next;
  }
  while (args.length < macro.parameters) {
    const argument = argumentAt(tokens, next);
    args.push(argument ? tokens.slice(argument.from, argument.to) : []);
    next = argument?.next ?? next;
    if (!argument) break;
  }
  return { args, next };
}

function paste(body: string, args: readonly (readonly Token[])[], use: Token): readonly Token[] {
  const pasted: Token[] = [];
  const tokens = tokenize(body);
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    const argument = token.text === '#' ? args[Number(tokens[at + 1]?.text) - 1] : undefined;
    if (argument) at++;
    pasted.push(...(argument ?? [{ ...token, start: use.start, end: use.end }]));
    if (pasted.length > maxTokens) break;
  }
  return pasted;
}
