// Languages and addresses of all posts together, and what cannot be.
import { describe, expect, it } from 'vitest';
import { addressed, brief, places } from './site.js';

const page = (...lines: string[]) => ['---', 'title: T', 'date: 2019-02-05', ...lines, '---', ''].join('\n');

function urls(files: Readonly<Record<string, string>>, yaml = ''): Record<string, string> {
  const { posts, diagnostics } = addressed(files, yaml);
  expect(brief(diagnostics)).toEqual([]);
  return Object.fromEntries(posts.map(({ path, url }) => [path.replace('posts/', ''), url]));
}

describe('the address of a post', () => {
  it('has the slug, and the language unless it is the default one', () => {
    const files = {
      'posts/sub/a.md': page(),
      'posts/c.ko.md': page(),
      'posts/2020-01-02-b/index.en.md': page(),
    };
    expect(urls(files, 'languages: [en, ko]')).toEqual({
      'sub/a.md': '/posts/a/',
      'c.ko.md': '/ko/posts/c/',
      '2020-01-02-b/index.en.md': '/posts/b/',
    });
    expect(urls(files, 'languages: [ko, en]')).toEqual({
      'sub/a.md': '/posts/a/',
      'c.ko.md': '/posts/c/',
      '2020-01-02-b/index.en.md': '/en/posts/b/',
    });
  });

  it.each([
    ['/:slug/', '/x/', '/ko/x/'],
    ['/:year/:month/:day/:slug', '/2019/02/05/x/', '/ko/2019/02/05/x/'],
    ['/:lang/posts/:year/:slug/', '/en/posts/2019/x/', '/ko/posts/2019/x/'],
    ['/:title.html', '/x.html', '/ko/x.html'],
  ])('follows the pattern %s', (permalink, english, korean) => {
    const files = { 'posts/x.md': page(), 'posts/x.ko.md': page() };
    const yaml = `languages: [en, ko]\npermalink: ${permalink}`;
    expect(urls(files, yaml)).toEqual({ 'x.md': english, 'x.ko.md': korean });
  });

  it('of a page has no folder, whatever the pattern', () => {
    const files = { 'posts/about.md': page('layout: page'), 'posts/about.ko.md': page('layout: page') };
    const yaml = 'languages: [en, ko]\npermalink: /:year/:slug/';
    expect(urls(files, yaml)).toEqual({ 'about.md': '/about/', 'about.ko.md': '/ko/about/' });
  });

  it.each([
    ['url: /ko/posts/2019/x/', '/ko/posts/2019/x/'],
    ['url: notes/x', '/notes/x/'],
    ['url: /x.html', '/x.html'],
    ['permalink: /:year/:title/', '/2019/a/'],
    ['url: /%ED%95%9C/', '/한/'],
    ['slug: Other Slug', '/ko/posts/other-slug/'],
  ])('is what %s says, also in another language', (line, url) => {
    expect(urls({ 'posts/a.ko.md': page(line) }, 'languages: [en, ko]')).toEqual({ 'a.ko.md': url });
  });
});

it('says which placeholder of a url it does not know', () => {
  const { diagnostics } = addressed({ 'posts/a.md': page('url: /:yaer/x/') });
  expect(diagnostics).toMatchObject([
    {
      code: 'content/unsafe-path',
      message: 'the address /:yaer/x/ has the unknown placeholder :yaer; did you mean :year?',
    },
  ]);
});

describe('the default language', () => {
  it.each([
    [['a.md'], 'en'],
    [['a.ko.md'], 'ko'],
    [['a.en.md', 'a.ko.md'], 'en'],
    [['a.de.md', 'a.ko.md'], 'de'],
    [['a.md', 'a.ko.md'], 'en'],
    [['a.md', 'b.md', 'c.ko.md'], 'en'],
    [['a.md', 'b.ko.md', 'c.ko.md'], 'ko'],
    [['a.md', 'a.ko.md', 'b.ko.md', 'c.ko.md'], 'en'],
    [['a.en.md', 'b.ko.md', 'c.ko.md'], 'ko'],
  ])('of %j is %s', (names, language) => {
    const files = Object.fromEntries(names.map((name) => [`posts/${name}`, page()]));
    const { defaultLanguage, diagnostics } = addressed(files);
    expect(diagnostics).toEqual([]);
    expect(defaultLanguage).toBe(language);
  });

  it('is the first that is configured', () => {
    expect(addressed({ 'posts/a.ko.md': page() }, 'languages: [fr, ko]').defaultLanguage).toBe('fr');
  });

  it('is that of posts which name none', () => {
    const { posts } = addressed({ 'posts/a.md': page(), 'posts/b.ko.md': page(), 'posts/c.ko.md': page() });
    expect(posts.map(({ lang }) => lang)).toEqual(['ko', 'ko', 'ko']);
  });
});

it('Translations have one key, by file name or by folder.', () => {
  const key = (...paths: string[]) => {
    const files = Object.fromEntries(
      paths.map((path) => [path, page(`lang: ${/\bko\b/.test(path) ? 'ko' : 'en'}`)]),
    );
    return addressed(files).posts.map(({ translationKey }) => translationKey);
  };
  expect(key('posts/a.md', 'posts/a.ko.md')).toEqual(['posts/a', 'posts/a']);
  expect(key('posts/en/a.md', 'posts/ko/a.md')).toEqual(['posts/a', 'posts/a']);
  expect(key('posts/a/index.en.md', 'posts/a/index.ko.md')).toEqual(['posts/a/index', 'posts/a/index']);
});

describe('aliases', () => {
  it('become site paths, without the address itself and without repetition', () => {
    const line = 'aliases: [/old/, old, /posts/x/, "/en/%ED%95%9C", /a.html]';
    const { posts, diagnostics } = addressed({ 'posts/x.md': page(line) });
    expect(diagnostics).toEqual([]);
    expect(posts[0]?.aliases).toEqual(['/old/', '/en/한/', '/a.html']);
  });

  it.each([
    ['aliases: [/ok/, ../x]', 'error', 'content/unsafe-path 4:17'],
    ['redirect_from:\n  - C:\\x', 'error', 'content/unsafe-path 5:5'],
    ['aliases: "/?p=123"', 'warning', 'content/unsafe-path 4:10'],
    ['aliases: /tags/', 'error', 'content/reserved-url 4:10'],
  ])('%j is reported', (line, severity, fault) => {
    const { diagnostics } = addressed({ 'posts/x.md': page(line) });
    expect(places(diagnostics)).toEqual([fault]);
    expect(diagnostics[0]?.severity).toBe(severity);
  });
});

describe('addresses that cannot be', () => {
  it.each([
    ...[
      '../x',
      '/../x',
      'C:\\x',
      '/a\\b',
      '/%2e%2e/x',
      '//x',
      '/con/',
      '/x./',
      '/.git/',
      '/a//b',
      'https://evil.example/',
    ],
    ...['/:foo/', '/a?b/', `/${'x'.repeat(300)}/`],
  ])('%j', (url) => {
    const { posts, diagnostics } = addressed({ 'posts/x.md': page(`url: ${url}`), 'posts/y.md': page() });
    expect(places(diagnostics)).toEqual(['content/unsafe-path 4:6']);
    expect(posts.map(({ path }) => path)).toEqual(['posts/y.md']);
  });

  it('NUL in an address', () => {
    expect(places(addressed({ 'posts/x.md': page('url: "/a\\0b/"') }).diagnostics)).toEqual([
      'content/unsafe-path 4:6',
    ]);
  });

  it.each([
    ...[
      '/',
      '/tags/',
      '/Tags/',
      '/categories/',
      '/archives/',
      '/search/',
      '/404.html',
      '/page/2/',
      '/index.xml',
    ],
    ...['/ko/', '/ko/tags/', '/ko/page/12/', '/index.html', '/sitemap.xml'],
  ])('%s belongs to the site', (url) => {
    const { diagnostics } = addressed({ 'posts/x.md': page(`url: ${url}`) }, 'languages: [en, ko]');
    expect(places(diagnostics)).toEqual(['content/reserved-url 4:6']);
  });

  it.each(['/page/', '/page/two/', '/tags/x/', '/archives/12/', '/kor/', '/en/'])('%s does not', (url) => {
    expect(addressed({ 'posts/x.md': page(`url: ${url}`) }, 'languages: [en, ko]').diagnostics).toEqual([]);
  });
});

describe('two files with one address', () => {
  it.each([
    [
      'two files in two folders',
      { 'posts/a/x.md': page(), 'posts/b/x.md': page() },
      'content/duplicate-url 1:1',
    ],
    [
      'three files',
      { 'posts/a/x.md': page(), 'posts/b/x.md': page(), 'posts/c/x.md': page() },
      'content/duplicate-url 1:1',
    ],
    ['a slug', { 'posts/x.md': page(), 'posts/y.md': page('slug: x') }, 'content/duplicate-url 4:7'],
    ['an url', { 'posts/x.md': page(), 'posts/y.md': page('url: /posts/x') }, 'content/duplicate-url 4:6'],
    [
      'upper case',
      { 'posts/x.md': page('url: /X/'), 'posts/y.md': page('url: /x/') },
      'content/duplicate-url 4:6',
    ],
    [
      'NFC and NFD',
      { 'posts/x.md': page('url: /가/'), 'posts/y.md': page(`url: /${'가'.normalize('NFD')}/`) },
      'content/duplicate-url 4:6',
    ],
    [
      'an alias',
      { 'posts/x.md': page(), 'posts/y.md': page('aliases: [/posts/x/]') },
      'content/duplicate-url 4:11',
    ],
    [
      'two aliases',
      { 'posts/x.md': page('aliases: /o/'), 'posts/y.md': page('aliases: /o/') },
      'content/duplicate-url 4:10',
    ],
    [
      'a file and a folder',
      { 'posts/x.md': page('url: /x.html'), 'posts/y.md': page('url: /x.html/y/') },
      'content/duplicate-url 4:6',
    ],
    [
      'a date prefix',
      { 'posts/2019-01-01-x.md': page(), 'posts/2020-01-01-x.md': page() },
      'content/duplicate-url 1:1',
    ],
    [
      'a page and a post',
      { 'posts/x.md': page('layout: page'), 'posts/y.md': page('url: /x/') },
      'content/duplicate-url 4:6',
    ],
  ])('by %s: all are named', (_name, files, fault) => {
    const { diagnostics } = addressed(files);
    expect(places(diagnostics)).toEqual([fault]);
    for (const path of Object.keys(files)) expect(diagnostics[0]?.message).toContain(path);
  });

  it('is not what translations have', () => {
    expect(urls({ 'posts/x.md': page(), 'posts/x.ko.md': page() })).toEqual({
      'x.md': '/posts/x/',
      'x.ko.md': '/ko/posts/x/',
    });
  });
});

describe('tags and categories at one address', () => {
  const faultsOf = (files: Readonly<Record<string, string>>, yaml = '') =>
    addressed(files, yaml).diagnostics.map(
      ({ severity, code, message, file, line, column }) =>
        `${file}:${line}:${column} ${severity} ${code} ${message}`,
    );

  it('are told, in one post and in several, each once', () => {
    const files = {
      'posts/a.md': page('tags: [v1.1, v11]'),
      'posts/b.md': page('tags: v11', 'categories: a/b'),
      'posts/c.md': page('tags: v1.1', 'categories: [x, ab, a.b]'),
    };
    const warning = 'warning front-matter/joined-names';
    expect(faultsOf(files)).toEqual([
      `posts/a.md:4:14 ${warning} v11 has the address of v1.1 (posts/a.md:4:8), /tags/v11/, so the two become one`,
      `posts/c.md:5:17 ${warning} ab has the address of a/b (posts/b.md:5:13), /categories/ab/, so the two become one`,
      `posts/c.md:5:21 ${warning} a.b has the address of a/b (posts/b.md:5:13), /categories/ab/, so the two become one`,
    ]);
    expect(addressed(files).posts.map(({ tags }) => tags)).toEqual([['v1.1'], ['v11'], ['v1.1']]);
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['differ in case alone', { 'posts/a.md': page('tags: [NLP, nlp]'), 'posts/b.md': page('tags: Nlp') }],
    ['differ in blanks alone', { 'posts/a.md': page('tags: [deep learning, Deep-Learning]') }],
    ['are a tag and a category', { 'posts/a.md': page('tags: v1.1', 'categories: v11') }],
    ['are of two languages', { 'posts/a.en.md': page('tags: v1.1'), 'posts/b.ko.md': page('tags: v11') }],
  ])('are no matter where they %s', (_, files) => {
    expect(faultsOf(files, 'languages: [en, ko]')).toEqual([]);
  });
});
