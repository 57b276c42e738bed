import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFootnoteFromMarkdown } from 'mdast-util-gfm-footnote';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmFootnote } from 'micromark-extension-gfm-footnote';
import { gfmTable } from 'micromark-extension-gfm-table';
import type { Extension } from 'micromark-util-types';
import { expect, it } from 'vitest';
import { tableWithMath } from '../../src/math/table-syntax.js';

const pieces = [
  'a',
  '|',
  '| ',
  ' | ',
  '-',
  '--',
  ':-',
  '-:',
  ' ',
  '    ',
  '\t',
  '> ',
  '>',
  '- ',
  '1. ',
  '\\',
  '`',
];
const line = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 7 }).map((parts) => parts.join('')),
  },
  fc.constantFrom(
    '| a | b |',
    'a | b',
    '|-|-|',
    ' --|:-:',
    '> |-|-|',
    '- | a |',
    '  |-|',
    '```',
    '',
    '# a | b',
  ),
  fc.constantFrom('[^1]: | a |', '    |-|', '<!--', '-->', ':-', 'a'),
);
const text = fc
  .array(fc.tuple(line, fc.constantFrom('\n', '\n', '\r\n', '\r')), { maxLength: 9 })
  .map((lines) => lines.flat().join(''));

function tree(markdown: string, table: Extension): unknown {
  return fromMarkdown(markdown, {
    extensions: [table, gfmFootnote()],
    mdastExtensions: [gfmTableFromMarkdown(), gfmFootnoteFromMarkdown()],
  });
}

/** More of them by `TABLE_RUNS=100000 npx vitest run tests/math/tables.property.test.ts`. */
const numRuns = Number(process.env.TABLE_RUNS ?? 2000);

it('finds the tables of a text without formulas where GitHub’s does', () => {
  let tables = 0;
  fc.assert(
    fc.property(text, (markdown) => {
      const expected = tree(markdown, gfmTable());
      if (JSON.stringify(expected).includes('"tableCell"')) tables += 1;
      expect(tree(markdown, tableWithMath(markdown))).toEqual(expected);
    }),
    { numRuns },
  );
  expect(tables).toBeGreaterThan(numRuns / 50);
});
