// Reading folders: what is a post, what is a file beside one, and what is never opened.
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { notebooks, readFileOf, readSources, readStatic, readTemplates } from '../../src/content/read.js';
import { areRightsKept } from '../rights.js';
import { brief } from './site.js';

let folder: string;
let root: string;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'postulate-')));
  root = join(folder, 'site');
  await mkdir(root);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
}

async function read() {
  const { sources, files, diagnostics } = await readSources(root);
  return {
    posts: sources.map(({ path }) => path),
    files: files.map(({ path }) => path),
    faults: diagnostics.map(({ severity, code, file }) => [severity, code, file].filter(Boolean).join(' ')),
  };
}

it('Posts are Markdown files, in the order of their names; what lies beside them is listed.', async () => {
  await write({
    'posts/b.md': 'b',
    'posts/B.md': 'B',
    'posts/a/index.md': 'a',
    'posts/a/plot.svg': '<svg/>',
    'posts/a-b.md': 'ab',
    'posts/data.csv': '1',
    'posts/x.md/inside.md': 'folder',
    'other.md': 'no',
  });
  expect(await read()).toEqual({
    posts: ['posts/B.md', 'posts/a-b.md', 'posts/a/index.md', 'posts/b.md', 'posts/x.md/inside.md'],
    files: ['posts/a/plot.svg', 'posts/data.csv'],
    faults: [],
  });
  expect((await readSources(root)).sources[2]).toMatchObject({ path: 'posts/a/index.md', text: 'a' });
});

it('Names that begin with _ or . and README.md are left out, with one note.', async () => {
  await write({
    'posts/a.md': 'a',
    'posts/_b.md': 'b',
    'posts/.c.md': 'c',
    'posts/README.md': 'd',
    'posts/sub/Readme.md': 'e',
    'posts/_drafts/f.md': 'f',
    'posts/.DS_Store': '',
    'posts/.postulate/clock': '',
  });
  expect(await read()).toEqual({ posts: ['posts/a.md'], files: [], faults: ['note content/left-out'] });
  const [note] = (await readSources(root)).diagnostics;
  expect(note?.message).toBe(
    'left out because of their names: posts/.c.md, posts/README.md, posts/_b.md, posts/_drafts/, posts/sub/Readme.md',
  );
});

it('Markdown with another ending is a warning.', async () => {
  await write({
    'posts/a.md': 'a',
    'posts/b.markdown': 'b',
    'posts/c.MD': 'c',
    'posts/d.mdx': 'd',
    'posts/e.txt': 'e',
  });
  expect((await read()).faults).toEqual([
    'warning content/other-ending posts/b.markdown',
    'warning content/other-ending posts/c.MD',
    'warning content/other-ending posts/d.mdx',
  ]);
});

it('A notebook that no post offers is a warning.', async () => {
  const files = ['posts/a.Rmd', 'posts/b.qmd', 'posts/c.ipynb', 'posts/d.html', 'static/e.ipynb'].map(
    (path) => ({
      path,
      absolute: path,
    }),
  );
  expect(notebooks(files, new Set(['posts/c.ipynb'])).map(({ file }) => file)).toEqual([
    'posts/a.Rmd',
    'posts/b.qmd',
  ]);
});

it('Hangul names are shown in NFC and opened as they are.', async () => {
  const name = '한글'.normalize('NFD');
  await write({ [`posts/${name}/${name}.md`]: 'a', [`posts/${name}/${name}.svg`]: 'b' });
  const { sources, files } = await readSources(root);
  expect(sources).toEqual([
    { path: 'posts/한글/한글.md', absolute: join(root, 'posts', name, `${name}.md`), text: 'a' },
  ]);
  expect(files).toEqual([
    { path: 'posts/한글/한글.svg', absolute: join(root, 'posts', name, `${name}.svg`) },
  ]);
});

describe('nothing to read', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['no folder', async () => undefined],
    ['an empty folder', () => mkdir(join(root, 'posts'))],
    ['only names that are left out', () => write({ 'posts/README.md': 'a' })],
    ['a file in its place', () => write({ posts: 'a' })],
  ])('%s is an error', async (_name, make) => {
    await make();
    expect((await read()).faults).toContain('error content/no-posts');
  });
});

describe('links', () => {
  it('inside the site are followed, out of it they are not', async () => {
    await writeFile(join(folder, 'secret.md'), 'secret');
    await mkdir(join(folder, 'outside'));
    await write({ 'notes/a.md': 'a', 'notes/b/c.md': 'c', 'posts/x.md': 'x' });
    await symlink('../notes/a.md', join(root, 'posts/file.md'));
    await symlink('../notes', join(root, 'posts/folder'));
    await symlink('../../secret.md', join(root, 'posts/secret.md'));
    await symlink('../../outside', join(root, 'posts/outside'));
    await symlink('/', join(root, 'posts/root'));
    await symlink('nowhere.md', join(root, 'posts/nowhere.md'));
    expect(await read()).toEqual({
      posts: ['posts/file.md', 'posts/folder/a.md', 'posts/folder/b/c.md', 'posts/x.md'],
      files: [],
      faults: [
        'warning content/skipped posts/nowhere.md',
        'warning content/outside-root posts/outside',
        'warning content/outside-root posts/root',
        'warning content/outside-root posts/secret.md',
      ],
    });
  });

  it('to what a build has written are not followed: it would go in again each time', async () => {
    await write({
      'posts/a.md': 'a',
      'public/.postulate.json': '{}',
      'public/posts/a/index.html': 'built',
      '.postulate/posts/index': 'cache',
    });
    await symlink('../public', join(root, 'posts/old'));
    await symlink('../public/posts', join(root, 'posts/part'));
    await symlink('../.postulate', join(root, 'posts/cache'));
    expect(await read()).toEqual({
      posts: ['posts/a.md'],
      files: [],
      faults: ['cache', 'old', 'part'].map((name) => `warning content/skipped posts/${name}`),
    });
  });

  it('that lead nowhere are told of in place of a whole folder, too', async () => {
    await write({ 'posts/a.md': 'a' });
    expect((await readTemplates(root)).diagnostics).toEqual([]);
    await symlink('gone', join(root, 'static'));
    await symlink('posts/a.md/below', join(root, 'templates'));
    const { diagnostics } = await readStatic(root);
    const faults = [...diagnostics, ...(await readTemplates(root)).diagnostics];
    expect(faults.map(({ code, file }) => `${code} ${file}`)).toEqual([
      'content/skipped static',
      'content/skipped templates',
    ]);
  });

  it('that lead nowhere are no missing files', async () => {
    await write({ a: 'a' });
    expect(await readFileOf(root, 'site.yaml')).toBeUndefined();
    expect(await readFileOf(root, 'a/site.yaml')).toBeUndefined();
    await symlink('gone', join(root, 'site.yaml'));
    expect(await readFileOf(root, 'site.yaml')).toMatchObject({ code: 'env/file-system', file: 'site.yaml' });
  });

  it('that lead round in a circle end', async () => {
    await write({ 'posts/a/x.md': 'x' });
    await symlink('..', join(root, 'posts/a/up'));
    await symlink('.', join(root, 'posts/self'));
    await symlink('loop', join(root, 'posts/loop'));
    const { posts, faults } = await read();
    expect(posts).toEqual(['posts/a/x.md']);
    expect(faults).toHaveLength(3);
  });

  it('do not take posts/ itself out of the site', async () => {
    await mkdir(join(folder, 'outside'));
    await writeFile(join(folder, 'outside/a.md'), 'a');
    await symlink('../outside', join(root, 'posts'));
    expect(await read()).toEqual({
      posts: [],
      files: [],
      faults: ['warning content/outside-root posts', 'error content/no-posts'],
    });
  });
});

it.runIf(process.platform !== 'win32')('A pipe is never opened.', async () => {
  await write({ 'posts/a.md': 'a' });
  execFileSync('mkfifo', [join(root, 'posts/pipe.md')]);
  expect(await read()).toEqual({
    posts: ['posts/a.md'],
    files: [],
    faults: ['warning content/skipped posts/pipe.md'],
  });
});

it('A file without rights is an error, unless the reader may read everything.', async () => {
  await write({ 'posts/a.md': 'a', 'posts/b.md': 'b' });
  await chmod(join(root, 'posts/b.md'), 0);
  const { posts, faults } = await read();
  expect(posts).toEqual(areRightsKept ? ['posts/a.md'] : ['posts/a.md', 'posts/b.md']);
  expect(faults).toEqual(areRightsKept ? ['error env/permission posts/b.md'] : []);
});

it('A file that is not UTF-8 is an error at its byte; the others are read.', async () => {
  await write({ 'posts/a.md': 'a', 'posts/b.md': Buffer.from([0x61, 0x0a, 0x62, 0xc0]) });
  const { sources, diagnostics } = await readSources(root);
  expect(sources.map(({ path }) => path)).toEqual(['posts/a.md']);
  expect(brief(diagnostics)).toEqual([
    'error content/not-utf8 2:2 this file is not UTF-8: byte 3 (from 0) is 0xC0; it looks like Latin-1 (Windows-1252)',
  ]);
});

it('Files of static/ are listed as they are, names that begin with a dot included.', async () => {
  await write({ 'static/.nojekyll': '', 'static/images/_x.png': '', 'static/README.md': '' });
  const { files, diagnostics } = await readStatic(root);
  expect(diagnostics).toEqual([]);
  expect(files.map(({ path }) => path)).toEqual([
    'static/.nojekyll',
    'static/README.md',
    'static/images/_x.png',
  ]);
});

it('A site without static/ has no files there.', async () => {
  expect(await readStatic(root)).toEqual({ files: [], diagnostics: [] });
});
