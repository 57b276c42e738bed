// The steps that change the output folder. Every file in it is whole at every moment: content is first written
// to a staging folder, and then renamed into place. Staging is inside the output folder, so that a rename never
// crosses disks and what a killed build left is found in one place.
import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises';
import { systemCode } from '../environment.js';
import { foldersOf, manifestName } from '../path.js';
import { emptyManifest, type Manifest, parseManifest, printManifest } from './manifest.js';
import { type FileWriter, makeFolder, newFiles } from './new-files.js';
import { fold } from './plan.js';

/** How far a write has come: to be reported when the system refuses a step. */
export interface Progress {
  written: number;
  removed: number;
  /** The file at hand, relative to the output folder; empty: the folder itself. */
  at: string;
}

const stagingName = '.postulate.tmp';

/** Where staging lies while it is removed, so that nothing more is written to it. */
const asideName = '.postulate.tmp.old';

export interface Staging {
  readonly stage: (path: string, bytes: Uint8Array) => Promise<void>;
  /** Waits until all are written. */
  readonly finish: () => Promise<void>;
  /** Lets nothing more be written. */
  readonly close: () => Promise<void>;
}

/** Makes the folder that files are staged in, unless it is there, and gives its path. */
export function makeStaging(out: string): string {
  const folder = stagingFolder(out);
  makeFolder(join(out, stagingName));
  makeFolder(folder);
  return folder;
}

export function stagingFolder(out: string): string {
  return join(out, stagingName, 'site');
}

/**
 * Writes files to the staging folder, which must hold none of them, with the paths that they will have. They are not flushed to
 * the disk one by one, which for a site of thousands of pages takes longer than building it: after a power failure the
 * next build finds a torn page by comparing its content, and writes it again.
 */
export function stager(out: string, openFolder: (folder: string) => FileWriter = newFiles): Staging {
  let writer: FileWriter | undefined;
  let count = 0;
  return {
    stage: async (path, bytes) => {
      writer ??= openFolder(makeStaging(out));
      await writer.write(path, bytes);
      await pauseAt(count);
      count += 1;
    },
    finish: async () => writer?.finish(),
    close: async () => writer?.close(),
  };
}

/**
 * Moves what was staged to where it belongs, in this order. A folder that is not there yet comes as a whole: that is one
 * step for all that is in it.
 */
export async function putInPlace(out: string, paths: readonly string[], progress: Progress): Promise<void> {
  // On Windows a scanner that holds one file of a folder holds the folder.
  const parts = process.platform === 'win32' ? singly(out, paths) : wholesOf(out, paths);
  const moved = new Set<string>();
  for (const [index, [part, size]] of [...parts].entries()) {
    progress.at = part;
    // Where case makes no difference, folders that differ only in case have been one since they were staged.
    const isMoved = moved.has(fold(part)) && !existsSync(staged(out, part));
    if (!isMoved) await rename(staged(out, part), join(out, part));
    moved.add(fold(part));
    progress.written += size;
    await pauseAt(index);
  }
}

/** The files, each with its folders made. */
function singly(out: string, paths: readonly string[]): ReadonlyMap<string, number> {
  for (const folder of new Set(paths.map((path) => dirname(path))))
    mkdirSync(join(out, folder), { recursive: true });
  return new Map(paths.map((path) => [path, 1]));
}

/** The files, or the folders that have to be made for them, with how many of the files are in each. */
function wholesOf(out: string, paths: readonly string[]): ReadonlyMap<string, number> {
  const there = new Map<string, boolean>();
  const isThere = (folder: string): boolean => {
    const known = there.get(folder) ?? lstatSync(join(out, folder), { throwIfNoEntry: false }) !== undefined;
    there.set(folder, known);
    return known;
  };
  const parts = new Map<string, number>();
  for (const path of paths) {
    const part = foldersOf(path).find((folder) => !isThere(folder)) ?? path;
    parts.set(part, (parts.get(part) ?? 0) + 1);
  }
  return parts;
}

/** Removes files, and the folders that are empty without them. */
export function remove(out: string, paths: readonly string[], progress: Progress): void {
  for (const path of paths) {
    progress.at = path;
    unlinkSync(join(out, path));
    progress.removed += 1;
  }
  removeEmptyFolders(out, paths);
}

/**
 * Removes the folders around paths where nothing is any more, if they are empty. Each is tried once, the inner
 * ones first: asking again whether a large folder is empty takes as long as reading it.
 */
export function removeEmptyFolders(out: string, paths: readonly string[]): void {
  const folders = [...new Set(paths.flatMap(foldersOf))];
  for (const folder of folders.sort((a, b) => b.length - a.length)) removeEmptyFolder(join(out, folder));
}

/** Removes folders that hold nothing but empty folders. */
export function removeHollow(out: string, paths: readonly string[], progress: Progress): void {
  for (const path of paths) {
    progress.at = path;
    if (!existsSync(join(out, path))) continue;
    removeHollow(join(out, path), readdirSync(join(out, path)), progress);
    rmdirSync(join(out, path));
  }
}

export function clearStaging(out: string): void {
  for (const name of [stagingName, asideName])
    rmSync(join(out, name), { recursive: true, force: true, maxRetries: 3 });
}

/** For a process that ends while a thread still writes. Where the system refuses it, the next build clears up. */
export function putStagingAside(out: string): void {
  try {
    renameSync(join(out, stagingName), join(out, asideName));
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
}

/** The manifest is flushed to the disk: without it nothing in the folder is known to be ours. */
export async function putManifest(out: string, manifest: Manifest, progress: Progress): Promise<void> {
  progress.at = manifestName;
  mkdirSync(join(out, stagingName), { recursive: true });
  const path = join(out, stagingName, 'manifest');
  const file = openSync(path, 'w');
  try {
    writeFileSync(file, printManifest(manifest));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  await rename(path, join(out, manifestName));
}

export function readManifest(out: string): Manifest {
  try {
    return parseManifest(readFileSync(join(out, manifestName), 'utf8')) ?? emptyManifest;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return emptyManifest;
    throw error;
  }
}

/** An empty folder that stays, because a program on Windows looks into it, does no harm. */
const harmless = new Set(['ENOENT', 'ENOTEMPTY', 'EEXIST', 'ENOTDIR', 'EBUSY', 'EPERM']);

function removeEmptyFolder(path: string): void {
  try {
    rmdirSync(path);
  } catch (error) {
    if (!harmless.has(systemCode(error) ?? '')) throw error;
  }
}

/** On Windows a scanner or an open preview holds a file for a moment: there a refusal is tried again for 2 s. */
async function rename(from: string, to: string): Promise<void> {
  for (let delay = 10; ; delay *= 2) {
    try {
      return renameSync(from, to);
    } catch (error) {
      const isHeld = ['EPERM', 'EACCES', 'EBUSY'].includes(systemCode(error) ?? '');
      if (process.platform !== 'win32' || !isHeld || delay > 1000) throw error;
      await sleep(delay);
    }
  }
}

/** Lets signals through now and then. */
async function pauseAt(index: number): Promise<void> {
  if (index % 200 === 199) await breathe();
}

function staged(out: string, path: string): string {
  return join(stagingFolder(out), path);
}
