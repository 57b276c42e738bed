import { describe, expect, test } from 'vitest';
import { pointAt, replaced } from '../../src/math/source.js';
import { formulasOf, read } from './read.js';

/** Line and column of `text` in the only formula that holds it. */
function placeOf(markdown: string, text: string): string {
  const formula = formulasOf(read(markdown)).find(({ value }) => value.includes(text));
  if (!formula) throw new Error(`no formula holds ${text}`);
  const { line, column } = pointAt(formula, formula.value.indexOf(text));
  return `${line}:${column}`;
}

describe('a character of a formula is found in the source', () => {
  test.each([
    ['in a sentence', 'a $x + \\frca$', '1:8'],
    ['in the next line of a sentence', 'a $x +\n  \\frca$', '2:3'],
    ['after blanks inside the dollars', '$  x^2 \\frca $', '1:8'],
    ['in a fence', '$$\nx\n  \\frca\n$$', '3:3'],
    ['on a fence’s line', '$$ \\frca\n$$', '1:4'],
    ['after blank lines', '$$\n\n\n \\frca\n$$', '4:2'],
    ['in a quote', '> $$\n> x\n>   \\frca\n> $$', '3:5'],
    ['in a quote’s sentence', '> a $x\n> \\frca$', '2:3'],
    ['in a list in quotes', '> > - a\n> >\n> >   $$\n> >   \\frca\n> >   $$', '4:7'],
    ['in an item indented by tabs', '-\ta\n\n\t$$\n\t\\frca\n\t$$', '4:2'],
    ['after a tab that the item takes a part of', '- a\n\n\t$$\n\t\\frca\n\t$$', '4:2'],
    ['in a file with CRLF', 'a\r\n\r\n$$\r\nx\r\n\\frca\r\n$$', '5:1'],
    ['in a sentence with CRLF', 'a\r\n$x\r\n\\frca$', '3:1'],
    ['in a table’s cell', '| a | b |\n|---|---|\n| $\\|x\\|$ | $|y|\\frca$ |', '3:17'],
    ['after an escaped bar', '| a |\n|---|\n| $p\\|q\\frca$ |', '3:8'],
    ['in a note', 'a[^1]\n\n[^1]: b\n\n    $$\n    \\frca\n    $$', '6:5'],
    ['in an environment', 'a\n\\begin{align}\nx\n\\frca\n\\end{align}', '4:1'],
    ['after an escape of kramdown', '\\\\( x\\_i \\* \\frca \\\\)', '1:13'],
    ['in a code fence', '- ```math\n  \\frca\n  ```', '2:3'],
    ['below an option', '```{math}\n:label: a\n  \\frca\n```', '3:3'],
    [
      'below options in a quote in a list',
      '- > ```{math}\n  > :nowrap:\n  > :label: a\n  > x \\frca\n  > ```',
      '4:7',
    ],
    ['after a surrogate pair', '😀 $\\text{😀}\\frca$', '1:14'],
    ['in a heading', '## A $\\frca$', '1:7'],
  ])('%s', (_, markdown, place) => {
    expect(placeOf(markdown, '\\frca')).toBe(place);
  });

  test('also the punctuation that has become a part of it, and its end', () => {
    const [formula] = formulasOf(read('> $$\n> x\n> $$.'));
    expect(formula?.value).toBe('x.');
    expect(formula && pointAt(formula, 1)).toEqual({ line: 3, column: 5 });
    expect(formula && pointAt(formula, 2)).toEqual({ line: 3, column: 6 });
  });

  test('also what an option becomes', () => {
    const markdown = '> ```{math}\n> :label:  a\n> x\n> ```';
    expect([placeOf(markdown, '\\label'), placeOf(markdown, 'a}'), placeOf(markdown, 'x')]).toEqual([
      ...['2:3', '2:12', '3:3'],
    ]);
  });

  test('an empty one stands at its delimiter', () => {
    const [formula] = formulasOf(read('a\n\n$$\n$$'));
    expect(formula && pointAt(formula, 0)).toEqual({ line: 3, column: 1 });
  });
});

test('What is replaced stands where it stood, and what follows stays in its place.', () => {
  const [formula] = formulasOf(read('$a &lt; b\n&amp;&amp; c$'));
  if (!formula) throw new Error('no formula');
  const { value, source } = replaced({ value: formula.value, ...formula.data }, /&\w+;/g, (one) =>
    one === '&lt;' ? '<' : '&',
  );
  expect(value).toBe('a < b\n&& c');
  const places = [...value].map((_, offset) => pointAt({ data: { source } }, offset));
  expect(places.map(({ line, column }) => `${line}:${column}`).join(' ')).toBe(
    '1:2 1:3 1:4 1:8 1:9 1:10 2:1 2:6 2:11 2:12',
  );
});
