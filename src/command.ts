// From arguments to an exit code. Everything that belongs to the process (streams, clock, signals) comes in as
// a value, so that a test can be the process.
import { isAbsolute, resolve } from 'node:path';
import { CommanderError } from 'commander';
import type { BuildOptions } from './build.js';
import type { BuildReport } from './build-report.js';
import { diagnostic } from './diagnostic.js';
import { exitCode, formatCheck, formatInit, formatJson, formatSummary } from './report.js';
import { loadSpeed } from './shortcuts.js';
import { fail, failWith, type Host, shownFrom, tellDiagnostics } from './tell.js';
import { type CommandName, type Given, makeProgram, usageFault } from './usage.js';

export { failWith, type Host } from './tell.js';

type Build = (options: BuildOptions) => Promise<BuildReport>;

/** Runs one command; `loadBuild` gets the build only when it is wanted, since loading it takes time. */
export async function run(
  args: readonly string[],
  host: Host,
  loadBuild: () => Promise<Build> = loadQuickBuild,
): Promise<number> {
  let result = 0;
  const program = makeProgram(host, async (given) => {
    const isLost = host.isFolderGone && foldersOf(given).some((path) => !isAbsolute(path));
    result = isLost
      ? fail([folderGone], args, host)
      : await commands[given.command]({ given, args, host, loadBuild });
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return result;
  } catch (error) {
    if (!(error instanceof CommanderError)) return failWith(error, args, host);
    if (error.exitCode === 0) return 0;
    const fault = usageFault(error, program);
    const help = fault.code === 'usage/no-command' ? program.helpInformation() : '';
    return fail([fault], args, host, help);
  }
}

/** Folders that a command is given, or takes for granted. */
function foldersOf({ command, flags: { root, out = '/' }, argument }: Given): readonly string[] {
  return command === 'init' ? [argument] : [root, out];
}

const folderGone = diagnostic(
  'error',
  'env/file-system',
  'the current folder has been removed',
  undefined,
  'go to another folder, or give --root a whole path',
);

/** A build that is not even loaded when the last one would come out the same. */
async function loadQuickBuild(): Promise<Build> {
  const speed = await loadSpeed();
  return async (options) => {
    const recalled = (await speed?.recallBuild(options)) ?? {};
    if ('report' in recalled) return recalled.report;
    const { build } = await import('./build.js');
    return build({ ...options, ...recalled }).finally(() => void recalled.worker?.terminate());
  };
}

interface Run {
  readonly given: Given;
  readonly args: readonly string[];
  readonly host: Host;
  readonly loadBuild: () => Promise<Build>;
}

/** What each command does. All give an exit code. */
const commands: Readonly<Record<CommandName, (run: Run) => Promise<number>>> = {
  build: runBuild,
  check: runBuild,
  serve: async ({ given, args, host }) => (await import('./serve/run.js')).runServe(given, args, host),
  new: runNew,
  init: runInit,
};

async function runBuild({ given: { command, flags }, host, loadBuild }: Run): Promise<number> {
  const build = await loadBuild();
  const root = resolve(host.folder, flags.root);
  const out = flags.out === undefined ? resolve(root, 'public') : resolve(host.folder, flags.out);
  const { abandonWrite } = await import('./output/write.js');
  host.onInterrupt(() => {
    abandonWrite(out);
    return undefined;
  });
  const progress = showProgress(host);
  const built = await build({
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
  const fixed = flags.fix ? await applyFixes(built.fixes) : undefined;
  const report = { ...built, diagnostics: [...built.diagnostics, ...(fixed?.diagnostics ?? [])] };
  tellDiagnostics(report, root, host);
  const milliseconds = host.elapsed();
  const shownOut = shownFrom(host, out) || '.';
  if (flags.json) host.print(formatJson(report, milliseconds));
  else if (command === 'check') host.print(`${formatCheck(report, { fixed: fixed?.made, milliseconds })}\n`);
  else host.print(`${formatSummary(report, { out: shownOut, strict: flags.strict, milliseconds })}\n`);
  return exitCode(report.diagnostics, flags.strict);
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

async function runNew({ given: { flags, argument: title }, args, host }: Run): Promise<number> {
  const root = resolve(host.folder, flags.root);
  const { newPost } = await import('./new.js');
  const made = await newPost({
    root,
    title,
    now: host.now,
    ...(flags.lang !== undefined && { lang: flags.lang }),
  });
  if ('diagnostics' in made) return fail(made.diagnostics, args, host);
  const path = shownFrom(host, resolve(root, made.path));
  host.print(flags.json ? `${JSON.stringify({ path })}\n` : `${path}\n`);
  return 0;
}

async function runInit({ given: { flags, argument }, args, host }: Run): Promise<number> {
  const folder = resolve(host.folder, argument);
  const { initSite } = await import('./init.js');
  const { written, kept, install, diagnostics } = await initSite({
    folder,
    version: host.version,
    now: host.now,
  });
  if (diagnostics.length > 0) return fail(diagnostics, args, host);
  const shown = shownFrom(host, folder);
  host.print(
    flags.json
      ? `${JSON.stringify({ written, kept })}\n`
      : formatInit({ folder: shown, written, kept, install }),
  );
  return 0;
}
