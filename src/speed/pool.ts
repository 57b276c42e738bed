// Workers that render posts, when there is so much to render that starting them is worth it.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Bibliography } from '../bibliography/cite.js';
import { packageRoot } from '../package-root.js';
import type { PostData, RenderJob, RenderSettings } from '../render-posts.js';
import type { Post } from '../types.js';

/** How many workers: as many as there are processors and work for them, or just so many. */
export type WorkerCount = number | undefined;

/** What a worker is made with. */
export interface WorkerSetup {
  readonly settings: RenderSettings;
  readonly bibliographies: readonly Bibliography[];
}

export interface Task {
  readonly posts: readonly { readonly post: Post; readonly index: number; readonly bibliography: number }[];
}

/** Bodies lie one after the other, in the order of the posts. */
export interface TaskResult {
  readonly posts: readonly { readonly index: number; readonly data: PostData; readonly length: number }[];
  readonly bodies: Uint8Array;
}

/** Characters of Markdown that take as long as a worker takes to start. */
const worthOne = 150_000;

/** A task takes a worker some tens of milliseconds: all have something to do until the end. */
const taskSize = 40_000;

/** Always the compiled one, since threads read no TypeScript. */
const program = new URL('dist/speed/worker.js', packageRoot);

/** More seldom need more: what is left, one thread does. */
const most = 8;

/** A post is rendered with much garbage: a large young generation spares moving it. Sizes in MB. */
const resourceLimits = { maxYoungGenerationSizeMb: 64, stackSizeMb: 1 };

/**
 * Every thread compiles the program for itself, beside rendering. Without inlining that takes half as long, and what
 * comes out is as fast: the parser and KaTeX call through tables, which V8 cannot inline anyway.
 */
const withoutInlining = '--no-turbo-inlining';

/** Renders posts, if it is worth it. Gives the indices of those that are done. */
export async function renderInWorkers(
  posts: readonly { readonly post: Post; readonly index: number }[],
  job: RenderJob,
  count: WorkerCount,
  keep: (index: number, data: PostData, body: Uint8Array) => void,
): Promise<ReadonlySet<number>> {
  const done = new Set<number>();
  const work = posts.reduce((sum, { post }) => sum + post.body.length + 500, 0);
  const wanted = count ?? Math.min(availableParallelism(), most, Math.floor(work / worthOne));
  if (wanted < (count === undefined ? 2 : 1) || posts.length === 0 || !existsSync(program)) return done;
  setFlagsFromString(withoutInlining);
  const bibliographies = [...new Set(posts.map(({ post }) => job.bibliography(post)))];
  const setup: WorkerSetup = { settings: job.settings, bibliographies };
  const tasks = tasksOf(posts, (post) => bibliographies.indexOf(job.bibliography(post)));
  const onResult = ({ posts: rendered, bodies }: TaskResult): void => {
    let at = 0;
    for (const { index, data, length } of rendered) {
      keep(index, data, bodies.subarray(at, at + length));
      at += length;
      done.add(index);
    }
    job.onPost?.(done.size);
  };
  await Promise.all(
    Array.from({ length: Math.min(wanted, tasks.length) }, () => runWorker(setup, tasks, onResult)),
  );
  return done;
}

/** The last come first: they are taken from the end. */
function tasksOf(
  posts: readonly { readonly post: Post; readonly index: number }[],
  bibliographyOf: (post: Post) => number,
): Task[] {
  const tasks: { posts: Task['posts'][number][]; size: number }[] = [];
  for (const { post, index } of posts) {
    if ((tasks.at(-1)?.size ?? taskSize) >= taskSize) tasks.push({ posts: [], size: 0 });
    const task = tasks.at(-1) as (typeof tasks)[number];
    task.posts.push({ post, index, bibliography: bibliographyOf(post) });
    task.size += post.body.length + 500;
  }
  return tasks.reverse();
}

async function runWorker(
  workerData: WorkerSetup,
  tasks: Task[],
  onResult: (result: TaskResult) => void,
): Promise<void> {
  const worker = new Worker(program, { workerData, resourceLimits });
  try {
    await new Promise<void>((resolve, reject) => {
      const next = () => {
        const task = tasks.pop();
        if (task) worker.postMessage(task);
        else resolve();
      };
      worker.on('error', reject);
      worker.on('message', (result: TaskResult) => {
        next();
        onResult(result);
      });
      next();
    });
  } finally {
    await worker.terminate();
  }
}
