// An edited post of many, or very many new ones: a worker gets ready for them before anything is read.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BuildOptions, build } from '../../src/build.js';
import { recallBuild } from '../../src/speed/recall.js';

const folder = mkdtempSync(join(tmpdir(), 'postulate-worker-'));
const root = join(folder, 'site');
const options: BuildOptions = {
  ...{ root, out: join(root, 'public'), drafts: false, future: false, strict: false, draftMath: false },
  ...{ cache: true, check: false, now: new Date('2026-06-15T03:00:00Z') },
};

const write = (number: number, words: string) =>
  writeFileSync(
    join(root, 'posts', `post-${number}.md`),
    `---\ntitle: Post ${number}\ndate: 2026-01-01\n---\n${words}: $x_{${number}}$\n`,
  );

beforeAll(async () => {
  mkdirSync(join(root, 'posts'), { recursive: true });
  writeFileSync(join(root, 'site.yaml'), 'title: Many\nbaseUrl: https://example.org\nsearch: false\n');
  for (let number = 0; number < 30; number++) write(number, 'Words');
  // A build does not trust files that are as young as itself.
  await new Promise((resolve) => setTimeout(resolve, 50));
  await build(options);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function recall(given: BuildOptions) {
  const recalled = await recallBuild(given);
  if ('report' in recalled) throw new Error('The change has not been seen.');
  return recalled;
}

/** As the command does it. */
async function editedBuild(number: number, words: string) {
  write(number, words);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const recalled = await recall(options);
  return { recalled, report: await build({ ...options, ...recalled }) };
}

const filesOf = (out: string) =>
  readdirSync(out, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:html|xml)$/.test(name))
    .sort()
    .map((name) => [name, readFileSync(join(out, name), 'utf8')]);

it('renders the post that has changed, as a clean build does', async () => {
  const { recalled, report } = await editedBuild(20, 'Other words');
  expect(recalled.seen?.changed).toEqual(['posts/post-20.md']);
  expect(recalled.worker).toBeDefined();
  expect(report.diagnostics).toEqual([]);
  expect(report.formulas).toEqual({ total: 30, rendered: 1 });
  const clean = join(folder, 'clean');
  await build({ ...options, out: clean, cache: false });
  expect(filesOf(options.out)).toEqual(filesOf(clean));
});

it('renders the posts that use a macro, when it has changed', async () => {
  writeFileSync(join(root, 'macros.tex'), '\\newcommand{\\mine}{a}\n');
  await editedBuild(3, '$\\mine$');
  writeFileSync(join(root, 'macros.tex'), '\\newcommand{\\mine}{b}\n');
  await new Promise((resolve) => setTimeout(resolve, 50));
  const recalled = await recall(options);
  expect(recalled.seen?.changed).toEqual(['macros.tex']);
  expect(recalled.worker).toBeDefined();
  const report = await build({ ...options, ...recalled });
  expect(report.formulas.rendered).toBe(2);
  const clean = join(folder, 'clean-macro');
  await build({ ...options, out: clean, cache: false });
  expect(filesOf(options.out)).toEqual(filesOf(clean));
});

it('is not there when other files have changed', async () => {
  expect(await recallBuild(options)).toHaveProperty('report');
  writeFileSync(join(root, 'site.yaml'), 'title: More\nbaseUrl: https://example.org\nsearch: false\n');
  const recalled = await recallBuild(options);
  expect(recalled).toHaveProperty('seen.files');
  expect(recalled).toHaveProperty('seen.changed', ['site.yaml']);
  expect(recalled).toHaveProperty('worker', undefined);
});

it('may have started in vain: what is kept of the posts is damaged, and all are rendered', async () => {
  const kept = join(root, '.postulate/posts');
  for (const name of readdirSync(kept))
    if (name.endsWith('.blobs')) writeFileSync(join(kept, name), 'x'.repeat(1e6));
  const { report } = await editedBuild(7, 'Words again');
  expect(report.diagnostics.map(({ code }) => code)).toEqual(['cache/damaged']);
  expect(report.wroteTo).toBe(options.out);
});

it('starts for a first build, if there is much to render', async () => {
  const fresh = join(folder, 'fresh');
  const first = { ...options, root: fresh, out: join(fresh, 'public') };
  mkdirSync(join(fresh, 'posts'), { recursive: true });
  writeFileSync(join(fresh, 'site.yaml'), 'title: First\nbaseUrl: https://example.org\nsearch: false\n');
  writeFileSync(join(fresh, 'posts/data.txt'), 'This is no post.\n'.repeat(30_000));
  const text = `---\ntitle: Long\ndate: 2026-01-01\n---\n${'Words, and more of them.\n'.repeat(3600)}\n$x^2$\n`;
  for (const name of ['one', 'two', 'three']) writeFileSync(join(fresh, `posts/${name}.md`), text);
  expect((await recall(first)).worker).toBeUndefined();
  writeFileSync(join(fresh, 'posts/four.md'), text);
  const { seen, worker } = await recall(first);
  expect(seen).not.toHaveProperty('changed');
  expect(worker).toBeDefined();
  const report = await build({ ...first, seen, worker });
  expect(report).toMatchObject({ posts: 4, formulas: { total: 4 }, wroteTo: first.out });
  const clean = join(folder, 'clean-first');
  await build({ ...first, out: clean, cache: false });
  expect(filesOf(first.out)).toEqual(filesOf(clean));
});
