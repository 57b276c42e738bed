// What `check` says about formulas that KaTeX sets without complaint.
import { describe, expect, it } from 'vitest';
import { setFormula } from '../../src/math/katex.js';
import { lintFormula } from '../../src/math/lint.js';
import { parseMacros } from '../../src/math/macros.js';

const codes = (tex: string, display = false) => lintFormula(tex, display).map(({ code }) => code);

describe('damage by other programs', () => {
  it.each([
    ['\\sum*{k=1}^n k', 4, 1, '_'],
    ['\\max\\limits*{x} f', 11, 1, '_'],
    ['\\sum\\_{k} x', 4, 2, '_'],
    ['a \\\\\\\\ b', 2, 4, '\\\\'],
    ['V\\_h', 1, 2, '_'],
    ['\\beta\\_1', 5, 2, '_'],
    ['f\\_\\theta(x)', 1, 2, '_'],
    ['\\text{for $x\\_i$}', 12, 2, '_'],
    ['\\colorbox{yellow}{$x\\_1$}', 20, 2, '_'],
    ['\\frac{a}{x\\_1}', 10, 2, '_'],
    ['\\text{a}{x\\_1}', 10, 2, '_'],
    ['V\\_h x', 1, 2, '_'],
    ['p_\\*', 2, 2, '*'],
    ['\\\\alpha', 0, 7, '\\alpha'],
    ['x \\in \\\\mathbb{R}', 6, 8, '\\mathbb'],
    ['\\begin{equation} \\\\alpha \\end{equation}', 17, 7, '\\alpha'],
    ['a \\geq M,\\\\; b', 9, 3, '\\;'],
    ['x\\\\,y', 1, 3, '\\,'],
    ['a\\\\!b', 1, 3, '\\!'],
    ['a\\\\:b', 1, 3, '\\:'],
    ['D(p \\\\| q)', 4, 3, '\\|'],
    ['\\text{a\\\\_b}', 7, 3, '\\_'],
    ['A \\\\& B', 2, 3, '\\&'],
    ['\\\\#S', 0, 3, '\\#'],
    ['50\\\\%', 2, 3, '\\%'],
    ['\\begin{aligned} a &= b \\\n c &= d \\end{aligned}', 23, 1, '\\\\'],
    ['\\left\\\\{ a \\right.', 5, 3, '\\{'],
    ['\\begin{aligned} a &amp;= b \\end{aligned}', 18, 5, '&'],
    ['\\begin{cases} 1 & c &lt; d \\end{cases}', 20, 4, '<'],
    ['\\begin{matrix} c &gt; d \\end{matrix}', 17, 4, '>'],
    ['\\begin{matrix} c&nbsp;d \\end{matrix}', 16, 6, '~'],
    ['a &lt; b', 2, 4, '<'],
    ['\\begin{matrix} a \\\\&lt;b \\end{matrix}', 19, 4, '<'],
  ])('%s is found, with what mends it', (tex, offset, length, fix) => {
    expect(lintFormula(tex, false)).toMatchObject([{ code: 'math/formatter-damage', offset, length, fix }]);
  });

  it('in a display a line may be broken before absolute values', () => {
    const values = '|x| \\le 1 \\\\|y| \\le 2 \\\\|z| \\le 3';
    expect(codes(values)).toEqual(['math/formatter-damage', 'math/formatter-damage']);
    expect(codes(values, true)).toEqual([]);
    expect(codes('a \\\\|x| = b', true)).toEqual([]);
    expect(codes('a = \\\\|x\\\\| + \\|y\\|', true)).toEqual([
      'math/formatter-damage',
      'math/formatter-damage',
    ]);
  });

  it('in a display a line may be broken before a space or a comma', () => {
    expect(lintFormula('x = 1 \\\\, y = 2', false)).toMatchObject([{ offset: 6, fix: '\\,' }]);
    const [found, ...more] = lintFormula('x = 1 \\\\, y = 2', true);
    expect(found).toMatchObject({ offset: 6, length: 3, hint: 'if it is damage, write \\,' });
    expect(found).not.toHaveProperty('fix');
    expect(more).toEqual([]);
    expect(codes('a = 1 \\\\;\\\\ b')).toEqual(['math/formatter-damage']);
    expect(codes('a = 1 \\\\;\\\\ b', true)).toEqual([]);
  });

  it('braces with two backslashes are mended as a pair', () => {
    expect(lintFormula('\\\\{x \\mid \\frac{1}{x}\\\\}', false)).toMatchObject([
      { code: 'math/formatter-damage', offset: 0, length: 3, fix: '\\{' },
      { code: 'math/formatter-damage', offset: 21, length: 3, fix: '\\}' },
    ]);
  });

  it.each([
    '\\sum_{k=1}^n k',
    'a * {b}',
    '\\text{user\\_{id}}',
    'a \\\\ b',
    'f^*{x}',
    'a \\_ b',
    'snake\\_case',
    'X\\_train + y\\_pred + n\\_samples',
    'user\\_{}id',
    '\\colorbox{yellow}{x\\_1} \\raisebox{1em} {t\\_0} \\fcolorbox{red}{blue}{x\\_1} \\llap{x\\_1}',
    '\\own{a}{b\\_1}',
    '\\begin{aligned} a &= b \\\\ c &= d \\\\\\\\ e &= f \\end{aligned}',
    '\\_\\_init\\_\\_',
    '\\text{a\\_b}',
    '\\operatorname{x\\_y}',
    '\\operatorname*{x\\_y}_z',
    '\\mathtt{a\\_b}',
    '\\texttt {a{\\_b}}',
    '\\code{a\\_b}',
    '\\begin{matrix} &lt b \\end{matrix}',
    'R\\&lt;',
    '\\begin{matrix} a \\\\{b} \\end{matrix}',
    '\\begin{aligned} a \\\\alpha \\end{aligned}',
    '\\begin{aligned} {a \\\\alpha} \\end{aligned}',
    '\\substack{a \\\\in b}',
    'a \\\\P',
    'a \\\\ , b',
    '\\begin{aligned} a \\\\, b \\end{aligned}',
    '\\begin{matrix} a \\\\& b \\end{matrix}',
    'a \\\n b',
    '\\{x\\}',
  ])('%s is fine', (tex) => {
    expect(codes(tex)).toEqual([]);
  });

  it('what would no longer be set is told without a fix', () => {
    const found = lintFormula('x\\_1\\_2', false);
    expect(found).toMatchObject([{ offset: 1, hint: 'if it is damage, write _' }, { offset: 4 }]);
    for (const one of found) expect(one).not.toHaveProperty('fix');
    expect(lintFormula('\\foo{x}_1 x\\_1', false)).toMatchObject([{ fix: '_' }]);
  });

  it('what is done to an argument is for its macro to say', () => {
    const macros = parseMacros('\\newcommand{\\alph}[1]{#1}\\newcommand{\\*}{\\cdot}').macros;
    const damage = (tex: string) => lintFormula(tex, false, macros).map(({ offset }) => offset);
    expect(damage('\\alph{a\\_b \\\\alpha} \\*')).toEqual([]);
    expect(damage('\\\\alph{a}')).toEqual([0]);
  });

  it('eqnarray is named, without a fix: its columns are others', () => {
    const [found, ...more] = lintFormula('\\begin{eqnarray} a &=& b \\end{eqnarray}', true);
    expect(found).toMatchObject({ code: 'math/old-environment', offset: 0, length: 16 });
    expect(found).not.toHaveProperty('fix');
    expect(more).toEqual([]);
  });
});

describe('sentences', () => {
  it.each(['per hour and the other costs', 'x and then we get to y'])('%s looks like prose', (tex) => {
    expect(codes(tex)).toEqual(['math/looks-like-prose']);
  });

  it.each(['\\text{if this is so and that}', 'a b c d e f', 'ab + cd', '\\alpha \\beta \\gamma \\delta'])(
    '%s does not',
    (tex) => {
      expect(codes(tex)).toEqual([]);
    },
  );
});

describe('width', () => {
  const long = Array.from({ length: 40 }, (_, index) => `x_{${index}}`).join(' + ');

  it('a display wider than a phone is a note; broken into rows it is not', () => {
    expect(lintFormula(long, true)).toMatchObject([{ code: 'math/wide-display', severity: 'note' }]);
    const rows = long.match(/.{1,60}(?: \+ |$)/g)?.join(' \\\\ ') ?? '';
    expect(rows).toContain('\\\\');
    expect(codes(`\\begin{aligned} ${rows} \\end{aligned}`, true)).toEqual([]);
  });

  it('fractions are as wide as they are set, without the brackets of readable text', () => {
    const fractions = (count: number) => '\\frac{a}{b}c'.repeat(count);
    expect(codes(fractions(16), true)).toEqual([]);
    expect(lintFormula(`${fractions(16)}d`, true)).toMatchObject([
      { message: expect.stringContaining(' 65 characters') },
    ]);
    expect(codes('{a \\over b}c'.repeat(16), true)).toEqual([]);
  });

  it('a long formula in a sentence breaks by itself', () => {
    expect(codes(long)).toEqual([]);
  });
});

describe('comments', () => {
  it.each(['50%', 'a % of b', '\\frac{1}{2} \\\\% c'])('%s hides something, which is said', (tex) => {
    const offset = tex.indexOf('%');
    expect(setFormula(tex, { display: false })).toMatchObject({
      ok: true,
      warnings: [{ code: 'math/comment', offset, length: tex.length - offset }],
    });
  });

  it.each(['50\\%', 'a % why\n + b'])('%s does not', (tex) => {
    expect(setFormula(tex, { display: true })).toMatchObject({ ok: true, warnings: [] });
  });
});
