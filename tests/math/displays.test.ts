import { describe, expect, test } from 'vitest';
import { pointAt } from '../../src/math/source.js';
import { formulasOf, read, show } from './read.js';

function cases(table: readonly (readonly [string, string])[]): void {
  test.each(table)('%j', (markdown, expected) => {
    expect(show(read(markdown))).toBe(expected);
  });
}

describe('a formula with its lines to itself is a display', () => {
  cases([
    ['$$x$$', '⟪x⟫'],
    ['$$ x $$  ', '⟪x⟫'],
    ['$$$x$$$', '⟪x⟫'],
    ['a\n\n$$\nx\n$$\n\nb', 'a / ⟪x⟫ / b'],
    ['a\n$$\nx\n$$\nb', 'a / ⟪x⟫ / b'],
    ['a\n$$x$$\nb', 'a / ⟪x⟫ / b'],
    ['$$x$$\n$$y$$', '⟪x⟫ / ⟪y⟫'],
    ['$$\nx\n$$\n$$\ny\n$$', '⟪x⟫ / ⟪y⟫'],
    ['$$x\ny$$', '⟪x\ny⟫'],
    ['$$x\ny\n$$', '⟪x\ny⟫'],
    ['> $$x\ny$$\nz', '> ⟪x\ny⟫\nz'],
    ['1. a\n\n   $$x\ny$$', '- a / ⟪x\ny⟫'],
    ['$$\nx\ny $$', '⟪x\ny⟫'],
    [
      '$$\\left\\{\\begin{align}\nx\n\\end{align}\\right.$$',
      '⟪\\left\\{\\begin{align}\nx\n\\end{align}\\right.⟫',
    ],
    ['$$\nx \\tag{11}\n$$', '⟪x \\tag{11}⟫'],
    [
      '$$ \\label{eq:x}\n\\begin{split}\na\n\\end{split}\n$$',
      '⟪\\label{eq:x}\n\\begin{split}\na\n\\end{split}⟫',
    ],
    ['$$\\begin{align}\na&=b\\\\\n\\end{align}$$\nafter', '⟪\\begin{align}\na&=b\\\\\n\\end{align}⟫ / after'],
    ['  $$\n  a\n    b\n  $$', '⟪a\n  b⟫'],
    ['$$\n\n$$', '⟪⟫'],
    ['\\[ x \\]', '⟪x⟫'],
    ['\\[\nx = 1\n\\]\nafter', '⟪x = 1⟫ / after'],
    [
      '\\begin{subequations}\n\\label{x}\n\\begin{align}\na\n\\end{align}\n\\end{subequations}\nb',
      '⟪\\begin{subequations}\n\\label{x}\n\\begin{align}\na\n\\end{align}\n\\end{subequations}⟫ / b',
    ],
    [
      '\\begin{subequations}\nWords.\n\\begin{align}\na\n\\end{align}\n\\end{subequations}',
      '\\begin{subequations}\nWords. / ⟪\\begin{align}\na\n\\end{align}⟫ / \\end{subequations}',
    ],
    ['```math\nx\ny\n```', '⟪x\ny⟫'],
    ['~~~~ math\nx\n~~~~', '⟪x⟫'],
    ['```{math}\nx\n```', '⟪x⟫'],
    ['```{math}\n:nowrap:\n\n\\begin{align}x\\end{align}\n```', '⟪\\begin{align}x\\end{align}⟫'],
    ['```{math}\n:label: eq:x\n:class: a b\nx\n```', '⟪\\label{eq:x}\n\nx⟫'],
    ['~~~ {math}\r\n:name:  x \r\n:label: y\r\n\r\nx % z\r\n~~~', '⟪\\label{x}\n\n\nx % z⟫'],
    ['```{math}\n:label: x\n```', '⟪\\label{x}⟫'],
    ['```{math}\n:a\n```', '⟪:a⟫'],
    ['```math\n:a: b\n```', '⟪:a: b⟫'],
  ]);
  test('and a node of its own', () => {
    expect(formulasOf(read('$$x$$')).map(({ type, data }) => [type, data.display])).toEqual([['math', true]]);
    expect(formulasOf(read('a \\[x^2\\] b')).map(({ type, data }) => [type, data.display])).toEqual([
      ['inlineMath', true],
    ]);
  });
});

describe('the punctuation after a display becomes its last character', () => {
  cases([
    ['$$x$$.', '⟪x.⟫'],
    ['$$ x $$ , ', '⟪x,⟫'],
    ['$$\nx\n$$;', '⟪x;⟫'],
    ['\\[ x \\].', '⟪x.⟫'],
    ['\\begin{aligned}\nx\n\\end{aligned}.', '⟪\\begin{aligned}\nx\n\\end{aligned}.⟫'],
    ['$$x %1$$.', '⟪x %1\n.⟫'],
    ['$$x \\%$$.', '⟪x \\%.⟫'],
  ]);
});

describe('a {#name} after a display is its label', () => {
  cases([
    ['$$x$$ {#eq-x}', '⟪x\\label{eq-x}⟫'],
    ['$$x$$ (eq:x)', '⟪x\\label{eq:x}⟫'],
    ['a\n$$\nx\n$$, (my_eq)\nb', 'a / ⟪x,\\label{my_eq}⟫ / b'],
    ['$$x$$ (why?) or $$y$$ (eq)', '⟨x⟩ (why?) or ⟨y⟩ (eq)'],
    ['a\n$$\nx\n$$, {#eq:x} \nb', 'a / ⟪x,\\label{eq:x}⟫ / b'],
    ['> \\[ x \\]{#x}', '> ⟪x\\label{x}⟫'],
    ['\\begin{align}\nx %\n\\end{align} {#x}', '⟪\\begin{align}\nx %\n\\end{align}\\label{x}⟫'],
    ['$$x %1$$ {#x}', '⟪x %1\n\\label{x}⟫'],
    ['$$x$$ {#a b}', '⟨x⟩ {#a b}'],
    ['$$x$$ {#}', '⟨x⟩ {#}'],
    ['$x$ {#x}', '⟨x⟩ {#x}'],
    ['# $$x$$ {#x}', '# ⟨x⟩ {#x}'],
    ['```math\nx\n``` {#x}', 'x\n``` {#x}'],
  ]);
  test('with its place', () => {
    const [formula] = formulasOf(read('$$\nx\n$$ . {#eq-x}'));
    expect(formula?.value).toBe('x.\\label{eq-x}');
    expect(formula && pointAt(formula, 'x.\\label{'.length)).toEqual({ line: 3, column: 8 });
  });
});

describe('lines of a display are no lists, quotes or headings', () => {
  cases([
    ['$$\na\n- b\n+ c\n> 0\n1. d\n=\n---x\n$$', '⟪a\n- b\n+ c\n> 0\n1. d\n=\n---x⟫'],
    ['\\[\na\n- b\n\\]', '⟪a\n- b⟫'],
    ['$$\n<div>\n    x\n$$', '⟪<div>\n    x⟫'],
  ]);
});

describe('a display stands in lists, quotes and notes', () => {
  cases([
    ['- $$x$$', '- ⟪x⟫'],
    ['- $$\n  a\n  + b\n  $$\n- c', '- ⟪a\n+ b⟫ / - c'],
    ['- a\n  $$\n  x\n  $$\n  b\n- c', '- a / ⟪x⟫ / b / - c'],
    ['1. a\n\n   $$\n   x\n\n   y\n   $$', '- a / ⟪x\n\ny⟫'],
    ['-\t$$\n\tx\n\t$$', '- ⟪x⟫'],
    ['> $$\n> x\n> $$\n\nb', '> ⟪x⟫ / b'],
    ['> > - $$\n> >   x\n> >   $$.', '> > - ⟪x.⟫'],
    ['1. a\n   \\begin{align}\n   x\n   \\end{align}', '- a / ⟪\\begin{align}\nx\n\\end{align}⟫'],
    ['> \\begin{align}\n> x\n> \\end{align}', '> ⟪\\begin{align}\nx\n\\end{align}⟫'],
    ['> ```math\n> x\n> ```', '> ⟪x⟫'],
    ['> ```{math}\n> :label: a\n> x\n> ```', '> ⟪\\label{a}\nx⟫'],
    ['-\t```{math}\n\t:label: a\n\tx\n\t```', '- ⟪\\label{a}\nx⟫'],
    ['a[^1]\n\n[^1]: $$\n    x\n    $$', 'a[^] / [^: ⟪x⟫'],
    ['- [ ] \\[x^2\\]', '- ⟪x^2⟫'],
  ]);
});

describe('a fence may hold blank lines, but no prose', () => {
  cases([
    ['$$\na\n\n= b\n\n$$', '⟪a\n\n= b⟫'],
    ['$$\na \\text{ for all positive numbers}\n\n= b\n$$', '⟪a \\text{ for all positive numbers}\n\n= b⟫'],
    ['$$\nx\n\nThis is prose.\n\n$$\ny\n$$', '$$\nx / This is prose. / ⟪y⟫'],
    ['$$\nx\n\n여기는 글이다\n\n$$\ny\n$$', '$$\nx / 여기는 글이다 / ⟪y⟫'],
    ['$$\nx\n\n## Next\n\n$$\ny\n$$', '$$\nx / # Next / ⟪y⟫'],
    ['$$\nx\nwhere $y$ is\n\n$$\nz\n$$', '$$\nx\nwhere ⟨y⟩ is / ⟪z⟫'],
    ['$$ x\n\n$$ y $$', '$$ x / ⟪y⟫'],
    ['> $$\n> x\n\n$$\ny\n$$', '> $$\nx / ⟪y⟫'],
    ['- $$\n  x\n\nb\n\n$$\ny\n$$', '- $$\nx / b / ⟪y⟫'],
  ]);
});

describe('environments need no delimiters', () => {
  cases([
    [
      '\\begin{align}\na &= b \\\\\n- c\n\\end{align}\nafter',
      '⟪\\begin{align}\na &= b \\\\\n- c\n\\end{align}⟫ / after',
    ],
    [
      'text\n\\begin{equation}\nx\n\\end{equation}\nmore',
      'text / ⟪\\begin{equation}\nx\n\\end{equation}⟫ / more',
    ],
    [
      'text \\begin{equation}\nx=1\n\\end{equation}\nmore',
      'text ⟪\\begin{equation}\nx=1\n\\end{equation}⟫\nmore',
    ],
    ['\\begin{eqnarray*}x\\end{eqnarray*}', '⟪\\begin{eqnarray*}x\\end{eqnarray*}⟫'],
    ['\\begin{multline}x\\end{multline}', '⟪\\begin{multline}x\\end{multline}⟫'],
    [
      '\\begin{cases}\n\\begin{cases}\nx\n\\end{cases}\n\\end{cases}',
      '⟪\\begin{cases}\n\\begin{cases}\nx\n\\end{cases}\n\\end{cases}⟫',
    ],
    // kramdown's inline formulas inside of one.
    [
      '\\begin{cases}\nx & \\text{if $$y$$}\n\\end{cases}',
      '⟪\\begin{cases}\nx & \\text{if $y$}\n\\end{cases}⟫',
    ],
    ['the \\begin{align} and \\end{align} of LaTeX', 'the \\begin{align} and \\end{align} of LaTeX'],
    ['\\begin{theorem}\nx\n\\end{theorem}', '\\begin{theorem}\nx\n\\end{theorem}'],
  ]);
});

describe('line endings and tabs make no difference', () => {
  cases([
    ['$$\r\nx\r\ny\r\n$$\r\n\r\na $b\r\nc$', '⟪x\ny⟫ / a ⟨b\nc⟩'],
    ['$$\rx\r$$\ra', '⟪x⟫ / a'],
    ['$$x$$\t', '⟪x⟫'],
    ['$$\tx\ty\t$$\t.\t', '⟪x\ty.⟫'],
    ['\uFEFF$$\nx\n$$', '⟪x⟫'],
  ]);
});

test('other code fences stay code', () => {
  expect(read('```math\nx\n```').children[0]?.type).toBe('math');
  for (const markdown of [
    '```mathematica\nx\n```',
    '```\n$$\nx\n$$\n```',
    '    $$\n    x',
    '```math\nx',
    '```{math} x\n```',
    '```{maths}\nx\n```',
  ]) {
    expect(read(markdown).children[0]?.type, markdown).toBe('code');
  }
});
