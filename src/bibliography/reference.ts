// A work as it is set in a list of references, in our two styles. Works in Korean are quoted as Korean papers do, all
// others in English, on pages of any language: a title is not translated either.
import type { CitationStyle, Label } from './cite.js';
import { arxivLink, type Entry, mainLink } from './entry.js';
import { editorsOf, joinNames } from './reference-names.js';
import { sourceOf } from './reference-source.js';
import { type ReferenceWords, wordsOf } from './reference-words.js';
import { type Inline, plainText } from './rich.js';

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

function people(entry: Entry, words: ReferenceWords, isNumeric: boolean): string {
  const { authors, editors } = entry;
  if (authors.people.length > 0) return joinNames(authors, words, isNumeric);
  if (editors.people.length > 0 && wholeWorks.has(entry.type)) return editorsOf(entry, words, isNumeric);
  const organization = entry.fields.organization ?? entry.fields.institution;
  return organization === undefined ? '' : plainText(organization);
}

function titleOf(entry: Entry): readonly Inline[] {
  const title = entry.fields.title ?? (entry.authors.people.length > 0 ? [] : [entry.key]);
  const href = mainLink(entry.links);
  const linked: readonly Inline[] =
    href === undefined || title.length === 0 ? title : [{ type: 'link', href, children: title }];
  return wholeWorks.has(entry.type) && linked.length > 0 ? [{ type: 'emphasis', children: linked }] : linked;
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
