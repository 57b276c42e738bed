import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defineMacros } from '../../src/math/macros.js';
import { toIdText, toPlainText } from '../../src/math/plain-text.js';

describe('formulas that read well as text', () => {
  test.each([
    ['O(n^2 \\log n)', 'O(n² log n)'],
    ['\\mathbb R', 'ℝ'],
    ['\\mathcal L', '𝓛'],
    ['\\mathfrak{g} \\in \\mathcal{G}', '𝔤 ∈ 𝓖'],
    ['\\mathbf{x}^\\top \\mathbf{W}', '𝐱ᵀ𝐖'],
    ['\\boldsymbol\\theta', '𝛉'],
    ['\\alpha\\beta', 'αβ'],
    ['x_i^2', 'xᵢ²'],
    ['x^{-1}', 'x⁻¹'],
    ['h_{t-1}', 'hₜ₋₁'],
    ['W^{(1)}', 'W⁽¹⁾'],
    ['A^T', 'Aᵀ'],
    ['90^\\circ', '90°'],
    ["f''(x) = g'(x)", 'f″(x) = g′(x)'],
    ['{}^{14}C', '¹⁴C'],
    ['\\sum_{i=1}^n x_i', '∑ᵢ₌₁ⁿ xᵢ'],
    ['\\int_0^1 f(x)\\,dx', '∫₀¹ f(x) dx'],
    ['\\frac{a}{b}', 'a/b'],
    ['\\frac{a+b}{2x}', '(a + b)/(2x)'],
    ['\\frac{\\partial f}{\\partial x}', '∂f/∂x'],
    ['\\frac{1}{\\frac{a}{b}}', '1/(a/b)'],
    ['{a \\over b}', 'a/b'],
    ['\\left(\\frac{1}{2}\\right)^n', '(1/2)ⁿ'],
    ['{\\frac12}^2', '(1/2)²'],
    ['2\\frac12', '2 1/2'],
    ['2\\frac{a}{b}', '2a/b'],
    ['x\\frac12', 'x(1/2)'],
    ['\\frac{a}{b}?', 'a/b?'],
    ['\\frac{a}{b}{,}', 'a/b,'],
    ['\\frac{a}{b}\\text{; and}', 'a/b; and'],
    ['\\frac{\\exp(o)}{\\sum_j \\exp(o_j)}.', '(exp(o))/(∑ⱼ exp(oⱼ)).'],
    ['\\log\\frac{p}{q}.', 'log p/q.'],
    ['\\frac{a}{b}!', '(a/b)!'],
    ['\\frac{a}{b}c', '(a/b)c'],
    ['{a \\over b}c', '(a/b)c'],
    ['\\frac{a}{b}\\frac{c}{d}', '(a/b)(c/d)'],
    ['1/\\frac{a}{b}', '1/(a/b)'],
    ['\\frac{d}{dx}f', '(d/dx)f'],
    ['\\frac{1}{2}(a+b), \\frac{a}{b} + c', '(1/2)(a + b), a/b + c'],
    ['\\frac{1}{n}\\sum_i x_i', '1/n ∑ᵢ xᵢ'],
    ['\\left(\\frac12\\right)x', '(1/2)x'],
    ['\\frac12\\|w\\|^2', '(1/2)‖w‖²'],
    ['\\left|\\frac12\\right|^2 + |x|', '|1/2|² + |x|'],
    ["\\frac{a}{b}'", '(a/b)′'],
    ['x := y', 'x := y'],
    ['x = -y', 'x = −y'],
    ['\\sqrt{x}', '√x'],
    ['\\sqrt[3]{x+1}', '∛(x + 1)'],
    ['\\sqrt[n]{2}', 'ⁿ√2'],
    ['\\sqrt[constructor]{x}', 'ᶜᵒⁿˢᵗʳᵘᶜᵗᵒʳ√x'],
    ['\\hat{x} + \\bar y_i', 'x̂ + ȳᵢ'],
    ['\\overline{AB}', 'A̅B̅'],
    ['-x + y - 1', '−x + y − 1'],
    ['1 \\times 1', '1 × 1'],
    ['1{,}000', '1,000'],
    ['p(x|y) \\ne P(A\\mid B)', 'p(x|y) ≠ P(A | B)'],
    ['f: X \\to Y', 'f : X → Y'],
    ['\\{1, \\ldots, n\\}', '{1, …, n}'],
    ['\\left\\{ x \\in \\mathbb{R} : x > 0 \\right\\}', '{x ∈ ℝ : x > 0}'],
    ['\\lVert x \\rVert_2 \\le \\big| y \\big|', '‖x‖₂ ≤ |y|'],
    ['\\max\\{a, b\\}', 'max{a, b}'],
    ['\\sin^2 x', 'sin² x'],
    ['\\operatorname*{argmax}_x f(x)', 'argmaxₓ f(x)'],
    ['a \\equiv b \\pmod{n}', 'a ≡ b (mod n)'],
    ['x \\not= y', 'x ≠ y'],
    ['\\text{if } x > 0', 'if x > 0'],
    ['\\text{rate $r_1$ \\& 50\\%}', 'rate r₁ & 50%'],
    ["\\text{``caf\\'e''}", '“café”'],
    ['\\text{번째} + 가', '번째 + 가'],
    ['\\color{red}{x} + \\textcolor{blue}{y}', 'x + y'],
    ['\\begin{aligned} a &= b \\end{aligned}', 'a = b'],
    ['\\begin{aligned}[t] a &= b \\end{aligned}', 'a = b'],
    ['\\begin{alignedat}[b]{2} [t] &= b \\end{alignedat}', '[t] = b'],
    ['a % comment\n + b', 'a + b'],
    ['\\newcommand{\\E}{\\mathbb{E}} \\E[x]', '𝔼[x]'],
    ['n \\bmod 2', 'n mod 2'],
    ['\\kern 1em x \\hspace{2em} y', 'x y'],
    ['\\verb|x_y|', 'x_y'],
    ['\\$5', '$5'],
  ])('%s', (tex, text) => {
    expect(toPlainText(tex)).toEqual({ text, exact: true });
  });
});

describe('formulas that text cannot say exactly', () => {
  test.each([
    ['x_y', 'x_y'],
    ['x_{i,j}', 'x_(i,j)'],
    ['x_y^2', 'x²_y'],
    ['e^{i\\pi}', 'e^(iπ)'],
    ['a^{b^c}', 'a^(bᶜ)'],
    ['\\lim_{n \\to \\infty} a_n', 'lim_(n→∞) aₙ'],
    ['x^\\alpha y', 'x^α y'],
    ['p_\\theta x + p_\\theta(x)', 'p_θ x + p_θ(x)'],
    ['a^{x_by}', 'a^(x_b y)'],
    ['\\genfrac(){0pt}{}{n}{k}', '(n choose k)'],
    ['\\genfrac{}{}{0pt}{}{n}{k}', '(n choose k)'],
    ['\\genfrac[.{}{1}{n}{k} + 1', '[n/k + 1'],
    ["\\sideset{_a}{'}\\sum_i x", 'ₐ∑′ᵢ x'],
    ['\\foo + x', 'foo + x'],
    ['\\foo{x}', 'foo x'],
    ['\\widehat{xyz}', '(xyz)̂'],
    ['\\binom{n}{k}', '(n choose k)'],
    ['\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}', '[1, 2; 3, 4]'],
    ['\\begin{cases} 1 & x > 0 \\\\ 0 & \\text{else} \\end{cases}', '{ 1, x > 0; 0, else'],
    ['\\begin{align} a &= b \\tag{3} \\\\ c &= d \\end{align}', 'a = b (3); c = d'],
    ['x \\xrightarrow{f} y', 'x →^(f) y'],
    ['\\underbrace{a + b}_{n}', '(a + b)ₙ'],
    ['\\eqref{eq:x}', '(eq:x)'],
    ['\\ce{H2O}', 'H2O'],
  ])('%s', (tex, text) => {
    expect(toPlainText(tex)).toEqual({ text, exact: false });
  });
});

test('macros stand for what they stand for', () => {
  const { macros } = defineMacros({ '\\norm': '\\lVert #1 \\rVert', '\\loop': '\\loop x' });
  expect(toPlainText('\\norm{x}^2', macros)).toEqual({ text: '‖x‖²', exact: true });
  expect(toPlainText('\\loop', macros).exact).toBe(false);
});

test.each([
  ['O(n^2)', 'O(n2)'],
  ['O(n^2 \\log n)', 'O(n2 log n)'],
  ['x_{i,j}', 'xi,j'],
  ['\\mathbb{R}^n', 'ℝn'],
  ['\\mathbf{x}', 'x'],
  ['\\frac{1}{2}', '1/2'],
  ['1\\times 1', '1 × 1'],
])('in ids %s is %s', (tex, text) => {
  expect(toIdText(tex)).toBe(text);
});

describe('any input', () => {
  const pieces = fc.constantFrom(
    ...[
      '{',
      '}',
      '[',
      ']',
      '\\frac',
      '\\sqrt',
      '^',
      '_',
      "'",
      '&',
      '\\\\',
      '$',
      '%',
      '#',
      '\n',
      ' ',
      'x',
      '1',
      '+',
      '가',
    ],
    ...[
      '\\text',
      '\\left',
      '\\right',
      '\\begin{matrix}',
      '\\end{matrix}',
      '\\begin',
      '\\hat',
      '\\mathbb',
      '\\over',
      '\\kern',
    ],
    ...['\\newcommand{\\x}', '\\def\\x#1', '\\x', '\\verb|', '\\tag', '\\not', '\\', '\ud800', '😀'],
  );

  test('gives a text, and only letters that the formula has or names', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (list) => {
        const { text } = toPlainText(list.join(''));
        expect(text).toBe(text.trim());
        for (const letter of ['x', '가', '😀']) {
          if (
            !list.includes('%') &&
            !list.some((piece) => /def|newcommand|begin|kern|verb|x$/.test(piece) && piece !== letter)
          ) {
            expect(text.normalize('NFKC').includes(letter) || !list.includes(letter)).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    '{',
    '\\sqrt',
    'x_',
    '\\begin{a}',
    '\\text{',
    '\\frac{1}{',
    "x'",
    '\\left(',
    '\\hat',
    '\\over',
    '$',
  ])('is read in time however often it repeats %s', (piece) => {
    expect(toPlainText(piece.repeat(3000)).text.length).toBeLessThan(100_000);
  });
});
