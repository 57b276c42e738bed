// How a post of the blog can be cited.
import { describe, expect, it } from 'vitest';
import { type CitablePost, citePost } from '../../src/bibliography/cite-post.js';
import { parseBibliography } from '../../src/bibliography/parse.js';
import { plainText } from '../../src/bibliography/rich.js';
import { citationWords } from '../../src/bibliography/words.js';

const post: CitablePost = {
  authors: ['AngryPark'],
  title: ['The ', { tex: 'O(n^2)' }, ' way & 100% of it'],
  titleText: 'The O(n²) way & 100% of it',
  date: '2020-10-31',
  url: 'https://angrypark.github.io/posts/two-tower-model/',
  slug: 'two-tower-model',
  lang: 'en',
  siteTitle: 'AngryPark’s Blog',
};

const words = citationWords({});

describe('a post', () => {
  it('can be cited by BibTeX', () => {
    expect(citePost(post, words).bibtex).toBe(`@misc{angrypark2020-two-tower-model,
  author = {AngryPark},
  title = {{The $O(n^2)$ way \\& 100\\% of it}},
  year = {2020},
  month = oct,
  howpublished = {AngryPark’s Blog},
  url = {https://angrypark.github.io/posts/two-tower-model/},
}
`);
  });

  it.each<[string, Partial<CitablePost>, string, string[]]>([
    ['a plain one', {}, 'The $O(n^2)$ way & 100% of it', ['AngryPark']],
    [
      'one with every sign that TeX minds',
      { title: ['a~b^c_d#e{f}g\\h$i "j" — 한글'] },
      'a~b^c_d#e{f}g\\h$i "j" — 한글',
      ['AngryPark'],
    ],
    ['one with an unclosed brace', { title: ['{ or }'] }, '{ or }', ['AngryPark']],
    [
      'one by several',
      { authors: ['Ada Kim', '홍길동', 'Barnes and Noble, Inc.'] },
      'The $O(n^2)$ way & 100% of it',
      ['Kim', '홍길동', 'Barnes and Noble, Inc.'],
    ],
  ])('is read back from its BibTeX as what it is: %s', (_, changes, title, families) => {
    const { entries, diagnostics } = parseBibliography(
      citePost({ ...post, ...changes }, words).bibtex,
      'x.bib',
    );
    const [entry] = entries.values();
    expect(diagnostics).toEqual([]);
    expect(entry?.remarks).toEqual([]);
    expect(plainText(entry?.fields.title ?? [])).toBe(title);
    expect(entry?.authors.people.map(({ family }) => family)).toEqual(families);
    expect([entry?.year, entry?.links.url]).toEqual(['2020', post.url]);
  });

  it.each<[Partial<CitablePost>, string]>([
    [
      {},
      'AngryPark (2020). The O(n²) way & 100% of it. AngryPark’s Blog. https://angrypark.github.io/posts/two-tower-model/',
    ],
    [
      { authors: ['A B', 'C D'], titleText: 'Why?' },
      'A B and C D (2020). Why? AngryPark’s Blog. https://angrypark.github.io/posts/two-tower-model/',
    ],
    [
      { authors: ['A', 'B', 'C'], siteTitle: '' },
      'A, B, C (2020). The O(n²) way & 100% of it. https://angrypark.github.io/posts/two-tower-model/',
    ],
  ])('can be cited in words: %j', (changes, text) => {
    expect(citePost({ ...post, ...changes }, words).text).toBe(text);
  });

  it('can be cited in Korean words', () => {
    const korean = citationWords({ 'cite-in-text': '{names}{mark}' });
    expect(citePost({ ...post, titleText: '멀티 암드 밴딧' }, korean).text).toMatch(
      /^AngryPark\(2020\)\. 멀티 암드 밴딧\. /,
    );
  });

  it('tells machines what they ask', () => {
    expect(
      citePost({ ...post, authors: ['A', 'B'] }, words).meta.map(
        ({ name, content }) => `${name}: ${content}`,
      ),
    ).toEqual([
      'citation_title: The O(n²) way & 100% of it',
      'citation_author: A',
      'citation_author: B',
      'citation_publication_date: 2020/10/31',
      'citation_online_date: 2020/10/31',
      'citation_journal_title: AngryPark’s Blog',
      'citation_language: en',
      'citation_fulltext_html_url: https://angrypark.github.io/posts/two-tower-model/',
    ]);
  });

  it('leaves out what is not known', () => {
    const { date, url, ...rest } = post;
    const cited = citePost({ ...rest, authors: [], slug: '한글', siteTitle: '' }, words);
    expect([date, url].every((known) => known !== undefined)).toBe(true);
    expect(cited.bibtex).toBe('@misc{post,\n  title = {{The $O(n^2)$ way \\& 100\\% of it}},\n}\n');
    expect(cited.text).toBe('The O(n²) way & 100% of it.');
    expect(cited.meta.map(({ name }) => name)).toEqual(['citation_title', 'citation_language']);
  });
});
