// Counts in words of the page's language, or of the one that lends it words.
import { expect, it } from 'vitest';
import { siteOf } from '../site/build.js';

it('Whether one is counted or many is decided by the language from which the words are.', async () => {
  const post = '---\ntitle: T\ndate: 2020-01-01\n---\nText.\n';
  const { files } = await siteOf({
    'site.yaml': 'baseUrl: https://example.org/\nlanguages: { en: , ja: , fr: , ko: }\n',
    'posts/a.ja.md': post,
    'posts/a.fr.md': post,
    'posts/a.ko.md': post,
    'templates/texts/fr.yaml': 'posts-count-one: "{n} billet"\nposts-count-many: "{n} billets"\n',
  });
  const [count, rule] = [/<h2>2020 <small>(.*?)<\/small>/, /data-rule="(.*?)"/];
  const read = (pattern: RegExp, path: string) => pattern.exec(files[path] ?? '')?.[1];
  expect(read(count, 'ja/archives/index.html')).toBe('1 post');
  expect(read(count, 'fr/archives/index.html')).toBe('1 billet');
  expect(read(count, 'ko/archives/index.html')).toBe('글 1개');
  expect(['ja', 'fr', 'ko'].map((code) => read(rule, `${code}/search/index.html`))).toEqual([
    'en',
    'en',
    'ko',
  ]);
});
