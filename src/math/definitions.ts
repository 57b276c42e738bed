// Definitions of macros as LaTeX writes them, read from tokens: `\newcommand`, `\DeclareMathOperator`, `\def`.
import { type Fault, fault, type Range } from './fault.js';
import {
  argumentAt,
  optionAt,
  type Span,
  skipSpaces,
  type Token,
  textOf,
  tokenize,
  untokenize,
} from './tex.js';

export interface Macro {
  /** How many arguments it takes, the optional one included. */
  readonly parameters: number;
  /** What it stands for, with `#1` for the first argument. */
  readonly body: string;
  /** The value of the first argument where no `[…]` is given; that argument is optional then. */
  readonly optional?: string;
  /** KaTeX's own form, for what only it understands (`\let`, delimited `\def`); the body is no use then. */
  readonly native?: unknown;
}

/** By name, with the backslash. */
export type Macros = ReadonlyMap<string, Macro>;

/** A definition met in TeX source. `next` is the index of the token behind it. */
export interface Definition {
  readonly name: string;
  /** Where the name is written. */
  readonly at: Range;
  readonly macro: Macro;
  /** By which command it is defined: after `\providecommand` an older definition stays. */
  readonly by: string;
  readonly next: number;
}

type Reading = { readonly definition: Definition } | { readonly fault: Fault };

const definers: Readonly<Record<string, (tokens: readonly Token[], index: number) => Reading | undefined>> = {
  '\\newcommand': readNewCommand,
  '\\renewcommand': readNewCommand,
  '\\providecommand': readNewCommand,
  '\\DeclareMathOperator': readOperator,
  '\\def': readDef,
  '\\gdef': readDef,
};

/** Whether a formula can define macros at all: spares all others the search. */
export function mayDefine(tex: string): boolean {
  return /\\(?:new|renew|provide)command|\\DeclareMathOperator|\\g?def(?![a-zA-Z@])/.test(tex);
}

/**
 * Reads the definition that begins at a token, in the syntax of LaTeX: `\newcommand{\foo}[2][x]{…}`,
 * `\newcommand\foo{…}`, `\DeclareMathOperator*{\foo}{…}`, `\def\foo#1{…}`. Undefined if none begins there, or if
 * it is of a kind that is left to KaTeX (`\let`, delimited parameters).
 */
export function definitionAt(tokens: readonly Token[], index: number): Reading | undefined {
  const token = tokens[index];
  return token && isDefiner(token.text) ? definers[token.text]?.(tokens, index) : undefined;
}

/** A definition with what comes before it and is a part of it. */
export type LocatedDefinition = Definition & Range;

const prefixes = new Set(['\\global', '\\long']);

/**
 * The definitions of a formula that LaTeX has and KaTeX's commands have not: optional arguments, names that are taken.
 * With the first one that cannot be read.
 */
export function definitionsIn(tex: string): {
  readonly definitions: readonly LocatedDefinition[];
  readonly bad: Fault | undefined;
} {
  const definitions: LocatedDefinition[] = [];
  let bad: Fault | undefined;
  const tokens = mayDefine(tex) ? tokenize(tex) : [];
  for (let at = 0; at < tokens.length; at++) {
    const read = definitionAt(tokens, at);
    if (!read) continue;
    if ('fault' in read) {
      bad ??= read.fault;
      continue;
    }
    const { next } = read.definition;
    // `\global` and `\long` before it go with it: every definition is both.
    const before = tokens.findLastIndex(
      ({ type, text }, index) => index < at && type !== 'space' && !prefixes.has(text),
    );
    const start = tokens[skipSpaces(tokens, before + 1)]?.start ?? 0;
    definitions.push({ ...read.definition, start, end: tokens[next - 1]?.end ?? tex.length });
    at = next - 1;
  }
  return { definitions, bad };
}

export function isDefiner(command: string): boolean {
  return Object.hasOwn(definers, command);
}

function readNewCommand(tokens: readonly Token[], index: number): Reading {
  const command = tokens[index] as Token;
  const named = readName(tokens, skipStar(tokens, index + 1), command);
  if ('fault' in named) return named;
  const count = optionAt(tokens, named.next);
  const parameters = count ? Number(textOf(tokens, count)) : 0;
  if (count && !(Number.isInteger(parameters) && parameters <= 9)) {
    return bad(
      'the number of arguments is a digit from 0 to 9',
      tokens,
      count,
      'write [2] for two arguments',
    );
  }
  const optional = count && optionAt(tokens, count.next);
  const body = argumentAt(tokens, (optional ?? count ?? named).next);
  if (!body) return lacksBody(command, named.name);
  if (body.next > tokens.length) return neverClosed(tokens, body);
  const unknown = unknownParameter(tokens, body, parameters);
  if (unknown) return unknown;
  const macro = {
    parameters,
    body: source(tokens, body),
    ...(optional && { optional: source(tokens, optional) }),
  };
  return { definition: { ...named, macro, by: command.text, next: body.next } };
}

function readOperator(tokens: readonly Token[], index: number): Reading {
  const command = tokens[index] as Token;
  const start = skipStar(tokens, index + 1);
  const star = start > index + 1 ? '*' : '';
  const named = readName(tokens, start, command);
  if ('fault' in named) return named;
  const body = argumentAt(tokens, named.next);
  if (!body) return lacksBody(command, named.name);
  if (body.next > tokens.length) return neverClosed(tokens, body);
  const macro = { parameters: 0, body: `\\operatorname${star}{${source(tokens, body)}}` };
  return { definition: { ...named, macro, by: command.text, next: body.next } };
}

/** `\def` with undelimited parameters; the delimited ones are KaTeX's. */
function readDef(tokens: readonly Token[], index: number): Reading | undefined {
  const command = tokens[index] as Token;
  const name = tokens[skipSpaces(tokens, index + 1)];
  if (name?.type !== 'command') return undefined;
  const start = tokens.indexOf(name) + 1;
  const open = tokens.findIndex((token, at) => at >= start && token.type === 'open');
  if (open === -1) return lacksBody(command, name.text);
  const signature = textOf(tokens, { from: start, to: open }).trim();
  const parameters = signature.length / 2;
  if (signature !== '#1#2#3#4#5#6#7#8#9'.slice(0, 2 * parameters)) return undefined;
  const body = argumentAt(tokens, open) as Span;
  if (body.next > tokens.length) return neverClosed(tokens, body);
  const macro = { parameters, body: source(tokens, body) };
  return (
    unknownParameter(tokens, body, parameters) ?? {
      definition: { name: name.text, at: rangeOf(name), macro, by: command.text, next: body.next },
    }
  );
}

function readName(
  tokens: readonly Token[],
  index: number,
  command: Token,
): { name: string; at: Range; next: number } | { fault: Fault } {
  const span = argumentAt(tokens, index);
  if (!span) return lacksBody(command, 'a name');
  const name = textOf(tokens, span).trim();
  const start = tokens[skipSpaces(tokens, span.from)]?.start ?? 0;
  if (isMacroName(name)) return { name, at: { start, end: start + name.length }, next: span.next };
  return /^[a-zA-Z@]+$/.test(name)
    ? bad(
        `the name after ${command.text} lacks its backslash: ${name}`,
        tokens,
        span,
        `write ${command.text}{\\${name}}`,
      )
    : bad(
        `${name || 'nothing'} is no name for a macro`,
        tokens,
        span,
        'a name is a backslash and letters, such as \\foo',
      );
}

function rangeOf({ start, end }: Token): Range {
  return { start, end };
}

function skipStar(tokens: readonly Token[], index: number): number {
  const start = skipSpaces(tokens, index);
  return tokens[start]?.text === '*' ? start + 1 : index;
}

export function isMacroName(name: string): boolean {
  return /^\\(?:[a-zA-Z@]+|[^a-zA-Z@\s])$/u.test(name);
}

function source(tokens: readonly Token[], span: Span): string {
  return untokenize(tokens.slice(span.from, span.to).map(({ text }) => text));
}

function bad(
  message: string,
  tokens: readonly Token[],
  span: Pick<Span, 'from' | 'to'>,
  hint: string,
): { fault: Fault } {
  const first = tokens[span.from];
  const last = tokens[span.to - 1];
  // An empty group has no token inside: the braces are shown then.
  const range =
    span.to > span.from
      ? { start: first?.start ?? 0, end: last?.end ?? 0 }
      : { start: (first?.start ?? 1) - 1, end: first?.end ?? 1 };
  return { fault: fault('error', 'math/bad-macro', message, range, hint) };
}

function lacksBody(command: Token, name: string): { fault: Fault } {
  const message =
    name === 'a name' ? `${command.text} lacks a name` : `the definition of ${name} lacks its body`;
  return {
    fault: fault(
      'error',
      'math/bad-macro',
      message,
      command,
      `write ${command.text}{\\name}{what it stands for}`,
    ),
  };
}

function neverClosed(tokens: readonly Token[], body: Span): { fault: Fault } {
  const brace = tokens[body.from - 1] ?? { start: 0, end: 1 };
  return {
    fault: fault(
      'error',
      'math/syntax',
      'a { is not closed',
      brace,
      'add its }, or write \\{ for the character',
    ),
  };
}

function unknownParameter(
  tokens: readonly Token[],
  body: Span,
  parameters: number,
): { fault: Fault } | undefined {
  for (let at = body.from; at < body.to; at++) {
    if (tokens[at]?.text !== '#') continue;
    const next = tokens[++at]?.text ?? '';
    if (next === '#' || (/^[1-9]$/.test(next) && Number(next) <= parameters)) continue;
    const span = { from: at - 1, to: Math.min(at + 1, body.to) };
    const message = /^[1-9]$/.test(next)
      ? `the body uses #${next}, but the macro takes ${parameters === 0 ? 'none' : `only ${parameters}`}`
      : 'a # in a body is followed by the number of an argument';
    return bad(message, tokens, span, 'give the number of arguments, as in \\newcommand{\\foo}[1]{…}');
  }
  return undefined;
}
