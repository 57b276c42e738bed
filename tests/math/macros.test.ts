import { describe, expect, test } from 'vitest';
import { setFormula } from '../../src/math/katex.js';
import { defineMacro, defineMacros, parseMacros, usedMacros } from '../../src/math/macros.js';

describe('macros of a configuration', () => {
  test.each([
    ['\\E', '\\mathbb{E}', 0],
    ['E', '\\mathbb{E}', 0],
    ['\\norm', '\\lVert #1 \\rVert', 1],
    ['\\pick', '#2', 2],
    ['\\hash', '\\#1 ##2', 0],
  ])('%s: %s takes %i arguments', (name, body, parameters) => {
    expect(defineMacro(name, body)).toMatchObject({ macro: { body, parameters } });
  });

  test.each([
    ['\\E', '\\mathbb{E', 7, 1, 'not closed'],
    ['\\E', 'a}b', 1, 1, 'has no {'],
    ['\\E', 'a # b', 2, 1, 'number of an argument'],
    ['\\E', 'a \\', 2, 1, 'cannot read'],
    ['\\E', 'a \u0007', 2, 1, 'cannot read'],
    ['\\E', 'x'.repeat(1001), 0, 1001, '1001 characters'],
    ['two words', 'x', 0, 0, 'no name'],
    ['__proto__', 'x', 0, 0, 'no name'],
    ['', 'x', 0, 0, 'no name'],
    ['\\E1', 'x', 0, 0, 'no name'],
  ])('%s: %s is a fault', (name, body, offset, length, says) => {
    const result = defineMacro(name, body);
    if (!('fault' in result)) throw new Error('The macro was defined.');
    expect(result.fault).toMatchObject({ code: 'math/bad-macro', severity: 'error', offset, length });
    expect(result.fault.message).toContain(says);
  });

  test('the good ones are there beside the bad ones', () => {
    const { macros, faults } = defineMacros({ '\\a': 'x', '\\b': '{' });
    expect([...macros.keys()]).toEqual(['\\a']);
    expect(faults).toMatchObject([{ name: '\\b', offset: 0 }]);
  });
});

describe('macros.tex', () => {
  const text = String.raw`% Macros of the group
\usepackage[sort]{amsmath}
\newcommand{\E}{\mathbb{E}}
\newcommand\norm[1]{\lVert #1 \rVert}  % \notthis
\newcommand*{\inner}[2][x]{\langle #1, #2 \rangle}
\DeclareMathOperator{\tr}{tr}
\DeclareMathOperator*{\esssup}{ess\,sup}
\def\half{\frac12}
\def\pair#1#2{(#1, #2)}
\providecommand{\E}{nothing}
\renewcommand{\half}{
  \tfrac{1}{2}%
}
`;

  test('is read as LaTeX reads it', () => {
    const { macros, faults } = parseMacros(text);
    expect(faults).toEqual([]);
    expect([...macros.keys()]).toEqual(['\\E', '\\norm', '\\inner', '\\tr', '\\esssup', '\\half', '\\pair']);
    expect(macros.get('\\inner')).toEqual({ parameters: 2, optional: 'x', body: '\\langle #1, #2 \\rangle' });
    expect(macros.get('\\E')?.body).toBe('\\mathbb{E}');
    expect(macros.get('\\half')?.body).toContain('\\tfrac{1}{2}');
    const all = '\\E \\norm{x} \\inner{a} \\inner[b]{a} \\tr \\esssup_x \\half \\pair ab';
    expect(setFormula(all, { display: true, macros }).ok).toBe(true);
  });

  test('reads the same with CRLF and a BOM', () => {
    const plain = parseMacros(text).macros;
    const { macros, faults } = parseMacros(`\ufeff${text.replaceAll('\n', '\r\n')}`);
    expect(faults).toEqual([]);
    expect([...macros.keys()]).toEqual([...plain.keys()]);
  });

  test('all its faults are found, at their places', () => {
    const broken =
      '\\newcommand{E}{x}\n\\newcommand{\\good}{y}\nhello\n\\newcommand{\\one}[1]{#2}\n\\def\\two#1#3{x}\n';
    const { macros, faults } = parseMacros(broken);
    expect([...macros.keys()]).toEqual(['\\good']);
    expect(faults.map(({ offset, length }) => broken.slice(offset, offset + length))).toEqual([
      'E',
      'h',
      '#2',
      '\\def',
    ]);
  });
});

test('the macros that a formula uses are found, at second hand too, for a cache’s key', () => {
  const { macros } = defineMacros({
    '\\a': '\\b x',
    '\\b': '\\c',
    '\\c': 'y',
    '\\d': '\\a',
    '\\|': 'z',
    '\\loop': '\\loop',
  });
  expect(usedMacros('\\a + 1', macros)).toEqual(['\\a', '\\b', '\\c']);
  expect(usedMacros('\\| \\loop \\ab', macros)).toEqual(['\\loop', '\\|']);
  expect(usedMacros('a + b', macros)).toEqual([]);
});
