// The page for addresses that lead nowhere.
import { expect, it } from 'vitest';
import { siteOf } from '../site/build.js';

const post = '---\ntitle: T\ndate: 2020-01-01\n---\nText.\n';

async function pagesOf(languages: string) {
  const { files } = await siteOf({
    'site.yaml': `title: Notes\nbaseUrl: https://example.org/blog/\nsearch: false\nlanguages: ${languages}\n`,
    'posts/a.md': post,
  });
  const othersIn = (path: string) => files[path]?.match(/<p class="other".*<\/p>/g) ?? [];
  return { files, othersIn };
}

it('The one that hosts serve for every address leads to the homes of the other languages, in their words.', async () => {
  const { othersIn } = await pagesOf('{ en: , ko: { title: 공책 } }');
  expect(othersIn('404.html')).toEqual([
    '<p class="other" lang="ko">페이지를 찾을 수 없습니다: <a href="/blog/ko/" hreflang="ko">공책</a></p>',
  ]);
  expect(othersIn('ko/404.html')).toEqual([]);
});

it('A site of one language has none.', async () => {
  const { files, othersIn } = await pagesOf('{ en: }');
  expect(files['404.html']).toContain('class="not-found"');
  expect(othersIn('404.html')).toEqual([]);
});
