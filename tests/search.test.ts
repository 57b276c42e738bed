// What the search index is made of, when it is made, and the page that searches it. That words are found is tested in
// a browser, by tests/browser/search.test.ts.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { pagefindIndex, searchIndex } from '../src/output/search.js';
import { type SearchRecord, searchRecords } from '../src/search/records.js';
import { hiddenWords, separator } from '../src/search/words.js';
import { assemble } from '../src/site/assemble.js';
import { configOf, recordOf, render, texts } from './markdown/render.js';
import { makeFolder } from './output/tree.js';
import { brief, siteOf } from './site/build.js';

describe('A text is found by', () => {
  it.each([
    [
      'every end of a Korean word, but its last syllable',
      '추천시스템을',
      ['천시스템을', '시스템을', '스템을', '템을'],
    ],
    ['a word as it is composed', '두탑은'.normalize('NFD'), ['탑은']],
    ['what stands behind another script', 'GPU기반 딥러닝API', ['기반', '러닝api', '닝api', 'api']],
    ['a word without its accents', 'café Schrödinger', ['cafe', 'schrodinger']],
    ['a word once', '밴딧을 밴딧을', ['딧을']],
    ['letters and digits as they are typed', 'in 𝓞(n²), 𝔼[X] ϵ-greedy', ['ϵ', 'o(n2),', 'e[x]', 'ε-greedy']],
    ['nothing more where words begin as they are sought', 'plain words… GPU를 x − 2 日本語', []],
  ])('%s', (_, text, words) => {
    expect(hiddenWords(text)).toEqual(words);
  });

  it('every part of a text without blanks that somebody may type, and not by its ends whole', () => {
    const text = Array.from({ length: 5000 }, (_, index) => String.fromCharCode(0xac00 + index)).join('');
    const words = hiddenWords(text);
    expect(words[99]).toBe(text.slice(100, 130));
    expect(words.join('').length).toBeLessThan(30 * text.length);
  });
});

const record = (content: string, language = 'en'): SearchRecord => ({
  url: `/${content}/`,
  language,
  content,
  meta: { title: content },
});

describe('The index', () => {
  it('is the same whenever it is made of the same records', async () => {
    const records = [record('one'), record('two'), record('셋', 'ko')];
    const [first, second] = [await pagefindIndex(records), await pagefindIndex(records)];
    expect(second).toEqual(first);
    expect(first.map(({ path }) => path.replace(/_\w+/, ''))).toEqual([
      'fragment/en.pf_fragment',
      'fragment/en.pf_fragment',
      'fragment/ko.pf_fragment',
      'index/en.pf_index',
      'index/ko.pf_index',
      'pagefind-entry.json',
      'pagefind.en.pf_meta',
      'pagefind.js',
      'pagefind.ko.pf_meta',
      'wasm.en.pagefind',
      'wasm.unknown.pagefind',
    ]);
  });

  it('is made again only when a record has changed', async () => {
    const cache = join(makeFolder(), 'search');
    let made = 0;
    const indexer = async (records: readonly SearchRecord[]) => {
      made++;
      return [
        { path: 'a.json', content: JSON.stringify(records) },
        { path: 'b', content: new Uint8Array([0, 255, 10]) },
        { path: 'empty', content: '' },
      ];
    };
    const contents = async (...records: SearchRecord[]) =>
      (await searchIndex(records, cache, indexer)).files.map(({ path, content }) => [
        path,
        Buffer.from(content),
      ]);
    const first = await contents(record('one'), record('two'));
    expect(await contents(record('one'), record('two'))).toEqual(first);
    expect(made).toBe(1);
    expect(await contents(record('one'), record('too'))).not.toEqual(first);
    expect(await contents(record('one'), record('two'))).toEqual(first);
    expect(made).toBe(3);
    expect(readdirSync(cache)).toEqual(['index']);

    // A cache that somebody has changed is none.
    const entry = join(cache, 'index');
    writeFileSync(entry, readFileSync(entry, 'latin1').replace('one', 'two'), 'latin1');
    expect(await contents(record('one'), record('two'))).toEqual(first);
    writeFileSync(entry, '');
    expect(await contents(record('one'), record('two'))).toEqual(first);
    expect(made).toBe(5);
  });

  it('is waited for no longer when the program that makes it does not run', async () => {
    // Node does not know the flag that Pagefind is started with, and ends at once.
    vi.stubEnv('PAGEFIND_EXTENDED_BINARY_PATH', process.execPath);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    await expect(pagefindIndex([record('one')])).rejects.toThrow(/ended early|closed/);
  });

  it('is no condition of the site: where it cannot be made, there is a warning', async () => {
    const failing = () => Promise.reject(new Error('Failed to install pagefind\nfor this platform'));
    const { files, folder, diagnostics } = await searchIndex([record('one')], undefined, failing);
    expect([files, folder]).toEqual([[], undefined]);
    expect(diagnostics).toMatchObject([{ severity: 'warning', code: 'search/unavailable' }]);
    expect(diagnostics[0]?.message).toMatch(/Failed to install pagefind$/);
  });
});

const files = {
  'site.yaml': 'baseUrl: https://example.org/blog/\nlanguages: { en: , ko: , de: }\n',
  'posts/a.md': '---\ntitle: A\ndate: 2020-01-31\ntags: [Maths]\n---\nText.\n',
  'posts/가.ko.md': '---\ntitle: 제목\ndate: 2020-01-01\n---\n글입니다.\n',
};

const isIndex = (path: string) => path.startsWith('search/pagefind/');

describe('The site', () => {
  it('has a search page for each language that has something to find', async () => {
    const { report, files: made } = await siteOf(files);
    expect(brief(report)).toEqual([]);
    expect(Object.keys(made).filter((path) => path.endsWith('search/index.html'))).toEqual([
      'search/index.html',
      'ko/search/index.html',
    ]);
    expect(made['search/index.html']).toContain('data-index="/blog/search/pagefind/"');
    expect(made['search/index.html']).toMatch(/<script src="\/blog\/assets\/search\.[0-9a-f]{8}\.js" defer>/);
    expect(made['search/index.html']).toMatch(/<noscript>.*<a href="\/blog\/archives\/">Archive<\/a>/);
    expect(made['search/index.html']).toContain('<meta name="robots" content="noindex">');
    expect(made['sitemap.xml']).not.toContain('/search/');
    expect(
      Object.keys(JSON.parse(made['search/pagefind/pagefind-entry.json'] ?? '').languages).sort(),
    ).toEqual(['en', 'ko']);
  });

  it('leads there from its menu and from the page that is not found', async () => {
    const { files: made } = await siteOf(files);
    const links = (path: string, pattern: RegExp) =>
      [...(pattern.exec(made[path] ?? '')?.[0] ?? '').matchAll(/<a href="([^"]*)"/g)].map(
        ([, address]) => address,
      );
    const menu = /<nav class="menu"[\s\S]*?<\/nav>/;
    expect(links('index.html', menu)).toEqual(['/blog/archives/', '/blog/tags/', '/blog/search/']);
    expect(links('ko/index.html', menu)).toEqual(['/blog/ko/archives/', '/blog/ko/search/']);
    expect(links('de/index.html', menu)).toEqual([]);
    expect(links('404.html', /<main[\s\S]*<\/main>/)).toEqual([
      ...['/blog/', '/blog/archives/', '/blog/search/', '/blog/tags/'],
      ...['/blog/ko/', '/blog/de/'],
      '/blog/posts/a/',
    ]);
  });

  it('has no trace of search with search: false', async () => {
    const off = { ...files, 'site.yaml': `${files['site.yaml']}search: false\n` };
    const { report, files: made } = await siteOf(off);
    expect(brief(report)).toEqual([]);
    expect(made['index.html']).toContain('<main');
    expect(Object.keys(made).filter((path) => /search/.test(path))).toEqual([]);
    expect(
      Object.entries(made).filter(([path, html]) => path.endsWith('.html') && html.includes('/search/')),
    ).toEqual([]);
  });

  it('has no index of what is only looked through for mistakes', async () => {
    const { files: made, report } = await siteOf(files, { check: true });
    expect([Object.keys(made).filter(isIndex), brief(report)]).toEqual([[], []]);
  });
});

it('A record holds plain text: formulas as they are read, no blocks of code and no markup', () => {
  const body = [
    'Text with `code` and $\\alpha_i \\le x^2$.\n\n## Heading\n\n```js\nnoise();\n```',
    '| cell |\n|---|\n| *one* |',
  ].join('\n\n');
  const given = {
    ...{ title: 'The $O(n^2)$ way', date: '2020-01-31', tags: ['Maths'] },
    ...{
      description: 'With $\\pi$.',
      cover: { src: 'x.svg', alt: '', caption: 'A *curve*', place: { file: 'posts/case.md' } },
    },
  };
  const rendered = recordOf(render(body, { post: given }));
  const config = configOf('baseUrl: https://example.org/blog/');
  const site = assemble({
    ...{ config, texts, defaultLanguage: 'en', rendered: [rendered] },
    ...{ hidden: [], faulty: [], assets: [], lastModified: new Map() },
  });
  const [first] = searchRecords(site);
  const [text, hidden] = first?.content.split(` ${separator} `) ?? [];
  expect(text).toBe('With π. A *curve* Text with code and αᵢ ≤ x². Heading cell one');
  expect(hidden).toMatch(/^The O\(n²\) way The O\(n²\) way .* Maths/);
  expect(first).toMatchObject({
    url: '/blog/posts/case/',
    language: 'en',
    meta: { title: 'The O(n²) way', date: 'January 31, 2020' },
  });
});
