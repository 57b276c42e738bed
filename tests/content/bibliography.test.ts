// Which works a post can cite.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readBibliographies } from '../../src/content/bibliography.js';
import { addressed, configOf } from './site.js';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'postulate-'));
  await mkdir(join(root, 'posts'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

it('The site’s bibliography gives way, entry by entry, to the files that a post names, and these to later ones.', async () => {
  await writeFile(
    join(root, 'references.bib'),
    '@misc{a, title={A}} @misc{b, title={B}} @misc{c, title={C}}',
  );
  await writeFile(join(root, 'posts/x.bib'), '@misc{a, title={A}} @misc{b, title={B}}');
  await writeFile(join(root, 'posts/y.bib'), '@misc{b, title={B}}');
  const { posts } = addressed({
    'posts/own.md': '---\ntitle: Own\ndate: 2026-01-01\nbibliography: [x.bib, y.bib]\n---\n',
    'posts/plain.md': '---\ntitle: Plain\ndate: 2026-01-01\n---\n',
  });
  const { of, diagnostics } = await readBibliographies(root, posts, configOf());
  expect(diagnostics).toEqual([]);
  const files = posts.map((post) => [...of(post).entries.values()].map(({ place }) => place.file));
  expect(files).toEqual([
    ['posts/x.bib', 'posts/y.bib', 'references.bib'],
    ['references.bib', 'references.bib', 'references.bib'],
  ]);
});
