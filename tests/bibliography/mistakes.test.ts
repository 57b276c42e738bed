// Every mistake in a .bib file is named where it is, and the entries around it can still be cited.
import { describe, expect, it } from 'vitest';
import { parseBibliography } from '../../src/bibliography/parse.js';
import { everythingAbout, placeOf, readMarks } from './marked.js';

const before = '@misc{before, title = {Before}}\n';
const after = '\n@misc{after, title = {After}}\n';

/** What is wrong, its code, and a source whose marks are where it is said. */
const mistakes: readonly (readonly [string, string, string])[] = [
  ['an entry without its last brace', 'never-closed', '@article‹{›a, title = {A}, year = 2017\n'],
  [
    'a title without its last brace',
    'never-closed',
    '@article{a,\n  title = ‹{›A study,\n  year = {2017}\n}\n',
  ],
  [
    'a title that a later brace seems to close',
    'never-closed',
    '@article{a,\n  title = ‹{›A {GPU study},\n  year = {2017},\n}\n',
  ],
  [
    'a quotation mark without its partner',
    'never-closed',
    '@article{a,\n  title = ‹"›A study,\n  year = {2017}\n}\n',
  ],
  [
    'a quotation that the next field closes',
    'never-closed',
    '@article{a,\n  title = ‹"›A study,\n  author = "Kim",\n  year = 2017\n}\n',
  ],
  [
    'a group open inside a quotation',
    'never-closed',
    '@article{a,\n  title = "A ‹{›study",\n  year = 2017\n}\n',
  ],
  ['an entry in parentheses that stays open', 'never-closed', '@article‹(›a, title = {A}\n'],
  ['a @string that stays open', 'never-closed', '@string‹{›nips = {Neural}\n'],
  ['a @comment that stays open', 'never-closed', '@comment‹{›what follows\n'],
  ['no comma between two fields', 'missing-comma', '@article{a,\n  title = {A}\n  ‹year› = 2017\n}\n'],
  ['no comma between fields on one line', 'missing-comma', '@article{a, title = {A} ‹year› = 2017}\n'],
  ['no comma behind a number', 'missing-comma', '@article{a, year = 2017\r\n ‹title› = {A}}\r\n'],
  ['no comma behind a quotation', 'missing-comma', '@article{a, title = "A" ‹doi› = {10.1/x}}\n'],
  ['no comma behind the key', 'missing-comma', '@article{‹vaswani2017›\n  title = {A}\n}\n'],
  ['no key, but fields', 'missing-key', '@article‹{›title = {A}, year = 2017}\n'],
  ['no key, but its comma', 'missing-key', '@article‹{›, title = {A}}\n'],
  ['nothing at all', 'missing-key', '@article‹{›}\n'],
  ['a key in two words', 'syntax', '@article{‹vaswani› 2017, title = {A}}\n'],
  ['a key alone', 'syntax', '@article{‹a›}\n'],
  ['a field without a value', 'syntax', '@article{a, ‹title› = , year = 2017}\n'],
  ['a last field without a value', 'syntax', '@article{a,\n  ‹title› =\n}\n'],
  ['a value without a name', 'syntax', '@article{a, ‹=› {A}}\n'],
  ['a field without its sign', 'syntax', '@article{a, ‹title› {A}}\n'],
  ['a word alone', 'syntax', '@article{a, title = {A}, ‹foo›}\n'],
  ['two commas', 'syntax', '@article{a, title = {A},‹,› year = 2017}\n'],
  ['words without braces', 'syntax', '@article{a, journal = Nature ‹Physics›, year = 2017}\n'],
  ['a number with a letter', 'syntax', '@article{a, title = {A}, year = 2017‹a›}\n'],
  ['a quotation inside a quotation', 'syntax', '@article{a, title = "The "‹big›" one"}\n'],
  ['text behind a value', 'syntax', '@article{a, title = {A} ‹study›, year = 2017}\n'],
  ['a brace too many in the middle', 'syntax', '@article{a, title = {A}‹}›,\n  year = 2017}\n'],
  ['a brace too many at the end', 'syntax', '@article{a, title = {A}}\n‹}›\n'],
  ['no brace behind the type', 'syntax', '‹@article› a,\n  title = {A}\n'],
  [
    'braces a hundred and one deep',
    'syntax',
    `@article{a, title = ${'{'.repeat(99)}‹{›${'}'.repeat(100)}}\n`,
  ],
  ['a @string without a value', 'syntax', '@string{‹nips›}\n'],
  ['a @string with a key', 'syntax', '‹@string›{nips, title = {A}}\n'],
  ['a key for the second time', 'duplicate-key', '@article{a, title = {A}}\n@book{‹a›, title = {B}}\n'],
  [
    'a Korean key in both its forms',
    'duplicate-key',
    `@misc{${'김2017'.normalize('NFC')}, title = {A}}\n@misc{‹${'김2017'.normalize('NFD')}›, title = {B}}\n`,
  ],
  ['a field for the second time', 'duplicate-field', '@article{a, title = {A}, ‹Title› = {B}}\n'],
  ['a type that does not exist', 'unknown-type', '@‹artcle›{a, title = {A}}\n'],
  ['a @string that does not exist', 'unknown-string', '@article{a, journal = ‹nips›, title = {A}}\n'],
  [
    'a @string that does not exist, among others',
    'unknown-string',
    '@string{n = "N"}\n@misc{a, title = n # { of } # ‹icml›}\n',
  ],
  [
    'an entry to inherit from that does not exist',
    'unknown-crossref',
    '@inproceedings{a, title = {A}, crossref = {‹nips2017›}}\n',
  ],
  ['a command that TeX has and we have not', 'unknown-command', '@misc{a,\n  title = {On ‹\\foo›{bars}}}\n'],
  ['such a command in a @string', 'unknown-command', '@misc{a,\n  title = {A ‹\\foo›} # { and B}}\n'],
  ['names joined by commas', 'names', '@misc{a, author = {‹Kim, A., Lee, B., Park, C.›}, title = {A}}\n'],
  [
    'names joined by semicolons',
    'names',
    '@misc{a, author = {Cho, K. and ‹Kim, A.; Lee, B.›}, title = {A}}\n',
  ],
];

describe('a mistake', () => {
  it('is not there when there is none', () => {
    expect(everythingAbout(before + after)).toEqual([]);
  });

  it.each(mistakes)('is named in its place: %s', (_, code, marked) => {
    const { source, places } = readMarks(before + marked + after);
    const found = everythingAbout(source);
    expect(found.map((one) => [one.code, placeOf(one)])).toEqual(
      places.map((place) => [`bibliography/${code}`, place]),
    );
    expect(found.every(({ file, hint }) => file === 'references.bib' && hint !== undefined)).toBe(true);
  });

  it.each(mistakes)('takes no other entry with it: %s', (_, __, marked) => {
    const { entries } = parseBibliography(readMarks(before + marked + after).source, 'references.bib');
    expect([entries.get('before')?.fields.title, entries.get('after')?.fields.title]).toEqual([
      ['Before'],
      ['After'],
    ]);
  });

  it('leaves the entry that can be cited, so that citing it is not a second mistake', () => {
    const { entries } = parseBibliography('@article{a, title = {A} year = 2017}', 'references.bib');
    expect(entries.get('a')).toMatchObject({ key: 'a', fields: {} });
  });

  it('is only a remark on its entry where it does not spoil it, since libraries are made by programs', () => {
    const { entries, diagnostics } = parseBibliography('@misc{a, title = {\\foo}}', 'references.bib');
    expect(diagnostics).toEqual([]);
    expect(entries.get('a')?.remarks).toMatchObject([
      { severity: 'warning', code: 'bibliography/unknown-command' },
    ]);
  });

  it('is explained by what was probably meant', () => {
    const hints = everythingAbout('@artcle{a, title = {A}, crossref = "b1"}\n@book{b2, title = feb1}').map(
      ({ hint }) => hint,
    );
    expect(hints).toEqual([
      'did you mean @article?',
      'did you mean b2?',
      'did you mean feb? Put text into braces: {feb1}',
    ]);
  });
});
