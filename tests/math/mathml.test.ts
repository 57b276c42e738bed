import { expect, test } from 'vitest';
import { setFormula } from '../../src/math/katex.js';
import { toMathml } from '../../src/math/mathml.js';
import { numberFormulas } from '../../src/math/numbering.js';

function mathml(tex: string): string {
  const numbers = numberFormulas([{ tex, display: true }], { mode: 'auto' }).formulas[0];
  const result = setFormula(tex, {
    display: true,
    ...(numbers && { numbers }),
    reference: () => ({ href: '#eq-x', text: '(3)' }),
  });
  if (!result.ok) throw new Error(result.error.message);
  return toMathml(result.html);
}

test('only the math element is left, without its source', () => {
  const result = mathml('x < \\text{"annotation"}');
  expect(result).toMatch(/^<math xmlns="[^"]*" display="block"><mrow>.*<\/mrow><\/math>$/);
  expect(result).not.toMatch(/<semantics|<annotation|class|<span/);
  expect(result.match(/annotation/g)).toHaveLength(1);
});

test.each([
  ['\\mathbb{R}', '<mi>ℝ</mi>'],
  ['\\mathbb{A}', '<mi>𝔸</mi>'],
  ['\\mathcal{L}', '<mi>𝓛</mi>'],
  ['\\mathfrak{g}', '<mi>𝔤</mi>'],
  ['\\mathfrak{C}', '<mi>ℭ</mi>'],
  ['\\mathbf{x}', '<mi>𝐱</mi>'],
  ['\\mathbf{12}', '<mn>𝟏𝟐</mn>'],
  ['\\boldsymbol{\\alpha}', '<mi>𝜶</mi>'],
  ['\\mathsf{T}', '<mi>𝖳</mi>'],
  ['\\mathtt{a}', '<mi>𝚊</mi>'],
  ['\\mathit{x}', '<mi>x</mi>'],
  ['\\mathrm{d}', '<mi mathvariant="normal">d</mi>'],
  ['\\mathbf{<}', '&lt;</mo>'],
])('%s has letters of its own', (tex, expected) => {
  expect(mathml(tex)).toContain(expected);
});

test('numbers are cells at the end of their rows, and nothing pads the others', () => {
  const result = mathml('\\begin{align} a &= b \\\\ c &= d \\nonumber \\end{align}');
  const rows = [...result.matchAll(/<mtr>.*?<\/mtr>/g)].map(([row]) => row.match(/<mtd/g)?.length);
  expect(rows).toEqual([3, 2]);
  expect(result).toContain('<mtd><mtext>(1)</mtext></mtd></mtr>');
});

test('a reference is text: a feed has no page to lead to', () => {
  expect(mathml('\\eqref{x}')).toContain('<mtext>(3)</mtext>');
});

test.each(['\\ce{H2O}', '\\begin{CD} A @>a>> B \\\\ @VbV{}V @. \\end{CD}', '\\smash{x} \\rlap{y}'])(
  'everything in %s has a size, or WebKit would not draw it',
  (tex) => {
    const result = mathml(tex);
    expect(result).toMatch(/<mpadded[^>]* (?:width|height)="1px"/);
    expect(result).not.toMatch(/<mpadded[^>]* (?:width|height)="0/);
  },
);

test('lines of a formula without an environment are rows', () => {
  const row = (cell: string) => `<mtr><mtd>${cell}</mtd></mtr>`;
  expect(mathml('a \\\\ b')).toContain(
    `<mtable displaystyle="true">${row('<mi>a</mi>')}${row('<mi>b</mi>')}</mtable>`,
  );
  expect(mathml('a + {b \\\\ c}')).not.toContain('<mtr>');
});

test('HTML without a formula gives nothing', () => {
  expect(toMathml('')).toBe('');
  expect(toMathml('<p>math</p>')).toBe('');
});
