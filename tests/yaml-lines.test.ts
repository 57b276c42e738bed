import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placesIn } from '../src/place.js';
import { parseWhole } from '../src/yaml.js';
import { readLines } from '../src/yaml-lines.js';

const locate = (text: string) => placesIn('posts/a.md', text);

describe('lines of a key and a value', () => {
  it.each([
    'title: A post',
    '\ntitle: "Bandits: explore, or not? – 100%"\ndate: 2024-01-02\ntags: [one, "two words", 셋]\n',
    'date: 2024-01-02 10:30:00+09:00\nauthor: 박정수 (Park)\nurl: a/b.c\ndraft: true',
    "title: What's new? (Part 2, nearly all!)",
    'tags: [ a ,b-c.d,  "x" ]',
    'title: Templates of C++\ntags: [C++, g++]',
    "title: 'a \\ b: #c'",
    'baseUrl: https://example.org/\nurl: /about',
    '# $schema=x.json: "a" \ntitle: a\n#b\ndate: b\n#',
    'tags: []\nseries: [ ]',
    'tags:\n  - two words\n  - "c: d"\n  - e/f.\ntitle: x',
    'tags:\n- a\n- 셋\n\nseries:\n    - b\n',
  ])('%j is read without the parser', (text) => {
    const fields = readLines(text, locate(text));
    expect(fields?.size).toBeGreaterThan(0);
    expect({ fields, faults: [] }).toEqual(parseWhole(text, locate(text)));
  });

  it.each([
    '',
    '\n\n',
    'title:',
    'title: ',
    'title: a # b',
    'title: a: b',
    'title: a:',
    "title: 'it''s'",
    'title: "a\\"b"',
    'title: "a',
    'title: *a',
    'title: a\n  b',
    'title: a\ntitle: b',
    'tags: [a,]',
    'tags: [a: b]',
    'tags: [[a]]',
    'tags:\n',
    'tags:\n  - a\n - b',
    'tags:\n  - a\n  b',
    'tags:\n  - a: b',
    'tags:\n  - - a',
    'tags:\n  -  a',
    'tags:\n  -',
    'tags:\n\n  - a',
    'tags:\n  - a\n\n  - b',
    'tags:\n  - # a',
    'tags:\n\t- a',
    'a: {b: c}',
    '- a',
    'a: b\r',
    'a: b\t',
    '# a',
    'title: a\n # b',
    'tags:\n# a\n- b',
    'title: a\n#\tb',
    '"a": b',
    'a: |\n  b',
    '---\na: b',
  ])('%j is left to the parser', (text) => {
    expect(readLines(text, locate(text))).toBeUndefined();
  });
});

const piece = fc.constantFrom(
  ...['a', 'B7', '한글', 'é', ' ', ' ', ': ', ':', '#', ' #', ',', ', ', '-', '- ', '"', "'", '\\', '[', ']'],
  ...[
    '{',
    '}',
    '&',
    '*',
    '!',
    '|',
    '>',
    '%',
    '@',
    '`',
    '?',
    '=',
    '~',
    '\t',
    '\r',
    '.',
    '/',
    '+',
    '(',
    ')',
    '_',
  ],
  ...["it's", '?', '!', '&'],
  ...['null', 'true', '2024-01-01', '10:30', '$x$', '\u00a0', '\u2028', '\u0085', '\ufeff', '😀', '½', '٣'],
);
const value = fc.oneof(
  fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('')),
  fc.array(piece, { maxLength: 4 }).map((pieces) => `"${pieces.join('')}"`),
  fc
    .array(fc.array(piece, { maxLength: 3 }), { maxLength: 3 })
    .map((items) => `[${items.map((one) => one.join('')).join(',')}]`),
  fc.array(piece, { maxLength: 4 }).map((pieces) => `'${pieces.join('')}'`),
  fc
    .array(fc.tuple(fc.constantFrom('\n  - ', '\n  - ', '\n- ', '\n  -', '\n\n  - '), piece), {
      maxLength: 3,
    })
    .map((items) => items.flat().join('')),
);
const name = fc.constantFrom('title', '# title', '#', 'date', 'tags', 'a-b', '_x', 'null', 'é', '1');
const document = fc
  .array(fc.tuple(name, fc.constantFrom(': ', ': ', ': ', ':', ':', ':  '), value), {
    minLength: 1,
    maxLength: 4,
  })
  .map((lines) => lines.map((parts) => parts.join('')).join('\n'));

it('reads nothing otherwise than the parser', () => {
  let read = 0;
  fc.assert(
    fc.property(document, (text) => {
      const fields = readLines(text, locate(text));
      if (!fields) return;
      read += 1;
      expect({ fields, faults: [] }).toEqual(parseWhole(text, locate(text)));
    }),
    { numRuns: 5000 },
  );
  expect(read).toBeGreaterThan(100);
});
