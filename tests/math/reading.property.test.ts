import fc from 'fast-check';
import { visit } from 'unist-util-visit';
import { describe, expect, test } from 'vitest';
import { scanMath } from '../../src/math/scan.js';
import { pointAt } from '../../src/math/source.js';
import { formulasOf, proseOf, read } from './read.js';

const prose = fc.constantFrom(
  ...[
    'word',
    'two words',
    '*soft*',
    '**loud** word',
    '`code $x`',
    '[link](u) text',
    'costs $5 today',
    'US$7, or so',
  ],
  ...[
    '$HOME is',
    'snake_case',
    '정리',
    '굵게 **정리**는',
    '中文',
    'a\\*b',
    '\\$8',
    'x < y',
    '(aside)',
    '<b>bold</b> word',
  ],
);
const inline = fc.constantFrom(
  ...[
    '$x$',
    '$a_1$',
    '$|x|$',
    '$\\$5 \\pm 1$',
    '\\(n+1\\)',
    '\\\\(y\\_i\\\\)',
    '$$z$$',
    '$\\text{if $y$}$',
    '$a*b*c$',
  ],
);
const display = fc.constantFrom(
  ...[
    '$$x$$',
    '$$\nx\n- y\n$$',
    '$$ \\label{a}\nx\n$$',
    '\\[\nx\n\\]',
    '\\begin{align}\nx\n\\end{align}',
    '```math\nx\n```',
    '```{math}\n:label: b\nx\n```',
  ],
);
const sentence = fc.array(fc.tuple(prose, fc.option(inline, { nil: '' })), { minLength: 1, maxLength: 6 });
const container = fc.constantFrom('', '> ', '- ', '1. ', '> - ');
const block = fc.oneof(
  { weight: 3, arbitrary: fc.record({ container, sentence }) },
  { weight: 1, arbitrary: fc.record({ container, display }) },
);

/** A document with its formulas, or with nothing where they stand. */
function write(blocks: readonly unknown[], withFormulas: boolean): string {
  return (blocks as { container: string; sentence?: [string, string][]; display?: string }[])
    .map(({ container: marks, sentence: pairs, display: formula }) => {
      const lines = pairs
        ? [pairs.map(([words, math]) => (math && withFormulas ? `${words} ${math}` : words)).join(' ')]
        : withFormulas
          ? (formula ?? '').split('\n')
          : ['word'];
      const rest = marks.replace(/[^>]/g, ' ');
      return lines.map((line, index) => (index === 0 ? marks : rest) + line).join('\n');
    })
    .join('\n\n');
}

const words = (text: string) => text.split(/\s+/).filter((word) => word !== '');

describe('for any document', () => {
  test('the prose is the same whether formulas are there or not', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 6 }), (blocks) => {
        const sentences = blocks.filter((one) => 'sentence' in one);
        const expected = words(proseOf(read(write(sentences, false))));
        expect(words(proseOf(read(write(blocks, true))))).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  test('the number of formulas is what was written', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 6 }), (blocks) => {
        const count = blocks.reduce(
          (sum, one) => sum + ('sentence' in one ? one.sentence.filter(([, math]) => math !== '').length : 1),
          0,
        );
        expect(formulasOf(read(write(blocks, true)))).toHaveLength(count);
      }),
      { numRuns: 200 },
    );
  });
});

const noise = fc
  .array(
    fc.constantFrom(
      ...[
        '$',
        '$$',
        '\\',
        '\\(',
        '\\)',
        '\\[',
        '\\]',
        '\\\\(',
        '\\\\)',
        '{',
        '}',
        '|',
        '_',
        '^',
        '%',
        '.',
        ',',
        '\n',
        '\n\n',
      ],
      ...[
        '\r\n',
        ' ',
        '\t',
        '> ',
        '- ',
        '1. ',
        '# ',
        'a',
        'b1',
        'word',
        '7',
        '한글',
        '\\begin{align}',
        '\\end{align}',
      ],
      ...['\\begin{cases}', '\\end{cases}', '\\text{', '| a | b |\n|---|---|\n| ', '***', '~'],
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(''));

describe('for any sequence of delimiters', () => {
  test('no letter and no digit is lost', () => {
    fc.assert(
      fc.property(noise, (markdown) => {
        let found = '';
        visit(read(markdown), (node) => {
          if ('value' in node) found += node.value;
        });
        const letters = (text: string) =>
          text.replace(/^[ \t>]*(?:[-+*]|\d+\.)(?=\s|$)/gm, '').replace(/[^\p{L}]/gu, '');
        expect(letters(found)).toBe(letters(markdown));
      }),
      { numRuns: 1000 },
    );
  });

  test('every character of a formula is found in the source', () => {
    fc.assert(
      fc.property(noise, (markdown) => {
        const lines = markdown.split(/\r\n|\n|\r/);
        for (const formula of formulasOf(read(markdown))) {
          for (const [offset, character] of formula.value.split('').entries()) {
            if (character === '\n') continue;
            const { line, column } = pointAt(formula, offset);
            expect(lines[line - 1]?.[column - 1]).toBe(character);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('a plain text keeps its letters', () => {
    fc.assert(
      fc.property(noise, (text) => {
        const letters = (value: string) => value.replace(/[^\p{L}]/gu, '');
        const found = scanMath(text)
          .map(({ value }) => value)
          .join('');
        expect(letters(found)).toBe(letters(text));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('hostile texts are read in linear time', () => {
  // If each opener were followed to the text's end, none of the longer texts would be done within a test's time.
  const repeated = (piece: string) => (count: number) => piece.repeat(count);
  test.each<[string, (count: number) => string]>([
    ['dollars', repeated('$')],
    ['double dollars', repeated('$$ ')],
    ['double dollars in lines', repeated('$$\n')],
    ['double dollars in paragraphs', repeated('$$ a\n\n')],
    ['double dollars in items', repeated('- $$\n')],
    ['openers', repeated('$a ')],
    ['closers', repeated('a$ ')],
    ['brackets', repeated('\\(')],
    ['doubled brackets', repeated('\\\\[')],
    ['brackets in paragraphs', repeated('\\[\n\n')],
    ['environments', repeated('\\begin{align}')],
    ['nested environments', repeated('\\begin{cases}\\begin{align}')],
    ['text commands', repeated('$\\text{ ')],
    ['braces', repeated('$${')],
    ['dollars and backticks', repeated('$`')],
    ['code fences', repeated('- ```math\n')],
    ['directives', repeated('```{math}\n:a:\n')],
    ['formulas in one line', repeated('$$a$$ ')],
    ['blanks', (count) => `$$${' '.repeat(count)}x`],
    ['blank lines', (count) => `$$${'\n'.repeat(count)}x\n$$`],
    ['a long word', (count) => `$$\n\n${'a'.repeat(count)}\n$$`],
    ['a row of a table', (count) => `|${'$|x|$ |'.repeat(count / 5)}\n|${'-|'.repeat(count / 5)}`],
  ])('%s', (_, text) => {
    expect(read(text(4_000)).children.length).toBeGreaterThan(0);
    expect(scanMath(text(100_000)).length).toBeGreaterThan(0);
  });
});
