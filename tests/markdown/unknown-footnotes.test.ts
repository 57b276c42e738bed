// A mark of a note that is nowhere is told, and what only looks like one is not.
import { expect, it } from 'vitest';
import { render } from './render.js';

const found = (body: string) =>
  render(body)
    .diagnostics.filter(({ code }) => code === 'markdown/unknown-footnote')
    .map(({ line, column, length }) => [line, column, length]);

it.each([
  ['A claim.[^1] More.', [[1, 9, 4]]],
  ['A claim [^12].', [[1, 9, 5]]],
  [
    'A question[^why]? And *one more[^2]*.',
    [
      [1, 11, 6],
      [1, 32, 4],
    ],
  ],
  [
    '주장[^까닭]이다. (A claim[^my-note_2])',
    [
      [1, 3, 5],
      [1, 20, 12],
    ],
  ],
  ['- a\n- b[^why]', [[2, 4, 6]]],
  ['| a | b |\n|--|--|\n| c[^1] | d |', [[3, 4, 4]]],
  ['## Heading[^why]', [[1, 11, 6]]],
])('%j in a post without notes', (body, places) => {
  expect(found(body)).toEqual(places);
});

it.each([
  'all but [^a-z], [^A-Za-z0-9_], [^0-9], [^0], [^x], [^"], [^\\n], [^,;] and [^ ]',
  'expressions such as [^abc]* and [^abc]+, ^[^abc]$, ([^abc]|x) and x/[^abc]/',
  'code: `[^1]` and `x[^why]`',
  '```\nx[^1]\n```',
  'formulas: $x[^1]$, $$x[^{why}]$$',
  'escaped: a\\[^1] b\\[^why]',
  'a [link [^](x.md), <span title="[^1]">x</span>, ![x[^1]](x.png)',
  'x[^1]\n\n[^1]: A note.',
])('%j is fine', (body) => {
  expect(found(body)).toEqual([]);
});

it('In a post with notes, every other mark has a name that is not right.', () => {
  expect(found('x[^1] y[^x!]\n\n[^1]: A note.')).toEqual([[1, 8, 5]]);
});
