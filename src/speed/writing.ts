// A thread that writes files, in the order in which they are sent, and says of the first of a batch that the system
// refuses. Nobody has any use for the rest then.
import { parentPort, workerData } from 'node:worker_threads';
import { newFiles } from '../output/new-files.js';
import { refusalOf } from './refusal.js';
import type { Batch, Written } from './writer.js';

const { write } = newFiles(workerData);

parentPort?.on('message', ({ files, size, memory }: Batch) => {
  let at = 0;
  const answer = (written: Written) =>
    parentPort?.postMessage(written, 'memory' in written ? [written.memory] : []);
  for (const [path, length] of files) {
    try {
      write(path, new Uint8Array(memory, at, length));
    } catch (error) {
      return answer({ refusal: refusalOf(error, path) });
    }
    at += length;
  }
  return answer({ size: files.length + size, memory });
});
