// Files of the cache, and what files look like from outside. Without a cache builds are only slower, so that the system
// refuses something is no failure here.
import { randomUUID } from 'node:crypto';
import { lstatSync, mkdirSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
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

/** What a function gives; undefined when the system refuses it. */
export function orUndefined<Result>(run: () => Result): Result | undefined {
  try {
    return run();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}
