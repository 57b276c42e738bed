// A second thread for what comes after posts are rendered: it joins the same site, and makes files from the last one on
// while the main thread makes them from the first one on, until they meet.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Helper, Outcomes } from '../output/plan.js';
import { packageRoot } from '../package-root.js';
import type { PostData } from '../render-posts.js';
import type { PageParts } from '../shortcuts.js';
import type { Post, PostRecord } from '../types.js';
import type { RememberedOutput, RememberedOutputs } from './outputs.js';
import type { WorkerCount } from './pool.js';
import { type Refusal, refused } from './refusal.js';
import { type BlobFolder, type BlobPlace, damaged } from './store.js';

/** What the thread is told when it is started: the output folder, and where things are kept. */
export interface PrinterSetup {
  readonly out: string;
  /** Path of what is known of outputs. */
  readonly memory: string;
  readonly version: string;
  readonly blobs: BlobFolder;
}

/** `PageParts` as plain data. */
export interface PlainParts extends Omit<PageParts, 'parts'> {
  readonly parts: Omit<PageParts['parts'], 'rendered'>;
  readonly records: readonly {
    readonly key: string;
    readonly post: Post;
    readonly data: PostData;
    readonly place: BlobPlace;
  }[];
}

export interface Beginning {
  /** How many files there are to be shared. */
  readonly pages: number;
  /** Stale files that are going to be removed. */
  readonly removable: readonly string[];
  /** One number: how many files have been taken, by either thread. */
  readonly taken: Int32Array;
}

/** What the thread answers. */
export type Printed =
  | { readonly outcomes: Outcomes; readonly remembered: readonly RememberedOutput[] }
  | { readonly isDamage: true }
  | { readonly refusal: Refusal };

export interface Printer {
  /** Has the thread make the pages. With their number it can help to make files. */
  readonly share: (parts: PageParts) => (pages: number) => Helper;
  readonly close: () => Promise<void>;
}

/** From so many posts on a second thread is worth it. Of very many, two threads would know too much. */
const sizes = { least: 300, most: 20_000 };

/** When no greater share of the posts has been edited, most pages stay as they are. */
const few = 0.1;

/** Always the compiled one, since threads read no TypeScript. */
const program = new URL('dist/speed/printer.js', packageRoot);

/** Takes one of the files, if there is one left. */
export function takeOne({ pages, taken }: Pick<Beginning, 'pages' | 'taken'>): boolean {
  return Atomics.add(taken, 0, 1) < pages;
}

interface Work {
  readonly posts: number;
  /** How many of them have been edited, if nothing else has changed. */
  readonly edited: number | undefined;
  readonly workers: WorkerCount;
}

/** Whether a second thread saves more time than it takes; one can be asked for by the number of workers. */
export function isWorthIt({ posts, edited = posts, workers }: Work): boolean {
  if (posts > sizes.most) return false;
  if (workers !== undefined) return workers > 1;
  return posts >= sizes.least && edited > few * posts && availableParallelism() > 1;
}

/** Starts the thread, which loads its program while the site is joined. */
export function startPrinter(
  setup: PrinterSetup,
  memory: RememberedOutputs,
  placeOf: (key: string) => BlobPlace | undefined,
): Printer | undefined {
  if (!existsSync(program)) return undefined;
  const worker = new Worker(program, { workerData: setup });
  const answer = new Promise<Printed>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the thread that prints pages ended early')));
  });
  // Whoever waits for it hears of it.
  answer.catch(() => undefined);
  const close = async () => {
    await worker.terminate();
  };
  const share: Printer['share'] = (parts) => {
    worker.postMessage(plain(parts, placeOf));
    return (pages) => {
      const taken = new Int32Array(new SharedArrayBuffer(4));
      return {
        begin: (removable) => worker.postMessage({ pages, removable, taken } satisfies Beginning),
        left: (total) => left(pages, total, taken),
        begun: () => Atomics.load(taken, 0),
        outcomes: async () => {
          const printed = await answer;
          if ('isDamage' in printed) throw damaged;
          if ('refusal' in printed) throw refused(printed.refusal);
          memory.adopt(printed.remembered);
          return printed.outcomes;
        },
        close,
      };
    };
  };
  return { share, close };
}

/** From the first file on, and at last those that are not shared. */
function* left(pages: number, total: number, taken: Int32Array): Iterable<number> {
  try {
    for (let index = 0; takeOne({ pages, taken }); index += 1) yield index;
    for (let index = pages; index < total; index += 1) yield index;
  } finally {
    Atomics.store(taken, 0, pages);
  }
}

function plain(
  { parts: { rendered, ...parts }, ...rest }: PageParts,
  placeOf: (key: string) => BlobPlace | undefined,
): PlainParts {
  return { ...rest, parts, records: rendered.map((record) => plainRecord(record, placeOf)) };
}

/** Nobody asks pages for a post's Markdown. */
function plainRecord(record: PostRecord, placeOf: (key: string) => BlobPlace | undefined) {
  const { post, key, body: _, bodyPieces: _1, feedBody: _2, ...data } = record;
  const place = placeOf(key);
  if (!place) throw new Error(`there is no body of ${post.path}`);
  return { key, post: { ...post, body: '' }, data, place };
}
