// How citations read in the text, in our two styles: author and year, or numbers in the order of the text.
import { orEnglish } from '../locales.js';
import type { Entry } from './entry.js';
import type { Name } from './names.js';
import type { Entries } from './parse.js';
import { plainText } from './rich.js';
import { type CitationWords, fillPattern } from './words.js';

export type CitationStyle = 'author-year' | 'numeric';

/** What a post can cite, and how. */
export interface Bibliography {
  readonly style: CitationStyle;
  readonly entries: Entries;
}

export const emptyBibliography: Bibliography = { style: 'author-year', entries: new Map() };

/** How one work is cited on one page. */
export interface Label {
  /** `Vaswani et al.` */
  readonly names: string;
  /** `2017`, `2017b`; differs between works of the same names. */
  readonly year: string;
  /** In the order of the first citations, from 1. */
  readonly number: number;
}

export type Labels = ReadonlyMap<string, Label>;

/** One work in a citation. Its affixes are the author's own words, and set by the caller. */
export interface CitationItem {
  readonly key: string;
  /** `-@key`: the names stand in the sentence already. */
  readonly yearOnly: boolean;
  readonly hasPrefix: boolean;
  readonly hasSuffix: boolean;
}

/** What stands around the affixes of a citation in brackets. */
export interface CitationText {
  readonly open: string;
  readonly items: readonly { readonly before: string; readonly text: string }[];
  readonly close: string;
}

/** Labels of the works that a page cites; `keys` in the order of their first citations. */
export function labelWorks(
  keys: readonly string[],
  entries: Entries,
  language: string,
  words: CitationWords,
): Labels {
  const works = [...new Set(keys)].map((key) => entries.get(key)).filter((entry) => entry !== undefined);
  const drafts = new Map(
    works.map((entry) => [entry.key, { names: namesOf(entry, words), year: entry.year || words.noDate }]),
  );
  const letters = disambiguate(sortWorks(works, language), (entry) => {
    const draft = drafts.get(entry.key);
    return `${draft?.names} ${draft?.year}`;
  });
  return new Map(
    works.map(({ key }, index) => {
      const { names = '', year = '' } = drafts.get(key) ?? {};
      const letter = letters.get(key);
      const gap = /\d$/.test(year) ? '' : '-';
      return [key, { names, year: letter === undefined ? year : year + gap + letter, number: index + 1 }];
    }),
  );
}

/** `a`, `b`, … for works that would be cited by the same words, in the order of the list. */
function disambiguate(works: readonly Entry[], words: (entry: Entry) => string): Map<string, string> {
  const groups = new Map<string, string[]>();
  for (const entry of works) groups.set(words(entry), [...(groups.get(words(entry)) ?? []), entry.key]);
  const letters = new Map<string, string>();
  for (const keys of groups.values()) {
    if (keys.length > 1) for (const [index, key] of keys.entries()) letters.set(key, letterAt(index));
  }
  return letters;
}

/** a … z, aa, ab, … */
function letterAt(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? letterAt(rest - 1) : '') + String.fromCharCode(97 + (index % 26));
}

/** The order of an author–year list: by names, year and title, as the page's language sorts. */
export function sortWorks(works: readonly Entry[], language: string): Entry[] {
  const collator = new Intl.Collator(orEnglish(language), { numeric: true });
  const sortable = works.map((entry) => ({
    entry,
    by: [sortName(entry), entry.year, plainText(entry.fields.title ?? []), entry.key],
  }));
  return sortable
    .sort((a, b) => {
      for (const [index, text] of a.by.entries()) {
        const order = collator.compare(text, b.by[index] ?? '');
        if (order !== 0) return order;
      }
      return a.entry.key < b.entry.key ? -1 : 1;
    })
    .map(({ entry }) => entry);
}

function sortName(entry: Entry): string {
  const { people } = entry.authors.people.length > 0 ? entry.authors : entry.editors;
  if (people.length === 0) return substitute(entry).replace(/^“/, '');
  return people.map(({ family, given, suffix }) => `${family} ${given} ${suffix}`.trim()).join(', ');
}

/** Who a work is cited by: authors, else editors, else the organisation, else its title. */
function namesOf(entry: Entry, words: CitationWords): string {
  const { people, others } = entry.authors.people.length > 0 ? entry.authors : entry.editors;
  const [first, second] = people;
  if (first === undefined) return substitute(entry);
  if (others || people.length > 2) return fillPattern(words.many, { a: first.family });
  return second === undefined ? first.family : pair(first, second, words);
}

/** Names of Chinese, Japanese or Korean letters are joined as these languages do, on any page. */
function pair(first: Name, second: Name, words: CitationWords): string {
  const isEastAsian = [first, second].every(({ family }) =>
    /^[\p{Script=Hangul}\p{Script=Han}\p{Script=Katakana}]/u.test(family),
  );
  return isEastAsian
    ? `${first.family}·${second.family}`
    : fillPattern(words.pair, { a: first.family, b: second.family });
}

const longestTitle = 6;

function substitute({ key, fields }: Entry): string {
  const organization = fields.organization ?? fields.institution;
  if (organization !== undefined) return plainText(organization);
  if (fields.title === undefined) return key;
  const words = plainText(fields.title).split(' ');
  return `“${words.slice(0, longestTitle).join(' ')}${words.length > longestTitle ? '…' : ''}”`;
}

/** `[see @a, p. 3; @b]`: works by the same names that follow one another share them. */
export function citeInBrackets(
  items: readonly CitationItem[],
  labels: Labels,
  style: CitationStyle,
): CitationText {
  if (style === 'numeric') {
    const separator = items.some(({ hasPrefix, hasSuffix }) => hasPrefix || hasSuffix) ? '; ' : ', ';
    return {
      open: '[',
      items: items.map(({ key }, index) => ({
        before: index === 0 ? '' : separator,
        text: String(labels.get(key)?.number),
      })),
      close: ']',
    };
  }
  return {
    open: '(',
    items: items.map((item, index) => {
      const { names = '', year = '' } = labels.get(item.key) ?? {};
      const last = items[index - 1];
      const isShared =
        last !== undefined && !last.hasSuffix && !item.hasPrefix && names === labels.get(last.key)?.names;
      const before = index === 0 ? '' : isShared ? ', ' : '; ';
      return { before, text: isShared || item.yearOnly ? year : `${names}, ${year}` };
    }),
    close: ')',
  };
}

/** `@key` in a sentence: `names` with the space behind it, if the language sets one, and `mark`: `(2017)` or `[1]`. */
export function citeInText(
  label: Label,
  style: CitationStyle,
  words: CitationWords,
): { names: string; mark: string } {
  const mark = style === 'numeric' ? `[${label.number}]` : `(${label.year})`;
  const [names = ''] = words.inText.split('{mark}');
  return { names: fillPattern(names, { names: label.names }), mark };
}
