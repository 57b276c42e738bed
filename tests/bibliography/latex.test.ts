// TeX in fields becomes the text that it would be set as.
import { describe, expect, it } from 'vitest';
import { latexToAddress, latexToText, readLatex } from '../../src/bibliography/latex.js';

const texts: readonly (readonly [string, string])[] = [
  ['{\\"o}', 'ö'],
  ['\\"{o}', 'ö'],
  ['\\"o', 'ö'],
  ["\\'e", 'é'],
  ["\\'{\\i}", 'í'],
  ["\\'\\i", 'í'],
  ['na\\"\\i ve', 'naïve'],
  ['\\c c', 'ç'],
  ['Fran\\c{c}ois', 'François'],
  ['{\\v{S}}koda', 'Škoda'],
  ["Erd{\\H{o}}s--R{\\'e}nyi", 'Erdős–Rényi'],
  ['\\`{\\^a}', 'ầ'],
  ['\\aa ngstr\\"om', 'ångström'],
  ['{\\O}ksendal and {\\L}ukasz', 'Øksendal and Łukasz'],
  ['Stra{\\ss}e', 'Straße'],
  ['\\~{}/x\\^{}2', '~/x^2'],
  ['{GPU} {and} {{T}ransformer}s', 'GPU and Transformers'],
  ['pp. 1--2, yes---no', 'pp. 1–2, yes—no'],
  ["``quoted'' and `so', O'Neill's", '“quoted” and ‘so’, O’Neill’s'],
  ['A \\& B, 5\\%, \\$5, \\#1, a\\_b, \\{x\\}', 'A & B, 5%, $5, #1, a_b, {x}'],
  ['J.~Kim', 'J.\u00a0Kim'],
  ['\\emph{all} {\\em you} \\textbf{need}', 'all you need'],
  ['\\href{https://x_y}{words}', 'words'],
  ['\\url{https://a_b/~c%20}', 'https://a_b/~c%20'],
  ['\\enquote{said}', '“said”'],
  ['{\\LaTeX} and \\TeX', 'LaTeX and TeX'],
  ['two\n   lines', 'two lines'],
  ['\\noopsort{1973b}1973', '1973'],
  ['한글 제목', '한글 제목'],
  ['한글'.normalize('NFD'), '한글'],
  ['ends with \\', 'ends with \\'],
  ['US$ 5', 'US$ 5'],
  ["\\'", ''],
  ['', ''],
];

describe('a field', () => {
  it.each(texts)('%j reads %j', (source, text) => {
    expect(readLatex(source)).toEqual({ parts: text === '' ? [] : [text], unknown: [] });
  });

  it.each([
    ['$O(n^2)$ time', [{ tex: 'O(n^2)', index: 1 }, ' time']],
    ['in \\(x_1\\)', ['in ', { tex: 'x_1', index: 5 }]],
    [
      '$x$$y$',
      [
        { tex: 'x', index: 1 },
        { tex: 'y', index: 4 },
      ],
    ],
    ['$\\text{if $a$}$', [{ tex: '\\text{if $a$}', index: 1 }]],
    ['\\$5 and $\\$$', ['$5 and ', { tex: '\\$', index: 9 }]],
    ['\\ensuremath{\\alpha}-divergence', [{ tex: '\\alpha', index: 12 }, '-divergence']],
    ['\\enquote{on $x$}', ['“on ', { tex: 'x', index: 13 }, '”']],
    ['$--$ and --', [{ tex: '--', index: 1 }, ' and –']],
  ])('keeps the formulas of %j', (source, parts) => {
    expect(readLatex(source).parts).toEqual(parts);
  });

  it('loses no words to a command that is not known, be its name a property of every object', () => {
    const { parts, unknown } = readLatex('\\foo{bar} \\constructor{x}');
    expect(parts).toEqual(['bar x']);
    expect(unknown).toEqual([
      { command: '\\foo', index: 0 },
      { command: '\\constructor', index: 10 },
    ]);
  });

  it('is read, however long and broken it is', () => {
    const lengths = ['$', '\\(', "\\'", '{', '\\url', '\\enquote'].map(
      (piece) => latexToText(piece.repeat(20_000)).length,
    );
    expect(Math.max(...lengths)).toBeLessThanOrEqual(40_000);
  });
});

describe('an address', () => {
  it.each([
    ['https://example.org/a_b', 'https://example.org/a_b'],
    ['\\url{https://example.org/a\\_b\\%20}', 'https://example.org/a_b%20'],
    ['https://example.org/{\\textasciitilde}kim', 'https://example.org/~kim'],
    ['https://example.org/\\~{}kim', 'https://example.org/~kim'],
    ['10.1007/978-3-319\\_28', '10.1007/978-3-319_28'],
  ])('%j is %j', (source, address) => {
    expect(latexToAddress(source)).toBe(address);
  });
});
