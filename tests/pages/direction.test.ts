// Languages that are written from right to left.
import { expect, it } from 'vitest';
import { isRightToLeft } from '../../src/direction.js';
import { siteOf } from '../site/build.js';

it.each([
  ...['ar', 'he', 'fa', 'ur', 'yi', 'ps', 'ug', 'ckb', 'dv', 'ar-EG', 'az-Arab'].map(
    (code) => [code, true] as const,
  ),
  ...['en', 'ko', 'zh-CN', 'az', 'ms', 'tr', 'xx', 'und'].map((code) => [code, false] as const),
])('%s is one: %s', (code, expected) => {
  expect(isRightToLeft(code)).toBe(expected);
});

it('A formula in a title or on a card reads from left to right in such a language, and in others is as it was.', async () => {
  const post = '---\ntitle: لماذا $5 - 3 = 2$\ndate: 2020-01-01\n---\nلدينا $5 - 3 = 2$ هنا.\n';
  const { files } = await siteOf({
    'site.yaml': 'baseUrl: https://example.org/\nlanguages: [ar, en]\n',
    'posts/a.ar.md': post,
    'posts/b.en.md': post,
  });
  const formula = '\u20665 − 3 = 2\u2069';
  expect(files['index.html']).toContain(`لماذا ${formula}</a>`);
  expect(files['index.html']).toContain(`<p class="excerpt">لدينا ${formula} هنا.</p>`);
  expect(files['archives/index.html']).toContain(`لماذا ${formula}</a>`);
  expect(Object.keys(files)).toContain('posts/a/index.html');
  expect(files['en/index.html']).toContain('<p class="excerpt">لدينا 5 − 3 = 2 هنا.</p>');
  expect(files['en/index.html']).not.toContain('\u2066');
});

it('English texts of the interface do not mix with what stands beside them.', async () => {
  const { files } = await siteOf({
    'site.yaml': 'baseUrl: https://example.org/\nlanguages: [ar, de]\n',
    'posts/a.ar.md': '---\ntitle: T\ndate: 2020-01-01\nauthor: Zoë\n---\nText.\n',
    'posts/a.de.md': '---\ntitle: T\ndate: 2020-01-01\nauthor: Zoë\n---\nText.\n',
    'templates/texts/ar.yaml': 'draft: مسودة\n',
  });
  expect(files['posts/a/index.html']).toContain('\u20681 min\u2069 · Zoë');
  expect(files['archives/index.html']).toContain('<small>\u20681 post\u2069</small>');
  expect(files['de/posts/a/index.html']).toContain(' · 1 min · Zoë');
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
