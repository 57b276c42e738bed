// A worker: renders the posts that it is sent, and sends back what the build needs of them, ready for the cache.
import { parentPort } from 'node:worker_threads';
import { createRenderer, loadRenderer, makeHighlighting, type PostData } from '../render-posts.js';
import { bodyPacker } from './body.js';
import type { Task, TaskResult, WorkerSetup } from './pool.js';

// Posts are still read while this is loaded.
const loading = loadRenderer();
void loading.then(() => import('../markdown/highlight.js'));

const noWorks = { style: 'author-year', entries: new Map() } as const;

/** Gives the function that renders the posts of a task. */
function renderer({ settings, bibliographies }: WorkerSetup): (task: Task) => Promise<TaskResult> {
  const created = createRenderer(settings, makeHighlighting(), loading);
  const packBody = bodyPacker();
  return async ({ posts }) => {
    const render = await created;
    const rendered: { readonly index: number; readonly data: PostData; readonly bytes: Uint8Array }[] = [];
    for (const { post, index, bibliography } of posts) {
      const { data, body } = await render(post, bibliographies[bibliography] ?? noWorks);
      // How deep is too deep for the stack differs from thread to thread: only the first one says so.
      if (data.diagnostics.some(({ code }) => code.endsWith('/too-deep'))) continue;
      rendered.push({ index, data, bytes: packBody(body) });
    }
    const bodies = new Uint8Array(rendered.reduce((sum, { bytes }) => sum + bytes.length, 0));
    let at = 0;
    for (const { bytes } of rendered) {
      bodies.set(bytes, at);
      at += bytes.length;
    }
    return {
      posts: rendered.map(({ index, data, bytes }) => ({ index, data, length: bytes.length })),
      bodies,
    };
  };
}

parentPort?.once('message', (setup: WorkerSetup) => {
  const render = renderer(setup);
  parentPort?.on('message', async (task: Task) => {
    const result = await render(task);
    parentPort?.postMessage(result, [result.bodies.buffer as ArrayBuffer]);
  });
});
