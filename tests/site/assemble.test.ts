// The one join: orders, languages, translations, terms, dates.
import { describe, expect, it } from 'vitest';
import { assemble, type Parts } from '../../src/site/assemble.js';
import type { PostRecord, Site } from '../../src/types.js';
import { configOf, type Given, recordOf, render, texts } from '../markdown/render.js';

type Fields = NonNullable<Given['post']>;

const post = (slug: string, fields: Fields = {}): PostRecord =>
  recordOf(
    render('text', {
      post: {
        path: `posts/${slug}.md`,
        translationKey: `posts/${slug}`,
        url: `/posts/${slug}/`,
        slug,
        title: slug,
        ...fields,
      },
    }),
  );

function siteOf(rendered: readonly PostRecord[], yaml = '', parts: Partial<Parts> = {}): Site {
  const fixed = {
    config: configOf(yaml),
    defaultLanguage: 'en',
    hidden: [],
    faulty: [],
    assets: [],
    lastModified: new Map(),
    texts,
  };
  return assemble({ ...fixed, rendered, ...parts });
}

const slugs = (entries: readonly { readonly post: { readonly slug: string } }[] | undefined) =>
  entries?.map((entry) => entry.post.slug);

describe('the order of posts', () => {
  it('is by date, newest first, then by address, whatever the order of the files', () => {
    const posts = [
      post('a', { date: '2020-01-01' }),
      post('b', { date: '2021-01-01' }),
      post('d', { date: '2019-12-31' }),
      post('c', { date: '2020-01-01' }),
    ];
    expect(slugs(siteOf(posts).editions[0]?.posts)).toEqual(['b', 'a', 'c', 'd']);
    expect(slugs(siteOf(posts.toReversed()).editions[0]?.posts)).toEqual(['b', 'a', 'c', 'd']);
  });

  it('is by the instant on one day; without a time a day begins', () => {
    const posts = [
      post('none', { date: '2020-01-01' }),
      post('seoul-noon', { date: '2020-01-01', dateTime: '2020-01-01T12:00:00+09:00' }),
      post('utc-four', { date: '2020-01-01', dateTime: '2020-01-01T04:00:00Z' }),
      post('seoul-one', { date: '2020-01-01', dateTime: '2020-01-01T01:00:00+09:00' }),
    ];
    expect(slugs(siteOf(posts).editions[0]?.posts)).toEqual(['utc-four', 'seoul-noon', 'seoul-one', 'none']);
  });

  it('of pages is by address', () => {
    const pages = ['z', 'a', 'm'].map((slug) => post(slug, { layout: 'page' }));
    const [edition] = siteOf(pages).editions;
    expect(slugs(edition?.pages)).toEqual(['a', 'm', 'z']);
    expect(edition?.posts).toEqual([]);
  });
});

describe('languages', () => {
  const codes = (site: Site) => site.editions.map(({ language, home }) => [language.code, home]);

  it('are those configured, in their order, the default first, then those that posts name', () => {
    const posts = [post('a'), post('b', { lang: 'ja' }), post('c', { lang: 'fr' })];
    expect(codes(siteOf(posts, 'languages: [ko, en]', { defaultLanguage: 'ko' }))).toEqual([
      ['ko', '/'],
      ['en', '/en/'],
      ['fr', '/fr/'],
      ['ja', '/ja/'],
    ]);
  });

  it('that only a post names have the words of the site', () => {
    const site = siteOf([post('a', { lang: 'ko' })], 'title: T\nauthor: A');
    expect(site.editions.map(({ language }) => [language.code, language.title, language.author])).toEqual([
      ['en', 'T', 'A'],
      ['ko', 'T', 'A'],
    ]);
  });

  it('show their own posts and words', () => {
    const site = siteOf([post('a'), post('b', { lang: 'ko' })]);
    expect(site.editions.map((edition) => [slugs(edition.posts), edition.texts.note])).toEqual([
      [['a'], 'Note'],
      [['b'], '참고'],
    ]);
  });

  it('have a menu of what there is, unless one is configured', () => {
    const posts = [
      post('a', { tags: ['T'] }),
      post('about', { layout: 'page', url: '/about/', title: 'About $x$' }),
    ];
    const menu = (yaml: string) => siteOf(posts, yaml).editions[0]?.language.menu.map(({ url }) => url);
    expect(menu('')).toEqual(expect.arrayContaining(['/archives/', '/tags/', '/about/']));
    expect(menu('')).not.toContain('/categories/');
    expect(menu('languages: {en: {menu: [{name: X, url: /x/}]}}')).toEqual(['/x/']);
  });
});

describe('translations', () => {
  it('are found by their key, in every language', () => {
    const key = 'posts/one';
    const posts = [
      post('one', { translationKey: key }),
      post('one-ko', { translationKey: key, lang: 'ko' }),
      post('two', { translationKey: 'posts/two' }),
    ];
    const { translations } = siteOf(posts);
    expect(slugs(translations.get(key))).toEqual(['one', 'one-ko']);
    expect(slugs(translations.get('posts/two'))).toEqual(['two']);
  });
});

describe('tags', () => {
  const terms = (posts: readonly PostRecord[]) =>
    siteOf(posts).editions[0]?.tags.map(({ name, slug, entries }) => [name, slug, slugs(entries)]);

  it('that differ in case are one, as its oldest post writes it', () => {
    expect(
      terms([
        post('new', { date: '2021-01-01', tags: ['nlp', 'NLP'] }),
        post('old', { date: '2020-01-01', tags: ['NLP'] }),
      ]),
    ).toEqual([['NLP', 'nlp', ['new', 'old']]]);
  });

  it('are in the order of their language', () => {
    const names = ['b', 'Ä', 'a', 'C++', 'C', '나', '가'];
    expect(terms([post('x', { tags: names })])?.map(([name]) => name)).toEqual([
      'a',
      'Ä',
      'b',
      'C',
      'C++',
      '가',
      '나',
    ]);
  });

  it('may be named like properties of objects', () => {
    expect(
      terms([post('x', { tags: ['constructor', '__proto__', 'toString'] })])?.map(([name]) => name),
    ).toEqual(['__proto__', 'constructor', 'toString']);
  });
});

describe('the date of a revision', () => {
  const updated = (fields: Fields, history: Record<string, string> = {}) =>
    siteOf([post('a', fields)], '', { lastModified: new Map(Object.entries(history)) }).editions[0]?.posts[0]
      ?.updated;

  it('is that of the front matter, else that of git when it is after the date', () => {
    const history = { 'posts/a.md': '2022-02-02' };
    expect(updated({ date: '2020-01-01' })).toBeUndefined();
    expect(updated({ date: '2020-01-01' }, history)).toBe('2022-02-02');
    expect(updated({ date: '2020-01-01', updated: '2021-01-01' }, history)).toBe('2021-01-01');
    expect(updated({ date: '2022-02-02' }, history)).toBeUndefined();
    expect(updated({ date: '2023-01-01' }, history)).toBeUndefined();
  });
});
