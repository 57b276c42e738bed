// A work as it is set in a list of references, in our two styles. Works in Korean are quoted as Korean papers do, all
// others in English, on pages of any language: a title is not translated either.
import type { CitationStyle, Label } from './cite.js';
import { arxivLink, type Entry, type FieldName, mainLink } from './entry.js';
import type { Name, Names } from './names.js';
import { type Inline, plainText, type Rich } from './rich.js';

interface Words {
  readonly and: string;
  readonly others: string;
  readonly editor: string;
  readonly editors: string;
  readonly in: string;
  readonly page: string;
  readonly pages: string;
  readonly chapter: string;
  /** `{n}` for what is not a number. */
  readonly edition: string;
  readonly nthEdition: (n: number) => string;
  readonly volume: string;
  readonly version: string;
  /** Between names and year. */
  readonly gap: string;
  /** By the type of entry that BibTeX calls them. */
  readonly kinds: Readonly<Record<string, string>>;
}

const englishPlurals = new Intl.PluralRules('en', { type: 'ordinal' });
const ordinals: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd' };

const wordsOf: Readonly<Record<Entry['language'], Words>> = {
  en: {
    and: ' and ',
    others: ', et al.',
    editor: '{names} (ed.)',
    editors: '{names} (eds.)',
    in: 'In ',
    page: 'p. {n}',
    pages: 'pp. {n}',
    chapter: 'chapter {n}',
    edition: '{n} edition',
    nthEdition: (n) => `${n}${ordinals[englishPlurals.select(n)] ?? 'th'} edition`,
    volume: 'vol. {n}',
    version: 'version {n}',
    gap: ' ',
    kinds: {
      phdthesis: 'PhD thesis',
      mastersthesis: 'Master’s thesis',
      bathesis: 'Bachelor’s thesis',
      mathesis: 'Master’s thesis',
      resreport: 'Research report',
      techreport: 'Technical report',
      candthesis: 'Candidate thesis',
    },
  },
  ko: {
    and: ', ',
    others: ' 등',
    editor: '{names}(편)',
    editors: '{names}(편)',
    in: '',
    page: '{n}쪽',
    pages: '{n}쪽',
    chapter: '{n}장',
    edition: '{n}',
    nthEdition: (n) => `${n}판`,
    volume: '{n}권',
    version: '버전 {n}',
    gap: '',
    kinds: { phdthesis: '박사 학위 논문', mastersthesis: '석사 학위 논문', techreport: '기술 보고서' },
  },
};

/** Names beyond this many are not all shown. */
const mostNames = 12;
const shownNames = 10;

/** Works that stand by themselves: their title is set like that of a journal. */
const wholeWorks = new Set([
  'book',
  'collection',
  'proceedings',
  'thesis',
  'report',
  'manual',
  'booklet',
  'reference',
]);

/** The work as one paragraph. The label's year, with its letter, comes behind the names, or the year at the end. */
export function formatReference(entry: Entry, label: Label, style: CitationStyle): readonly Inline[] {
  const words = wordsOf[entry.language];
  const isNumeric = style === 'numeric';
  const names = people(entry, words, isNumeric);
  const year = isNumeric ? entry.year : `(${label.year})`;
  const title = titleOf(entry);
  const source = [...sourceOf(entry, words), ...(isNumeric && year !== '' ? [[year]] : [])];
  // Without names the title comes first, and the year behind it.
  const head = isNumeric ? [names] : names === '' ? [] : [`${names}${words.gap}${year}`];
  const first = !isNumeric && names === '' && title.length > 0 ? [[...title, ' ', year]] : [title];
  const sentences: (readonly Inline[])[] = [
    head,
    ...first,
    joined(source),
    ...identifiers(entry),
    entry.fields.note ?? [],
  ];
  return sentences
    .map((sentence) => sentence.filter((part) => part !== ''))
    .filter((sentence) => sentence.length > 0)
    .flatMap((sentence, index) => [...(index === 0 ? [] : [' ']), ...sentence, ...fullStop(sentence)]);
}

function people(entry: Entry, words: Words, isNumeric: boolean): string {
  const { authors, editors } = entry;
  if (authors.people.length > 0) return joinNames(authors, words, isNumeric);
  if (editors.people.length > 0 && wholeWorks.has(entry.type)) return editorsOf(entry, words, isNumeric);
  const organization = entry.fields.organization ?? entry.fields.institution;
  return organization === undefined ? '' : plainText(organization);
}

function editorsOf({ editors }: Entry, words: Words, isNumeric: boolean): string {
  const pattern = editors.people.length === 1 && !editors.others ? words.editor : words.editors;
  return filled(pattern, 'names', joinNames(editors, words, isNumeric));
}

/** `Kim, A., Lee, B., and Park, C.`, or given names first. */
function joinNames({ people, others }: Names, words: Words, isDirect: boolean): string {
  const isCut = people.length > mostNames;
  const texts = people
    .slice(0, isCut ? shownNames : undefined)
    .map((name) => (isDirect ? direct(name) : inverted(name)));
  if (others || isCut) return texts.join(', ') + words.others;
  const last = texts.pop() ?? '';
  if (texts.length === 0) return last;
  const comma = texts.length > 1 && words.and !== ', ' ? ',' : '';
  return texts.join(', ') + comma + words.and + last;
}

function inverted({ family, given, suffix }: Name): string {
  return [family, initials(given), suffix].filter((part) => part !== '').join(', ');
}

function direct({ family, given, suffix }: Name): string {
  return [initials(given), family, suffix].filter((part) => part !== '').join(' ');
}

/** `Jean-Paul Marie` is `J.-P. M.` */
function initials(given: string): string {
  return given
    .replace(/\.(?=\p{L})/gu, '. ')
    .split(/\s+/)
    .map((name) =>
      name
        .split(/[-‐–]/)
        .map((part) => part.replace(/^\P{L}*(\p{L}\p{M}*).*$/su, '$1.'))
        .join('-'),
    )
    .join(' ');
}

function titleOf(entry: Entry): readonly Inline[] {
  const title = entry.fields.title ?? (entry.authors.people.length > 0 ? [] : [entry.key]);
  const href = mainLink(entry.links);
  const linked: readonly Inline[] =
    href === undefined || title.length === 0 ? title : [{ type: 'link', href, children: title }];
  return wholeWorks.has(entry.type) && linked.length > 0 ? [{ type: 'emphasis', children: linked }] : linked;
}

type Source = (entry: Entry, words: Words) => readonly (readonly Inline[])[];

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

function sourceOf(entry: Entry, words: Words): (readonly Inline[])[] {
  const source = sources[sameSource[entry.type] ?? entry.type] ?? sources.misc;
  return (source?.(entry, words) ?? []).filter((part) => part.length > 0);
}

function inCollection(entry: Entry, words: Words): readonly (readonly Inline[])[] {
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

function edition(entry: Entry, words: Words): Rich {
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

function series(entry: Entry, words: Words): readonly Inline[] {
  const volume = patterned(entry, 'volume', words.volume);
  const { series: name } = entry.fields;
  if (name === undefined) return volume;
  return [...name, ...(volume.length > 0 ? [', ', ...volume] : spaced(entry.fields.number))];
}

function pages({ fields }: Entry, words: Words): Rich {
  const range = digits(fields.pages);
  if (range.length === 0) return [];
  return around(/[–,]/.test(plainText(range)) ? words.pages : words.page, range);
}

/** Ranges are often written with a single hyphen. */
function digits(range: Rich = []): Rich {
  return range.map((part) => (typeof part === 'string' ? part.replace(/(\d)\s*-\s*(?=\d)/g, '$1–') : part));
}

function kind({ fields }: Entry, words: Words, usual: string): Rich {
  const written = fields.kind === undefined ? usual : plainText(fields.kind);
  return [words.kinds[written.toLowerCase()] ?? written];
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

function filled(pattern: string, name: string, value: string): string {
  return pattern.replace(`{${name}}`, () => value);
}

function spaced(value: Rich = []): Rich {
  return value.length > 0 ? [' ', ...value] : [];
}

/** arXiv's number, unless journal or note hold it already. */
function identifiers({ links, fields }: Entry): (readonly Inline[])[] {
  const { arxiv } = links;
  const shown = plainText([...(fields.journal ?? []), ' ', ...(fields.note ?? [])]);
  if (arxiv === undefined || shown.includes(arxiv.id)) return [];
  const text = `arXiv:${arxiv.id}${arxiv.subject === undefined ? '' : ` [${arxiv.subject}]`}`;
  return [[{ type: 'link', href: arxivLink(arxiv.id), children: [text] }]];
}

/** One sentence, which may begin with one of our words. */
function joined(parts: readonly (readonly Inline[])[]): readonly Inline[] {
  const [first, ...rest] = parts.flatMap((part, index) => (index === 0 ? part : [', ', ...part]));
  if (typeof first !== 'string') return first === undefined ? [] : [first, ...rest];
  return [
    first.replace(/^(?:vol|version|chapter)\b/, (word) => word.charAt(0).toUpperCase() + word.slice(1)),
    ...rest,
  ];
}

/** None behind what ends like a sentence already. */
function fullStop(sentence: readonly Inline[]): readonly Inline[] {
  return /[.?!…。][”’"]?$/.test(plainText(sentence)) ? [] : ['.'];
}
