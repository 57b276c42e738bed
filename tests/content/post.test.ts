// From a file to a post: fields, the names other systems have for them, and what is wrong with each.
import { describe, expect, it } from 'vitest';
import { brief, parsed, places } from './site.js';

/** A post with these lines of front matter, beside a title and a date. */
function withLines(...lines: string[]): string {
  return ['---', 'title: T', 'date: 2019-02-05', ...lines, '---', 'body', ''].join('\n');
}

function postOf(text: string, path = 'posts/x.md', yaml = '') {
  const { unaddressed, diagnostics } = parsed(text, path, yaml);
  expect(brief(diagnostics)).toEqual([]);
  if (unaddressed === undefined) throw new Error('no post');
  return unaddressed;
}

describe('a post', () => {
  it('has everything that its front matter says', () => {
    const yaml = [
      'title: "The $x$ way"',
      'date: 2019-02-05 10:00',
      'updated: 2020-01-02T23:00:00-08:00',
      'description: One  or',
      '  two sentences.',
      'summary: Short',
      'authors: [Kim, {name: Lee}]',
      'tags: [NLP, C++, nlp]',
      'categories: Maths, Notes',
      'series: Attention',
      'comments: attention-talk',
      'draft: false',
      'lang: KO',
      'slug: The Slug',
      'url: /a/b/',
      'aliases: [/old/, older]',
      'cover: {src: plot.svg, alt: A plot, caption: Fig.}',
      'layout: page',
      'toc: no',
    ];
    const unaddressed = postOf(
      `---\n${yaml.join('\n')}\n---\n\nbody\n`,
      'posts/x.md',
      'timezone: Asia/Seoul',
    );
    expect(unaddressed).toEqual({
      post: {
        path: 'posts/x.md',
        translationKey: 'posts/x',
        layout: 'page',
        macros: [],
        bibliography: [],
        slug: 'the-slug',
        title: 'The $x$ way',
        textPlaces: {
          title: { file: 'posts/x.md', line: 2, column: 9, length: 13 },
          description: { file: 'posts/x.md', line: 5, column: 14, length: 7 },
          summary: { file: 'posts/x.md', line: 7, column: 10, length: 5 },
          caption: { file: 'posts/x.md', line: 18, column: 46, length: 4 },
        },
        date: '2019-02-05',
        dateTime: '2019-02-05T10:00:00+09:00',
        updated: '2020-01-02',
        description: 'One or two sentences.',
        summary: 'Short',
        authors: ['Kim', 'Lee'],
        tags: ['NLP', 'C++'],
        categories: ['Maths', 'Notes'],
        series: ['Attention'],
        comments: 'attention-talk',
        draft: false,
        cover: {
          src: 'plot.svg',
          alt: 'A plot',
          caption: 'Fig.',
          place: { file: 'posts/x.md', line: 18, column: 14, length: 8 },
        },
        toc: false,
        body: '\nbody\n',
        bodyLine: 22,
      },
      names: ['nlp', 'c-plus-plus', 'nlp', 'maths', 'notes'].map((slug) => expect.objectContaining({ slug })),
      lang: 'ko',
      url: { text: '/a/b/', place: { file: 'posts/x.md', line: 16, column: 6, length: 5 } },
      aliases: [
        { text: '/old/', place: { file: 'posts/x.md', line: 17, column: 11, length: 5 } },
        { text: 'older', place: { file: 'posts/x.md', line: 17, column: 18, length: 5 } },
      ],
      addressPlace: { file: 'posts/x.md', line: 16, column: 6, length: 5 },
    });
  });

  it('needs no more than a date, which its file name can have', () => {
    expect(postOf('# Title\n', 'posts/2019-1-5-some-name.md').post.date).toBe('2019-01-05');
    const { post, lang } = postOf('# Title\n\nbody\n', 'posts/2019-01-26-some-name.ko.md');
    expect(post).toMatchObject({ date: '2019-01-26', slug: 'some-name', toc: true, draft: false, tags: [] });
    expect(post.title).toBeUndefined();
    expect(lang).toBe('ko');
  });

  it('keeps texts as they are written', () => {
    const { post } = postOf('---\ntitle: 1.10\ndate: 2019-02-05\ntags: [010, 12:30, yes, null]\n---\n');
    expect(post).toMatchObject({ title: '1.10', tags: ['010', '12:30', 'yes', 'null'] });
  });

  it('has its texts in NFC and without characters that break a page', () => {
    const nfd = '가'.normalize('NFD');
    const { post } = postOf(`---\ntitle: "${nfd}\\0\\x07b"\ndate: 2019-02-05\ntags: ${nfd}\n---\n`);
    expect(post).toMatchObject({ title: '가\uFFFD\uFFFDb', tags: ['가'] });
  });

  it('has no title where the title is empty', () => {
    expect(postOf('---\ntitle:\ndate: 2019-02-05\n---\n').post.title).toBeUndefined();
    expect(postOf('---\ntitle: "  "\ndate: 2019-02-05\n---\n').post.title).toBeUndefined();
  });

  it.each([
    ['title: abc', 8],
    ['title: "abc"', 9],
    ["title: 'abc'", 9],
  ])('knows where the text of %j begins', (line, column) => {
    const { post } = postOf(`---\n${line}\ndate: 2019-02-05\n---\n`);
    expect(post.textPlaces.title).toMatchObject({ line: 2, column });
  });
});

describe('the name of a file', () => {
  it.each([
    ['posts/a.md', 'a', undefined, 'posts/a'],
    ['posts/A b.md', 'a-b', undefined, 'posts/A b'],
    ['posts/한글.md', '한글', undefined, 'posts/한글'],
    ["posts/What's new: C# 100%?.md", 'whats-new-c-100', undefined, "posts/What's new: C# 100%?"],
    ['posts/a.ko.md', 'a', 'ko', 'posts/a'],
    ['posts/a.KO.md', 'a', 'ko', 'posts/a'],
    ['posts/x.v2.md', 'xv2', undefined, 'posts/x.v2'],
    ['posts/node.js.md', 'nodejs', undefined, 'posts/node.js'],
    ['posts/a.zh-CN.md', 'a', 'zh-CN', 'posts/a'],
    ['posts/a.pt-BR.md', 'apt-br', undefined, 'posts/a.pt-BR'],
    ['posts/name/index.md', 'name', undefined, 'posts/name/index'],
    ['posts/name/index.en.md', 'name', 'en', 'posts/name/index'],
    ['posts/sub/2020-10-31-name/index.ko.md', 'name', 'ko', 'posts/sub/2020-10-31-name/index'],
    ['posts/index.md', 'index', undefined, 'posts/index'],
    ['posts/2019-01-26-a.md', 'a', undefined, 'posts/2019-01-26-a'],
    ['posts/2019-1-5-a.md', 'a', undefined, 'posts/2019-1-5-a'],
    ['posts/2019-01-26.md', '2019-01-26', undefined, 'posts/2019-01-26'],
  ])('%s gives slug %j, language %j', (path, slug, lang, translationKey) => {
    const { post, ...rest } = postOf(
      '---\ntitle: T\ndate: 2019-02-05\n---\n',
      path,
      'languages: [en, zh-CN]',
    );
    expect(post).toMatchObject({ slug, translationKey, date: '2019-02-05' });
    expect(rest.lang).toBe(lang);
  });

  it.each([
    ['ko', 'ko'],
    ['ko-KR', 'ko'],
    ['ko_KR', 'ko'],
    ['zh-cn', 'zh-CN'],
    ['fr', 'fr'],
    ['pt-br', 'pt-BR'],
  ])('says less than lang: %s', (written, lang) => {
    const text = `---\ntitle: T\ndate: 2019-02-05\nlang: ${written}\n---\n`;
    expect(postOf(text, 'posts/a.en.md', 'languages: [en, ko, zh-CN]').lang).toBe(lang);
  });
});

describe('names of other systems', () => {
  it.each([
    ['pubDate: 2019-02-05', { date: '2019-02-05' }],
    ['pubDatetime: 2019-02-05T10:00:00Z', { dateTime: '2019-02-05T10:00:00Z' }],
    ['publishDate: Feb 5 2019', { date: '2019-02-05' }],
    ['published: 2019-02-05', { date: '2019-02-05' }],
    ['created: 2018-01-01\npublished: 2019-02-05', { date: '2019-02-05' }],
    ['pubDate: 2019-02-05\ncreatedAt: 2018-01-01', { date: '2019-02-05' }],
    ['dateCreated: 2019-02-05', { date: '2019-02-05' }],
    ['Date: 2019-02-05', { date: '2019-02-05' }],
  ])('%j is a date', (line, expected) => {
    expect(postOf(`---\ntitle: T\n${line}\n---\n`).post).toMatchObject(expected);
  });

  it.each([
    ['lastmod: 2020-01-02', { updated: '2020-01-02' }],
    ['last_modified_at: 2020-01-02 10:00', { updated: '2020-01-02' }],
    ['updatedDate: Jan 2 2020', { updated: '2020-01-02' }],
    ['modDatetime: null', {}],
    ['subtitle: S', { description: 'S' }],
    ['excerpt: S', { summary: 'S' }],
    ['author: Kim', { authors: ['Kim'] }],
    ['author: Martin Luther King, Jr.', { authors: ['Martin Luther King, Jr.'] }],
    ['author: {name: Kim, email: k@example.org}', { authors: ['Kim'] }],
    ['tag: a, b', { tags: ['a', 'b'] }],
    ['category: a', { categories: ['a'] }],
    ['tags:\n  - [Maths, Real Analysis]\n  - [[c], d]', { tags: ['Maths', 'Real Analysis', 'c', 'd'] }],
    ['categories: [[a]]', { categories: ['a'] }],
    ['heroImage: ../../assets/x.jpg\nheroImageAlt: A', { cover: { src: '../../assets/x.jpg', alt: 'A' } }],
    ['image: {path: /x.png, alt: A}', { cover: { src: '/x.png', alt: 'A' } }],
    ['cover: {image: x.png, relative: true, hidden: false}', { cover: { src: 'x.png', alt: '' } }],
    ['cover: {image: "", hidden: true}', { tags: [] }],
    ['showToc: false', { toc: false }],
    ['toc: {sidebar: left}', { toc: true }],
    ['published: true', { draft: false }],
    ['layout: post', { layout: 'post' }],
    ['layout: ../../layouts/BlogPost.astro', { layout: 'post' }],
    ['layout: page', { layout: 'page' }],
    ['math: true\ncomments: true\nweight: 3\nmacros: {a: b}', {}],
    ['description: D\nsubtitle: S', { description: 'D' }],
    ['subtitle: S\ndescription: D', { description: 'D' }],
  ])('%j is understood', (lines, expected) => {
    expect(postOf(withLines(lines)).post).toMatchObject(expected);
  });

  it('has its own date, whatever else a post has', () => {
    expect(postOf('---\ntitle: T\npubDate: 2020-01-01\ndate: 2019-02-05\n---\n').post.date).toBe(
      '2019-02-05',
    );
  });

  it('says that a key is not known, with the nearest', () => {
    const { unaddressed, diagnostics } = parsed(withLines('catagories: a', 'foo_bar: b', 'thanks: a'));
    expect(unaddressed).toBeDefined();
    expect(diagnostics.map(({ severity, line, column, hint }) => [severity, line, column, hint])).toEqual([
      ['warning', 4, 1, 'did you mean categories?'],
      ['warning', 5, 1, 'remove it, if no other program needs it'],
      ['warning', 6, 1, 'remove it, if no other program needs it'],
    ]);
  });
});

describe('a key that hides posts elsewhere', () => {
  const reported = (lines: string) =>
    parsed(withLines(lines)).diagnostics.map(({ severity, code, line, hint }) => [
      severity,
      code,
      line,
      hint,
    ]);

  it.each([
    'hidden: true',
    'expiryDate: 2020-01-01',
    'build: {render: never, list: never}',
    'build: {list: always, render: link}',
    '_build:\n  List: never',
    '_build: {render: false}',
    'headless: true',
    'Headless: yes',
    'robotsNoIndex: true',
    'noindex: true',
    'no_index: true',
    'robots: noindex',
    'robots: "NOINDEX, nofollow"',
    'robots: [nofollow, noindex]',
    'sitemap: false',
    'sitemap: {disable: true}',
    'unlisted: true',
    'status: draft',
  ])('is told: %j', (lines) => {
    expect(reported(lines)).toEqual([
      ['warning', 'front-matter/unknown-key', 4, 'write draft: true to leave the post out'],
    ]);
  });

  it.each([
    'hidden: false',
    'hidden:',
    'expiryDate:',
    'build: {render: always, list: local}',
    'build: {publishResources: false}',
    '_build: x',
    'headless: false',
    'robotsNoIndex: false',
    'noindex: false',
    'robots: index, follow',
    'robots:',
    'sitemap: {priority: 0.5, changefreq: never}',
    'sitemap: true',
    'sitemap:\n  __proto__: 1',
    'sitemap: {constructor: 1}',
    'status: published',
    'draft: true\nhidden: true',
  ])('is passed over: %j', (lines) => {
    expect(reported(lines).filter(([severity]) => severity === 'warning')).toEqual([]);
  });
});

describe('values that cannot be', () => {
  it.each([
    ['title: [a, b]', 'front-matter/invalid-value 4:8'],
    ['title: {a: b}', 'front-matter/invalid-value 4:8'],
    ['description:\n  - a', 'front-matter/invalid-value 5:3'],
    ['tags: {a: b}', 'front-matter/invalid-value 4:7'],
    ['tags: [a, {b: c}]', 'front-matter/invalid-value 4:11'],
    ['tags: [a, [b, {c: d}]]', 'front-matter/invalid-value 4:15'],
    ['tags:\n  - ok\n  - b: c', 'front-matter/invalid-value 6:5'],
    ['authors: [{email: x}]', 'front-matter/invalid-value 4:11'],
    ['draft: maybe', 'front-matter/invalid-value 4:8'],
    ['draft: [true]', 'front-matter/invalid-value 4:8'],
    ...['n', '0', 'maybe', '[false]'].map((value): [string, string] => [
      `published: ${value}`,
      'front-matter/invalid-value 4:12',
    ]),
    ['published: 2024-02-30', 'front-matter/bad-date 4:12'],
    ['publishDate: tomorrow', 'front-matter/bad-date 4:14'],
    ['toc: left', 'front-matter/invalid-value 4:6'],
    ['lang: Korean', 'front-matter/invalid-value 4:7'],
    ['lang: e', 'front-matter/invalid-value 4:7'],
    ['cover: [a]', 'front-matter/invalid-value 4:8'],
    ['cover: {src: [a]}', 'front-matter/invalid-value 4:14'],
    ['aliases: {a: b}', 'front-matter/invalid-value 4:10'],
    ['slug: [a]', 'front-matter/invalid-value 4:7'],
    ['macros: [a]', 'front-matter/invalid-value 4:9'],
    ['macros:\n  E: a\n  inner: [x, 2]\n  F: b', 'front-matter/invalid-value 6:10'],
    ['updated: tomorrow', 'front-matter/bad-date 4:10'],
    ['updated: 2024-02-30', 'front-matter/bad-date 4:10'],
    ['lastmod: [2024-01-01]', 'front-matter/bad-date 4:10'],
    ['slug: ../x', 'content/unsafe-path 4:7'],
    ['slug: /../x', 'content/unsafe-path 4:7'],
    ['slug: C:\\x', 'content/unsafe-path 4:7'],
    ['slug: "a\\0b"', 'content/unsafe-path 4:7'],
    ['slug: a/b', 'content/unsafe-path 4:7'],
    ['slug: "%2e%2e"', 'content/unsafe-path 4:7'],
    ['slug: "???"', 'content/unsafe-path 4:7'],
    ['slug: con', 'content/unsafe-path 4:7'],
    [`slug: ${'x'.repeat(300)}`, 'content/unsafe-path 4:7'],
  ])('%j is an error at its place', (line, fault) => {
    const text = line.startsWith('title') ? `---\n\ndate: 2019-02-05\n${line}\n---\n` : withLines(line);
    const { unaddressed, diagnostics } = parsed(text);
    expect(places(diagnostics)).toEqual([fault]);
    expect(diagnostics[0]?.hint).toBeDefined();
    expect(unaddressed).toBeUndefined();
  });

  it.each([
    ['2025-07-07 00:00:00 +/-TTTT', 'cannot be read from +/-TTTT on'],
    ['2025-07-07T00:00 CEST', 'cannot be read from CEST on'],
    ['2025-07-07 25:00', 'cannot be read from 25:00 on'],
    ['2025-07-07 noon', 'cannot be read from noon on'],
    ['2025-07-32 00:00', 'does not exist'],
    ['noon', 'is not a date'],
    ['2019年2月5日', 'is not a date'],
    ['2019-02/05', 'is not a date'],
  ])('says what is wrong with the date %s', (date, fault) => {
    const { diagnostics } = parsed(`---\ntitle: T\ndate: ${date}\n---\n`);
    expect(brief(diagnostics)).toEqual([`error front-matter/bad-date 3:7 date: ${date} ${fault}`]);
  });

  it.each([
    ['cover: {scr: plot.png}', 'cover.scr is not a known key (did you mean src?)'],
    ['cover: {src: x.png, atl: y, relative: true}', 'cover.atl is not a known key (did you mean alt?)'],
    ['tag: a\ntags: b', 'tag is passed over, because tags is given, too (put both into one)'],
    ['tags: b\nTags: a', 'Tags is passed over, because tags is given, too (put both into one)'],
    ['author: A\nauthors: A', undefined],
    ['category: a\ncategories: [b, a]', undefined],
    ['updated: 2019-02-06\nlastmod: 2019-02-07', undefined],
  ])('%j is not swallowed in silence', (line, told) => {
    const { diagnostics } = parsed(withLines(line));
    expect(diagnostics.map(({ message, hint }) => `${message} (${hint})`)).toEqual(told ? [told] : []);
  });

  it('names the macro that is none, not its neighbours', () => {
    const { diagnostics } = parsed(withLines('macros:\n  E: a\n  inner: [x, 2]\n  F: {a: b}\n'));
    expect(brief(diagnostics)).toEqual([
      'error front-matter/invalid-value 6:10 macros.inner must be TeX',
      'error front-matter/invalid-value 7:6 macros.F must be TeX',
    ]);
  });

  it('says all of them at once, with the key as written', () => {
    const { diagnostics } = parsed(
      '---\ntitle: [x]\npubDate: 2024-02-30\nisDraft: maybe\nslug: ../x\nfoo: 1\n---\n',
    );
    expect(brief(diagnostics)).toEqual([
      'warning front-matter/unknown-key 6:1 foo is not a known key',
      'error front-matter/invalid-value 2:8 title must be a text',
      'error front-matter/bad-date 3:10 pubDate: 2024-02-30 does not exist',
      'error front-matter/invalid-value 4:10 isDraft must be true or false',
      'error content/unsafe-path 5:7 slug ../x leaves its folder with . or ..',
    ]);
  });
});

it.each(['posts/CON.md', 'posts/🎉.md', 'posts/aux/index.md', `posts/${'x'.repeat(240)}.md`])(
  'A slug cannot be made of %s.',
  (path) => {
    expect(places(parsed(withLines(), path).diagnostics)).toEqual(['content/unsafe-path 1:1']);
    expect(parsed(withLines('slug: good'), path).diagnostics).toEqual([]);
  },
);

it('A value that cannot be does not hide that the date is missing.', () => {
  expect(places(parsed('---\ntitle: [x]\n---\n').diagnostics)).toEqual([
    'front-matter/invalid-value 2:8',
    'front-matter/missing-date 1:1',
  ]);
});

describe('dates', () => {
  it.each([
    ['---\ntitle: T\n---\n', 'posts/x.md', 'front-matter/missing-date 1:1'],
    ['---\ntitle: T\ndate:\n---\n', 'posts/x.md', 'front-matter/missing-date 3:1'],
    ['---\ntitle: T\npublished:\n---\n', 'posts/x.md', 'front-matter/missing-date 3:1'],
    ['no front matter', 'posts/x.md', 'front-matter/missing-date 1:1'],
    ['', 'posts/x.md', 'front-matter/missing-date 1:1'],
    ['---\ndate: 2024-02-30\n---\n', 'posts/x.md', 'front-matter/bad-date 2:7'],
    ['---\ndate: tomorrow\n---\n', 'posts/x.md', 'front-matter/bad-date 2:7'],
    ['---\ndate: 2024-01-01T10:00:00+25:00\n---\n', 'posts/x.md', 'front-matter/bad-date 2:7'],
    ['---\ndate: 2024-01-01 10:00 +14:99\n---\n', 'posts/x.md', 'front-matter/bad-date 2:7'],
    ['+++\ndate = 2024-02-30\n+++\n', 'posts/x.md', 'front-matter/bad-date 2:8'],
    ['+++\ndate = 07:32:00\n+++\n', 'posts/x.md', 'front-matter/bad-date 2:8'],
    ['text', 'posts/2019-02-30-x.md', 'front-matter/bad-date 1:1'],
  ])('%j in %s is an error', (text, path, fault) => {
    expect(places(parsed(text, path).diagnostics)).toEqual([fault]);
  });

  it('are not needed by a page', () => {
    expect(postOf('---\ntitle: About\nlayout: page\n---\n').post.date).toBeUndefined();
  });

  it('are of the day as written, in every time zone', () => {
    const text = '+++\ntitle = "T"\ndate = 2019-02-05T00:00:00+09:00\n+++\n';
    for (const zone of ['UTC', 'Asia/Seoul', 'America/St_Johns']) {
      expect(postOf(text, 'posts/x.md', `timezone: ${zone}`).post.date).toBe('2019-02-05');
    }
  });
});

describe('what is left out', () => {
  it.each([
    ['draft: true', 'draft', 'note content/draft 4:1 a draft, left out'],
    ['draft: yes', 'draft', 'note content/draft 4:1 a draft, left out'],
    ['published: false', 'draft', 'note content/draft 4:1 a draft, left out'],
    ['draft: false\npublished: false', 'draft', 'note content/draft 5:1 a draft, left out'],
    ['published: true\ndraft: true', 'draft', 'note content/draft 5:1 a draft, left out'],
  ])('%s', (line, hidden, note) => {
    const { diagnostics, ...rest } = parsed(withLines(line));
    expect(rest).toEqual({ hidden });
    expect(brief(diagnostics)).toEqual([note]);
    expect(parsed(withLines(line), 'posts/x.md', '', { drafts: true }).unaddressed?.post.draft).toBe(true);
  });

  it('a draft need not be finished', () => {
    expect(brief(parsed('---\ndraft: true\ntags: {a: b}\n---\n').diagnostics)).toEqual([
      'note content/draft 2:1 a draft, left out',
    ]);
  });

  it.each([
    ['2026-06-16', true],
    ['2026-06-15', false],
    ['2026-06-15T12:01:00+09:00', true],
    ['2026-06-15T11:59:00+09:00', false],
  ])('a post of %s: %s', (date, isHidden) => {
    const text = `---\ntitle: T\ndate: ${date}\n---\n`;
    const { hidden, diagnostics } = parsed(text);
    expect(hidden).toBe(isHidden ? 'future' : undefined);
    expect(places(diagnostics)).toEqual(isHidden ? ['content/future 3:1'] : []);
    expect(parsed(text, 'posts/x.md', '', { future: true }).unaddressed).toBeDefined();
  });
});

describe('a post with a day of publication of its own', () => {
  const future = { future: true };

  it('is left out until then, whatever its date', () => {
    const text = withLines('publishDate: 2999-01-01');
    const { hidden, diagnostics } = parsed(text);
    expect(hidden).toBe('future');
    expect(brief(diagnostics)).toEqual(['note content/future 4:1 dated 2999-01-01, left out until then']);
    const { post } = parsed(text, 'posts/x.md', '', future).unaddressed ?? {};
    expect(post).toMatchObject({ date: '2019-02-05', future: true });
  });

  it('is there from then on, with its date', () => {
    const { post } = postOf('---\ntitle: T\ndate: 2999-01-01\npublishDate: 2019-02-05\n---\n');
    expect(post).toMatchObject({ date: '2999-01-01' });
    expect(post.future).toBeUndefined();
  });

  it('can be a page', () => {
    const text = '---\ntitle: T\nlayout: page\npublishDate: 2999-01-01\n---\n';
    expect(parsed(text).hidden).toBe('future');
  });
});

describe('words that YAML takes away', () => {
  it.each([
    ['title: The #1 trick', 'front-matter/cut-at-comment 2:8'],
    ['tags: #nlp #ml', 'front-matter/cut-at-comment 2:7'],
    ['title: L4&#58; Sensors', 'front-matter/html-entity 2:10'],
    ["tags: ['R&D', 'R&amp;D']", 'front-matter/html-entity 2:17'],
    ['summary: >\n  a &lt; b', 'front-matter/html-entity 2:10'],
    ['title: "The $\\theta$ way"', 'front-matter/escape-in-formula 2:8'],
    ['title: "$\\nabla$ and $\\beta$"', 'front-matter/escape-in-formula 2:8'],
  ])('%s is a warning', (line, fault) => {
    const { unaddressed, diagnostics } = parsed(`---\n${line}\ndate: 2019-02-05\n---\n`);
    expect(places(diagnostics)).toEqual([fault]);
    expect(unaddressed).toBeDefined();
  });

  it.each([
    'title: "The #1 trick"',
    'title: From &str; to String',
    'title: The trick # a comment',
    'title: The trick\n  #weight: 1',
    'title: The trick\n#weight: 1',
    "title: 'The $\\theta$ way'",
    "title: 'AT&T; R&D, $a &lt; b$, `&nbsp;`'",
    'title: "The $\\\\theta$ way"',
    'title: "a\\tb costs $5"',
    'title: "Cost $a$\\tand\\n $b$ end"',
  ])('%s is not', (line) => {
    expect(parsed(`---\n${line}\ndate: 2019-02-05\n---\n`).diagnostics).toEqual([]);
  });

  it('a tag without a letter is left out, with a warning', () => {
    const { unaddressed, diagnostics } = parsed(withLines('tags: [nlp, "!?", aux]'));
    expect(places(diagnostics)).toEqual([
      'front-matter/unusable-name 4:13',
      'front-matter/unusable-name 4:19',
    ]);
    expect(unaddressed?.post.tags).toEqual(['nlp']);
  });
});
