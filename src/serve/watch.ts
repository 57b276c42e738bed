// Tells what changed in the sources of a site. Events of the file system only say when to look; what counts is how
// the files are found then. So whatever editors, git and network disks do in between, the last state wins.
import { type FSWatcher, watch } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { fileState } from '../content/read.js';
import { systemCode } from '../environment.js';

/** The files of a site by their paths, and the folders that they are in, with what a change of each would alter. */
export interface Snapshot {
  readonly files: ReadonlyMap<string, string>;
  readonly folders: ReadonlyMap<string, string>;
}

export type WatchFolder = (path: string, onEvent: () => void) => FSWatcher;

export interface WatchOptions {
  /** How the sources were before the site was first built. */
  readonly before: Snapshot;
  /**
   * Further files that the site is made of, relative to its root, with their states when one was first looked for:
   * bibliographies may lie anywhere. There may be more of them each time, but no fewer.
   */
  readonly others: () => ReadonlyMap<string, string>;
  /** Called once, when the system allows no more watched folders. The sources are then only looked at regularly. */
  readonly onLimit: () => void;
  readonly signal: AbortSignal;
  readonly watchFolder?: WatchFolder;
}

const sourceFolders = ['posts', 'static', 'templates'];
const rootFile = /^(?:site\.ya?ml|macros\.tex|.*\.bib)$/;

/**
 * What editors put beside the file they save, for a moment or while it is open. A build makes nothing of files with such
 * names in `posts/` and `templates/`; those in `static/` it publishes.
 */
function isEditors(path: string): boolean {
  return !path.startsWith('static/') && editorFile.test(basename(path));
}

const editorFile =
  /^(?:\.#.*|#.*\.(?:md|vto|yaml)#|.*\.(?:md|vto|yaml)~|\..*\.sw[a-z]|4913|\.goutputstream-.*|\.DS_Store)$/;

/** In milliseconds: how long it has to be quiet after a change, and how often it is looked without any event. */
const quiet = 50;
const regularly = 2000;
const withoutEvents = 1000;

/**
 * Gives the paths that changed, again and again until the signal: first those that did since `before`. Changes that
 * come while the last ones are dealt with are kept for the next turn, so nothing is ever built twice at once.
 */
export async function* watchSources(root: string, options: WatchOptions): AsyncGenerator<readonly string[]> {
  const { signal, others } = options;
  const bell = makeBell();
  signal.addEventListener('abort', bell.ring);
  const watched = watchFolders(root, bell.ring, options);
  const looked = new Set<string>();
  let seen = options.before;
  try {
    while (!signal.aborted) {
      // A folder that is new may have been filled before it was watched.
      if (watched.follow(seen.folders)) bell.ring();
      await bell.wait(watched.isLimited() ? withoutEvents : regularly);
      for (let rings = 0; rings < 20 && (await bell.wait(quiet)); rings += 1);
      if (signal.aborted) return;
      const added = [...others()].filter(([path]) => !looked.has(path) && !seen.files.has(path));
      for (const path of others().keys()) looked.add(path);
      const found = await takeSnapshot(root, looked);
      const changed = changesBetween(withFiles(seen, added), found);
      seen = found;
      if (changed.length > 0) yield changed;
    }
  } finally {
    watched.close();
  }
}

/** Looks at all sources of the site in `root`, and at `others`. */
export async function takeSnapshot(root: string, others: Iterable<string> = []): Promise<Snapshot> {
  const files = new Map<string, string>();
  const folders = new Map<string, string>();
  const real = new Set<string>();
  const inside = (await realpath(root).catch(() => root)).replace(/[\\/]?$/, sep);

  async function look(path: string): Promise<void> {
    // What vanishes while it is looked at was not there.
    const found = await stat(join(root, path), { bigint: true }).catch(() => undefined);
    if (found?.isFile() && !isEditors(path)) files.set(path, fileState(found));
    if (found?.isDirectory()) await lookInto(path, String(found.ino));
  }

  async function lookInto(path: string, state: string): Promise<void> {
    const absolute = await realpath(join(root, path)).catch(() => undefined);
    // What a link out of the site leads to is not read, and may be a whole disk.
    if (!absolute?.startsWith(inside) || real.has(absolute)) return;
    real.add(absolute);
    folders.set(path, state);
    const names = await readdir(join(root, path)).catch(() => []);
    await Promise.all(names.map((name) => look(`${path}/${name}`)));
  }

  const names = await readdir(root).catch(() => []);
  folders.set(
    '',
    await stat(root).then(
      ({ ino }) => String(ino),
      () => '',
    ),
  );
  const roots = names.filter((name) => rootFile.test(name));
  await Promise.all([...new Set([...roots, ...others, ...sourceFolders])].map(look));
  return { files, folders };
}

/** The snapshot with further files; the state of one that is not there is empty. */
function withFiles(snapshot: Snapshot, more: readonly (readonly [string, string])[]): Snapshot {
  return { ...snapshot, files: new Map([...snapshot.files, ...more.filter(([, state]) => state !== '')]) };
}

/** Paths of files that are new, gone or other than before, in order. @internal */
export function changesBetween(before: Snapshot, after: Snapshot): string[] {
  const paths = new Set([...before.files.keys(), ...after.files.keys()]);
  return [...paths].filter((path) => before.files.get(path) !== after.files.get(path)).sort();
}

/** Keeps one watcher on each folder, until the system allows no more. */
function watchFolders(root: string, ring: () => void, { onLimit, watchFolder = watch }: WatchOptions) {
  const watchers = new Map<string, { readonly state: string; readonly watcher: FSWatcher }>();
  let limited = false;

  function close(path: string): void {
    watchers.get(path)?.watcher.close();
    watchers.delete(path);
  }

  function fail(path: string, error: unknown): void {
    close(path);
    // inotify's names for its limits on watches and on their owners: no disk is full, no file is open.
    if (limited || !['ENOSPC', 'EMFILE', 'ENFILE'].includes(systemCode(error) ?? '')) return;
    limited = true;
    for (const open of [...watchers.keys()]) close(open);
    onLimit();
  }

  return {
    isLimited: () => limited,
    close: () => {
      for (const path of [...watchers.keys()]) close(path);
    },
    /** Watches exactly these folders; tells whether there was a new one among them. */
    follow(folders: Snapshot['folders']): boolean {
      let isNew = false;
      for (const [path, { state }] of watchers) if (folders.get(path) !== state) close(path);
      for (const [path, state] of folders) {
        if (limited || watchers.has(path)) continue;
        try {
          const watcher = watchFolder(join(root, path), ring);
          watcher.on('error', (error) => fail(path, error));
          watchers.set(path, { state, watcher });
          isNew = true;
        } catch (error) {
          fail(path, error);
        }
      }
      return isNew;
    },
  };
}

/** Something to wait for, that can also happen while nobody waits. */
function makeBell() {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring: (): void => {
      rung = true;
      wake?.();
    },
    /** Waits for a ring, but no longer than that; tells whether there was one. */
    async wait(milliseconds: number): Promise<boolean> {
      if (!rung) {
        await new Promise<void>((done) => {
          const timer = setTimeout(done, milliseconds);
          wake = () => {
            clearTimeout(timer);
            done();
          };
        });
        wake = undefined;
      }
      const answer = rung;
      rung = false;
      return answer;
    },
  };
}
