// Writes files into a folder that holds nothing yet: each with the folders above it, and none of them twice.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../environment.js';
import { foldersOf } from '../path.js';

export interface FileWriter {
  /** Takes a file; when it can take the next one, the promise is kept. Throws what the file system throws, perhaps of an earlier file. */
  readonly write: (path: string, bytes: Uint8Array) => void | Promise<void>;
  /** Waits until all are written. Throws the same. */
  readonly finish: () => void | Promise<void>;
  /** Writes nothing more. */
  readonly close: () => void | Promise<void>;
}

/** Writes each file at once. The folder must exist. */
export function newFiles(folder: string): FileWriter {
  const made = new Set<string>();
  return {
    write: (path, bytes) => {
      for (const above of foldersOf(path)) {
        if (!made.has(above)) makeFolder(join(folder, above));
        made.add(above);
      }
      writeFileSync(join(folder, path), bytes);
    },
    finish: () => {},
    close: () => {},
  };
}

/** Another thread may have made it. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}
