// Files that another thread makes: the folder comes out, and what is wrong is told, as if one thread had made all.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { type BuildOptions, build } from '../../src/build.js';
import { addFiles, makeFolder, readSite } from '../output/tree.js';

vi.mock('../../src/speed/printing.js', async (original) => {
  const printing = await original<typeof import('../../src/speed/printing.js')>();
  const { sharing } = await import('./shared-pages.js');
  return { ...printing, startPrinter: sharing(printing.startPrinter, 0.3) };
});

const settings = 'title: Many\nbaseUrl: https://example.org/blog\nsearch: false\n';

const posts = Object.fromEntries(
  Array.from({ length: 40 }, (_, number) => [
    `posts/post-${number}.md`,
    [
      ...['---', `title: Post ${number} on $x_{${number}}$`, `date: 2026-01-${10 + (number % 19)}`],
      ...[`tags: [Tag ${number % 4}]`, '---', `## Regret of arm ${number}`],
      ...['', `$$\\label{eq:n} y = ${number}$$`, '', `See [](post-${(number + 1) % 40}.md#eq:n).`, ''],
    ].join('\n'),
  ]),
);

function makeSite(files: Readonly<Record<string, string>> = {}) {
  const gone = '---\ntitle: Soon gone\ndate: 2026-01-01\n---\nWords.\n';
  const root = makeFolder({ 'site.yaml': settings, 'posts/gone.md': gone, ...posts, ...files });
  const options: BuildOptions = {
    ...{ root, out: join(root, 'public'), drafts: false, future: false, strict: false, draftMath: false },
    ...{ cache: true, check: false, now: new Date('2026-06-15T03:00:00Z'), workers: 2 },
  };
  const alone: BuildOptions = { ...options, out: join(root, 'alone'), workers: 0, cache: false };
  return { root, options, alone };
}

it('come out the same, again after changes, and with what a build has left', async () => {
  const { root, options, alone } = makeSite();
  const first = await build(options);
  expect(first.diagnostics).toEqual([]);
  const { written } = (await build(alone)).files;
  expect(first.files).toEqual({ written, unchanged: 0, removed: 0 });
  expect(readSite(options.out)).toEqual(readSite(alone.out));

  addFiles(root, {
    'posts/post-3.md': '---\ntitle: Other\ndate: 2026-02-01\ntags: [New]\n---\n$$\\label{eq:n} 1$$\n',
  });
  rmSync(join(root, 'posts/gone.md'));
  writeFileSync(join(options.out, 'posts/post-20/index.html'), 'changed by hand');
  const second = await build(options);
  expect(second.diagnostics.map(({ code }) => code)).toEqual(['output/overwritten']);
  expect((await build(alone)).diagnostics).toEqual([]);
  expect(readSite(options.out)).toEqual(readSite(alone.out));
  expect(second.files.unchanged).toBeGreaterThan(10);

  const third = await build(options);
  expect(third.files).toEqual({
    written: 0,
    unchanged: second.files.written + second.files.unchanged,
    removed: 0,
  });
});

it('tell the first mistakes of a template, in the order of the pages', async () => {
  const wrong =
    '{{ if page.titleHtml.includes("3") }}\n{{> throw new Error(page.titleHtml) }}{{ /if }}{{ page.titleHtml }}\n';
  const { options, alone } = makeSite({ 'templates/post.vto': wrong });
  const faults = (await build(options)).diagnostics;
  expect(faults.map(({ code, line }) => [code, line])).toEqual(faults.map(() => ['config/template', 2]));
  expect(faults.length).toBeGreaterThan(9);
  expect(faults).toEqual((await build(alone)).diagnostics);
  expect(readdirSync(options.root)).toContain('public');
  expect(readSite(options.out)).toEqual({});
});

it('tell what is in the way', async () => {
  const { options } = makeSite();
  await build(options);
  for (const number of [0, 39]) {
    rmSync(join(options.out, `posts/post-${number}/index.html`));
    mkdirSync(join(options.out, `posts/post-${number}/index.html`));
    writeFileSync(join(options.out, `posts/post-${number}/index.html`, 'mine'), '');
  }
  const before = readSite(options.out);
  const { diagnostics } = await build(options);
  const places = diagnostics.map(({ code, file }) => `${code} ${file}`).sort();
  expect(places).toEqual([0, 39].map((number) => `output/in-the-way public/posts/post-${number}/index.html`));
  expect(readSite(options.out)).toEqual(before);
});

it('are made once more when a body in the cache is damaged', async () => {
  const { root, options, alone } = makeSite();
  await build(options);
  const kept = join(root, '.postulate/posts');
  for (const name of readdirSync(kept))
    if (name.endsWith('.blobs')) writeFileSync(join(kept, name), 'x'.repeat(1e6));
  rmSync(options.out, { recursive: true });
  const { diagnostics } = await build(options);
  expect(diagnostics.map(({ code }) => code)).toEqual(['cache/damaged']);
  await build(alone);
  expect(readSite(options.out)).toEqual(readSite(alone.out));
});

it('tell what the system refuses', async () => {
  const tag = 'x'.repeat(190);
  const { options } = makeSite({
    'posts/last.md': `---\ntitle: Z\ndate: 2025-01-01\ntags: [${tag}]\n---\nWords.\n`,
  });
  // Paths of posts are just short enough, and those of this tag too long.
  const deep = [...Array(40).keys()].map(() => 'x'.repeat(100)).join('/');
  const out = join(options.root, deep).slice(0, 3980);
  const { diagnostics } = await build({ ...options, out });
  expect(diagnostics.map(({ code }) => code)).toEqual(['env/name-too-long']);
  expect(diagnostics[0]?.file).toContain(`/tags/${tag}/index.`);
  expect(readSite(out)).toEqual({});
});
