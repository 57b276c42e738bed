// Mistakes in a site's own templates: each is told once, with the place of the tag that fails.
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { build } from '../../src/build.js';
import { areRightsKept } from '../rights.js';
import { brief, siteIn } from '../site/build.js';
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

it('fail in a filter of what they include', async () => {
  const { places } = await faultsOf({
    'templates/partials/footer.vto': '<footer>\n{{ page.site.title |> upcase }}</footer>',
  });
  expect(places).toEqual(['config/template templates/partials/footer.vto:2:22']);
});

it('are no templates', async () => {
  const { places } = await faultsOf({ 'templates/post.vto': '{{ page.title |> }}' });
  expect(places).toEqual(['config/template templates/post.vto:1:17']);
});

describe('the folder', () => {
  const good = { 'posts/a.md': post('A'), 'site.yaml': 'baseUrl: https://example.org/\n' };
  const page = 'posts/a/index.html';

  it('may hold links to files and folders of the site', async () => {
    const root = makeFolder({ ...good, 'own/post.vto': 'mine', 'own/texts/en.yaml': 'tags: Words\n' });
    mkdirSync(join(root, 'templates'));
    symlinkSync('../own/post.vto', join(root, 'templates/post.vto'));
    symlinkSync('../own/texts', join(root, 'templates/texts'), 'junction');
    const { report, files } = await siteIn(root);
    expect(brief(report)).toEqual([]);
    expect(files[page]).toBe('mine\n');
    expect(files['index.html']).not.toContain('Tags');
  });

  it('says of a link out of the site that it is not followed', async () => {
    const root = makeFolder({ ...good, 'templates/own.vto': '' });
    symlinkSync(makeFolder({ 'post.vto': 'x' }), join(root, 'templates/out'), 'junction');
    expect(brief((await siteIn(root)).report)).toEqual(['warning content/outside-root templates/out']);
  });

  it.each(['templates', 'templates/texts', 'templates/post.vto'])(
    'is named where it may not be read, unless the reader may read everything: %s',
    async (path) => {
      const root = makeFolder({ ...good, 'templates/post.vto': 'x', 'templates/texts/en.yaml': 'tags: T\n' });
      chmodSync(join(root, path), 0);
      const { report } = await siteIn(root);
      chmodSync(join(root, path), 0o755);
      expect(brief(report)).toEqual(areRightsKept ? [`error env/permission ${path}`] : []);
    },
  );

  it.each(['post.vto', 'texts/en.yaml'])('holds texts in UTF-8 alone: %s', async (name) => {
    const root = makeFolder({ ...good, [`templates/${name}`]: '' });
    writeFileSync(join(root, 'templates', name), Buffer.from([0x61, 0x0a, 0x62, 0xe9, 0x63]));
    const { report } = await siteIn(root);
    expect(brief(report)).toEqual([`error content/not-utf8 templates/${name}:2:2`]);
  });

  it('holds texts with or without a byte order mark', async () => {
    const root = makeFolder({ ...good, 'templates/post.vto': '\uFEFFmine' });
    expect((await siteIn(root)).files[page]).toBe('mine\n');
  });
});

it('are told where nothing reads them', async () => {
  const { places } = await faultsOf({
    'templates/texts/de.yml': 'home: Start\n',
    'templates/footer.vto': 'x',
    'templates/partials/foter.vto': 'x',
    'templates/post.html': 'x',
    // Of its own making.
    'templates/partials/heder.vto': 'x',
    'templates/home.vto': '{{ include "partials/heder.vto" }}',
    'templates/partials/advertisement.vto': 'x',
    'templates/assets/extra.html': 'x',
  });
  expect(places.map((place) => place.replace(':undefined:undefined', ''))).toEqual([
    'config/wrong-name templates/footer.vto',
    'config/wrong-name templates/partials/foter.vto',
    'config/wrong-name templates/post.html',
    'config/wrong-name templates/texts/de.yml',
  ]);
});

it('have texts whose placeholders the theme knows', async () => {
  const { places } = await faultsOf({
    'templates/texts/en.yaml': 'reading-time: "{m} minutes"\nposts: "some"\nown: "{m}"\nconstructor: "{m}"\n',
  });
  expect(places).toEqual(['config/unknown-text templates/texts/en.yaml:1:15']);
});
