// The fields of front matter: what each means, which names other systems have for it, and which of their keys are
// known to mean nothing here. What a post is made of is decided here and nowhere else.
import * as z from 'zod';
import { nearest } from '../diagnostic.js';
import { flag, line, lines, must, readFlag } from '../schema.js';
import { type Field, type Fields, itemsOf, plain } from '../value.js';
import { dateReader } from './dates.js';
import { hidingKeys } from './hiding-keys.js';
import { ignoredKeys } from './ignored-keys.js';
import { languageCode } from './languages.js';

const readDate = dateReader('UTC');

/** What is wrong with a date that cannot be read: all of it, its day, or what stands behind that. */
function faultOfDate(text: string): string {
  const [day] = /^\d{4}([-/.])\d{1,2}\1\d{1,2}/.exec(text) ?? [];
  if (day === undefined) return `${text} is not a date`;
  if (readDate(day) === undefined) return `${text} does not exist`;
  const [dayAndTime = day] = /^\S+?[T\s]\s*\d{1,2}:\d\d(?::\d\d)?/.exec(text) ?? [];
  const read = readDate(dayAndTime) === undefined ? day : dayAndTime;
  return `${text} cannot be read from ${text.slice(read.length).trim()} on`;
}

/** Kept as written: a time without an offset needs the site's time zone. */
const date = z.preprocess(
  (value) => (value === 'null' || value === '~' ? undefined : value),
  z
    .string({ error: 'is not a date' })
    .refine((text) => readDate(text) !== undefined, {
      error: ({ input }) => faultOfDate(String(input)),
    })
    .optional(),
);

const words = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',').filter((word) => word.trim() !== '') : value),
  z.array(line, must('a list such as [maths, nlp], or a text with commas')),
);

const nameOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'name' in value ? value.name : value;

const names = z.preprocess(
  (value) => (Array.isArray(value) ? value.map(nameOf) : value === undefined ? value : [nameOf(value)]),
  z.array(z.string(must('a name, or a map with the key name')).pipe(line), must('a name or a list of names')),
);

/** Keys under which a cover may have its path. */
export const coverKeys = ['src', 'image', 'url', 'path', 'img'] as const;

/** A path, or a map that has the path under one of several keys; a map without one shows no picture. */
const cover = z.preprocess((value) => {
  if (typeof value === 'string') return { src: value };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const map: Readonly<Record<string, unknown>> = { ...value };
  const key = coverKeys.find((name) => map[name] !== undefined);
  return key === undefined ? undefined : { src: map[key], alt: map.alt, caption: map.caption };
}, z
  .object(
    { src: line, alt: line.optional(), caption: line.optional() },
    must('a path, or a map with src, alt and caption'),
  )
  .optional());

/** A flag, or a text that is none. Other systems also have maps here, which mean nothing. */
const comments = z.preprocess(
  (value) => (typeof value === 'object' ? undefined : readFlag(value)),
  z.union([z.boolean(), line], must('true, false or a text')).optional(),
);

export const frontMatterSchema = z
  .object({
    title: line.describe('Title; may hold formulas. Without it, the first # heading is the title.'),
    date: date.describe('Day of publication, perhaps with a time. Without it, the date in the file name.'),
    publishDate: date.describe('Day from which on the post is part of the site, where that is not its date.'),
    updated: date.describe('Day of the last revision. Without it, the date of the last commit.'),
    description: line.describe('One or two sentences for search engines and link previews.'),
    summary: line.describe('Text of the card on lists, unless the body has <!--more-->.'),
    authors: names.describe('A name, or a list of names.'),
    tags: words.describe('A list, or a text with commas.'),
    categories: words.describe('A list, or a text with commas.'),
    series: names.describe('Name of the series that the post is a part of, or a list of names.'),
    comments: comments.describe(
      'false for no comments; a text that names their discussion whatever the address.',
    ),
    draft: flag.describe('true leaves the post out, unless --drafts is given.'),
    published: flag.describe('false is another way to write draft: true.'),
    lang: line
      .refine((code) => languageCode(code, []) !== undefined, must('a language code such as en, ko or zh-CN'))
      .describe('Language of the text. Without it, the suffix of the file name.'),
    slug: z.string(must('a text')).describe('Last part of the address. Without it, the file name.'),
    url: z.string(must('a text')).describe('The whole address, from the root of the site: /about/.'),
    aliases: lines.describe('Old addresses, which redirect here.'),
    cover: cover.describe('A picture: its path, or a map with src, alt and caption.'),
    coverAlt: line.describe('Words for those who do not see the cover.'),
    layout: line.describe('page for a page such as about, beside the posts.'),
    toc: z
      .preprocess(
        (value) => (typeof value === 'object' ? true : readFlag(value)),
        z.boolean(must('true or false')),
      )
      .describe('Whether the post shows its table of contents.'),
    macros: z
      .union([z.string(), z.record(z.string(), z.string(must('TeX')))], must('a map from commands to TeX'))
      .describe("Commands for the formulas of this post: {\\E: '\\mathbb{E}'}."),
    bibliography: lines.describe('Files with works to cite, beside references.bib.'),
  })
  .partial();

export type FieldName = keyof typeof frontMatterSchema.shape;

/** For hints: how a value looks in YAML. */
export const examples: Readonly<Record<FieldName, string>> = {
  title: 'Attention in NLP',
  date: '2019-02-05',
  publishDate: '2019-02-05',
  updated: '2019-02-05',
  description: 'How attention came about.',
  summary: 'How attention came about.',
  authors: '[Kim, Lee]',
  tags: '[NLP, Deep Learning]',
  categories: '[NLP]',
  series: 'Attention from scratch',
  comments: 'attention-in-nlp',
  draft: 'true',
  published: 'false',
  lang: 'ko',
  slug: 'attention-in-nlp',
  url: '/about/',
  aliases: '[/old/address/]',
  cover: 'plot.svg',
  coverAlt: 'Regret over time',
  layout: 'page',
  toc: 'false',
  macros: "{\\E: '\\mathbb{E}'}",
  bibliography: 'papers.bib',
};

/** Names that Hugo, Jekyll, Astro and their themes have for our fields; of several, the first counts. @internal */
export const otherNames: Readonly<Record<FieldName, readonly string[]>> = {
  title: [],
  date: ['created', 'createdAt', 'dateCreated'],
  publishDate: ['pubDate', 'pubDatetime', 'publishedDate', 'publishedAt', 'datePublished', 'published'],
  updated: [
    ...['updatedDate', 'updatedAt', 'updateDate', 'dateUpdated', 'lastmod', 'lastModified', 'lastModifiedAt'],
    ...['lastUpdated', 'modified', 'modifiedDate', 'modDate', 'modDatetime', 'dateModified'],
  ],
  description: ['subtitle'],
  summary: ['excerpt'],
  authors: ['author'],
  tags: ['tag'],
  categories: ['category'],
  series: [],
  comments: [],
  draft: ['isDraft'],
  published: [],
  lang: ['language', 'locale'],
  slug: [],
  url: ['permalink'],
  aliases: ['alias', 'redirectFrom'],
  cover: ['image', 'heroImage', 'coverImage', 'featuredImage'],
  coverAlt: ['heroImageAlt', 'heroAlt', 'imageAlt', 'coverImageAlt', 'featuredImageAlt'],
  layout: [],
  toc: ['showToc', 'tableOfContents', 'showTableOfContents'],
  macros: [],
  bibliography: [],
};

const fieldNames = Object.keys(otherNames) as FieldName[];

/** Keys are compared without regard to case, `-` and `_`: Hugo does not see case, Jekyll writes `last_modified_at`. */
const fold = (key: string): string => key.toLowerCase().replace(/[-_]/g, '');

const nameByKey: ReadonlyMap<string, FieldName> = new Map(
  fieldNames
    .flatMap((name) => [name, ...otherNames[name]].map((key) => [fold(key), name] as const))
    .reverse(),
);

const ignored = new Set(ignoredKeys.map(fold));
const hiding = new Map(Object.entries(hidingKeys).map(([key, hides]) => [fold(key), hides]));

export interface Named {
  readonly fields: Fields;
  /** Keys that mean nothing, and the known key that is spelled nearly so. */
  readonly unknown: readonly { readonly field: Field; readonly nearest?: string }[];
  /** Keys that are passed over because another one says the same. */
  readonly passedOver: readonly { readonly field: Field; readonly for: string }[];
  /** Those that would keep the post from being seen elsewhere, and do not here. */
  readonly hiding: readonly Field[];
}

/** Brings the keys of a file under our names. */
export function nameFields(written: Fields): Named {
  const fields = new Map<string, Field>();
  const unknown: { field: Field; nearest?: string }[] = [];
  const passedOver: { field: Field; for: string }[] = [];
  const hidden: Field[] = [];
  for (const field of [...written.values()].flatMap(withoutTaxonomies)) {
    const name = nameOfField(field);
    const rival = name && fields.get(name);
    const wins = rival === undefined || (name && rank(field, name) < rank(rival, name));
    if (name && wins) fields.set(name, name === 'tags' || name === 'categories' ? inOneList(field) : field);
    const [lost, kept] = wins ? [rival, field] : [field, rival];
    if (lost && kept && areOneKey(lost.key, kept.key) && !isSaidBy(lost, kept))
      passedOver.push({ field: lost, for: kept.key });
    const hides = hiding.get(fold(field.key));
    if (hides?.(field.value)) hidden.push(field);
    if (name || hides || ignored.has(fold(field.key))) continue;
    const near = nearest(field.key, [...fieldNames, ...Object.values(otherNames).flat()]);
    unknown.push({ field, ...(near && { nearest: near }) });
  }
  // When a text was written is no matter where it says when it was published.
  const date = fields.get('date');
  if (date && fields.has('publishDate') && rank(date, 'date') > 0) fields.delete('date');
  return { fields, unknown, passedOver, hiding: hidden };
}

/** `Date` and `date`, `tag` and `tags`; other names are those of two systems, and may stand in one post. */
function areOneKey(one: string, other: string): boolean {
  const [a, b] = [one, other].map((key) =>
    fold(key).replace(/ies$/, 'y').replace(/ses$/, 's').replace(/s$/, ''),
  );
  return a === b;
}

/** Whether nothing is lost with the first: `category: a` beside `categories: [a, b]`. */
function isSaidBy(lost: Field, kept: Field): boolean {
  const [some, all] = [lost, kept].map(({ value }) =>
    (value.type === 'list' ? itemsOf(value) : [value]).map((item) => JSON.stringify(plain(item))),
  );
  return some?.every((item) => all?.includes(item)) ?? false;
}

/** Zola has tags and categories in a table of their own. */
function withoutTaxonomies(field: Field): readonly Field[] {
  const { key, value } = field;
  return fold(key) === 'taxonomies' && value.type === 'map' ? [...value.fields.values()] : [field];
}

/** A list in a list is part of it, as with Jekyll: `- [Maths, Analysis]` is written for `[Maths, Analysis]`. */
function inOneList(field: Field): Field {
  const { value } = field;
  return value.type === 'list' ? { ...field, value: { ...value, items: itemsOf(value) } } : field;
}

/** Jekyll's `published` is a flag, with others it is a date: that has a year, or is not known yet. */
function nameOfField({ key, value }: Field): FieldName | undefined {
  const name = nameByKey.get(fold(key));
  if (fold(key) !== 'published') return name;
  const isDate = value.type === 'text' && /\d{4}|^(?:null|~)?$/.test(value.text);
  return isDate ? 'publishDate' : 'published';
}

function rank({ key }: Field, name: FieldName): number {
  return [name, ...otherNames[name]].findIndex((other) => fold(other) === fold(key));
}
