import fc from 'fast-check';
import { expect, test } from 'vitest';
import { setFormula } from '../../src/math/katex.js';
import { defineMacros } from '../../src/math/macros.js';
import { toMathml } from '../../src/math/mathml.js';
import { numberFormulas } from '../../src/math/numbering.js';
import { toPlainText } from '../../src/math/plain-text.js';
import { tokenize } from '../../src/math/tex.js';

const { macros } = defineMacros({
  '\\E': '\\mathbb{E}',
  '\\norm': '\\left\\lVert #1 \\right\\rVert',
  '\\by': '\\overset{#1}{=}',
});

const formulas = [
  'E = mc^2',
  '\\frac{a + b}{\\sqrt[3]{x_i^2 + y}} \\le \\norm{x}_2',
  '\\begin{align} a &= b \\label{eq:a} \\\\ c &\\by{(1)} d \\nonumber \\\\ e &= f \\tag{9} \\end{align}',
  '\\begin{bmatrix} 1 & 2 \\\\ 3 & \\frac{1}{2} \\end{bmatrix}^{-1} % the inverse\n = \\E[X]',
  '\\left\\{ x \\in \\mathbb{R} \\;\\middle|\\; x > 0 \\right\\}',
  'f(x) = \\begin{cases} 1 & \\text{if } x > 0 \\\\ 0 & \\text{만약 $x$} \\end{cases}',
  '\\newcommand{\\twice}[1]{#1 #1} \\twice{a} + \\twice{\\E}',
  '\\sum_{\\substack{i < n \\\\ j < m}} \\underbrace{a_{ij}}_{\\text{small}} \\xrightarrow[n]{k} \\hat{b}',
  '\\begin{eqnarray} a &=& b \\\\ &=& c \\label{eq:c} \\end{eqnarray}',
  'O(n^2 \\log n) \\quad \\forall\\, \\varepsilon > 0 \\colon \\Pr[X \\ge t] \\le e^{-t^2/2}',
];

test('a command that nobody knows is found wherever it is put', () => {
  let found = 0;
  let tried = 0;
  for (const formula of formulas) {
    for (const { start } of tokenize(formula)) {
      const tex = `${formula.slice(0, start)}\\nope ${formula.slice(start)}`;
      const result = setFormula(tex, {
        display: true,
        macros,
        numbers: numberFormulas([{ tex, display: true }], { mode: 'auto', macros }).formulas[0] ?? {
          rows: [],
        },
      });
      tried++;
      if (result.ok || result.error.code !== 'math/unknown-command') continue;
      found++;
      const { offset, length, message } = result.error;
      const expected = message.startsWith('in the macro') ? '\\twice' : '\\nope';
      expect(tex.slice(offset, offset + length)).toBe(expected);
      if (expected === '\\nope') expect(offset).toBe(start);
    }
  }
  // The rest are names of environments, delimiters and the like, where KaTeX has another complaint.
  expect(found / tried).toBeGreaterThan(0.7);
});

const pieces = fc.constantFrom(
  ...[
    '{',
    '}',
    '[',
    ']',
    '(',
    '^',
    '_',
    "'",
    '&',
    '\\\\',
    '$',
    '%',
    '#',
    '#1',
    '\n',
    ' ',
    'x',
    '1',
    '+',
    '가',
    '~',
  ],
  ...[
    '\\frac',
    '\\sqrt',
    '\\text',
    '\\left',
    '\\right',
    '\\begin{align}',
    '\\end{align}',
    '\\begin{cases}',
    '\\end{cases}',
  ],
  ...[
    '\\begin',
    '\\hat',
    '\\mathbb',
    '\\over',
    '\\kern',
    '1em',
    '\\newcommand',
    '\\def',
    '\\let',
    '\\x',
    '\\edef',
    '\\gdef',
  ],
  ...[
    '\\verb|',
    '\\tag',
    '\\label',
    '\\ref',
    '\\eqref',
    '\\not',
    '\\',
    '\ud800',
    '😀',
    '\\nope',
    '\\href',
    '\\htmlId',
  ],
  ...[
    '\\require',
    '\\mbox',
    '\\global',
    '\\expandafter',
    '\\noexpand',
    '\\futurelet',
    '\\char',
    '\\color',
    '\\nonumber',
  ],
  ...[
    '\\postulate@row',
    '\\postulate@define',
    '\\postulate@trace',
    '\\df@tag',
    '\\E',
    '\\norm',
    '\\DeclareMathOperator',
    '*',
  ],
);

test('whatever is written, nothing is thrown, and what is wrong has a place in the formula', () => {
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 25 }),
      fc.boolean(),
      fc.constantFrom('auto', 'all', 'none'),
      (list, display, mode) => {
        const tex = list.join('');
        const {
          formulas: numbered,
          faults,
          labels,
        } = numberFormulas([{ tex, display }], { mode: mode as 'auto', macros });
        const numbers = numbered[0] ?? { rows: [] };
        const reference = (name: string) =>
          labels.has(name) ? { href: `#${labels.get(name)?.id}`, text: '(1)' } : undefined;
        const result = setFormula(tex, { display, macros, numbers, reference });
        toPlainText(tex, macros);
        const all = result.ok ? [...faults, ...result.warnings] : [...faults, result.error];
        for (const { offset, length, message } of all) {
          expect(offset).toBeGreaterThanOrEqual(0);
          expect(offset + length).toBeLessThanOrEqual(tex.length);
          if (tex.trim() !== '') expect(length).toBeGreaterThan(0);
          expect(message).not.toMatch(/KaTeX parse error|undefined/);
          if (!tex.includes('postulate')) expect(message).not.toContain('postulate');
        }
        if (!result.ok) return;
        expect(openTags(result.html)).toEqual([]);
        expect(openTags(toMathml(result.html))).toEqual([]);
        expect(result.html.replace(/<annotation[\s\S]*?<\/annotation>/, '')).not.toMatch(
          /eqn-num|href="(?!#eq-)/,
        );
      },
    ),
    {
      numRuns: 1500,
      // What is refused at the very end.
      examples: [[['\\newcommand', '\\df@tag', '\\href'], true, 'auto']],
    },
  );
});

/** Tags that are not closed in order. */
function openTags(html: string): readonly string[] {
  const open: string[] = [];
  for (const [, close, name = '', empty] of html.matchAll(
    /<(\/?)([a-zA-Z]+)(?:\s+[a-zA-Z:-]+\s*=\s*"[^"]*")*\s*(\/?)>/g,
  )) {
    if (empty || /^(?:img|br)$/.test(name)) continue;
    if (!close) open.push(name);
    else if (open.pop() !== name) return [`</${name}>`];
  }
  return open;
}
