// What files of the output folder were made of, and what they looked like when they had been written: those that would
// come out the same are not made again, and those that nobody has touched are not read.

import { createHash, randomUUID } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, type Stats, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systemCode } from '../environment.js';
import type { OutputMemory } from '../output/plan.js';

/** As `stateOf` tells it. */
export type FileState = readonly [size: number, mtime: number, ctime: number, inode: number];

type Line = readonly [path: string, hash: string, key: string, ...state: FileState];

export interface RememberedOutputs extends OutputMemory {
  /** Looks at the files as they are now, and writes down what is known of them. */
  readonly save: () => void;
}

/** A file's size, times and number: another content has another state, unless somebody takes pains. */
export function stateOf({ size, mtimeMs, ctimeMs, ino }: Stats): FileState {
  return [size, mtimeMs, ctimeMs, ino];
}

export function isSameState(a: FileState, b: FileState): boolean {
  return a.every((value, index) => value === b[index]);
}

/** What is known of the files in `out`. */
export function openOutputs(path: string | undefined, out: string, version: string): RememberedOutputs {
  const head = createHash('sha256')
    .update(JSON.stringify([version, out]))
    .digest('hex');
  const before = new Map((path === undefined ? [] : readLines(path, head)).map((line) => [line[0], line]));
  const now = new Map<string, { readonly hash: string; readonly key: string }>();
  return {
    made: (file, key) => {
      const [, hash, known] = before.get(file) ?? [];
      return known === key ? hash : undefined;
    },
    present: (file, stats) => {
      const [, hash, , ...state] = before.get(file) ?? [];
      return state.length === 4 && isSameState(state as FileState, stateOf(stats)) ? hash : undefined;
    },
    remember: (file, hash, key = '') => now.set(file, { hash, key }),
    save: () => {
      if (path === undefined) return;
      const lines = [...now].flatMap(([file, { hash, key }]): Line[] => {
        const stats = lstatSync(join(out, file), { throwIfNoEntry: false });
        return stats ? [[file, hash, key, ...stateOf(stats)]] : [];
      });
      writeLines(path, head, lines);
    },
  };
}

/** None when they are damaged, or of another folder: then files are read and compared. */
function readLines(path: string, head: string): readonly Line[] {
  try {
    const [first, ...rest] = readFileSync(path, 'utf8').split('\n');
    const text = rest.join('\n');
    return first === `${head} ${sha256(text)}` ? JSON.parse(text) : [];
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return [];
  }
}

function writeLines(path: string, head: string, lines: readonly Line[]): void {
  const text = JSON.stringify(lines);
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, `${head} ${sha256(text)}\n${text}`);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    if (systemCode(error) === undefined) throw error;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
