// Files of the cache, and what files look like from outside. Without a cache builds are only slower, so that the system
// refuses something is no failure here.
import { randomUUID } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { systemCode } from '../environment.js';

/** Another content has another state, unless somebody takes pains. Times in milliseconds. */
export type FileState = readonly [size: number, mtime: number, ctime: number, inode: number];

export function stateOf({ size, mtimeMs, ctimeMs, ino }: Stats): FileState {
  return [size, mtimeMs, ctimeMs, ino];
}

export function isSameState(a: FileState, b: FileState): boolean {
  return a.every((value, index) => value === b[index]);
}

/** Of a file or folder, where a link leads; undefined when nothing can be seen there. */
export function lookAt(path: string): FileState | undefined {
  const stats = orUndefined(() => statSync(path, { throwIfNoEntry: false }));
  return stats && stateOf(stats);
}

/** Of a file that is no link. */
export function lookAtFile(path: string): FileState | undefined {
  const stats = orUndefined(() => lstatSync(path, { throwIfNoEntry: false }));
  return stats?.isFile() ? stateOf(stats) : undefined;
}

/** Puts a text in place whole, where it can. */
export function writeWhole(path: string, text: string): void {
  const temporary = `${path}.${randomUUID()}.tmp`;
  orUndefined(() => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  });
  orUndefined(() => rmSync(temporary, { force: true }));
}

/** Milliseconds after which a file that somebody has begun to write is left over. */
const longestWrite = 3_600_000;

/**
 * Removes what killed builds have left half written in a folder, where it can. `now` is the time of its disk: the age of
 * a file tells even what builds on other machines and in other containers have left.
 */
export function removeHalfWritten(folder: string, now: number): void {
  for (const name of orUndefined(() => readdirSync(folder)) ?? []) {
    const path = join(folder, name);
    const [, modified = now] = (name.endsWith('.tmp') && lookAtFile(path)) || [];
    if (Math.abs(now - modified) > longestWrite) orUndefined(() => rmSync(path, { force: true }));
  }
}

/** Writes to an open file. The system may take less at a time. */
export function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}

/** What a function gives; undefined when the system refuses it. */
export function orUndefined<Result>(run: () => Result): Result | undefined {
  try {
    return run();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}
