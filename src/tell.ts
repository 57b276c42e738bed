// The process that a command runs in, as a value, and how it is told what went wrong.
import { relative, sep } from 'node:path';
import { type BuildReport, emptyReport } from './build-report.js';
import { diagnostic } from './diagnostic.js';
import { environmentFault } from './environment.js';
import {
  exitCode,
  formatAnnotation,
  formatDiagnostic,
  formatJson,
  inOrder,
  mostImportant,
  tally,
} from './report.js';
import type { Diagnostic } from './types.js';

/** The process that the command runs in. */
export interface Host {
  /** The current folder. */
  readonly folder: string;
  /** It has been removed, so that nothing can be found from it; `folder` is any path. */
  readonly isFolderGone?: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** Whether standard error is a terminal, and whether it shows colours. */
  readonly isTerminal: boolean;
  readonly hasColors: boolean;
  readonly now: Date;
  /** Milliseconds since the process began. */
  readonly elapsed: () => number;
  /** To standard output. */
  readonly print: (text: string) => void;
  /** To standard error. */
  readonly tell: (text: string) => void;
  /** What to do when a signal ends the process. What it returns is the exit code instead of the signal's own. */
  readonly onInterrupt: (cleanUp: () => number | undefined) => void;
}

/** Tells of diagnostics, with excerpts of the sources; on GitHub also beside the lines that they are about. */
export function tellDiagnostics(
  report: Pick<BuildReport, 'diagnostics' | 'sources'>,
  root: string,
  host: Host,
): void {
  const shown = mostImportant(report.diagnostics);
  for (const one of shown) {
    const text = one.file === undefined ? undefined : report.sources.get(one.file);
    host.tell(`${formatDiagnostic(one, text, { color: host.hasColors })}\n`);
  }
  const left = inOrder(report.diagnostics).filter((one) => !shown.includes(one));
  if (left.length > 0) host.tell(`… and ${left.length} more (${tally(left)}); --json lists all\n`);
  if (host.environment.GITHUB_ACTIONS !== 'true') return;
  const folder = withSlashes(relative(host.environment.GITHUB_WORKSPACE ?? host.folder, root));
  for (const one of shown) host.tell(`${formatAnnotation(one, folder)}\n`);
}

/** Ends a command that made no report. `more` is for people only. Gives the exit code. */
export function fail(faults: readonly Diagnostic[], args: readonly string[], host: Host, more = ''): number {
  for (const one of faults) host.tell(`${formatDiagnostic(one, undefined, { color: host.hasColors })}\n`);
  if (more !== '') host.tell(`\n${more.trimEnd()}\n`);
  if (args.includes('--json')) {
    host.print(formatJson({ ...emptyReport, diagnostics: faults }, host.elapsed()));
  }
  return exitCode(faults, false);
}

/** Tells of something thrown that no stage caught: a bug, or the system failed. Gives the exit code. */
export function failWith(error: unknown, args: readonly string[], host: Host): number {
  const { fault, stack } = explainThrown(error);
  return fail([fault], args, host, stack);
}

/** What was thrown, as a diagnostic; `stack` only for a bug of ours. */
export function explainThrown(error: unknown): { readonly fault: Diagnostic; readonly stack: string } {
  const causes = causesOf(error);
  const [fault] = causes.flatMap((cause) => environmentFault(cause, pathOf(cause)) ?? []);
  if (fault !== undefined) return { fault, stack: '' };
  const last = causes.at(-1);
  return { fault: bug(causes), stack: last instanceof Error ? (last.stack ?? '') : '' };
}

/** A bug of ours. The messages of its causes say what was being processed. */
function bug(causes: readonly unknown[]): Diagnostic {
  return diagnostic(
    'error',
    'internal/bug',
    causes.map((cause) => (cause instanceof Error ? cause.message : String(cause))).join(': '),
    undefined,
    'this is a bug of Postulate, not of your posts; please report it with the lines below',
  );
}

/** An error, what caused it, and so on. */
function causesOf(error: unknown): readonly unknown[] {
  return error instanceof Error && error.cause !== undefined ? [error, ...causesOf(error.cause)] : [error];
}

function pathOf(error: unknown): string {
  return error instanceof Error && 'path' in error ? String(error.path) : '';
}

/** A path as it is printed: from the current folder, with `/`. */
export function shownFrom({ folder, isFolderGone }: Host, path: string): string {
  return withSlashes(isFolderGone ? path : relative(folder, path));
}

/** A path of this system with `/`. */
function withSlashes(path: string): string {
  return path.split(sep).join('/');
}
