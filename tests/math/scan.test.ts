import { describe, expect, test } from 'vitest';
import { scanMath } from '../../src/math/scan.js';
import { pointAt } from '../../src/math/source.js';
import { read } from './read.js';

function show(text: string): string {
  return scanMath(text)
    .map((part) => (part.type === 'text' ? part.value : part.display ? `⟪${part.value}⟫` : `⟨${part.value}⟩`))
    .join('');
}

describe('formulas in plain text follow the rules of Markdown texts', () => {
  test.each([
    ['', ''],
    ['no formula', 'no formula'],
    ['The $O(n^2)$ way', 'The ⟨O(n^2)⟩ way'],
    ['Costs $5 or $10', 'Costs $5 or $10'],
    ['Costs \\$5 for $x$', 'Costs $5 for ⟨x⟩'],
    ['\\(x\\) and \\\\(y\\\\) and \\[z^2\\]', '⟨x⟩ and ⟨y⟩ and ⟪z^2⟫'],
    ['a $$x$$ b', 'a ⟨x⟩ b'],
    ['\n$$\n\\frac{a}{b}\n$$\n', '\n⟪\\frac{a}{b}⟫\n'],
    ['a\n\\begin{align}\nx\n\\end{align}', 'a\n⟪\\begin{align}\nx\n\\end{align}⟫'],
    ['$a\n\nb$', '$a\n\nb$'],
    ['$$x', '$$x'],
    ['*a* `b` <c>', '*a* `b` <c>'],
    ['C:\\dir\\', 'C:\\dir\\'],
  ])('%j', (text, expected) => {
    expect(show(text)).toBe(expected);
  });
});

test('a formula tells where its first character stands', () => {
  const text = 'a\n$ x^2 $ and \\\\(\\_y\\\\)';
  const formulas = scanMath(text).filter((part) => part.type === 'math');
  expect(formulas.map(({ value, offset }) => [value, text.slice(offset, offset + value.length)])).toEqual([
    ['x^2', 'x^2'],
    ['_y', '_y'],
  ]);
  expect(formulas.map((formula) => pointAt(formula, 1))).toEqual([
    { line: 2, column: 4 },
    { line: 2, column: 18 },
  ]);
});

test('an alternative text is read again without loss', () => {
  const image = read('![the $x^2$ of $5 and \\\\(y\\\\)](a.png)').children[0];
  const alt =
    image?.type === 'paragraph' && image.children[0]?.type === 'image' ? image.children[0].alt : undefined;
  expect(show(alt ?? '')).toBe('the ⟨x^2⟩ of $5 and ⟨y⟩');
});
