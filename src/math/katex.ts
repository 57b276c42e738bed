// Sets formulas. The one module that imports KaTeX. Nothing here throws for what an author wrote, and no formula sees
// another's definitions except through the macros that the caller hands on.
import katex, { type KatexOptions, type Token as LocatedToken, type TrustContext } from 'katex';
import 'katex/contrib/mhchem';
import { type Definition, definitionAt, mayDefine } from './definitions.js';
import { dialectEdits } from './dialect.js';
import { applyEdits, type Edit } from './edits.js';
import { explain } from './explain.js';
import { type Fault, fault, type Range } from './fault.js';
import type { NativeMacro } from './gullet.js';
import { type Macro, type Macros, noMacros, usedMacros, withDefinitions } from './macros.js';
import type { FormulaNumbers } from './numbering.js';
import { finish, linkAddress } from './output.js';
import { isRefusal, nativeMacro, ownMacros, type ReferenceTarget } from './own-macros.js';
import { deeperThan, tokenize, untokenize } from './tex.js';
import { createTrace, type Trace, type TracedPlace } from './trace.js';

export type { Fault } from './fault.js';
export type { ReferenceTarget } from './own-macros.js';

export interface FormulaOptions {
  readonly display: boolean;
  /** What may be used: of the site, the front matter, and the formulas before this one. */
  readonly macros?: Macros;
  /** From `numberFormulas`. Without it nothing is numbered. */
  readonly numbers?: FormulaNumbers;
  /** Where `\ref{name}` and `\eqref{name}` lead, and all that is shown there; undefined shows `??`. */
  readonly reference?: (name: string, command: 'ref' | 'eqref') => ReferenceTarget | undefined;
}

interface Outcome {
  /** For the formulas after this one; the same object when it defines nothing. */
  readonly macros: Macros;
  /** Whether the formula defines macros: its result is not all that it does. */
  readonly defines: boolean;
}

export type FormulaResult =
  | (Outcome & {
      readonly ok: true;
      /** KaTeX's HTML with the MathML inside; empty for a formula of definitions alone. */
      readonly html: string;
      /** Severity `warning` or `note`. */
      readonly warnings: readonly Fault[];
    })
  | (Outcome & { readonly ok: false; readonly error: Fault });

const maxLength = 20_000;
const maxDepth = 200;

/** KaTeX's version, for the cache: another one sets otherwise. */
export const katexVersion: string = katex.version;

/** Commands after which KaTeX itself knows more macros than before. */
const nativeDefiners =
  /\\(?:let|futurelet|global|long|[gex]?def|(?:new|renew|provide)command|require)(?![a-zA-Z@])/;

/** Sets a formula as HTML and MathML, or says what is wrong with it and where. */
export function setFormula(tex: string, options: FormulaOptions): FormulaResult {
  const before = options.macros ?? noMacros;
  const failure = (error: Fault, macros = before): FormulaResult => ({
    ok: false,
    error,
    macros,
    defines: macros !== before,
  });
  const tooMuch = excess(tex);
  if (tooMuch) return failure(tooMuch);
  const read = readDefinitions(tex);
  if ('fault' in read) return failure(read.fault);

  const job: Job = {
    tex,
    options,
    definitions: read.definitions,
    macros: withDefinitions(before, read.definitions),
  };
  const used = usedMacros(tex, job.macros);
  const needsTrace = used.length > 0 || nativeDefiners.test(tex);
  const first = run(job, before, used, needsTrace);
  // Only the traced way knows where an error is; it is too slow for every formula.
  const result = 'error' in first && !needsTrace ? run(job, before, used, true) : first;
  if ('error' in result) return failure(describe(result, job), result.macros);
  const { html, warnings, macros } = result;
  return { ok: true, html, warnings, macros, defines: macros !== before };
}

function excess(tex: string): Fault | undefined {
  if (tex.length > maxLength) {
    const message = `the formula has ${tex.length} characters`;
    return fault(
      'error',
      'math/too-long',
      message,
      { start: 0, end: tex.length },
      `take it apart: the most is ${maxLength}`,
    );
  }
  const deep = deeperThan(tex, maxDepth);
  return (
    deep &&
    fault('error', 'math/too-deep', `the formula is nested deeper than ${maxDepth}`, deep, 'take it apart')
  );
}

/** Definitions that LaTeX has and KaTeX's own commands have not: optional arguments, names that are taken. */
function readDefinitions(
  tex: string,
): { readonly definitions: readonly LocatedDefinition[] } | { readonly fault: Fault } {
  if (!mayDefine(tex)) return { definitions: [] };
  const tokens = tokenize(tex);
  const definitions: LocatedDefinition[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const read = definitionAt(tokens, at);
    if (read && 'fault' in read) return read;
    if (!read) continue;
    const { definition } = read;
    definitions.push({
      ...definition,
      start: tokens[at]?.start ?? 0,
      end: tokens[definition.next - 1]?.end ?? tex.length,
    });
    at = definition.next - 1;
  }
  return { definitions };
}

type LocatedDefinition = Definition & Range;

interface Job {
  readonly tex: string;
  readonly options: FormulaOptions;
  readonly definitions: readonly LocatedDefinition[];
  /** With the formula's own. */
  readonly macros: Macros;
}

type Run =
  | { readonly html: string; readonly warnings: readonly Fault[]; readonly macros: Macros }
  | {
      readonly error: unknown;
      readonly macros: Macros;
      readonly toSource: (offset: number) => number;
      readonly trace: Trace | undefined;
    };

function run(job: Job, before: Macros, used: readonly string[], traced: boolean): Run {
  const { tex, options, definitions } = job;
  const rows = options.numbers?.rows ?? [];
  const whole = options.numbers?.whole;
  const { text, toSource } = applyEdits(tex, [
    ...(traced ? [{ start: 0, end: 0, text: '\\postulate@trace ' }] : []),
    ...definitions.map(
      ({ start, end }, index): Edit => ({ start, end, text: `\\postulate@define{${index}}` }),
    ),
    ...rows.map(({ end }, index): Edit => ({ start: end, end, text: `\\postulate@row{${index}}` })),
    ...dialectEdits(tex).filter(
      ({ start }) => !definitions.some((one) => start >= one.start && start < one.end),
    ),
    // On a line of its own: the formula may end in a comment.
    ...(whole && !whole.tagged
      ? [{ start: tex.length, end: tex.length, text: `\n\\postulate@row{${rows.length}}` }]
      : []),
  ]);

  const links: ReferenceTarget[] = [];
  const warnings: Fault[] = [];
  const own = ownMacros({
    rows: whole ? [...rows, whole] : rows,
    definitions,
    reference: options.reference ?? (() => undefined),
    link: (target) => linkAddress(links.push(target) - 1),
    ignored: (command) => warnings.push(ignored(command, tex)),
  });
  const users = used.flatMap((name) => {
    const macro = before.get(name);
    return macro ? [[name, nativeMacro(macro)] as const] : [];
  });
  const trace = traced ? createTrace((name) => isAuthors(name, macros, own)) : undefined;
  const initial: Record<string, NativeMacro> = {
    ...own,
    ...Object.fromEntries(users),
    ...(trace && { '\\postulate@trace': trace.start }),
  };
  const macros = { ...initial };
  const place = (token: LocatedToken | undefined): Range | undefined => {
    const loc = token?.loc;
    if (!loc || (!trace && loc.lexer.input !== text)) return undefined;
    const found = trace?.placeOf(loc.start, loc.end - loc.start) ?? loc;
    return { start: toSource(found.start), end: toSource(found.end) };
  };

  try {
    const html = katex.renderToString(text, {
      displayMode: options.display,
      output: 'htmlAndMathml',
      throwOnError: true,
      globalGroup: true,
      maxSize: 50,
      maxExpand: 1000,
      macros,
      trust: isOurs,
      strict: (code, _, token) => {
        const range = place(token);
        if (range) warn(warnings, code, range, tex);
        return 'ignore';
      },
    } satisfies KatexOptions);
    const after = trace ? withNative(job.macros, initial, macros, definitions) : job.macros;
    const blank =
      definitions.length > 0 && html.includes('<span class="katex-html" aria-hidden="true"></span>');
    const finished = blank
      ? ''
      : finish(html, { ...(text === tex ? {} : { tex }), numbers: options.numbers, links });
    return { html: finished, warnings, macros: after };
  } catch (error) {
    return { error, macros: job.macros, toSource, trace };
  }
}

/** Links and ids of our own making; what authors write never gets as far as this. */
function isOurs(context: TrustContext): boolean {
  return (
    context.command === '\\htmlId' ||
    (context.command === '\\href' && context.url.startsWith(linkAddress(0).slice(0, -1)))
  );
}

function isAuthors(
  name: string,
  macros: Readonly<Record<string, unknown>>,
  own: Readonly<Record<string, unknown>>,
): boolean {
  return Object.hasOwn(macros, name) && macros[name] !== own[name] && !name.includes('@');
}

/** Adds what only KaTeX has understood: `\let`, `\edef`, definitions inside macros. */
function withNative(
  macros: Macros,
  initial: Readonly<Record<string, NativeMacro>>,
  current: Readonly<Record<string, NativeMacro>>,
  definitions: readonly Definition[],
): Macros {
  const done = new Set(definitions.map(({ name }) => name));
  const added = Object.entries(current).filter(
    ([name, value]) => value !== initial[name] && !done.has(name) && !internal.has(name),
  );
  return added.length === 0
    ? macros
    : new Map([...macros, ...added.map(([name, value]) => [name, readNative(value)] as const)]);
}

const internal = new Set(['\\@eqnsw', '\\df@tag', '\\current@color', '\\color']);

function readNative(native: NativeMacro): Macro {
  const isPlain = typeof native === 'object' && !native.delimiters?.some((texts) => texts.length > 0);
  if (!isPlain || native.unexpandable || native.tokens.some(({ noexpand }) => noexpand))
    return { parameters: 0, body: '', native };
  return {
    parameters: native.numArgs,
    body: untokenize(native.tokens.map(({ text }) => text).reverse()),
    native,
  };
}

function describe({ error, toSource, trace }: Extract<Run, { error: unknown }>, { tex, macros }: Job): Fault {
  const { placed, at, macro } = placeOfError(error, toSource, trace, tex);
  if (isRefusal(error)) {
    const { code, message, hint } = error.refusal;
    return fault(
      'error',
      code,
      macro === undefined ? message : `in the macro ${macro}: ${message}`,
      at,
      hint,
    );
  }
  const message =
    error instanceof katex.ParseError
      ? error.rawMessage
      : error instanceof Error
        ? error.message
        : String(error);
  return explain({ message, at: placed ?? at, ...(macro === undefined ? {} : { macro }) }, tex, macros);
}

function placeOfError(
  error: unknown,
  toSource: (offset: number) => number,
  trace: Trace | undefined,
  tex: string,
) {
  const position = error instanceof katex.ParseError ? error.position : undefined;
  const length = error instanceof katex.ParseError ? error.length : undefined;
  const placed = position === undefined ? undefined : trace?.placeOf(position, length ?? 0);
  const source = ({ start, end }: TracedPlace): Range => ({ start: toSource(start), end: toSource(end) });
  const found = placed ?? trace?.last();
  const at = found ? source(found) : { start: 0, end: tex.length };
  return { placed: placed && source(placed), at, macro: found?.macro };
}

const scripts =
  /[\u1100-\u11ff\u2e80-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3ffff}]/u;

/** Neighbouring characters make one warning. */
function warn(warnings: Fault[], code: string, range: Range, tex: string): void {
  const text = tex.slice(range.start, range.end);
  const warning = scripts.test(text)
    ? fault('warning', 'math/cjk-outside-text', '', range, 'put it into \\text{…}')
    : code === 'unknownSymbol'
      ? fault('warning', 'math/unknown-character', '', range, 'it is set in whatever font the reader has')
      : undefined;
  if (!warning) return;
  const last = warnings.at(-1);
  const joined = last?.code === warning.code && last.offset + last.length === range.start;
  const start = joined ? last.offset : range.start;
  if (joined) warnings.pop();
  const shown = tex.slice(start, range.end);
  const message =
    warning.code === 'math/unknown-character'
      ? `KaTeX has no metrics for ${shown}`
      : `${shown} stands outside \\text`;
  warnings.push({ ...warning, message, offset: start, length: range.end - start });
}

function ignored(command: string, tex: string): Fault {
  const start = Math.max(0, tex.indexOf(command));
  return fault(
    'note',
    'math/ignored-command',
    `${command} is not needed and is left out`,
    { start, end: start + command.length },
    'delete it',
  );
}
