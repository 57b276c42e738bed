// What has to change in the output folder: the files of the new site against those on the disk and those that
// earlier builds wrote. Only looks; `write.ts` does it. File system calls are synchronous throughout `output/`,
// which for many small files is three times as fast as promises.
import { lstatSync, readdirSync, readFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../environment.js';
import type { Diagnostic, Output } from '../types.js';
import { hashOf, knownHashes, type Manifest } from './manifest.js';
import { foldersOf } from './new-files.js';

export interface Plan {
  /** Hashes of the new site, and of stale files that are kept. */
  readonly files: ReadonlyMap<string, string>;
  /** Files that are new or differ in content, in the order in which they were staged. */
  readonly write: readonly string[];
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
  /** Why files cannot be made. When there is any, do nothing. */
  readonly faults: readonly Diagnostic[];
}

/** What earlier builds know of files, so that not all have to be made, and read, again. */
export interface OutputMemory {
  /** Hash of what the file was when it was made of the same. */
  readonly made: (path: string, key: string) => string | undefined;
  /** Hash of the file that stands there, if it is still the one that a build has seen. */
  readonly present: (path: string, stats: Stats) => string | undefined;
  /** Tells what a file of the site is made of. */
  readonly remember: (path: string, hash: string, key: string | undefined) => void;
}

export interface PlanOptions {
  readonly out: string;
  readonly site: readonly Output[];
  readonly earlier: Manifest;
  readonly memory: OutputMemory | undefined;
  /** Takes the content of a file that has to be written. */
  readonly stage: (path: string, bytes: Uint8Array) => Promise<void>;
}

/** More would only repeat what one mistake in a template does to every page. */
const mostFaults = 20;

/** Compares by content, never by time. Files are made one after the other. Throws what the file system throws. */
export async function planOutput({ out, site, earlier, memory, stage }: PlanOptions): Promise<Plan> {
  const disk = readDisk(out);
  const known = knownHashes(earlier);
  const isOurs = (path: string, hash: string) => known.get(path)?.has(hash) === true;

  const fresh = new Set(site.map(({ path }) => path));
  const past = [...known.keys()].filter((path) => !fresh.has(path)).sort();
  const stale = past.filter(disk.isFile);
  const removable = new Set(stale.filter((path) => isOurs(path, hashOf(disk.read(path)))));
  const kept = stale.filter((path) => !removable.has(path));

  const files = new Map(kept.map((path) => [path, [...(known.get(path) ?? [])].at(-1) ?? '']));
  const write: string[] = [];
  const overwritten: string[] = [];
  const obstacles = new Set<string>();
  const faults: Diagnostic[] = [];
  const twins = new Map([...removable].map((path) => [fold(path), path]));
  const presentHash = (path: string): string | undefined => {
    const stats = disk.look(path);
    return stats?.isFile() ? (memory?.present(path, stats) ?? hashOf(disk.read(path))) : undefined;
  };
  for (const file of site) {
    const { path } = file;
    const twin = twins.size === 0 ? undefined : twins.get(fold(path));
    // Where case makes no difference, this is the stale file: it has to go and come back under its new name.
    const isStale = twin !== undefined && disk.areSame(twin, path);
    const present = isStale ? undefined : presentHash(path);
    const prepared = 'prepare' in file ? file.prepare() : undefined;
    const key = memory && prepared?.key();
    if (present !== undefined && key !== undefined && memory?.made(path, key) === present) {
      files.set(path, present);
      memory.remember(path, present, key);
      continue;
    }
    const made = 'content' in file ? file : await prepared?.print();
    if (made === undefined || 'fault' in made) {
      if (made) faults.push(made.fault);
      if (faults.length === mostFaults) break;
      continue;
    }
    const bytes = toBytes(made.content);
    const hash = hashOf(bytes);
    files.set(path, hash);
    memory?.remember(path, hash, key);
    if (present === hash) continue;
    if (present !== undefined) {
      if (!known.has(path)) obstacles.add(path);
      else if (!isOurs(path, present)) overwritten.push(path);
    } else if (!isStale) {
      const obstacle = disk.obstacle(path, removable);
      if (obstacle !== undefined) obstacles.add(obstacle);
    }
    await stage(path, bytes);
    write.push(path);
  }

  const isInTheWay = placesOf(write);
  return {
    files,
    write,
    unchanged: site.length - write.length,
    clear: [...removable].filter(isInTheWay),
    hollow: write.filter(disk.isFolder),
    remove: [...removable].filter((path) => !isInTheWay(path)),
    gone: past.filter(disk.isGone),
    kept,
    overwritten,
    obstacles: [...obstacles].sort(),
    faults,
  };
}

/** A file's content as it goes to the disk. */
function toBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content;
}

/** Equal for names that are one file on some systems. */
export function fold(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

/** Tells of a stale path whether it stands where one of the files, or a folder above one, has to stand. */
function placesOf(paths: readonly string[]): (path: string) => boolean {
  const places = new Set(paths.map(fold));
  const folders = new Set(paths.flatMap((path) => foldersOf(fold(path))));
  return (path) =>
    [...foldersOf(fold(path)), fold(path)].some((at) => places.has(at)) || folders.has(fold(path));
}

/** What is in a folder; nothing when it is not to be listed, and each file and folder has to be asked about. */
function listFolder(path: string): ReadonlyMap<string, Standing> {
  try {
    return new Map(readdirSync(path, { withFileTypes: true }).map((entry) => [entry.name, entry]));
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return new Map();
  }
}

/** What stands at a place. */
type Standing = Pick<Stats, 'isDirectory'>;

/** The output folder as it is. Links are never followed, and every folder is looked at once. */
function readDisk(out: string) {
  const folders = new Map<string, Standing | undefined>();
  const listings = new Map<string, ReadonlyMap<string, Standing>>();
  const look = (path: string): Stats | undefined => {
    return lstatSync(join(out, path), { throwIfNoEntry: false });
  };
  /** Folders beside each other are told by the one that they are in, which takes a look instead of thousands. */
  const lookAtFolder = (path: string): Standing | undefined => {
    const end = path.lastIndexOf('/');
    const above = path.slice(0, Math.max(end, 0));
    let listing = listings.get(above);
    if (!listing) {
      listing = listFolder(join(out, above));
      listings.set(above, listing);
    }
    // The file system may know it by a name that is written in another way.
    return listing.get(path.slice(end + 1)) ?? look(path);
  };
  /** What stands on the way to a path and is not a folder: the shorter path, and what it is when it exists. */
  const barrier = (path: string): { path: string; entry: Standing | undefined } | undefined => {
    for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      const folder = path.slice(0, end);
      const known = folders.get(folder);
      const entry = known ?? (folders.has(folder) ? undefined : lookAtFolder(folder));
      if (known === undefined) folders.set(folder, entry);
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
    look: reach,
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
