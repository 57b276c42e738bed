// Names are divided as BibTeX divides them.
import { describe, expect, it } from 'vitest';
import { parseNames } from '../../src/bibliography/names.js';

/** A name as it is written, and its family, given and generation parts. */
const names: readonly (readonly [string, string, string?, string?])[] = [
  ['Ashish Vaswani', 'Vaswani', 'Ashish'],
  ['Vaswani, Ashish', 'Vaswani', 'Ashish'],
  ['Laurens van der Maaten', 'van der Maaten', 'Laurens'],
  ['van der Maaten, Laurens', 'van der Maaten', 'Laurens'],
  ['Ludwig van Beethoven', 'van Beethoven', 'Ludwig'],
  [
    "Charles Louis Xavier Joseph de la Vall{\\'e}e Poussin",
    'de la Vallée Poussin',
    'Charles Louis Xavier Joseph',
  ],
  ['King, Jr., Martin Luther', 'King', 'Martin Luther', 'Jr.'],
  ['Martin Luther King Jr.', 'King', 'Martin Luther', 'Jr.'],
  ['{Barnes and Noble, Inc.}', 'Barnes and Noble, Inc.'],
  ['{OpenAI}', 'OpenAI'],
  ['OpenAI', 'OpenAI'],
  ['{\\"O}zg{\\"u}r {\\c{S}}im{\\c{s}}ek', 'Şimşek', 'Özgür'],
  ['Jean-Paul Sartre', 'Sartre', 'Jean-Paul'],
  ['D. P. Kingma', 'Kingma', 'D. P.'],
  ['Donald~E. Knuth', 'Knuth', 'Donald E.'],
  ['Leonardo da Vinci', 'da Vinci', 'Leonardo'],
  ['jean de la fontaine', 'jean de la fontaine'],
  ['{de Finetti}, Bruno', 'de Finetti', 'Bruno'],
  ['Bruno {de Finetti}', 'de Finetti', 'Bruno'],
  ['홍길동', '홍길동'],
  ['홍, 길동', '홍길동'],
  ['홍 길동', '홍길동'],
  ['山田, 太郎', '山田太郎'],
  ['Иван Петров', 'Петров', 'Иван'],
];

describe('a name', () => {
  it.each(names)('%j is of the family %j', (written = '', family = '', given = '', suffix = '') => {
    expect(parseNames(written)).toEqual({ people: [{ family, given, suffix }], others: false, doubtful: [] });
  });
});

describe('a list of names', () => {
  it.each([
    ['Ada Kim and Bo Lee', ['Kim', 'Lee'], false],
    ['Kim, Ada AND Lee, Bo\n  and Park, C.', ['Kim', 'Lee', 'Park'], false],
    ['Kim, Ada and others', ['Kim'], true],
    ['{Kim and Lee} and Alexander Sand', ['Kim and Lee', 'Sand'], false],
    ['Anderson and Brandt', ['Anderson', 'Brandt'], false],
    ['', [], false],
  ])('%j is divided', (written, families, others) => {
    const { people, others: found } = parseNames(written);
    expect(people.map(({ family }) => family)).toEqual(families);
    expect(found).toBe(others);
  });

  it('is doubtful where it can hardly be meant, and says where', () => {
    expect(parseNames('Kim, A. and Lee, Jr, B. and Silva, Neto, E. and Doe, 1st, A.').doubtful).toEqual([]);
    expect(parseNames('Cho, K. and Kim, A., Lee, B.').doubtful).toEqual([
      { text: 'Kim, A., Lee, B.', index: 12 },
    ]);
    expect(parseNames('Kim, A.; Lee, B.').doubtful).toHaveLength(1);
    for (const list of [
      'Ada Kim & Bo Lee',
      'Kim, A. \\& Lee, B.',
      'Ada Kim, Bo Lee, Cy Po',
      '김철수, 이영희, 홍길동',
    ])
      expect(parseNames(list).doubtful, list).toEqual([{ text: list, index: 0 }]);
    for (const list of ['AT\\&T', '{Barnes & Noble}', 'Ford, III, Henry', 'Lee, {Jr.}, Bo', 'Roe, Ph.D., Al'])
      expect(parseNames(list).doubtful, list).toEqual([]);
    expect(parseNames('{Kim; Lee, A, B, C}').doubtful).toEqual([]);
  });
});
