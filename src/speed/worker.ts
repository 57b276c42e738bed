// A worker: renders the posts that it is sent, and sends back what the build needs of them, ready for the cache.
import { parentPort, workerData } from 'node:worker_threads';
import { createRenderer, makeHighlighter } from '../render-posts.js';
import { packBody } from './body.js';
import type { Task, TaskResult, WorkerSetup } from './pool.js';

const { settings, bibliographies }: WorkerSetup = workerData;

let highlighter: ReturnType<typeof makeHighlighter> | undefined;
const sameHighlighter = () => {
  highlighter ??= makeHighlighter();
  return highlighter;
};

parentPort?.on('message', async ({ posts }: Task) => {
  const render = await createRenderer(
    settings,
    posts.map(({ post }) => post),
    sameHighlighter,
  );
  const rendered = posts.flatMap(({ post, index, bibliography }) => {
    const { data, body } = render(post, bibliographies[bibliography] ?? noWorks);
    // How deep is too deep for the stack is a matter of the thread: only one of them says so.
    if (data.diagnostics.some(({ code }) => code.endsWith('/too-deep'))) return [];
    const bytes = packBody(body);
    return [{ index, data, bytes }];
  });
  const bodies = new Uint8Array(rendered.reduce((sum, { bytes }) => sum + bytes.length, 0));
  let at = 0;
  for (const { bytes } of rendered) {
    bodies.set(bytes, at);
    at += bytes.length;
  }
  const result: TaskResult = {
    posts: rendered.map(({ index, data, bytes }) => ({ index, data, length: bytes.length })),
    bodies,
  };
  parentPort?.postMessage(result, [bodies.buffer]);
});

const noWorks = { style: 'author-year', entries: new Map() } as const;
