// Between macros as data and macros as KaTeX has them.
import type { Definition, Macro, Macros } from './definitions.js';
import { dialectBody } from './dialect-edits.js';
import { type Expansion, type Gullet, type KatexToken, lex, type NativeMacro } from './gullet.js';
import { untokenize } from './tex.js';
import { tooManyTokens } from './trace.js';

/** More tokens than a macro with an optional argument may expand to. */
const maxTokens = 20_000;

/** A macro in KaTeX's terms. */
export function nativeMacro(macro: Macro): NativeMacro {
  if (macro.native !== undefined) return macro.native as NativeMacro;
  const body = dialectBody(macro.body);
  const { optional, parameters } = macro;
  const expand = (gullet: Gullet): Expansion => {
    if (optional === undefined) return { tokens: lex(gullet, body), numArgs: parameters };
    const args = [optionalArgument(gullet, optional)];
    while (args.length < parameters) args.push(gullet.consumeArg().tokens);
    return { tokens: paste(lex(gullet, body), args), numArgs: 0 };
  };
  return Object.assign(expand, { of: macro });
}

function optionalArgument(gullet: Gullet, otherwise: string): KatexToken[] {
  gullet.consumeSpaces();
  if (gullet.future().text !== '[') return lex(gullet, otherwise);
  gullet.popToken();
  return gullet.consumeArg([']']).tokens;
}

/** A body with its arguments put in; all in reverse order, so that a number comes before its `#`. */
function paste(body: readonly KatexToken[], args: readonly KatexToken[][]): KatexToken[] {
  const pasted: KatexToken[] = [];
  for (let at = 0; at < body.length; at++) {
    const token = body[at] as KatexToken;
    const argument = body[at + 1]?.text === '#' ? args[Number(token.text) - 1] : undefined;
    if (argument) at++;
    pasted.push(...(argument ?? [token]));
    if (pasted.length > maxTokens) throw new Error(tooManyTokens);
  }
  return pasted;
}

/** Of KaTeX's own book-keeping: these hold for one formula. */
const internal = new Set(['\\@eqnsw', '\\df@tag', '\\current@color', '\\color']);

/**
 * Adds the macros that only KaTeX has understood: `\let`, `\edef`, definitions inside macros. `definitions` are those
 * that are known already. The same object if there are none.
 */
export function withNative(
  macros: Macros,
  initial: Readonly<Record<string, NativeMacro>>,
  current: Readonly<Record<string, NativeMacro>>,
  definitions: readonly Definition[],
): Macros {
  const known = new Set([...internal, ...definitions.map(({ name }) => name)]);
  const added = Object.entries(current).filter(
    ([name, value]) => value !== initial[name] && !known.has(name),
  );
  return added.length === 0
    ? macros
    : new Map([...macros, ...added.map(([name, value]) => [name, readNative(value)] as const)]);
}

function readNative(native: NativeMacro): Macro {
  if (typeof native === 'function' && native.of) return native.of as Macro;
  if (typeof native !== 'object') return { parameters: 0, body: '', native };
  // Where the body does not tell all, it still tells which macros it uses.
  const body = untokenize(native.tokens.map(({ text }) => text).reverse());
  const isWhole =
    !native.unexpandable &&
    !native.delimiters?.some((texts) => texts.length > 0) &&
    !native.tokens.some(({ noexpand }) => noexpand);
  return { parameters: isWhole ? native.numArgs : 0, body, native };
}
