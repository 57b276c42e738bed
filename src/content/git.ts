// Dates of the last commits, from the history that the posts lie in. A checkout that has only the newest commit
// (`fetch-depth: 1`) would give every post the same day, so it gives none.
import { execFile } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

export interface LastModified {
  /** Author's date of the newest commit that touched the file, RFC 3339, by path relative to the site's root. */
  readonly dates: ReadonlyMap<string, string>;
  /** The history is cut off; `dates` is empty. */
  readonly shallow: boolean;
}

/** Where a history stands: equal for equal dates. */
export interface HistoryHead {
  readonly commit: string;
  /** Folder of the posts below that of the repository. */
  readonly prefix: string;
}

/** Dates by file, and whatever it takes to know them. */
export type DatesOf = (
  head: HistoryHead,
  read: () => Promise<readonly FileDate[]>,
) => Promise<readonly FileDate[]>;

export type FileDate = readonly [path: string, date: string];

/**
 * Asks git about all files of `posts/`. A file that was never committed has no date. `datesOf` is asked first, and may
 * know what the history says.
 */
export async function lastModified(
  root: string,
  paths: readonly string[],
  datesOf: DatesOf = (_, read) => read(),
): Promise<LastModified> {
  const history = await historyOf(root);
  if (!history || history.shallow) return { dates: new Map(), shallow: history?.shallow ?? false };
  const { folder, head } = history;
  // The author's date survives a rebase. Without renames each commit lists files as they were called then.
  const format = ['-z', '--format=%x01%aI', '--name-only', '--no-renames', '--relative'];
  const read = async () => [...newestByFile((await git(folder, ['log', ...format, '--', '.'])) ?? '')];
  const dates = await datesOf(head, read);
  const wanted = new Set(paths);
  return { dates: new Map(dates.filter(([path]) => wanted.has(path))), shallow: false };
}

/**
 * The history that the posts of a site lie in; undefined without git, a repository or a commit. Git has been started
 * when this returns its promise.
 */
export async function historyOf(root: string): Promise<History | undefined> {
  const folder = realPath(join(root, 'posts'));
  if (folder === undefined || !hasRepository(folder)) return undefined;
  const answer = await git(folder, [
    'rev-parse',
    '--is-shallow-repository',
    '--show-prefix',
    '--verify',
    'HEAD',
  ]);
  const [shallow, prefix = '', commit = ''] = answer?.split('\n') ?? [];
  return shallow === undefined
    ? undefined
    : { folder, shallow: shallow === 'true', head: { commit, prefix } };
}

interface History {
  /** That of the posts, without links. */
  readonly folder: string;
  readonly shallow: boolean;
  readonly head: HistoryHead;
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** Whether git would find something: to start it only to hear that it does not takes its time. */
function hasRepository(folder: string): boolean {
  if (existsSync(join(folder, '.git'))) return true;
  return dirname(folder) !== folder && hasRepository(dirname(folder));
}

const run = promisify(execFile);

/** Undefined when git is missing or refuses. */
async function git(folder: string, command: readonly string[]): Promise<string | undefined> {
  const options = ['-c', 'core.quotepath=off', '-c', 'log.showSignature=false'];
  try {
    const { stdout } = await run('git', [...options, ...command], { cwd: folder, maxBuffer: 2 ** 29 });
    return stdout;
  } catch {
    return undefined;
  }
}

/** Commits come newest first: `\x01date`, a line end, then the names; each part ends with NUL. */
function newestByFile(log: string): Map<string, string> {
  const dates = new Map<string, string>();
  for (const commit of log.split('\x01').slice(1)) {
    const [date = '', ...names] = commit.split('\0').map((part) => part.replace(/^\n/, ''));
    for (const name of names) {
      const path = `posts/${name}`.normalize('NFC');
      if (name !== '' && !dates.has(path)) dates.set(path, date);
    }
  }
  return dates;
}
