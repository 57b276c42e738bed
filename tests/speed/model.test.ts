// Whatever has happened to a site, a build with shortcuts comes out as a clean one: every file, every diagnostic.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type BuildOptions, build, makeSite } from '../../src/build.js';
import type { BuildReport } from '../../src/build-report.js';
import { writeSite } from '../../src/output/write.js';
import { startAhead } from '../../src/speed/pool.js';
import { recallBuild } from '../../src/speed/recall.js';
import { addFiles, makeFolder, readSite, type Tree } from '../output/tree.js';
import { type Files, firstFiles, type Step, steps } from './model.js';

/** File systems list folders in any order: here in another one each time. */
const { inAnyOrder } = vi.hoisted(() => {
  let listings = 0;
  return {
    inAnyOrder<Entry>(entries: Entry[]): Entry[] {
      listings += 1;
      const from = (listings * 7) % (entries.length + 1);
      const turned = [...entries.slice(from), ...entries.slice(0, from)];
      return listings % 2 === 0 ? turned : turned.reverse();
    },
  };
});

/** A disk that is full after so many files have been put in place. */
const { disk } = vi.hoisted(() => ({ disk: { room: Number.POSITIVE_INFINITY } }));

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const readdirSync = (...asked: Parameters<typeof fs.readdirSync>) => inAnyOrder(fs.readdirSync(...asked));
  const renameSync = (...asked: Parameters<typeof fs.renameSync>) => {
    disk.room -= 1;
    if (disk.room < 0)
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC', syscall: 'rename' });
    fs.renameSync(...asked);
  };
  return { ...fs, readdirSync, renameSync };
});

vi.mock('node:fs/promises', async (original) => {
  const fs = await original<typeof import('node:fs/promises')>();
  const readdir = async (...asked: Parameters<typeof fs.readdir>) => inAnyOrder(await fs.readdir(...asked));
  return { ...fs, readdir };
});

vi.mock('../../src/speed/printing.js', async (original) => {
  const printing = await original<typeof import('../../src/speed/printing.js')>();
  const { sharing } = await import('./shared-pages.js');
  return { ...printing, startPrinter: sharing(printing.startPrinter, 0.5) };
});

/** More of them by `MODEL_RUNS=5000 npx vitest run tests/speed/model.test.ts`. */
const numRuns = Number(process.env.MODEL_RUNS ?? 25);

const zones = ['UTC', 'Asia/Seoul', 'America/Los_Angeles', 'Pacific/Apia'];

const nothing = () => {};

interface Circumstances {
  readonly drafts: boolean;
  readonly zone: string;
  readonly damage: (root: string) => void;
  readonly tamper: (out: string) => void;
  /** How many files can be put in place, when the disk is full at first. */
  readonly room: number | undefined;
  /** What stands in the way at first, below the output folder. */
  readonly obstacle: string | undefined;
}

const usual: Circumstances = {
  ...{ drafts: false, zone: 'UTC', damage: nothing, tamper: nothing },
  ...{ room: undefined, obstacle: undefined },
};

/** What happens to the cache between two builds, mostly nothing. */
const damage = fc.constantFrom<Circumstances['damage']>(
  ...Array<() => void>(8).fill(nothing),
  (root) => rmSync(join(root, '.postulate'), { recursive: true, force: true }),
  (root) => cut(join(root, '.postulate/posts')),
  (root) => flip(join(root, '.postulate/posts')),
  (root) => flip(join(root, '.postulate')),
);

/** What happens to the output, mostly nothing. */
const tamper = fc.constantFrom<Circumstances['tamper']>(
  ...Array<() => void>(6).fill(nothing),
  (out) => rmSync(out, { recursive: true, force: true }),
  (out) => unlinkIn(out, 'index.html'),
  (out) => writeIn(out, 'index.html', 'changed'),
);

const circumstances = fc.record<Circumstances>({
  drafts: fc.boolean(),
  zone: fc.constantFrom(...zones),
  damage,
  tamper,
  room: fc.option(fc.nat({ max: 12 }), { freq: 5, nil: undefined }),
  obstacle: fc.option(fc.constantFrom('index.html', '404.html', 'ko', 'tags'), {
    freq: 5,
    nil: undefined,
  }),
});

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile());
  } catch {
    return [];
  }
}

function cut(folder: string): void {
  for (const path of filesIn(folder)) truncateSync(path, Math.floor(statSync(path).size / 2));
}

function flip(folder: string): void {
  for (const path of filesIn(folder)) {
    const { size } = statSync(path);
    if (size > 0) writeFileSync(path, Buffer.from('x'), { flag: 'r+' });
  }
}

function unlinkIn(out: string, name: string): void {
  if (filesIn(out).includes(join(out, name))) unlinkSync(join(out, name));
}

function writeIn(out: string, name: string, text: string): void {
  if (filesIn(out).includes(join(out, name))) writeFileSync(join(out, name), text);
}

const fixed = {
  ...{ future: false, strict: false, draftMath: true, check: false },
  now: new Date('2026-06-15T03:00:00Z'),
};

/** Without `speed/`, into an empty folder. */
async function cleanBuild(root: string, out: string, drafts: boolean): Promise<BuildReport> {
  rmSync(out, { recursive: true, force: true });
  const { report, outputs } = await makeSite({ ...fixed, root, drafts, cache: false });
  if (outputs) await writeSite(out, outputs, root);
  return report;
}

/** As the command does it; but these sites have too few posts for a worker that starts ahead. */
async function quickBuild(options: BuildOptions): Promise<BuildReport> {
  const recalled = await recallBuild(options);
  if ('report' in recalled) return recalled.report;
  const worker = recalled.seen && options.workers ? startAhead(options.workers) : undefined;
  return build({ ...options, ...recalled, worker }).finally(() => void worker?.terminate());
}

/** Builds that cannot write the site, or not all of it. */
async function troubledBuilds(
  options: BuildOptions,
  { room, obstacle }: Pick<Circumstances, 'room' | 'obstacle'>,
): Promise<void> {
  // A folder that no build has written to yet is refused for whatever is in it.
  if (obstacle !== undefined && existsSync(options.out)) {
    const at = join(options.out, obstacle);
    rmSync(at, { recursive: true, force: true });
    addFiles(at, { 'by-hand.txt': 'mine' });
    await quickBuild(options);
    rmSync(at, { recursive: true });
  }
  if (room !== undefined) {
    disk.room = room;
    await quickBuild(options).finally(() => {
      disk.room = Number.POSITIVE_INFINITY;
    });
  }
}

/** What is said of the sources: not of the cache, nor of the output folder. */
function said({ diagnostics }: BuildReport): string[] {
  return diagnostics
    .filter(({ code }) => !/^(?:cache|output)\//.test(code))
    .map((one) => JSON.stringify(one))
    .sort();
}

function bring(root: string, before: Files, after: Files): void {
  for (const path of before.keys()) if (!after.has(path)) rmSync(join(root, path));
  for (const [path, text] of after) {
    if (before.get(path) === text) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

async function play(script: readonly (readonly [Step, Circumstances])[], workers: number): Promise<void> {
  const folder = makeFolder();
  const root = join(folder, 'site');
  const [out, clean] = [join(folder, 'out'), join(folder, 'clean')];
  addFiles(root, firstFiles);
  let files: Files = new Map(Object.entries(firstFiles));
  let last: Tree = {};
  const zone = process.env.TZ;
  try {
    for (const [step, { drafts, zone: at, damage: hurt, tamper: change, ...trouble }] of script) {
      const next = step.change(files);
      bring(root, files, next);
      files = next;
      hurt(root);
      change(out);
      process.env.TZ = at;
      const options = { ...fixed, root, out, drafts, cache: true, workers };
      await troubledBuilds(options, trouble);
      const report = await quickBuild(options);
      process.env.TZ = 'UTC';
      const expected = await cleanBuild(root, clean, drafts);
      expect(said(report)).toEqual(said(expected));
      const counts = ({ posts, pages, formulas }: BuildReport) => [posts, pages, formulas.total];
      expect(counts(report)).toEqual(counts(expected));
      const failed = expected.diagnostics.some(({ severity }) => severity === 'error');
      if (failed) continue;
      last = readSite(clean);
      expect(readSite(out)).toEqual(last);
    }
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
    rmSync(folder, { recursive: true, force: true });
  }
}

const change = (path: string, text: string): Step => ({
  name: `change ${path}`,
  change: (files) => new Map([...files, [path, text]]),
});

const scripts = fc.array(fc.tuple(steps, circumstances), { minLength: 2, maxLength: 7 });

it('lists folders in more than one order', () => {
  const folder = makeFolder();
  addFiles(folder, firstFiles);
  const orders = Array.from({ length: 6 }, () => readdirSync(folder).join());
  expect(new Set(orders).size).toBeGreaterThan(1);
});

describe('a build with shortcuts comes out as a clean one', () => {
  it('after random changes', { timeout: 3_600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(scripts, (script) => play(script, 0)),
      { numRuns, ...(numRuns > 1000 ? {} : { seed: 7 }) },
    );
  });

  it('after a change of a macro that is used by the title of a cited work alone', async () => {
    const steps = [
      change('posts/d.md', '---\ntitle: Four\ndate: 2020-01-01\n---\n\nAs in [@knuth1984].\n'),
      change('macros.tex', '\\newcommand{\\half}{\\frac12}\n\\newcommand{\\E}{E}\n'),
    ];
    await play(
      steps.map((step) => [step, usual] as const),
      0,
    );
  });

  it.each([1, 2, 4])('with %i workers', { timeout: 3_600_000 }, async (workers) => {
    await fc.assert(
      fc.asyncProperty(scripts, (script) => play(script, workers)),
      { numRuns: Math.ceil(numRuns / 12), seed: workers },
    );
  });
});
