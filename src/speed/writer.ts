// Files written in a thread of their own, while the next ones are made. For some files starting it would take longer.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type FileWriter, newFiles } from '../output/new-files.js';
import { packageRoot } from '../package-root.js';
import { type Refusal, refused } from './refusal.js';

/** Files one after the other, their paths and lengths, and at the beginning of the memory all their bytes. */
export interface Batch {
  readonly files: readonly (readonly [path: string, length: number])[];
  readonly size: number;
  readonly memory: ArrayBuffer;
}

/**
 * What the thread answers: how many files and bytes it has written, or which file the system refused, and how. The memory
 * comes back to be used again: a thread that makes no garbage of its own would not collect it.
 */
export type Written = { readonly size: number; readonly memory: ArrayBuffer } | { readonly refusal: Refusal };

/** So many files are written here, before it is worth it to have the others written by a thread. */
const worthIt = 2000;

/** Bytes that are sent together, and that may wait to be written (an empty file counts, too). */
const limits = { batch: 300_000, waiting: 16_000_000 };

/** Bytes for a batch, with its last file. */
const roomOfBatch = 500_000;

/** Always the compiled one, since threads read no TypeScript. */
const program = new URL('dist/speed/writing.js', packageRoot);

/** Writes below a folder that exists; `after` so many files in a thread. */
export function threadedFiles(folder: string, after = worthIt): FileWriter {
  const here = newFiles(folder);
  const canShare = availableParallelism() > 1 && existsSync(program);
  let thread: FileWriter | undefined;
  let count = 0;
  return {
    write: (path, bytes) => {
      count += 1;
      if (count <= after || !canShare) return here.write(path, bytes);
      thread ??= startThread(folder);
      return thread.write(path, bytes);
    },
    finish: () => thread?.finish(),
    close: () => thread?.close(),
  };
}

function startThread(folder: string): FileWriter {
  const worker = new Worker(program, { workerData: folder });
  const spare: ArrayBuffer[] = [];
  let waiting = 0;
  let failure: unknown;
  /** Whoever waits for a part of what was sent to be written. */
  let goOn: (() => void) | undefined;
  const fail = (error: unknown) => {
    failure ??= error;
    goOn?.();
  };
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the thread that writes files ended early')));
  worker.on('message', (written: Written) => {
    if ('refusal' in written) return fail(refused(written.refusal));
    waiting -= written.size;
    if (written.memory.byteLength === roomOfBatch) spare.push(written.memory);
    return goOn?.();
  });
  const until = async (isReached: () => boolean): Promise<void> => {
    while (failure === undefined && !isReached()) {
      await new Promise<void>((resolve) => {
        goOn = resolve;
      });
    }
    if (failure !== undefined) throw failure;
  };

  let files: (readonly [path: string, length: number])[] = [];
  let parts: Uint8Array[] = [];
  let size = 0;
  const send = () => {
    if (files.length === 0) return;
    const known = size <= roomOfBatch ? spare.pop() : undefined;
    const memory = known ?? new ArrayBuffer(Math.max(size, roomOfBatch));
    const bytes = new Uint8Array(memory);
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    waiting += files.length + size;
    worker.postMessage({ files, size, memory } satisfies Batch, [memory]);
    [files, parts, size] = [[], [], 0];
  };
  return {
    write: (path, bytes) => {
      files.push([path, bytes.length]);
      parts.push(bytes);
      size += bytes.length;
      if (size < limits.batch && failure === undefined) return undefined;
      send();
      return failure === undefined && waiting < limits.waiting
        ? undefined
        : until(() => waiting < limits.waiting);
    },
    finish: () => {
      send();
      return until(() => waiting === 0);
    },
    close: async () => {
      worker.removeAllListeners('exit');
      await worker.terminate();
    },
  };
}
