// The words that say what a text is about.
import { expect, it } from 'vitest';
import { forEachTerm, printTerms, termsOf } from '../../src/site/vocabulary.js';

const names = (text: string, lang = 'en') => termsOf(text, lang).map(([term]) => term);

it('are those that it says often, with how often, in the singular', () => {
  const text = 'The decoder attends to encoders. An encoder encodes queries; each query meets encoders.';
  expect(termsOf(text, 'en').slice(0, 2)).toEqual([
    ['encoder', 3],
    ['query', 2],
  ]);
});

it('are not those that every text says, nor formulas', () => {
  expect(names('This is what they have: these things, which are however theirs.')).toEqual([]);
  expect(names('It has 𝐱ᵀ𝐲, maxᵢ and regret')).toEqual(['regret']);
  expect(names('They would', 'de')).toEqual(['would', 'they']);
});

it('are pairs of syllables in Korean, without particles and endings', () => {
  expect(names('추천은, 추천을, 추천에서. 취향의', 'ko')).toEqual(['추천', '취향']);
  expect(names('추천시스템을 만들었습니다', 'ko')).toEqual(['만들', '스템', '시스', '천시', '추천']);
  expect(names('그런 경우 때문에 있습니다', 'ko')).toEqual([]);
});

it('are few, however long the text, and do not depend on Unicode forms', () => {
  const long = Array.from({ length: 900 }, (_, index) => `word${index}`).join(' ');
  expect(termsOf(long, 'en')).toHaveLength(40);
  // Of equally heavy ones the first by name, after those that are heavier.
  const even = Array.from({ length: 60 }, (_, index) => `term${String(60 - index).padStart(2, '0')}abc`);
  expect(names([...even, 'regret', 'regret', 'tiny'].join(' '))).toEqual([
    'regret',
    ...even.toSorted().slice(0, 39),
  ]);
  expect(termsOf('취향 벡터'.normalize('NFD'), 'ko')).toEqual(termsOf('취향 벡터', 'ko'));
});

it('are plain data', () => {
  const terms = termsOf('constructor __proto__ toString 2024', 'en');
  expect(JSON.parse(JSON.stringify(terms))).toEqual(terms);
  expect(names('constructor toString')).toEqual(['constructor', 'tostring']);
});

it('comes back from its text', () => {
  for (const text of ['', 'Bandits explore arms, and bandits regret.', '추천 시스템의 취향 벡터']) {
    const terms = termsOf(text, 'ko');
    const read: (readonly [string, number])[] = [];
    forEachTerm(printTerms(terms), (term, count) => read.push([term, count]));
    expect(read).toEqual(terms);
  }
});
