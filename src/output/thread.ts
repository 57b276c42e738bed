// A program that may fail in ways of its own (no memory, a binary that does not run, words on the console) runs in a
// thread: whatever becomes of it, the build hears of it and goes on.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Runs a script of CommonJS, and gives the message that it posts. Throws when it fails, or ends without a message. */
export async function runInThread<Message>(script: string, workerData: unknown): Promise<Message> {
  const thread = new Worker(script, { eval: true, workerData, stdout: true, stderr: true });
  const ended = once(thread, 'exit').then(() => Promise.reject(new Error('the program ended early')));
  try {
    const [message] = await Promise.race([once(thread, 'message'), ended]);
    return message;
  } finally {
    await thread.terminate();
  }
}
