// Languages that are written from right to left.
import { expect, it } from 'vitest';
import { isRightToLeft } from '../../src/content/languages.js';
import { siteOf } from '../site/build.js';

it.each([
  ...['ar', 'he', 'fa', 'ur', 'yi', 'ps', 'ug', 'ckb', 'dv', 'ar-EG', 'az-Arab'].map(
    (code) => [code, true] as const,
  ),
  ...['en', 'ko', 'zh-CN', 'az', 'ms', 'tr', 'xx', 'und'].map((code) => [code, false] as const),
])('%s is one: %s', (code, expected) => {
  expect(isRightToLeft(code)).toBe(expected);
});

it('Every page says in which direction it is read, unless that is from left to right.', async () => {
  const post = '---\ntitle: T\ndate: 2020-01-01\naliases: OLD\n---\nText.\n';
  const { files } = await siteOf({
    'site.yaml': 'baseUrl: https://example.org/\nlanguages: [ar, en]\n',
    'posts/a.ar.md': post.replace('OLD', '/old/'),
    'posts/a.en.md': post.replace('OLD', '/en/old/'),
  });
  const openings = Object.entries(files).flatMap(([path, text]) => {
    const [opening] = /<html [^>]*>/.exec(text) ?? [];
    return opening && path.endsWith('.html') ? [`${path.startsWith('en/') ? 'en' : 'ar'} ${opening}`] : [];
  });
  expect([...new Set(openings)].sort()).toEqual(['ar <html lang="ar" dir="rtl">', 'en <html lang="en">']);
  expect(files['404.html']).toContain('<p class="other" lang="en" dir="ltr">');
});
