// Mistakes in a site's own templates: each is told once, with the place of the tag that fails.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { build } from '../../src/build.js';
import { makeFolder, type Tree } from './tree.js';

const post = (title: string) => `---\ntitle: ${title}\ndate: 2020-01-01\n---\nx\n`;

async function faultsOf(templates: Tree) {
  const root = makeFolder({
    ...{ 'posts/a.md': post('A'), 'posts/b.md': post('B'), 'site.yaml': 'baseUrl: https://example.org/\n' },
    ...templates,
  });
  const { diagnostics, sources } = await build({
    ...{ root, out: join(root, 'public'), drafts: false, future: false, strict: false, draftMath: false },
    ...{ cache: false, check: false, now: new Date('2026-06-15T03:00:00Z') },
  });
  return {
    places: diagnostics.map(({ code, file, line, column }) => `${code} ${file}:${line}:${column}`),
    excerpts: diagnostics.map(({ file = '', line = 0 }) => sources.get(file)?.split('\n')[line - 1]),
  };
}

it('fail while they run', async () => {
  const { places, excerpts } = await faultsOf({ 'templates/post.vto': 'x\n  {{ page.nothing.here }}\n' });
  expect(places).toEqual(['config/template templates/post.vto:2:3']);
  expect(excerpts).toEqual(['  {{ page.nothing.here }}']);
});

it('fail in what they include', async () => {
  const { places } = await faultsOf({ 'templates/partials/footer.vto': '\n\n{{ nothing }}' });
  expect(places).toEqual(['config/template templates/partials/footer.vto:3:1']);
});

it('are no templates', async () => {
  const { places } = await faultsOf({ 'templates/post.vto': '{{ page.title |> }}' });
  expect(places).toEqual(['config/template templates/post.vto:1:17']);
});
