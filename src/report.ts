// How the outcome of a command is told: as text for people, as JSON, as annotations on GitHub, as an exit code.
// Pure: a report is a value, and `command.ts` prints it.
import type { BuildReport } from './build-report.js';
import type { InitResult } from './init.js';
import { harmless, snippet } from './snippet.js';
import type { Diagnostic, Severity } from './types.js';

/** Most diagnostics that are shown as text; `--json` has all. */
const mostShown = 50;

const severities: readonly Severity[] = ['error', 'warning', 'note'];

export type ExitCode = 0 | 1 | 2 | 3 | 70;

/** Areas whose errors end a command with a code of their own, the first match first. All other errors end it with 1. */
const exitCodes: readonly (readonly [ExitCode, readonly string[]])[] = [
  [70, ['internal']],
  [3, ['env']],
  [2, ['usage', 'config', 'output']],
];

/** 0 good · 1 content · 2 usage, configuration, output folder · 3 environment · 70 a bug of ours. */
export function exitCode(diagnostics: readonly Diagnostic[], strict: boolean): ExitCode {
  const areas = diagnostics.filter(isError).map(({ code }) => code.split('/', 1)[0] ?? '');
  const special = exitCodes.find(([, its]) => areas.some((area) => its.includes(area)));
  if (special !== undefined) return special[0];
  const isBad = areas.length > 0 || (strict && diagnostics.some(({ severity }) => severity === 'warning'));
  return isBad ? 1 : 0;
}

/** By file, line and column, as one goes through a file to mend it; each only once. */
export function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const unique = new Map(diagnostics.map((one) => [JSON.stringify(keysOf(one)), one]));
  return [...unique.values()].sort((a, b) => compare(keysOf(a), keysOf(b)));
}

/** What is shown as text, in order. When there are too many, errors go before warnings and warnings before notes. */
export function mostImportant(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const ordered = inOrder(diagnostics);
  const chosen = new Set(
    severities.flatMap((severity) => ordered.filter((one) => one.severity === severity)).slice(0, mostShown),
  );
  return ordered.filter((one) => chosen.has(one));
}

const colors = { error: 31, warning: 33, note: 36, bold: 1, dim: 2 };

/**
 * A diagnostic as compilers print it: `path:line:column: severity code: message`, then the line of the source
 * with carets, when its text is given, and the hint. Without an end of line at its end.
 */
export function formatDiagnostic(
  one: Diagnostic,
  sourceText: string | undefined,
  { color }: { readonly color: boolean },
): string {
  const paint = (style: keyof typeof colors, text: string) =>
    color ? `\u001B[${colors[style]}m${text}\u001B[0m` : text;
  const place = [one.file, one.line, one.column].filter((part) => part !== undefined).join(':');
  const head = place === '' ? '' : `${paint('bold', `${harmless(place)}:`)} `;
  const lines = [`${head}${paint(one.severity, `${one.severity} ${one.code}:`)} ${harmless(one.message)}`];
  if (sourceText !== undefined && one.line !== undefined) {
    const [source, carets] = snippet(sourceText, one.line, one.column, one.length);
    if (source !== undefined) lines.push(source);
    if (carets !== undefined) lines.push(carets.replace(/\^+/, (marks) => paint(one.severity, marks)));
  }
  if (one.hint !== undefined) lines.push(`  ${paint('bold', 'hint:')} ${harmless(one.hint)}`);
  return lines.join('\n');
}

/**
 * A diagnostic as GitHub Actions takes it from a log, to show it beside the line.
 * `folder` is the site's root relative to the repository, empty when it is the same.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function formatAnnotation(one: Diagnostic, folder: string): string {
  const name = one.severity === 'note' ? 'notice' : one.severity;
  const end = one.column === undefined ? undefined : one.column + (one.length ?? 1) - 1;
  const properties = {
    file: one.file && (folder === '' ? one.file : `${folder}/${one.file}`),
    line: one.line,
    col: one.column,
    endColumn: end,
    title: one.code,
  };
  const list = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  const text = one.hint === undefined ? one.message : `${one.message}\nhint: ${one.hint}`;
  return `::${name} ${list.join()}::${escapeData(text)}`;
}

/** The report for scripts: one object, the keys as the contract lists them. */
export function formatJson(report: BuildReport, milliseconds: number): string {
  const { posts, pages, files, formulas } = report;
  const diagnostics = inOrder(report.diagnostics).map(
    ({ severity, code, message, hint, file, line, column }) => ({
      severity,
      code,
      message,
      hint,
      file,
      line,
      column,
    }),
  );
  const ms = Math.round(milliseconds);
  return `${JSON.stringify({ posts, pages, files: countsOf(files), formulas, diagnostics, ms }, null, 2)}\n`;
}

/** The last lines of a build. `out` is the output folder as the user would name it. */
export function formatSummary(
  report: BuildReport,
  { out, strict, milliseconds }: { out: string; strict: boolean; milliseconds: number },
): string {
  const { written, unchanged, removed } = report.files;
  const found = tally(report.diagnostics);
  const seconds = `${(milliseconds / 1000).toFixed(2)} s`;
  if (exitCode(report.diagnostics, strict) === 0) {
    const remarks = found === '' ? '' : ` (${found})`;
    return [
      `${count(report.posts, 'post')}, ${count(report.pages, 'page')} in ${seconds}${remarks}`,
      `${out}: ${written} written, ${unchanged} unchanged, ${removed} removed`,
    ].join('\n');
  }
  const counted = report.diagnostics.some(isError) ? '' : ' (--strict makes warnings errors)';
  const state =
    written + removed === 0
      ? `${out} is as it was`
      : `${out}: ${written} written, ${removed} removed; each file is whole, and the next build goes on from here`;
  return `not built: ${found}${counted}\n${state}`;
}

/** What `check` ends with, when `fixed` places were mended or nothing was to be. Their faults are still what was found. */
export function formatCheck(
  report: BuildReport,
  { fixed, milliseconds }: { fixed: number | undefined; milliseconds: number },
): string {
  const found = tally(report.diagnostics) || 'nothing to remark';
  const checked = `${count(report.posts, 'post')}, ${count(report.formulas.total, 'formula')} in ${(milliseconds / 1000).toFixed(2)} s`;
  const fixable = count(report.fixes.length, 'place');
  if (report.fixes.length === 0) return `${checked}: ${found}`;
  if (fixed === undefined) return `${checked}: ${found}\n--fix mends ${fixable}`;
  return `${checked}: ${found}\n${fixed < report.fixes.length ? `${fixed} of ` : ''}${fixable} mended`;
}

/** One line for a build of `serve`. */
export function formatRebuild(
  report: BuildReport,
  { changed, isBuilt, milliseconds }: { changed: readonly string[]; isBuilt: boolean; milliseconds: number },
): string {
  const [first, ...others] = changed.map((path) => harmless(path.normalize('NFC')));
  const more = others.length > 0 ? ` and ${count(others.length, 'other file')}` : '';
  const cause = first === undefined ? '' : `${first}${more}: `;
  const found = tally(report.diagnostics);
  if (!isBuilt) return `${cause}not built: ${found}`;
  const remarks = found === '' ? '' : ` (${found})`;
  const made = `${count(report.posts, 'post')}, ${count(report.pages, 'page')}`;
  return `${cause}${made} in ${(milliseconds / 1000).toFixed(2)} s${remarks}`;
}

const installing: Readonly<Record<InitResult['install'], readonly string[]>> = {
  nothing: [],
  'package.json': ['  npm install'],
  'by name': ['  npm install --save-dev postulate'],
};

const insteadOfNpm = [
  'if npm does not find postulate:',
  '  npm install --save-dev PATH   (PATH is the .tgz that npm pack writes in a clone of Postulate)',
];

/** What `init` ends with. `folder` is as the user would name it, empty for the current one. */
export function formatInit({
  folder,
  written,
  kept,
  install,
}: {
  folder: string;
  install: InitResult['install'];
  written: readonly string[];
  kept: readonly string[];
}): string {
  const list = (title: string, paths: readonly string[]) =>
    paths.length === 0 ? [] : [`${title}:`, ...paths.map((path) => `  ${path}`)];
  const enter = folder === '' ? [] : [`  cd ${/^[\w./-]+$/.test(folder) ? folder : JSON.stringify(folder)}`];
  return [
    ...list('made', written),
    ...list('left as they were', kept),
    'next:',
    ...enter,
    ...installing[install],
    '  npx postulate serve',
    ...(install === 'nothing' ? [] : insteadOfNpm),
    '',
  ].join('\n');
}

/** `2 errors, 1 warning`; empty when there is nothing. */
export function tally(diagnostics: readonly Diagnostic[]): string {
  const ordered = inOrder(diagnostics);
  return severities
    .map((severity) => ({ severity, found: ordered.filter((one) => one.severity === severity).length }))
    .filter(({ found }) => found > 0)
    .map(({ severity, found }) => count(found, severity))
    .join(', ');
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}

type Keys = readonly (string | number)[];

/** What has no file comes first, and what is about a whole file comes before its lines. */
function keysOf(one: Diagnostic): Keys {
  const rank = severities.indexOf(one.severity);
  return [
    one.file ?? '',
    one.line ?? 0,
    one.column ?? 0,
    rank,
    one.code,
    one.message,
    one.length ?? 0,
    one.hint ?? '',
  ];
}

function compare(a: Keys, b: Keys): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? '';
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

function countsOf({ written, unchanged, removed }: BuildReport['files']): BuildReport['files'] {
  return { written, unchanged, removed };
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
