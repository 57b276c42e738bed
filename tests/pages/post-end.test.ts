// What surrounds a post's text: its series, links to share it, comments; and the script that counts readers.
import { describe, expect, it } from 'vitest';
import type { Tree } from '../output/tree.js';
import { siteOf } from '../site/build.js';

const baseUrl = 'baseUrl: https://example.org/blog/\nsearch: false\n';
const giscus =
  'comments: { giscus: { repo: kim/blog, repoId: R_1, category: Talk & more, categoryId: DIC_1 } }\n';

/** A page of a site of these posts, given as front matter by their names. */
async function pageOf(path: string, yaml: string, posts: Readonly<Record<string, string>>): Promise<string> {
  const sources = Object.entries(posts).map(([name, fields]) => [
    `posts/${name}.md`,
    `---\ntitle: ${name}\n${fields}\n---\nText of ${name}.\n`,
  ]);
  const files: Tree = { 'site.yaml': yaml, ...Object.fromEntries(sources) };
  const { report, files: made } = await siteOf(files);
  expect(report.diagnostics.filter(({ code }) => code !== 'config/no-base-url')).toEqual([]);
  return made[path] ?? '';
}

const partOf = (html: string, pattern: RegExp) => pattern.exec(html)?.[0];
const seriesOf = (html: string) => partOf(html, /<nav class="series"[\s\S]*?<\/nav>/);
const shareOf = (html: string) => partOf(html, /<div class="share">[\s\S]*?<\/div>/);
const commentsOf = (html: string) =>
  partOf(html, /<section class="comments"[\s\S]*?<\/section>\s*<script[^>]*>/);

describe('A series', () => {
  const parts = {
    one: 'date: 2020-01-01\nseries: From scratch',
    three: 'date: 2020-03-01\nseries: [from Scratch, Alone]',
    two: 'date: 2020-02-01\nseries: From scratch',
    other: 'date: 2020-02-02',
  };

  it('lists its parts in the order of their dates, and marks this one', async () => {
    expect(seriesOf(await pageOf('posts/two/index.html', baseUrl, parts))).toBe(
      [
        '<nav class="series" aria-label="Series: From scratch">',
        '<p><strong>From scratch</strong> Part 2 of 3</p>',
        '<ol>',
        '<li><a href="/blog/posts/one/">one</a></li>',
        '<li><span aria-current="page">two</span></li>',
        '<li><a href="/blog/posts/three/">three</a></li>',
        '</ol>',
        '</nav>',
      ].join('\n'),
    );
  });

  it('is not shown in other posts, and not as long as it has one part', async () => {
    expect(seriesOf(await pageOf('posts/other/index.html', baseUrl, parts))).toBeUndefined();
    const html = await pageOf('posts/three/index.html', baseUrl, parts);
    expect(html.match(/class="series"/g)).toHaveLength(1);
    expect(html).not.toContain('Alone');
  });

  it('has the parts of one language', async () => {
    const html = await pageOf('ko/posts/two/index.html', baseUrl, {
      ...parts,
      'one.ko': parts.one,
      'two.ko': parts.two,
    });
    expect(seriesOf(html)).toContain('<strong>From scratch</strong> 2편 중 2편');
  });
});

describe('Share links', () => {
  const post = { 'a & b': 'date: 2020-01-01\nslug: 글' };

  it('hand over address and title to the sites that are chosen, each with a name that says what it does', async () => {
    const all = 'share: [x, linkedin, reddit, hackernews, facebook, telegram, email]\n';
    const html = shareOf(await pageOf('posts/글/index.html', baseUrl + all, post)) ?? '';
    const address = encodeURIComponent('https://example.org/blog/posts/%EA%B8%80/');
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, link]) => link)).toEqual([
      `https://x.com/intent/post?text=a%20%26%20b&amp;url=${address}`,
      `https://www.linkedin.com/sharing/share-offsite/?url=${address}`,
      `https://www.reddit.com/submit?title=a%20%26%20b&amp;url=${address}`,
      `https://news.ycombinator.com/submitlink?t=a%20%26%20b&amp;u=${address}`,
      `https://www.facebook.com/sharer/sharer.php?u=${address}`,
      `https://t.me/share/url?text=a%20%26%20b&amp;url=${address}`,
      `mailto:?subject=a%20%26%20b&amp;body=${address}`,
    ]);
    const names = html
      .replace(/<[^>]*>/g, '')
      .trim()
      .split(/\n+/);
    expect(names).toEqual([
      'Share:',
      ...['X', 'LinkedIn', 'Reddit', 'Hacker News', 'Facebook', 'Telegram', 'E-mail'].map(
        (name) => `Share: ${name}`,
      ),
    ]);
    expect(html).not.toContain('<script');
  });

  it('are a few without being asked for, and none with share: []', async () => {
    const html = shareOf(await pageOf('posts/글/index.html', baseUrl, post));
    expect(html?.match(/<li>/g)).toHaveLength(5);
    expect(shareOf(await pageOf('posts/글/index.html', `${baseUrl}share: []\n`, post))).toBeUndefined();
  });

  it('need baseUrl, and are for posts', async () => {
    expect(shareOf(await pageOf('posts/글/index.html', 'search: false\n', post))).toBeUndefined();
    const page = { about: 'layout: page' };
    expect(shareOf(await pageOf('about/index.html', baseUrl, page))).toBeUndefined();
  });
});

describe('Comments', () => {
  const posts = {
    a: 'date: 2020-01-01\ncomments: a-thread',
    b: 'date: 2020-01-02',
    c: 'date: 2020-01-03\ncomments: no',
  };

  it('are loaded from the discussion that the front matter names, whatever the address', async () => {
    const html = commentsOf(await pageOf('posts/a/index.html', baseUrl + giscus, posts)) ?? '';
    expect(html).toContain(
      'data-repo="kim/blog" data-repo-id="R_1" data-category="Talk &amp; more" data-category-id="DIC_1" ' +
        'data-mapping="specific" data-term="a-thread" data-strict="1"',
    );
    expect(html).toContain('<a href="https://github.com/kim/blog/discussions?discussions_q=a-thread">');
    expect(html).toMatch(/<script src="\/blog\/assets\/comments\.[0-9a-f]{8}\.js" defer>$/);
  });

  it('are found by the address where it names none', async () => {
    const html = commentsOf(await pageOf('posts/b/index.html', baseUrl + giscus, posts)) ?? '';
    expect(html).toContain('data-mapping="pathname" data-strict="1"');
    expect(html).not.toContain('data-term');
  });

  it('speak the language of the post, where giscus does', async () => {
    const translated = { 'b.ko': posts.b, 'b.xh': posts.b, b: posts.b };
    const langOf = async (path: string) =>
      /data-lang="([^"]*)"/.exec(await pageOf(path, baseUrl + giscus, translated))?.[1];
    expect([await langOf('ko/posts/b/index.html'), await langOf('xh/posts/b/index.html')]).toEqual([
      'ko',
      'en',
    ]);
  });

  it('are off for a post that wants none, on lists, and without configuration', async () => {
    expect(await pageOf('posts/b/index.html', baseUrl + giscus, posts)).toContain('giscus');
    for (const path of ['posts/c/index.html', 'index.html'])
      expect(await pageOf(path, baseUrl + giscus, posts), path).not.toMatch(/giscus|comments\./);
    const { files } = await siteOf({ 'posts/b.md': `---\ntitle: b\n${posts.b}\n---\n` });
    expect(files['posts/b/index.html']).not.toContain('giscus');
    expect(Object.keys(files).filter((path) => path.startsWith('assets/comments'))).toEqual([]);
  });
});

describe('The script that counts readers', () => {
  const post = { a: 'date: 2020-01-01' };
  const scripts = async (yaml: string) =>
    [...(await pageOf('index.html', yaml, post)).matchAll(/<script src="(?!\/(?:blog\/)?assets)[^>]*>/g)].map(
      ([tag]) => tag,
    );

  it.each([
    [
      'https://stats.example/count.js\n  attributes: { data-domain: example.org }',
      '<script src="https://stats.example/count.js" defer data-domain="example.org">',
    ],
    ['/count.js\n  attributes: { async: }', '<script src="/blog/count.js" async>'],
    [
      '//stats.example/a.js\n  attributes: { data-x: <"> }',
      '<script src="//stats.example/a.js" defer data-x="&lt;&quot;&gt;">',
    ],
  ])('%j is on every page as it is configured', async (script, tag) => {
    expect(await scripts(`${baseUrl}analytics:\n  script: ${script}\n`)).toEqual([tag]);
  });

  it('is not there otherwise', async () => {
    expect(await scripts(baseUrl)).toEqual([]);
  });
});
