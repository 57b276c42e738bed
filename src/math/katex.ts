// Sets formulas. The one module that imports KaTeX. Nothing here throws for what an author wrote, and no formula sees
// another's definitions except through the macros that the caller hands on.
import katex, { type KatexOptions, type Token as LocatedToken, type TrustContext } from 'katex';
import 'katex/contrib/mhchem';
import type { ReferenceForm, TextRun } from '../types.js';
import { definitionsIn, type LocatedDefinition } from './definitions.js';
import { dialectEdits } from './dialect-edits.js';
import { applyEdits, type Edit } from './edits.js';
import { explain, visible } from './explain.js';
import { type Fault, fault, type Range } from './fault.js';
import type { NativeMacro } from './gullet.js';
import { type Macros, noMacros, usedMacros, withDefinitions } from './macros.js';
import { nativeMacro, withNative } from './native.js';
import type { FormulaNumbers } from './numbering.js';
import { fixedMacros, isRefusal, ownMacros, type ReferenceTarget } from './own-macros.js';
import { createPrinter, type KatexTree, linkAddress, type Printer } from './print.js';
import { deeperThan } from './tex.js';
import { createTrace, type Trace } from './trace.js';
import { createWarnings } from './warnings.js';

export type { Fault } from './fault.js';
export type { ReferenceTarget } from './own-macros.js';

export interface FormulaOptions {
  readonly display: boolean;
  /** What may be used: of the site, the front matter, and the formulas before this one. */
  readonly macros?: Macros;
  /** From `numberFormulas`. Without it nothing is numbered. */
  readonly numbers?: FormulaNumbers | undefined;
  /** Where `\ref{name}` and its like lead, and all that is shown there; undefined shows `??`. */
  readonly reference?: (name: string, form: ReferenceForm) => ReferenceTarget | undefined;
  /** One that has printed other formulas is faster. */
  readonly print?: Printer | undefined;
}

/** As KaTeX's own `contrib` adds commands: given with each formula, sixty of them would be copied for each. */
const { __defineMacro: addMacro, __renderToDomTree: toTree } = katex as typeof katex & {
  readonly __defineMacro: (name: string, macro: NativeMacro) => void;
  readonly __renderToDomTree: (tex: string, options: KatexOptions) => KatexTree;
};
for (const [name, macro] of Object.entries(fixedMacros)) addMacro(name, macro);

interface Outcome {
  /** For the formulas after this one; the same object when it defines nothing. */
  readonly macros: Macros;
  /** Whether the formula defines macros: its HTML is not all that it does. */
  readonly defines: boolean;
}

export type FormulaResult =
  | (Outcome & {
      readonly ok: true;
      /** KaTeX's HTML with the MathML inside; empty for a formula of definitions alone. */
      readonly html: string;
      /** What is shown in which elements: the fonts' part. */
      readonly runs: readonly TextRun[];
      /** Of severity `warning` or `note`. */
      readonly warnings: readonly Fault[];
    })
  | (Outcome & { readonly ok: false; readonly error: Fault });

const maxLength = 20_000;
const maxDepth = 200;
/** KaTeX counts a `\,` as three. What macros expand to is bounded by the trace, too. */
const maxExpand = 10_000;

/** Commands after which KaTeX knows more macros than before, or that are worth a note with a place. */
const changesMacros =
  /\\(?:let|futurelet|global|long|[gex]?def|(?:new|renew|provide)command|DeclareMathOperator)(?![a-zA-Z@])/;

/** Sets a formula as HTML and MathML, or says what is wrong with it and where. */
export function setFormula(tex: string, options: FormulaOptions): FormulaResult {
  const before = options.macros ?? noMacros;
  const excess = tooMuch(tex);
  if (excess) return { ok: false, error: excess, macros: before, defines: false };
  const { definitions, bad } = definitionsIn(tex);
  const macros = withDefinitions(before, definitions);
  // The others hold all the same: whoever uses them has made no mistake.
  if (bad) return { ok: false, error: bad, macros, defines: macros !== before };

  const after = usedMacros(tex, macros);
  // What a definition replaces may have been used before it, or have another name now.
  const used = macros === before ? after : [...new Set([...after, ...usedMacros(tex, before)])];
  const job = { tex, options, before, definitions, macros, used };
  const traced = used.length > 0 || changesMacros.test(tex);
  const first = run(job, traced);
  // Only a traced run knows where an error is, and it is slower. The numbers are left out: a command that lacks its
  // argument would take them for it.
  const bare = () => ({ ...job, options: { ...options, numbers: { rows: [] } } });
  const result = 'error' in first ? run(bare(), true) : first;
  const outcome = { macros: result.macros, defines: result.macros !== before };
  return 'error' in result
    ? { ok: false, error: describe(result, job), ...outcome }
    : {
        ok: true,
        html: result.html,
        runs: result.runs,
        warnings: [...result.warnings, ...commentsIn(tex)],
        ...outcome,
      };
}

/** On a line of its own nobody writes a comment: `$50%$` loses its sign without a word. */
function commentsIn(tex: string): Fault[] {
  const match = tex.includes('\n') ? null : /(?<!\\)((?:\\\\)*)(%.*)$/.exec(tex);
  if (!match?.[2]) return [];
  const [, slashes, comment] = match;
  const range = { start: tex.length - comment.length, end: tex.length };
  return [
    fault(
      'warning',
      'math/comment',
      `${comment} is a comment and is not shown`,
      range,
      `write \\% for the sign${slashes === '' ? '' : ', with one backslash'}`,
    ),
  ];
}

function tooMuch(tex: string): Fault | undefined {
  if (tex.length > maxLength) {
    const message = `the formula has ${tex.length} characters`;
    const range = { start: 0, end: tex.length };
    return fault('error', 'math/too-long', message, range, `take it apart: the most is ${maxLength}`);
  }
  const deep = deeperThan(tex, maxDepth);
  return (
    deep &&
    fault('error', 'math/too-deep', `the formula is nested deeper than ${maxDepth}`, deep, 'take it apart')
  );
}

interface Job {
  readonly tex: string;
  readonly options: FormulaOptions;
  readonly before: Macros;
  readonly definitions: readonly LocatedDefinition[];
  /** With the formula's own. */
  readonly macros: Macros;
  /** Names of those that it uses. */
  readonly used: readonly string[];
}

interface Failure {
  readonly error: unknown;
  readonly macros: Macros;
  readonly toSource: (range: Range) => Range;
  readonly trace: Trace | undefined;
}

interface Success {
  readonly html: string;
  readonly runs: readonly TextRun[];
  readonly warnings: readonly Fault[];
  readonly macros: Macros;
}

/** One call of KaTeX. */
function run(job: Job, traced: boolean): Success | Failure {
  const { tex, options, definitions, macros } = job;
  const { numbers, reference = () => undefined, print = createPrinter() } = options;
  const { text, toSource: offsetInSource } = applyEdits(tex, edits(job, traced));
  const toSource = ({ start, end }: Range): Range => {
    // A control word has the blanks behind it, and perhaps an edit.
    const written = text.slice(start, end).trimEnd();
    return { start: offsetInSource(start), end: offsetInSource(start + (written.length || end - start)) };
  };
  const links: ReferenceTarget[] = [];
  const warnings = createWarnings(tex);
  const own = ownMacros({
    rows: numbers?.whole ? [...numbers.rows, numbers.whole] : (numbers?.rows ?? []),
    macros: job.before,
    definitions,
    reference,
    link: (target) => linkAddress(links.push(target) - 1),
  });
  const authors = job.used.flatMap((name) => {
    const macro = job.before.get(name);
    return macro ? [[name, nativeMacro(macro)] as const] : [];
  });
  const isAuthors = (name: string) =>
    Object.hasOwn(current, name) && current[name] !== own[name] && !name.includes('@');
  const trace = traced ? createTrace(isAuthors) : undefined;
  const initial: Record<string, NativeMacro> = trace
    ? { ...own, ...Object.fromEntries(authors), [traceCommand]: trace.start }
    : own;
  // KaTeX puts definitions in; only what is traced is compared afterwards.
  const current: Record<string, NativeMacro> = trace ? { ...initial } : initial;
  const place = (token: LocatedToken | undefined): Range | undefined => {
    const loc = token?.loc;
    // Without a trace a token of a built-in macro would be taken for one of the formula.
    if (!loc || (!trace && loc.lexer.input !== text)) return undefined;
    return toSource(trace?.placeOf(loc.start, loc.end - loc.start) ?? loc);
  };

  try {
    const tree = toTree(text, {
      displayMode: options.display,
      output: 'htmlAndMathml',
      throwOnError: true,
      globalGroup: true,
      maxSize: 50,
      maxExpand,
      macros: current,
      trust: isOurs,
      strict: (code, _, token) => {
        const range = place(token);
        if (range && token) warnings.strict(code, token.text, range);
        return 'ignore';
      },
    });
    const after = trace ? withNative(macros, initial, current, definitions) : macros;
    const { html, runs } = print(tree, { ...(text === tex ? {} : { tex }), numbers, links });
    const isBlank =
      after !== job.before && html.includes('<span class="katex-html" aria-hidden="true"></span>');
    return {
      html: isBlank ? '' : html,
      runs: isBlank ? [] : runs,
      warnings: warnings.list(),
      macros: after,
    };
  } catch (error) {
    return { error, macros, toSource, trace };
  }
}

const traceCommand = '\\postulate@trace';

/** How what KaTeX is given differs from the source. */
function edits({ tex, options, definitions, macros, used }: Job, traced: boolean): readonly Edit[] {
  const { rows = [], whole } = options.numbers ?? {};
  const endsInBackslash = () => /\\$/.test(tex.replaceAll('\\\\', ''));
  const insert = (at: number, text: string): Edit => ({ start: at, end: at, text });
  return [
    ...(traced ? [insert(0, `${traceCommand} `)] : []),
    ...definitions.map(({ start, end }, index) => ({ start, end, text: `\\postulate@define{${index}}` })),
    ...rows.map(({ end }, index) => insert(end, `\\postulate@row{${index}}`)),
    ...dialectEdits(tex, macros, used).filter(
      ({ start }) => !definitions.some((one) => start >= one.start && start < one.end),
    ),
    // On a line of its own: the formula may end in a comment.
    ...(whole && !whole.tagged && !endsInBackslash()
      ? [insert(tex.length, `\n\\postulate@row{${rows.length}}`)]
      : []),
  ];
}

/** Links and ids of our own making; what authors write never gets as far as this. */
function isOurs(context: TrustContext): boolean {
  return (
    context.command === '\\htmlId' || (context.command === '\\href' && context.url.startsWith('#postulate-'))
  );
}

function describe({ error, toSource, trace }: Failure, { tex, macros }: Job): Fault {
  const parseError = error instanceof katex.ParseError ? error : undefined;
  const message = parseError?.rawMessage ?? (error instanceof Error ? error.message : String(error));
  const isEndless = /^Too many (?:expansions|tokens)/.test(message);
  const reported =
    parseError?.position === undefined
      ? undefined
      : trace?.placeOf(parseError.position, parseError.length ?? 0);
  const place = (isEndless ? trace?.use() : undefined) ??
    reported ??
    trace?.last() ?? { start: 0, end: tex.length };
  const at = toSource(place);
  const macro = 'macro' in place ? place.macro : undefined;
  if (!isRefusal(error))
    return explain({ message, at, ...(macro === undefined ? {} : { macro }) }, tex, macros);
  const { refusal } = error;
  const where = macro === undefined ? '' : `in the macro ${macro}: `;
  return fault('error', refusal.code, where + refusal.message, visible(at, tex), refusal.hint);
}
