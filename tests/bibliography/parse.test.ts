// What a .bib file means: strings, comments, inheritance, links, places.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBibliography } from '../../src/bibliography/parse.js';
import { plainText } from '../../src/bibliography/rich.js';
import { everythingAbout } from './marked.js';

function entryOf(source: string, key = 'a') {
  const entry = parseBibliography(source, 'references.bib').entries.get(key);
  if (!entry) throw new Error(`There is no ${key}.`);
  return entry;
}

const title = (source: string, key?: string) => plainText(entryOf(source, key).fields.title ?? []);

describe('a bibliography', () => {
  it.each([
    ['@string{n = "Neural"} @misc{a, title = n # { Nets}}', 'Neural Nets'],
    ['@STRING ( n = {Neural} )\n@misc{a, title = N}', 'Neural'],
    ['@String {n = "Ne" # {ural}}\n@ misc {a , TITLE = n}', 'Neural'],
    ['@misc{a, title = jan # "~" # 1}', 'jan\u00a01'],
    ['@misc(a, title = {A (round) one})', 'A (round) one'],
    ['@misc{a, title = "A {"}quoted{"} word"}', 'A "quoted" word'],
    ['@misc{a,\n title = {A},\n}\n', 'A'],
    ['\ufeff@misc{a, title = {A}}', 'A'],
    ['@misc{a,\r\n  title = {A\r\n  B}\r\n}\r\n', 'A B'],
    ['@comment{@misc{a, title = {B}}} @misc{a, title = {A}}', 'A'],
    ['@comment ignored\n@misc{a, title = {A}}', 'A'],
    ['@preamble{"\\newcommand{\\x}{y}"}\n@misc{a, title = {A}}', 'A'],
    ['% @misc{a, title = {B}}\n@misc{a, title = {A}}', 'A'],
    ['Write to kim@example.org {or not}.\n@misc{a, title = {A}} % and more', 'A'],
    ['@misc{a, % {what\n title = {A}}', 'A'],
    ['@misc{a, url = {https://x.org/a%20b}} @misc{b, title = {A}}', ''],
    ['@misc{a, title = {Deep}, subtitle = {A survey}}', 'Deep: A survey'],
    ['@misc{a, title = {한글 {GPU} 제목}}', '한글 GPU 제목'],
    ['@misc{a, title = {{\\$}5 and $x^2$}}', '$5 and $x^2$'],
  ])('%j has the title %j', (source, expected) => {
    expect(everythingAbout(source)).toEqual([]);
    expect(title(source)).toBe(expected);
  });

  it('has two entries on one line, even behind a percent sign in the first', () => {
    const { entries } = parseBibliography(
      '@misc{a, url = {https://x.org/a%20b}} @misc{b, title = {B}}',
      'x.bib',
    );
    expect([...entries.keys()]).toEqual(['a', 'b']);
  });

  it.each([
    'vaswani2017',
    'DBLP:conf/nips/VaswaniSPUJGKP17',
    'kim-etal_2020',
    '1998A&A...330..515F',
    "o'brien",
    '김2020',
    '10.1016/0370(83)9',
  ])('has the key %s', (key) => {
    expect(entryOf(`@misc{${key}, title = {A}}`, key).key).toBe(key);
  });

  it('has keys in NFC', () => {
    expect(entryOf(`@misc{${'김2020'.normalize('NFD')}, title = {A}}`, '김2020').key).toBe('김2020');
  });

  it('tells where a key and a formula stand', () => {
    const source = '@string{n = {of $x$}}\n@misc{ab,\n  title = {On $y_1$ } # n}';
    const entry = entryOf(source, 'ab');
    expect(entry.place).toEqual({ file: 'references.bib', line: 2, column: 7, length: 2 });
    expect(entry.fields.title).toEqual([
      'On ',
      { type: 'formula', tex: 'y_1', place: { file: 'references.bib', line: 3, column: 16, length: 3 } },
      ' of ',
      { type: 'formula', tex: 'x', place: { file: 'references.bib', line: 1, column: 18, length: 1 } },
    ]);
  });

  it('takes what an entry lacks from the collection that it names', () => {
    const source = `@inproceedings{a, title = {A}, pages = {1--2}, crossref = {NIPS}}
      @proceedings{nips, title = {Advances}, editor = {Guyon, I.}, year = 2017, publisher = {Curran}, url = {https://x.org}}`;
    const { fields, editors, year, links } = entryOf(source);
    expect(fields).toMatchObject({
      title: ['A'],
      booktitle: ['Advances'],
      pages: ['1–2'],
      publisher: ['Curran'],
    });
    expect([editors.people[0]?.family, year, links]).toEqual(['Guyon', '2017', {}]);
  });

  it.each([
    ['year = 2017', '2017'],
    ['date = {2017-06-12}', '2017'],
    ['year = {in press}', 'in press'],
    ['title = {A}', ''],
  ])('%s is of the year %j', (field, year) => {
    expect(entryOf(`@misc{a, ${field}}`).year).toBe(year);
  });

  it.each([
    ['doi = {10.1145/3298689}', { doi: '10.1145/3298689' }],
    ['doi = {https://doi.org/10.1007/978-3\\_28}', { doi: '10.1007/978-3_28' }],
    ['doi = {none}', {}],
    ['url = {https://example.org/~a_b}', { url: 'https://example.org/~a_b' }],
    ['howpublished = {\\url{https://example.org}}', { url: 'https://example.org' }],
    ['url = {javascript:alert(1)}', {}],
    ['url = {https://a b}', {}],
    [
      'eprint = {1706.03762}, archivePrefix = {arXiv}, primaryClass = {cs.CL}',
      { arxiv: { id: '1706.03762', subject: 'cs.CL' } },
    ],
    ['eprint = {1706.03762v5}, eprinttype = {arxiv}', { arxiv: { id: '1706.03762v5' } }],
    ['eprint = {math/0309136}', { arxiv: { id: 'math/0309136' } }],
    ['eprint = {12345}, archivePrefix = {PubMed}', {}],
    ['journal = {arXiv preprint arXiv:1409.0473}', { arxiv: { id: '1409.0473' } }],
    ['journal = {CoRR}, volume = {abs/1409.0473}', { arxiv: { id: '1409.0473' } }],
    [
      'url = {https://arxiv.org/abs/1409.0473}',
      { url: 'https://arxiv.org/abs/1409.0473', arxiv: { id: '1409.0473' } },
    ],
    ['doi = {10.48550/arXiv.1706.03762}', { doi: '10.48550/arXiv.1706.03762', arxiv: { id: '1706.03762' } }],
  ])('%s leads to %j', (fields, links) => {
    expect(entryOf(`@misc{a, ${fields}}`).links).toEqual(links);
  });

  it('is empty for an empty file', () => {
    expect(parseBibliography('', 'x.bib')).toEqual({ entries: new Map(), diagnostics: [] });
  });

  it('is read, whatever is broken off or put into it, with every mistake at a place in the file', () => {
    const whole =
      '@string{n = {Neural}}\n@article{a,\n  title = {On $x$ {GPU}s},\n  author = "Kim, A. and {B}",\n  year = 2017\n}\n';
    const pieces = fc.constantFrom(
      '{',
      '}',
      '"',
      '@',
      ',',
      '=',
      '#',
      '%',
      '\\',
      '$',
      '(',
      ')',
      '\n',
      'a',
      '한',
      ' and ',
    );
    fc.assert(
      fc.property(
        fc.nat(whole.length),
        fc.nat(12),
        fc.array(pieces, { maxLength: 4 }),
        (at, length, inserted) => {
          const source = whole.slice(0, at) + inserted.join('') + whole.slice(at + length);
          const lines = source.split('\n');
          for (const { line = 0, column = 0, length: marked = 0 } of everythingAbout(source)) {
            expect(line).toBeGreaterThan(0);
            expect(column + marked - 1).toBeLessThanOrEqual((lines[line - 1] ?? '').length);
          }
        },
      ),
      { numRuns: 3000, seed: 1 },
    );
  });
});
