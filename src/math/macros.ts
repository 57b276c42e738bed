// Lists of macros: where they come from (configuration, front matter, `macros.tex`) and which of them a formula
// uses. A list is never changed: a formula that defines macros gives a new one.
import {
  type Definition,
  definitionAt,
  isDefiner,
  isMacroName,
  type Macro,
  type Macros,
} from './definitions.js';
import { type Fault, fault } from './fault.js';
import { argumentAt, deeperThan, isUnreadable, optionAt, skipSpaces, type Token, tokenize } from './tex.js';

export type { Macro, Macros } from './definitions.js';

export const noMacros: Macros = new Map();

/** Longer bodies are refused: a thousand expansions of one have to fit into memory. */
const maxBody = 1000;

/**
 * A macro from configuration or front matter. The number of arguments is the highest `#n` of the body unless given.
 * A fault's offset counts in the body; one about the name has the length 0.
 */
export function defineMacro(
  name: string,
  body: string,
): { readonly name: string; readonly macro: Macro } | { readonly fault: Fault } {
  const full = name.startsWith('\\') ? name : `\\${name}`;
  if (!isMacroName(full)) {
    const hint = 'a name is a backslash and letters, such as \\foo';
    return {
      fault: fault(
        'error',
        'math/bad-macro',
        `${name || 'an empty text'} is no name for a macro`,
        { start: 0, end: 0 },
        hint,
      ),
    };
  }
  const wrong = faultOfBody(body);
  if (wrong) return { fault: wrong };
  return {
    name: full,
    macro: { parameters: Math.max(0, ...placeholders(tokenize(body)).map(({ number }) => number)), body },
  };
}

/** Each `#` with the number behind it; 0 where something else follows. A `##` is a character. */
function placeholders(
  tokens: readonly Token[],
): readonly { readonly number: number; readonly token: Token }[] {
  const found: { number: number; token: Token }[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    if (token.text !== '#') continue;
    const next = tokens[++at]?.text ?? '';
    if (next !== '#') found.push({ number: /^[1-9]$/.test(next) ? Number(next) : 0, token });
  }
  return found;
}

/** The macros of a configuration: bodies by name. A fault's offset counts in the body of its name. */
export function defineMacros(bodies: Readonly<Record<string, string>>): {
  readonly macros: Macros;
  readonly faults: readonly (Fault & { readonly name: string })[];
} {
  const read = Object.entries(bodies).map(([name, body]) => ({ written: name, ...defineMacro(name, body) }));
  return {
    macros: new Map(read.flatMap((one) => ('macro' in one ? [[one.name, one.macro] as const] : []))),
    faults: read.flatMap((one) => ('fault' in one ? [{ ...one.fault, name: one.written }] : [])),
  };
}

function faultOfBody(body: string): Fault | undefined {
  const wrong = (message: string, start: number, end: number, hint?: string) =>
    fault('error', 'math/bad-macro', message, { start, end }, hint);
  if (body.length > maxBody) {
    return wrong(`the body has ${body.length} characters`, 0, body.length, `the most is ${maxBody}`);
  }
  const tokens = tokenize(body);
  const open: Token[] = [];
  for (const token of tokens) {
    if (token.type === 'open') open.push(token);
    else if (token.type === 'close' && !open.pop()) return wrong('a } has no {', token.start, token.end);
    else if (isUnreadable(token)) {
      return wrong('the body has a character that TeX cannot read', token.start, token.end);
    }
  }
  const last = open.pop();
  if (last) return wrong('a { is not closed', last.start, last.end, 'count the braces of the body');
  const odd = placeholders(tokens).find(({ number }) => number === 0)?.token;
  if (odd)
    return wrong(
      'a # is followed by the number of an argument',
      odd.start,
      odd.end,
      'write \\# for the character',
    );
  const deep = deeperThan(body, 200);
  return deep && wrong('the body is nested deeper than 200', deep.start, deep.end);
}

/** What a `macros.tex` may hold beside definitions, without any meaning here, and with how many arguments. */
const preamble: Readonly<Record<string, number>> = {
  '\\usepackage': 1,
  '\\RequirePackage': 1,
  '\\documentclass': 1,
  '\\makeatletter': 0,
  '\\makeatother': 0,
  '\\endinput': 0,
};

/**
 * The definitions of a `macros.tex`, and the macros that they make. Reading goes on behind a fault, so that all are
 * found; offsets count in the text. `$` and `%` mean what they mean to TeX.
 */
export function parseMacros(text: string): {
  readonly macros: Macros;
  readonly definitions: readonly Definition[];
  readonly faults: readonly Fault[];
} {
  const tokens = tokenize(text.replace(/^\ufeff/, ' '));
  const definitions: Definition[] = [];
  const faults: Fault[] = [];
  for (let at = skipSpaces(tokens, 0); at < tokens.length; at = skipSpaces(tokens, at)) {
    const token = tokens[at] as Token;
    const read = definitionAt(tokens, at);
    if (read && 'definition' in read) {
      definitions.push(read.definition);
      at = read.definition.next;
    } else if (Object.hasOwn(preamble, token.text)) {
      at = optionAt(tokens, at + 1)?.next ?? at + 1;
      if (preamble[token.text]) at = argumentAt(tokens, at)?.next ?? at;
    } else {
      faults.push(read?.fault ?? notADefinition(token));
      at = nextDefinition(tokens, at + 1);
    }
  }
  return { macros: withDefinitions(noMacros, definitions), definitions, faults };
}

function notADefinition(token: Token): Fault {
  const hint = 'a macro is defined by \\newcommand{\\name}[number of arguments]{what it stands for}';
  return fault(
    'error',
    'math/bad-macro',
    `${token.text} does not begin a definition that is read here`,
    token,
    hint,
  );
}

function nextDefinition(tokens: readonly Token[], index: number): number {
  const next = tokens.findIndex(
    ({ text }, at) => at >= index && (isDefiner(text) || Object.hasOwn(preamble, text)),
  );
  return next === -1 ? tokens.length : next;
}

/** The macros together with those of definitions; the same object when there are none. */
export function withDefinitions(macros: Macros, definitions: readonly Definition[]): Macros {
  if (definitions.length === 0) return macros;
  const all = new Map(macros);
  for (const { name, macro, by } of definitions) {
    if (by !== '\\providecommand' || !all.has(name)) all.set(name, macro);
  }
  return all;
}

/** The names that macros use in what they stand for. */
export function usedInMacros(names: Iterable<string>, macros: Macros): readonly string[] {
  return [...names].flatMap((name) => {
    const { body = '', optional = '' } = macros.get(name) ?? {};
    return usedMacros(`${body} ${optional}`, macros);
  });
}

/** The names of the macros that a formula uses, at first or second hand, sorted: with their bodies, a cache's key. */
export function usedMacros(tex: string, macros: Macros): readonly string[] {
  const used = new Set<string>();
  const visit = (text: string) => {
    if (macros.size === 0) return;
    for (const [name] of text.matchAll(/\\(?:[a-zA-Z@]+|[^a-zA-Z@\s])|[^\\\x20-\x7e]|~/gu)) {
      const macro = macros.get(name);
      if (macro === undefined || used.has(name)) continue;
      used.add(name);
      visit(macro.body);
      visit(macro.optional ?? '');
    }
  };
  visit(tex);
  return [...used].sort();
}
