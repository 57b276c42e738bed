// Workers that render posts, when there is so much to render that starting them is worth it.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Bibliography } from '../bibliography/cite.js';
import { packageRoot } from '../package-root.js';
import type { PostData, RenderJob, RenderSettings } from '../render-posts.js';
import type { Post } from '../types.js';

/** How many workers: as many as there are processors and work for them, or just so many. */
export type WorkerCount = number | undefined;

/** What a worker is told before its first task. */
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

/** What a post takes however short it is, in characters. */
const workOfAny = 500;

/** A task takes a worker some tens of milliseconds: all have something to do until the end. */
const taskSize = 40_000;

/** Always the compiled one, since threads read no TypeScript. */
const program = new URL('dist/speed/worker.js', packageRoot);

/** More seldom need more: what is left, one thread does. */
const most = 8;

/** A post is rendered with much garbage: a large young generation spares moving it. Sizes in MB. */
const resourceLimits = { maxYoungGenerationSizeMb: 64, stackSizeMb: 1 };

/** The workers of a build. */
export interface Pool {
  /** Tells of more characters that will have to be rendered: workers load their program while posts are still read. */
  readonly expect: (work: number) => void;
  /** Renders posts, if it is worth it. Gives the indices of those that are done. */
  readonly render: (
    posts: readonly { readonly post: Post; readonly index: number }[],
    job: RenderJob,
    keep: (index: number, data: PostData, body: Uint8Array) => void,
  ) => Promise<ReadonlySet<number>>;
  /** Ends those that were not needed. */
  readonly close: () => void;
}

interface Hired {
  readonly worker: Worker;
  /** Rejected when the worker fails. */
  readonly failure: Promise<never>;
}

/** Starts a worker before it is known what there is to render, if there is a processor for it. */
export function startAhead(count: WorkerCount): Worker | undefined {
  if ((count ?? availableParallelism() - 1) < 1 || !existsSync(program)) return undefined;
  const worker = startWorker();
  // As long as it has nothing to do, the process can end.
  worker.unref();
  return worker;
}

/** `ahead`: a worker that has been started. */
export function createPool(count: WorkerCount, ahead?: Worker): Pool {
  const hired: Hired[] = [];
  const waiting = ahead ? [ahead] : [];
  let expected = 0;
  const hire = (wanted: number): void => {
    if (hired.length >= wanted || !existsSync(program)) return;
    while (hired.length < wanted) hired.push(employ(waiting.pop() ?? startWorker()));
  };
  const processors = Math.min(availableParallelism(), most);
  const hireFor = (work: number): void => {
    const worth = Math.min(processors, Math.floor(work / worthOne));
    hire(count ?? (worth > 1 ? worth : waiting.length));
  };
  // Nobody waits for that: taking down a thread of some hundred megabytes takes a while.
  const close = (): void => {
    for (const { worker } of hired.splice(0)) waiting.push(worker);
    for (const worker of waiting.splice(0)) void worker.terminate();
  };
  return {
    expect: (work) => {
      expected += work;
      hireFor(expected);
    },
    render: async (posts, job, keep) => {
      const done = new Set<number>();
      if (posts.length === 0) return done;
      hireFor(posts.reduce((sum, { post }) => sum + workOf(post), 0));
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
      try {
        await Promise.all(hired.map((one) => work(one, setup, tasks, onResult)));
      } finally {
        close();
      }
      return done;
    },
    close,
  };
}

function workOf({ body }: Post): number {
  return body.length + workOfAny;
}

function startWorker(): Worker {
  return new Worker(program, { resourceLimits });
}

function employ(worker: Worker): Hired {
  worker.ref();
  const failure = new Promise<never>((_, reject) => {
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('a thread that renders posts ended early')));
  });
  // Whoever waits for it hears of it; while nobody does, it may still turn out not to be needed.
  failure.catch(() => undefined);
  return { worker, failure };
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
    task.size += workOf(post);
  }
  return tasks.reverse();
}

/** Has a worker do tasks until there is none left. */
function work(
  { worker, failure }: Hired,
  setup: WorkerSetup,
  tasks: Task[],
  onResult: (result: TaskResult) => void,
): Promise<void> {
  const finished = new Promise<void>((resolve) => {
    const next = () => {
      const task = tasks.pop();
      if (task) worker.postMessage(task);
      else resolve();
    };
    worker.on('message', (result: TaskResult) => {
      next();
      onResult(result);
    });
    worker.postMessage(setup);
    next();
  });
  return Promise.race([finished, failure]);
}
