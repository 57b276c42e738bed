// What has to change in the output folder: the files of the new site against those on the disk and those that
// earlier builds wrote. Only looks; `write.ts` does it. File system calls are synchronous throughout `output/`,
// which for many small files is three times as fast as promises.
import { lstatSync, readdirSync, readFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../environment.js';
import type { OutputFile } from '../types.js';
import { hashOf, knownHashes, type Manifest } from './manifest.js';

export interface Plan {
  /** Hashes of the new site, and of stale files that are kept. */
  readonly files: ReadonlyMap<string, string>;
  /** Files that are new or differ in content. */
  readonly write: readonly OutputFile[];
  readonly unchanged: number;
  /** Stale files where a new file or folder has to stand: they go first. */
  readonly clear: readonly string[];
  /** Folders, empty then, where a new file has to stand. */
  readonly hollow: readonly string[];
  /** The other stale files: they go last, so that no link of the old pages breaks before the new ones stand. */
  readonly remove: readonly string[];
  /** Paths of earlier builds where nothing is any more, perhaps because a build was killed. */
  readonly gone: readonly string[];
  /** Stale files that somebody changed by hand since. */
  readonly kept: readonly string[];
  /** Files of the site that somebody changed by hand since; they are written anew. */
  readonly overwritten: readonly string[];
  /** What no build wrote, at the place of a new file or on the way to it. When there is any, do nothing. */
  readonly obstacles: readonly string[];
}

/** Compares by content, never by time. Throws what the file system throws. */
export function planOutput(out: string, site: readonly OutputFile[], earlier: Manifest): Plan {
  const disk = readDisk(out);
  const known = knownHashes(earlier);
  const isOurs = (path: string, bytes: Uint8Array) => known.get(path)?.has(hashOf(bytes)) === true;

  const fresh = new Set(site.map(({ path }) => path));
  const past = [...known.keys()].filter((path) => !fresh.has(path)).sort();
  const stale = past.filter(disk.isFile);
  const removable = new Set(stale.filter((path) => isOurs(path, disk.read(path))));
  const kept = stale.filter((path) => !removable.has(path));

  const files = new Map(kept.map((path) => [path, [...(known.get(path) ?? [])].at(-1) ?? '']));
  const write: OutputFile[] = [];
  const overwritten: string[] = [];
  const obstacles = new Set<string>();
  const twins = new Map([...removable].map((path) => [fold(path), path]));
  for (const file of site) {
    const { path } = file;
    const bytes = toBytes(file);
    files.set(path, hashOf(bytes));
    const twin = twins.get(fold(path));
    if (twin !== undefined && disk.areSame(twin, path)) {
      // Where case makes no difference, this is the stale file: it has to go and come back under its new name.
    } else if (disk.isFile(path)) {
      const present = disk.read(path);
      if (present.equals(bytes)) continue;
      if (!known.has(path)) obstacles.add(path);
      else if (!isOurs(path, present)) overwritten.push(path);
    } else {
      const obstacle = disk.obstacle(path, removable);
      if (obstacle !== undefined) obstacles.add(obstacle);
    }
    write.push(file);
  }

  const isInTheWay = placesOf(write);
  return {
    files,
    write,
    unchanged: site.length - write.length,
    clear: [...removable].filter(isInTheWay),
    hollow: write.map(({ path }) => path).filter(disk.isFolder),
    remove: [...removable].filter((path) => !isInTheWay(path)),
    gone: past.filter(disk.isGone),
    kept,
    overwritten,
    obstacles: [...obstacles].sort(),
  };
}

/** A file's content as it goes to the disk. */
export function toBytes({ content }: OutputFile): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content;
}

/** The folders above a path, the outermost first. */
export function foldersOf(path: string): readonly string[] {
  const names = path.split('/');
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join('/'));
}

/** Equal for names that are one file on some systems. */
function fold(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

/** Tells of a stale path whether it stands where one of the files, or a folder above one, has to stand. */
function placesOf(files: readonly OutputFile[]): (path: string) => boolean {
  const places = new Set(files.map(({ path }) => fold(path)));
  const folders = new Set(files.flatMap(({ path }) => foldersOf(fold(path))));
  return (path) =>
    [...foldersOf(fold(path)), fold(path)].some((at) => places.has(at)) || folders.has(fold(path));
}

/** The output folder as it is. Links are never followed, and every folder is looked at once. */
function readDisk(out: string) {
  const folders = new Map<string, Stats | undefined>();
  const look = (path: string): Stats | undefined => {
    try {
      return lstatSync(join(out, path));
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  };
  /** What stands on the way to a path and is not a folder: the shorter path, and what it is when it exists. */
  const barrier = (path: string): { path: string; entry: Stats | undefined } | undefined => {
    for (const folder of foldersOf(path)) {
      const entry = folders.has(folder) ? folders.get(folder) : look(folder);
      folders.set(folder, entry);
      if (!entry?.isDirectory()) return { path: folder, entry };
    }
    return undefined;
  };
  const reach = (path: string) => (barrier(path) === undefined ? look(path) : undefined);
  const leavesEmpty = (path: string, removable: ReadonlySet<string>): boolean =>
    readdirSync(join(out, path), { withFileTypes: true }).every((entry) => {
      const inside = `${path}/${entry.name}`;
      return entry.isDirectory() ? leavesEmpty(inside, removable) : removable.has(inside);
    });

  return {
    isFile: (path: string) => reach(path)?.isFile() === true,
    isGone: (path: string) => (barrier(path)?.entry ?? reach(path)) === undefined,
    isFolder: (path: string) => reach(path)?.isDirectory() === true,
    read: (path: string) => readFileSync(join(out, path)),
    areSame: (one: string, other: string) => {
      const [a, b] = [reach(one), reach(other)];
      return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
    },
    /** What keeps a new file from its place once the removable files are gone; undefined when nothing does. */
    obstacle: (path: string, removable: ReadonlySet<string>): string | undefined => {
      const at = barrier(path) ?? { path, entry: look(path) };
      const gives =
        at.entry === undefined ||
        removable.has(at.path) ||
        (at.entry.isDirectory() && leavesEmpty(at.path, removable));
      return gives ? undefined : at.path;
    },
  };
}
