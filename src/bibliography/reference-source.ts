// Where a work has appeared: what comes behind its title, by kind of work.
import type { Entry, FieldName } from './entry.js';
import { editorsOf } from './reference-names.js';
import type { ReferenceWords } from './reference-words.js';
import { type Inline, plainText, type Rich } from './rich.js';

type Source = (entry: Entry, words: ReferenceWords) => readonly (readonly Inline[])[];

/** What comes behind the title, part by part. */
const sources: Readonly<Record<string, Source>> = {
  article: (entry, words) => [
    emphasised(entry, 'journal'),
    issue(entry),
    entry.fields.journal === undefined ? pages(entry, words) : digits(entry.fields.pages),
  ],
  book: (entry, words) => [edition(entry, words), series(entry, words), entry.fields.publisher ?? []],
  inbook: inCollection,
  thesis: (entry, words) => [kind(entry, words, 'phdthesis'), entry.fields.institution ?? []],
  report: (entry, words) => [
    [...kind(entry, words, 'techreport'), ...spaced(entry.fields.number)],
    entry.authors.people.length > 0 ? (entry.fields.institution ?? []) : [],
  ],
  misc: (entry, words) => [
    emphasised(entry, 'journal'),
    emphasised(entry, 'booktitle'),
    entry.fields.howpublished ?? [],
    patterned(entry, 'version', words.version),
    entry.fields.number ?? [],
    entry.fields.publisher ?? [],
    entry.authors.people.length > 0 ? (entry.fields.organization ?? entry.fields.institution ?? []) : [],
  ],
};

const sameSource: Readonly<Record<string, string>> = {
  booklet: 'book',
  collection: 'book',
  incollection: 'inbook',
  inproceedings: 'inbook',
  manual: 'book',
  proceedings: 'book',
  reference: 'book',
};

/** The parts of that sentence; each holds something. */
export function sourceOf(entry: Entry, words: ReferenceWords): (readonly Inline[])[] {
  const source = sources[sameSource[entry.type] ?? entry.type] ?? sources.misc;
  return (source?.(entry, words) ?? []).filter((part) => part.length > 0);
}

function inCollection(entry: Entry, words: ReferenceWords): readonly (readonly Inline[])[] {
  const { fields, editors } = entry;
  const book = emphasised(entry, 'booktitle');
  const by =
    editors.people.length > 0 && entry.authors.people.length > 0 ? `${editorsOf(entry, words, true)}, ` : '';
  return [
    book.length > 0 ? [words.in, by, ...book] : [],
    series(entry, words),
    patterned(entry, 'chapter', words.chapter),
    pages(entry, words),
    fields.publisher ?? fields.organization ?? [],
  ];
}

function edition(entry: Entry, words: ReferenceWords): Rich {
  const written = plainText(entry.fields.edition ?? []);
  return /^\d+$/.test(written)
    ? [words.nthEdition(Number(written))]
    : patterned(entry, 'edition', words.edition);
}

/** `12(3)` */
function issue({ fields }: Entry): Rich {
  if (fields.number === undefined || fields.volume === undefined) return fields.volume ?? fields.number ?? [];
  return [...fields.volume, '(', ...fields.number, ')'];
}

function series(entry: Entry, words: ReferenceWords): readonly Inline[] {
  const volume = patterned(entry, 'volume', words.volume);
  const { series: name } = entry.fields;
  if (name === undefined) return volume;
  return [...name, ...(volume.length > 0 ? [', ', ...volume] : spaced(entry.fields.number))];
}

function pages({ fields }: Entry, words: ReferenceWords): Rich {
  const range = digits(fields.pages);
  if (range.length === 0) return [];
  return around(/[–,]/.test(plainText(range)) ? words.pages : words.page, range);
}

/** Ranges are often written with a single hyphen. */
function digits(range: Rich = []): Rich {
  return range.map((part) => (typeof part === 'string' ? part.replace(/(\d)\s*-\s*(?=\d)/g, '$1–') : part));
}

function kind({ fields }: Entry, words: ReferenceWords, usual: string): Rich {
  const written = fields.kind === undefined ? usual : plainText(fields.kind);
  const name = written.toLowerCase();
  return [(Object.hasOwn(words.kinds, name) ? words.kinds[name] : undefined) ?? written];
}

function emphasised({ fields }: Entry, name: FieldName): readonly Inline[] {
  const children = fields[name];
  return children === undefined ? [] : [{ type: 'emphasis', children }];
}

function patterned({ fields }: Entry, name: FieldName, pattern: string): Rich {
  const value = fields[name];
  return value === undefined ? [] : around(pattern, value);
}

function around(pattern: string, value: Rich): Rich {
  const [before = '', after = ''] = pattern.split('{n}');
  return [before, ...value, after].filter((part) => part !== '');
}

function spaced(value: Rich = []): Rich {
  return value.length > 0 ? [' ', ...value] : [];
}
