// What files of the output folder were made of, and what they looked like when they had been written: those that would
// come out the same are not made again, and those that nobody has touched are not read.

import { randomUUID } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, type Stats, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systemCode } from '../environment.js';
import type { OutputMemory } from '../output/plan.js';
import { sha256 } from './sha256.js';

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

/** What is known of the files in `out`, kept at `path`. */
export function openOutputs(path: string, out: string, version: string): RememberedOutputs {
  const before = new Map(readOutputs(path, out, version).map((line) => [line[0], line]));
  const now = new Map<string, { readonly hash: string; readonly key: string }>();
  return {
    made: (file, key) => {
      const [, hash, known] = before.get(file) ?? [];
      return known === key ? hash : undefined;
    },
    present: (file, stats) => {
      const line = before.get(file);
      if (!line) return undefined;
      const [, hash, , ...state] = line;
      return isSameState(state, stateOf(stats)) ? hash : undefined;
    },
    remember: (file, hash, key = '') => now.set(file, { hash, key }),
    save: () => {
      const lines = [...now].flatMap(([file, { hash, key }]): Line[] => {
        const stats = lstatSync(join(out, file), { throwIfNoEntry: false });
        return stats ? [[file, hash, key, ...stateOf(stats)]] : [];
      });
      writeLines(path, headOf(out, version), lines);
    },
  };
}

/** None when they are damaged, or of another folder: then files are read and compared. */
export function readOutputs(path: string, out: string, version: string): readonly Line[] {
  try {
    const text = readFileSync(path, 'utf8');
    const end = text.indexOf('\n');
    const json = text.slice(end + 1);
    return text.slice(0, end) === `${headOf(out, version)} ${sha256(json)}` ? JSON.parse(json) : [];
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return [];
  }
}

function headOf(out: string, version: string): string {
  return sha256(JSON.stringify([version, out]));
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
