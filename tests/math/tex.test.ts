import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../src/math/edits.js';
import { argumentAt, deeperThan, optionAt, textOf, tokenize } from '../../src/math/tex.js';

const texts = (tex: string) => tokenize(tex).map(({ text }) => text);

describe('tokens', () => {
  test.each([
    ['\\alpha x', ['\\alpha', ' ', 'x']],
    ['\\alphax1', ['\\alphax', '1']],
    ['\\{a\\}\\\\\\,', ['\\{', 'a', '\\}', '\\\\', '\\,']],
    ['a% b\nc\\%d', ['a', 'c', '\\%', 'd']],
    ['a%', ['a']],
    ['\\verb|a%b|c', ['\\verb|a%b|', 'c']],
    ['𝒳é\u0301', ['𝒳', 'é\u0301']],
    ['\\\ud83d\ude00', ['\\😀']],
    ['\\', ['\\']],
    ['\\ x \r\n\ty', ['\\ ', 'x', ' \r\n\t', 'y']],
  ])('of %j', (tex, expected) => {
    expect(texts(tex)).toEqual(expected);
  });

  test('cover the source without comments, in order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const tex = text.replaceAll('%', '');
        expect(texts(tex).join('')).toBe(tex);
        for (const { text: token, start, end } of tokenize(text)) expect(text.slice(start, end)).toBe(token);
      }),
    );
  });
});

test('arguments are groups or single tokens, options stand in brackets', () => {
  const tokens = tokenize('\\f [a{]}b] {x{y}} z');
  const option = optionAt(tokens, 1);
  expect(option && textOf(tokens, option)).toBe('a{]}b');
  const first = argumentAt(tokens, option?.next ?? 0);
  expect(first && textOf(tokens, first)).toBe('x{y}');
  const second = argumentAt(tokens, first?.next ?? 0);
  expect(second && textOf(tokens, second)).toBe('z');
  expect(argumentAt(tokens, second?.next ?? 0)).toBeUndefined();
  expect(optionAt(tokenize('[a}'), 0)).toBeUndefined();
});

test('the first token that is too deep is found, and neighbours are not nested', () => {
  expect(deeperThan(`${'{'.repeat(5)}x${'}'.repeat(5)}`, 4)?.start).toBe(4);
  expect(deeperThan('{x}'.repeat(300), 200)).toBeUndefined();
  expect(deeperThan('{\\displaystyle x}'.repeat(300), 200)).toBeUndefined();
  expect(deeperThan('\\displaystyle '.repeat(300), 200)?.text).toBe('\\displaystyle');
});

test('places in an edited text lead back to the source', () => {
  const source = 'abcdef';
  const { text, toSource } = applyEdits(source, [
    { start: 4, end: 5, text: '' },
    { start: 0, end: 0, text: '>>' },
    { start: 2, end: 2, text: '--' },
    { start: 2, end: 3, text: 'CCC' },
  ]);
  expect(text).toBe('>>ab--CCCdf');
  expect([...text, ''].map((_, offset) => toSource(offset))).toEqual([0, 0, 0, 1, 2, 2, 2, 2, 2, 3, 5, 6]);
  expect(applyEdits(source, []).text).toBe(source);
});
