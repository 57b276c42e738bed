// Files written in a thread: the folder comes out as if they had been written one after the other.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeSite } from '../../src/output/write.js';
import { threadedFiles } from '../../src/speed/writer.js';
import { makeFolder, readSite, readTree, type Tree } from '../output/tree.js';

/** With a thread after two files. */
const write = (out: string, site: Tree) =>
  writeSite(
    out,
    Object.entries(site).map(([path, content]) => ({ path, content })),
    join(out, '..'),
    { newFiles: (folder) => threadedFiles(folder, 2) },
  );

const many: Tree = Object.fromEntries(
  Array.from({ length: 700 }, (_, index) => [
    index % 3 === 0 ? `posts/${index}/index.html` : `posts/in/${index % 7}/${index}`,
    index % 50 === 0 ? '' : `${index} `.repeat(index * 4),
  ]),
);

it('Files of a thread are whole and all there, beside those that were there before', async () => {
  const out = join(makeFolder(), 'public');
  expect(await write(out, many)).toMatchObject({ written: 700, diagnostics: [] });
  expect(readSite(out)).toEqual(many);

  const more = { ...many, 'posts/3/index.html': 'new', 'posts/3/a/b': 'b', 'c/d': 'd', 'c/e': '', f: 'f' };
  expect(await write(out, more)).toMatchObject({ written: 5, unchanged: 699, diagnostics: [] });
  expect(readSite(out)).toEqual(more);
});

it('A file that is more than may wait is written, too', async () => {
  const out = join(makeFolder(), 'public');
  const site = { a: 'a', b: 'b', large: 'l'.repeat(20_000_000), c: 'c' };
  expect(await write(out, site)).toMatchObject({ written: 4, diagnostics: [] });
  expect(readSite(out)).toEqual(site);
});

it.each([0, 300, 699])(
  'What the system refuses is named, and nothing is changed (after %i files)',
  async (at) => {
    const out = join(makeFolder(), 'public');
    await write(out, { 'index.html': 'old' });
    const before = readTree(out);
    const files = Object.entries(many);
    const long = `posts/${'x'.repeat(300)}/index.html`;
    const result = await write(out, Object.fromEntries(files.toSpliced(at, 0, [long, 'x'])));
    expect(result).toMatchObject({
      written: 0,
      diagnostics: [{ code: 'env/name-too-long', file: `public/${long}` }],
    });
    expect(readTree(out)).toEqual(before);
  },
);
