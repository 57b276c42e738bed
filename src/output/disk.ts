// The steps that change the output folder. Every file in it is whole at every moment: content is first written
// to a staging folder, and then renamed into place. Staging is inside the output folder, so that a rename never
// crosses disks and what a killed build left is found in one place.
import {
  closeSync,
  existsSync,
  fsyncSync,
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
import { emptyManifest, type Manifest, manifestName, parseManifest, printManifest } from './manifest.js';
import { foldersOf } from './plan.js';

/** How far a write has come: to be reported when the system refuses a step. */
export interface Progress {
  written: number;
  removed: number;
  /** The file at hand, relative to the output folder; empty: the folder itself. */
  at: string;
}

const stagingName = '.postulate.tmp';

/**
 * Gives the function that writes files to the staging folder, which must not exist. They are not flushed to the disk
 * one by one, which for a site of thousands of pages takes longer than building it: after a power failure the next
 * build finds a torn page by comparing its content, and writes it again.
 */
export function stager(out: string, progress: Progress): (path: string, bytes: Uint8Array) => Promise<void> {
  let index = 0;
  return async (path, bytes) => {
    progress.at = path;
    if (index === 0) mkdirSync(join(out, stagingName));
    writeFileSync(staged(out, index), bytes);
    await pauseAt(index);
    index += 1;
  };
}

/** Moves what was staged, in this order, to where it belongs. */
export async function putInPlace(out: string, paths: readonly string[], progress: Progress): Promise<void> {
  const made = new Set<string>();
  for (const [index, path] of paths.entries()) {
    progress.at = path;
    const target = join(out, path);
    if (!made.has(dirname(target))) mkdirSync(dirname(target), { recursive: true });
    made.add(dirname(target));
    await rename(staged(out, index), target);
    progress.written += 1;
    await pauseAt(index);
  }
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
  rmSync(join(out, stagingName), { recursive: true, force: true, maxRetries: 3 });
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

function staged(out: string, index: number): string {
  return join(out, stagingName, String(index));
}
