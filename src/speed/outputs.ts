// What files of the output folder were made of, and what they looked like when they had been written: those that would
// come out the same are not made again, and those that nobody has touched are not read.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { once } from '../once.js';
import type { OutputMemory } from '../output/plan.js';
import { manifestName } from '../path.js';
import { sha256 } from '../sha256.js';
import {
  type FileState,
  isSameState,
  lookAt,
  lookAtFile,
  orUndefined,
  stateOf,
  writeWhole,
} from './files.js';

type Line = readonly [path: string, hash: string, key: string, ...state: FileState];

/** A file, what it is made of, and what it looks like where it has been found as it is to be. Plain data. */
export type RememberedOutput = readonly [
  path: string,
  hash: string,
  key: string,
  found: FileState | undefined,
];

export interface RememberedOutputs extends OutputMemory {
  /** Looks at the files as they are now, so that `seen` need not. */
  readonly lookAhead: () => void;
  /** All that it was told to remember, for another one to remember it. */
  readonly remembered: () => readonly RememberedOutput[];
  readonly adopt: (outputs: readonly RememberedOutput[]) => void;
}

/** What is known of the files in `out`, kept at `path`. */
export function openOutputs(path: string, out: string, version: string): RememberedOutputs {
  const before = new Map(readOutputs(path, out, version).map((line) => [line[0], line]));
  const now = new Map<string, { readonly hash: string; readonly key: string }>();
  /** States of files that have been found as they were: only what is written has to be looked at once more. */
  const found = new Map<string, FileState>();
  /** Those that have been looked at ahead: of use as long as no other build has written to the folder since. */
  const ahead = new Set<string>();
  let isAhead = (): boolean => false;
  const remembered = () =>
    [...now].map(([file, { hash, key }]): RememberedOutput => {
      const isAsFound = before.get(file)?.[1] === hash;
      return [file, hash, key, isAsFound ? found.get(file) : undefined];
    });
  return {
    made: (file, key) => {
      const [, hash, known] = before.get(file) ?? [];
      return known === key ? hash : undefined;
    },
    lookAhead: () => {
      const then = manifestState(out);
      isAhead = once(() => {
        const now = manifestState(out);
        return then !== undefined && now !== undefined && isSameState(then, now);
      });
      for (const [file, , , ...state] of before.values()) {
        const now = lookAtFile(join(out, file));
        if (now && isSameState(state, now)) ahead.add(file);
      }
    },
    seen: (file) => {
      const line = ahead.has(file) && isAhead() ? before.get(file) : undefined;
      if (!line) return undefined;
      const [, hash, , ...state] = line;
      found.set(file, state);
      return hash;
    },
    present: (file, stats) => {
      const line = before.get(file);
      if (!line) return undefined;
      const [, hash, , ...state] = line;
      if (!isSameState(state, stateOf(stats))) return undefined;
      found.set(file, state);
      return hash;
    },
    remember: (file, hash, key = '') => now.set(file, { hash, key }),
    remembered,
    adopt: (outputs) => {
      for (const [file, hash, key, state] of outputs) {
        now.set(file, { hash, key });
        if (state) found.set(file, state);
      }
    },
    save: () => {
      const lines = remembered().flatMap(([file, hash, key, asFound]): Line[] => {
        const state = asFound ?? lookAtFile(join(out, file));
        return state ? [[file, hash, key, ...state]] : [];
      });
      const json = JSON.stringify(lines);
      writeWhole(path, `${headOf(out, version)} ${sha256(json)}\n${json}`);
    },
  };
}

/** Of the list in the output folder, which changes with every build that writes there. */
export function manifestState(out: string): FileState | undefined {
  return lookAt(join(out, manifestName));
}

/** None when they are damaged, or of another folder: then files are read and compared. */
export function readOutputs(path: string, out: string, version: string): readonly Line[] {
  const text = orUndefined(() => readFileSync(path, 'utf8')) ?? '';
  const end = text.indexOf('\n');
  const json = text.slice(end + 1);
  return text.slice(0, end) === `${headOf(out, version)} ${sha256(json)}` ? JSON.parse(json) : [];
}

function headOf(out: string, version: string): string {
  return sha256(JSON.stringify([version, out]));
}
