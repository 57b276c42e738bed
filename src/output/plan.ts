// What has to change in the output folder: the files of the new site against those on the disk and those that
// earlier builds wrote. Only looks; `write.ts` does it. File system calls are synchronous throughout `output/`,
// which for many small files is three times as fast as promises.
import { lstatSync, readdirSync, readFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { foldersOf } from '../path.js';
import { sha256 } from '../sha256.js';
import type { Diagnostic, Output } from '../types.js';
import { barriersIn } from './barrier.js';
import type { Progress } from './disk.js';
import { knownHashes, type Manifest } from './manifest.js';

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
  /** The same as `present`, of a file that has been looked at a moment ago. */
  readonly seen: (path: string) => string | undefined;
  /** Hash of the file that stands there, if it is still the one that a build has seen. */
  readonly present: (path: string, stats: Stats) => string | undefined;
  /** Tells what a file of the site is made of. */
  readonly remember: (path: string, hash: string, key: string | undefined) => void;
  /** Writes down what it was told, once the folder holds all of it, and before another build may write there. */
  readonly save: () => void;
}

/**
 * What has become of files of the site, each told by its index. Plain data, in any order: several threads can make files of
 * one site.
 */
export interface Outcomes {
  readonly hashes: readonly (readonly [index: number, hash: string])[];
  /** Those that are new or differ, and have been staged. */
  readonly staged: readonly number[];
  readonly overwritten: readonly number[];
  /** Paths. */
  readonly obstacles: readonly string[];
  readonly faults: readonly (readonly [index: number, fault: Diagnostic])[];
}

/** Another thread that makes files. */
export interface Helper {
  /** Lets it begin; with the stale files that are going to be removed. */
  readonly begin: (removable: readonly string[]) => void;
  /** The files that it leaves to us. Who takes no more of them lets it stop, too. */
  readonly left: (total: number) => Iterable<number>;
  /** How many files have been begun, here and there. */
  readonly begun: () => number;
  /** What has become of its files, when it is done with them. Throws what the file system throws there. */
  readonly outcomes: () => Promise<Outcomes>;
  readonly close: () => Promise<void>;
}

/** What making files needs. */
export interface MakeOptions {
  readonly out: string;
  readonly site: readonly Output[];
  /** Which of them to make. */
  readonly indices: Iterable<number>;
  /** As `knownHashes` gives it. */
  readonly known: ReadonlyMap<string, ReadonlySet<string>>;
  /** Stale files that are going to be removed. */
  readonly removable: ReadonlySet<string>;
  readonly memory: OutputMemory | undefined;
  /** Takes the content of a file that has to be written. */
  readonly stage: (path: string, bytes: Uint8Array) => Promise<void>;
  /** Is told the file at hand. */
  readonly progress: Pick<Progress, 'at'>;
  /** More would only repeat what one mistake in a template does to every page. */
  readonly mostFaults?: number;
}

export interface PlanOptions extends Pick<MakeOptions, 'out' | 'site' | 'memory' | 'stage' | 'progress'> {
  readonly earlier: Manifest;
  readonly helper?: Helper | undefined;
}

const mostFaults = 20;

/** Compares by content, never by time. Files are made one after the other. Throws what the file system throws. */
export async function planOutput({ out, site, earlier, helper, ...options }: PlanOptions): Promise<Plan> {
  const disk = readDisk(out);
  const known = knownHashes(earlier);

  const fresh = new Set(site.map(({ path }) => path));
  const past = [...known.keys()].filter((path) => !fresh.has(path)).sort();
  const stale = past.filter(disk.isFile);
  const removable = new Set(stale.filter((path) => known.get(path)?.has(sha256(disk.read(path)))));
  const kept = stale.filter((path) => !removable.has(path));

  helper?.begin([...removable]);
  const indices = helper?.left(site.length) ?? site.keys();
  const own = await makeFiles({ out, site, indices, known, removable, mostFaults, ...options }, disk);
  const made = helper ? merged(own, await helper.outcomes()) : own;

  const pathOf = (index: number) => site[index]?.path ?? '';
  const files = new Map(kept.map((path) => [path, [...(known.get(path) ?? [])].at(-1) ?? '']));
  for (const [index, hash] of made.hashes) files.set(pathOf(index), hash);
  const write = made.staged.map(pathOf);
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
    overwritten: made.overwritten.map(pathOf),
    obstacles: [...new Set(made.obstacles)].sort(),
    faults: distinct(made.faults.slice(0, mostFaults).map(([, fault]) => fault)),
  };
}

/** What is wrong with a template is wrong with every page, and told once. */
function distinct(faults: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()];
}

/** In the order of the site. */
function merged(a: Outcomes, b: Outcomes): Outcomes {
  const byIndex = <Item>(items: readonly (readonly [number, Item])[]) =>
    [...items].sort(([one], [other]) => one - other);
  const ascending = (indices: readonly number[]) => [...indices].sort((one, other) => one - other);
  return {
    hashes: byIndex([...a.hashes, ...b.hashes]),
    staged: ascending([...a.staged, ...b.staged]),
    overwritten: ascending([...a.overwritten, ...b.overwritten]),
    obstacles: [...a.obstacles, ...b.obstacles],
    faults: byIndex([...a.faults, ...b.faults]),
  };
}

/** Makes files and stages those that are new or differ. Throws what the file system throws. */
export async function makeFiles(
  { out, site, indices, known, removable, memory, stage, progress, mostFaults }: MakeOptions,
  disk = readDisk(out),
): Promise<Outcomes> {
  const hashes: [number, string][] = [];
  const staged: number[] = [];
  const overwritten: number[] = [];
  const obstacles: string[] = [];
  const faults: [number, Diagnostic][] = [];
  const twins = new Map([...removable].map((path) => [fold(path), path]));
  const presentHash = (path: string): string | undefined => {
    const seen = memory?.seen(path);
    if (seen !== undefined && disk.isReached(path)) return seen;
    const stats = disk.look(path);
    return stats?.isFile() ? (memory?.present(path, stats) ?? sha256(disk.read(path))) : undefined;
  };
  for (const index of indices) {
    const file = site[index] as Output;
    const { path } = file;
    progress.at = path;
    const twin = twins.size === 0 ? undefined : twins.get(fold(path));
    // Where case makes no difference, this is the stale file: it has to go and come back under its new name.
    const isStale = twin !== undefined && disk.areSame(twin, path);
    const present = isStale ? undefined : presentHash(path);
    const prepared = 'prepare' in file ? file.prepare() : undefined;
    const key = memory && prepared?.key();
    if (present !== undefined && key !== undefined && memory?.made(path, key) === present) {
      hashes.push([index, present]);
      memory.remember(path, present, key);
      continue;
    }
    const made = 'content' in file ? file : await prepared?.print();
    if (made === undefined || 'fault' in made) {
      if (made) faults.push([index, made.fault]);
      if (faults.length === mostFaults) break;
      continue;
    }
    const bytes = toBytes(made.content);
    const hash = sha256(bytes);
    hashes.push([index, hash]);
    memory?.remember(path, hash, key);
    if (present === hash) continue;
    if (present !== undefined) {
      if (!known.has(path)) obstacles.push(path);
      else if (!known.get(path)?.has(present)) overwritten.push(index);
    } else if (!isStale) {
      const obstacle = disk.obstacle(path, removable);
      if (obstacle !== undefined) obstacles.push(obstacle);
    }
    await stage(path, bytes);
    staged.push(index);
  }
  return { hashes, staged, overwritten, obstacles, faults };
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

/** The output folder as it is. */
function readDisk(out: string) {
  const look = (path: string): Stats | undefined => {
    return lstatSync(join(out, path), { throwIfNoEntry: false });
  };
  const barrier = barriersIn(out);
  const reach = (path: string) => (barrier(path) === undefined ? look(path) : undefined);
  const leavesEmpty = (path: string, removable: ReadonlySet<string>): boolean =>
    readdirSync(join(out, path), { withFileTypes: true }).every((entry) => {
      const inside = `${path}/${entry.name}`;
      return entry.isDirectory() ? leavesEmpty(inside, removable) : removable.has(inside);
    });

  return {
    look: reach,
    /** Whether nothing stands on the way. */
    isReached: (path: string) => barrier(path) === undefined,
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
