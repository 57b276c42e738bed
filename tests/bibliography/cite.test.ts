// Citations in the text: names, years, letters, numbers, in English and Korean.
import { describe, expect, it } from 'vitest';
import {
  type CitationStyle,
  citeInBrackets,
  citeInText,
  labelWorks,
  sortWorks,
} from '../../src/bibliography/cite.js';
import { parseBibliography } from '../../src/bibliography/parse.js';
import { citationWords } from '../../src/bibliography/words.js';

const { entries } = parseBibliography(
  `@misc{vaswani2017, author = {Vaswani, A. and Shazeer, N. and Parmar, N.}, year = 2017}
   @misc{luong2015, author = {Luong, M. and Manning, C.}, year = 2015}
   @misc{openai, author = {{OpenAI}}, year = 2023}
   @misc{cut, author = {Brown, T. and others}, year = 2020}
   @misc{kim-b, author = {Kim, A.}, title = {B}, year = 2017}
   @misc{kim-a, author = {Kim, A.}, title = {A}, year = 2017}
   @misc{kim-c, author = {Kim, A.}, title = {C}, year = 2018}
   @misc{maaten, author = {van der Maaten, L.}, year = {in press}}
   @book{edited, editor = {Guyon, I.}, title = {Advances}, year = 2016}
   @misc{web, title = {One two three four five six seven}, url = {https://example.org}}
   @misc{org, title = {Report}, organization = {W3C}, year = 2020}
   @misc{bare, year = 2020}
   @misc{hong, author = {홍길동 and 김철수}, year = 2020}
   @misc{hongs, author = {홍길동 and 김철수 and 이영희}, year = 2021}
   @misc{cho, author = {조, 경현}, year = 2014}
   @misc{oslo, author = {Østby, Å.}, year = 2019}
   @misc{zhu, author = {Zhu, X.}, year = 2019}`,
  'references.bib',
);

const korean = citationWords({
  'cite-pair': '{a} & {b}',
  'cite-many': '{a} 등',
  'cite-in-text': '{names}{mark}',
  'cite-no-date': '연도 미상',
});
const english = citationWords({});

/** A citation as text; keys are written as in a post: `a, p. 3; -b`. */
function cite(written: string, style: CitationStyle, words = english, language = 'en'): string {
  const parts = written.split('; ').map((part) => /^([^,]*? )?(-?)([\w-]+)(,.*)?$/.exec(part) ?? []);
  const items = parts.map(([, prefix, minus, key = '', suffix]) => {
    return { key, yearOnly: minus === '-', hasPrefix: prefix !== undefined, hasSuffix: suffix !== undefined };
  });
  const labels = labelWorks(
    items.map(({ key }) => key),
    entries,
    language,
    words,
  );
  const text = citeInBrackets(items, labels, style);
  const content = text.items.map(
    (item, index) => `${item.before}${parts[index]?.[1] ?? ''}${item.text}${parts[index]?.[4] ?? ''}`,
  );
  return text.open + content.join('') + text.close;
}

function sentence(key: string, style: CitationStyle, words = english): string {
  const label = labelWorks([key], entries, 'en', words).get(key);
  const { names, mark } = label ? citeInText(label, style, words) : { names: '', mark: '' };
  return names + mark;
}

describe('a citation by author and year', () => {
  it.each([
    ['vaswani2017', '(Vaswani et al., 2017)'],
    ['luong2015', '(Luong and Manning, 2015)'],
    ['openai', '(OpenAI, 2023)'],
    ['cut', '(Brown et al., 2020)'],
    ['-luong2015', '(2015)'],
    ['vaswani2017; luong2015, p. 3', '(Vaswani et al., 2017; Luong and Manning, 2015, p. 3)'],
    ['see luong2015; also openai', '(see Luong and Manning, 2015; also OpenAI, 2023)'],
    ['kim-a; kim-b', '(Kim, 2017a, 2017b)'],
    ['kim-b; kim-a', '(Kim, 2017b, 2017a)'],
    ['kim-a, p. 3; kim-c', '(Kim, 2017, p. 3; Kim, 2018)'],
    ['kim-a; kim-c', '(Kim, 2017, 2018)'],
    ['maaten', '(van der Maaten, in press)'],
    ['edited', '(Guyon, 2016)'],
    ['web', '(“One two three four five six…”, n.d.)'],
    ['org', '(W3C, 2020)'],
    ['bare', '(bare, 2020)'],
    ['hong', '(홍길동·김철수, 2020)'],
  ])('of %s reads %s', (written, text) => {
    expect(cite(written, 'author-year')).toBe(text);
  });

  it.each([
    ['vaswani2017', '(Vaswani 등, 2017)'],
    ['luong2015', '(Luong & Manning, 2015)'],
    ['hong', '(홍길동·김철수, 2020)'],
    ['hongs', '(홍길동 등, 2021)'],
    ['cho', '(조경현, 2014)'],
    ['web', '(“One two three four five six…”, 연도 미상)'],
  ])('of %s reads %s in Korean', (written, text) => {
    expect(cite(written, 'author-year', korean, 'ko')).toBe(text);
  });

  it.each([
    ['vaswani2017', 'Vaswani et al. (2017)', 'Vaswani 등(2017)'],
    ['luong2015', 'Luong and Manning (2015)', 'Luong & Manning(2015)'],
    ['hong', '홍길동·김철수 (2020)', '홍길동·김철수(2020)'],
  ])('of %s in a sentence reads %s, in Korean %s', (key, inEnglish, inKorean) => {
    expect([sentence(key, 'author-year'), sentence(key, 'author-year', korean)]).toEqual([
      inEnglish,
      inKorean,
    ]);
  });

  it('has letters beyond z when it needs them', () => {
    const source = Array.from(
      { length: 28 },
      (_, index) => `@misc{k${index}, author = {Kim}, title = {T${100 + index}}, year = 2017}`,
    );
    const many = parseBibliography(source.join('\n'), 'x.bib').entries;
    const labels = labelWorks([...many.keys()], many, 'en', english);
    expect(['k0', 'k25', 'k26', 'k27'].map((key) => labels.get(key)?.year)).toEqual([
      '2017a',
      '2017z',
      '2017aa',
      '2017ab',
    ]);
  });

  it('sets a letter apart from a year that is none', () => {
    const undated = parseBibliography('@misc{a, author = {Kim}} @misc{b, author = {Kim}}', 'x.bib').entries;
    expect([...labelWorks(['b', 'a'], undated, 'en', english).values()].map(({ year }) => year)).toEqual([
      'n.d.-b',
      'n.d.-a',
    ]);
  });
});

describe('a citation by number', () => {
  it.each([
    ['vaswani2017', '[1]'],
    ['vaswani2017; luong2015', '[1, 2]'],
    ['luong2015; vaswani2017; luong2015', '[1, 2, 1]'],
    ['-luong2015', '[1]'],
    ['see vaswani2017, p. 3; luong2015', '[see 1, p. 3; 2]'],
  ])('of %s reads %s', (written, text) => {
    expect(cite(written, 'numeric')).toBe(text);
  });

  it('in a sentence has the names before it, without a space in Korean', () => {
    expect(sentence('vaswani2017', 'numeric')).toBe('Vaswani et al. [1]');
    expect(sentence('vaswani2017', 'numeric', korean)).toBe('Vaswani 등[1]');
  });
});

describe('a list by author and year', () => {
  const works = ['zhu', 'hong', 'oslo', 'kim-b', 'vaswani2017', 'kim-a', 'web'].flatMap(
    (key) => entries.get(key) ?? [],
  );

  it('is sorted as the language of the page sorts', () => {
    const order = (language: string) => sortWorks(works, language).map(({ key }) => key);
    expect(order('en')).toEqual(['kim-a', 'kim-b', 'web', 'oslo', 'vaswani2017', 'zhu', 'hong']);
    expect(order('ko')).toEqual(['hong', 'kim-a', 'kim-b', 'web', 'oslo', 'vaswani2017', 'zhu']);
    expect(order('da').indexOf('oslo')).toBeGreaterThan(order('da').indexOf('zhu'));
  });

  it('has one order, whatever the order of the text', () => {
    expect(sortWorks([...works].reverse(), 'en')).toEqual(sortWorks(works, 'en'));
  });
});
