// The theme's files as they are sent.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { compact } from '../../src/output/compact.js';
import { siteOf } from '../site/build.js';

const theme = (name: string) => readFileSync(join(import.meta.dirname, '../../templates/assets', name));

/** Lines of a script without comments, each as a text that could stand anywhere. */
const statements = (script: string) =>
  script
    .replace(/\/\*\*.*\*\//g, '')
    .split('\n')
    .filter((line) => !/^\s*\/\//.test(line))
    .map((line) => line.trim())
    .filter(Boolean);

it.each(['theme.js', 'comments.js', 'search.js'])('are the same program: %s', (name) => {
  const written = theme(name).toString();
  const sent = compact(name, theme(name)).toString();
  expect(sent.split('\n').slice(0, -1)).toEqual(statements(written));
  // Where a text begins, it ends: taking a line's indentation away changes no text.
  const openLines = statements(written).filter(
    (line) => (line.match(/`/g) ?? []).length % 2 || line.endsWith('\\'),
  );
  expect(openLines).toEqual([]);
  expect(() => new Function(sent)).not.toThrow();
  expect(sent.length).toBeLessThan(written.length * 0.9);
});

it('are themselves where they are neither scripts nor styles', () => {
  expect(compact('a.svg', Buffer.from('  <svg/>\n'))).toEqual(Buffer.from('  <svg/>\n'));
});

it('are as the site has written them, where it has put its own in their place', async () => {
  const own = '// Mine.\n  const text = `\n  // two lines`;\n';
  const { files } = await siteOf({
    'site.yaml': 'search: false\n',
    'posts/a.md': '---\ntitle: A\ndate: 2026-01-01\n---\nHello',
    'templates/assets/theme.js': own,
  });
  const at = (name: RegExp) => files[Object.keys(files).find((path) => name.test(path)) ?? ''];
  expect(at(/theme\.\w+\.js$/)).toBe(own);
  expect(at(/style\.\w+\.css$/)).not.toMatch(/^\s|\/\*/m);
});

it('are less than 4 KB of scripts on a page with everything, comments too', async () => {
  const { files } = await siteOf({
    'site.yaml': `search: false
baseUrl: https://example.org/
comments: {giscus: {repo: kim/blog, repoId: R, category: C, categoryId: D}}
`,
    'posts/a.md': '---\ntitle: A\ndate: 2026-01-01\n---\n## One\n\n```py\n1\n```\n\n$$ x $$\n',
  });
  const page = String(files['posts/a/index.html']);
  const loaded = [...page.matchAll(/<script src="\/([^"]+)"/g)].map(([, path = '']) => String(files[path]));
  const inline = [...page.matchAll(/<script>(.*?)<\/script>/gs)].map(([, code = '']) => code);
  expect([loaded.length, inline.length]).toEqual([2, 1]);
  const weights = [...loaded, ...inline].map((code) => gzipSync(code).length);
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThan(4000);
});
