// From arguments to an exit code. Everything that belongs to the process (streams, clock, signals) comes in as
// a value, so that a test can be the process.
import { relative, resolve, sep } from 'node:path';
import { CommanderError } from 'commander';
import type { BuildOptions, BuildReport } from './build.js';
import { diagnostic } from './diagnostic.js';
import { environmentFault } from './environment.js';
import {
  exitCode,
  formatAnnotation,
  formatCheck,
  formatDiagnostic,
  formatJson,
  formatSummary,
  inOrder,
  mostImportant,
  tally,
} from './report.js';
import type { Diagnostic } from './types.js';
import { type CommandName, type Flags, makeProgram, usageFault } from './usage.js';

/** The process that the command runs in. */
export interface Host {
  /** The current folder. */
  readonly folder: string;
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
  /** What to do when a signal ends the process. */
  readonly onInterrupt: (cleanUp: () => void) => void;
}

type Build = (options: BuildOptions) => Promise<BuildReport>;

/** Runs one command; `loadBuild` gets the build only when it is wanted, since loading it takes time. */
export async function run(
  args: readonly string[],
  host: Host,
  loadBuild: () => Promise<Build> = async () => (await import('./build.js')).build,
): Promise<number> {
  let result = 0;
  const program = makeProgram(host, async (command, flags) => {
    result = await runBuild(command, flags, host, await loadBuild());
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return result;
  } catch (error) {
    if (!(error instanceof CommanderError)) return failWith(error, args, host);
    if (error.exitCode === 0) return 0;
    const help = error.code === 'commander.help' ? program.helpInformation() : '';
    return fail(usageFault(error, program), args, host, help);
  }
}

/** Tells of something thrown that no stage caught: a bug, or the system failed. Gives the exit code. */
export function failWith(error: unknown, args: readonly string[], host: Host): number {
  const causes = causesOf(error);
  const [fault] = causes.flatMap((cause) => environmentFault(cause, pathOf(cause)) ?? []);
  if (fault !== undefined) return fail(fault, args, host, '');
  const last = causes.at(-1);
  return fail(bug(causes), args, host, last instanceof Error ? (last.stack ?? '') : '');
}

async function runBuild(command: CommandName, flags: Flags, host: Host, build: Build): Promise<number> {
  const root = resolve(host.folder, flags.root);
  const out = flags.out === undefined ? resolve(root, 'public') : resolve(host.folder, flags.out);
  const { abandonWrite } = await import('./output/write.js');
  host.onInterrupt(() => abandonWrite(out));
  const progress = showProgress(host);
  const report = await build({
    root,
    out,
    drafts: flags.drafts,
    future: flags.future,
    strict: flags.strict,
    draftMath: flags.draftMath,
    cache: flags.cache,
    check: command === 'check',
    now: host.now,
    onStep: progress.step,
  }).finally(progress.end);

  const { applyFixes } = await import('./output/fix.js');
  const fixed = flags.fix ? await applyFixes(root, report.fixes) : 0;
  tellDiagnostics(report, root, host);
  const milliseconds = host.elapsed();
  const shownOut = withSlashes(relative(host.folder, out)) || '.';
  if (flags.json) host.print(formatJson(report, milliseconds));
  else if (command === 'check') host.print(`${formatCheck(report, { fixed, milliseconds })}\n`);
  else host.print(`${formatSummary(report, { out: shownOut, strict: flags.strict, milliseconds })}\n`);
  return exitCode(report.diagnostics, flags.strict);
}

function tellDiagnostics(report: BuildReport, root: string, host: Host): void {
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

/** A line on the terminal that says what is being done, once that takes more than a second. */
function showProgress(host: Host) {
  const began = host.elapsed();
  let last = Number.NEGATIVE_INFINITY;
  return {
    step: (step: string, done: number, total: number): void => {
      const now = host.elapsed();
      if (!host.isTerminal || now - began < 1000 || now - last < 100) return;
      last = now;
      host.tell(`\r\u001B[K${step} ${done}/${total}`);
    },
    end: (): void => {
      if (last > began) host.tell('\r\u001B[K');
    },
  };
}

/** Ends a command that made no report. `more` is for people only. */
function fail(one: Diagnostic, args: readonly string[], host: Host, more: string): number {
  host.tell(`${formatDiagnostic(one, undefined, { color: host.hasColors })}\n`);
  if (more !== '') host.tell(`\n${more.trimEnd()}\n`);
  if (args.includes('--json')) host.print(formatJson({ ...emptyReport, diagnostics: [one] }, host.elapsed()));
  return exitCode([one], false);
}

const emptyReport: BuildReport = {
  posts: 0,
  pages: 0,
  files: { written: 0, unchanged: 0, removed: 0 },
  formulas: { total: 0, rendered: 0 },
  diagnostics: [],
  sources: new Map(),
  fixes: [],
};

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

function withSlashes(path: string): string {
  return path.split(sep).join('/');
}
