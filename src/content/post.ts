// From a file to a post without its address: front matter read, file name read, defaults filled in. Languages and
// addresses come next (`addresses.ts`), because they depend on all posts together.
import { type Code, diagnostic, nearest } from '../diagnostic.js';
import { readableIdText, readableText } from '../math/readable.js';
import { check, type Problem, readFlag } from '../schema.js';
import type { Config, Cover, Diagnostic, Place, Post, Severity, Source } from '../types.js';
import { type Field, type Fields, placeOf, type TextValue } from '../value.js';
import { dateForms, dateReader, isFuture, type Moment, type ReadDate, type WrittenDate } from './dates.js';
import { coverKeys, examples, type FieldName, frontMatterSchema, nameFields } from './fields.js';
import { type FileName, readFileName } from './file-name.js';
import { type FrontMatter, parseFrontMatter } from './front-matter.js';
import { languageCode } from './languages.js';
import { lossesIn } from './losses.js';
import { segmentFault, sitePath, slugify, tagSlug } from './permalinks.js';

export interface ParseOptions {
  /** Whether drafts and posts of the future are built. */
  readonly drafts: boolean;
  readonly future: boolean;
  readonly now: Moment;
}

/** A text of the front matter that is still to be read as an address. */
export interface Written {
  readonly text: string;
  readonly place: Place;
}

export interface UnaddressedPost {
  readonly post: Omit<Post, 'lang' | 'url' | 'aliases'>;
  /** Missing: the default language of the site. */
  readonly lang?: string;
  readonly url?: Written;
  /** When it becomes part of the site, if that is not its date. */
  readonly publication?: WrittenDate;
  readonly aliases: readonly Written[];
  /** Its tags and categories, as they are written. */
  readonly names: readonly PlacedName[];
  /** Where to point when the address is taken. */
  readonly addressPlace: Place;
}

export interface ParsedSource {
  /** Missing when something is wrong with the file, or when it is left out. */
  readonly unaddressed?: UnaddressedPost;
  readonly hidden?: 'draft' | 'future';
  readonly diagnostics: readonly Diagnostic[];
}

export type SourceParser = (source: Source) => ParsedSource;

/** Gives the function that parses the sources of one build. */
export function sourceParser(config: Config, options: ParseOptions): SourceParser {
  const languages = config.languages.map(({ code }) => code);
  const context: Context = { config, options, languages, readDate: dateReader(config.timezone) };
  return (source) => parseSource(source, context);
}

interface Context {
  readonly config: Config;
  readonly options: ParseOptions;
  readonly languages: readonly string[];
  readonly readDate: ReadDate;
}

type Report = (severity: Severity, code: Code, message: string, place?: Place, hint?: string) => void;

function parseSource(source: Source, context: Context): ParsedSource {
  const frontMatter = parseFrontMatter(source);
  if (hasErrors(frontMatter)) return { diagnostics: frontMatter.diagnostics };
  const { fields, unknown, passedOver, hiding } = nameFields(frontMatter.fields);
  const { options } = context;
  if (isDraft(fields) && !options.drafts) return leftOut('draft', draftKey(fields), source.path, fields);

  const diagnostics: Diagnostic[] = [...frontMatter.diagnostics];
  const report: Report = (...parts) => diagnostics.push(diagnostic(...parts));
  for (const { field, nearest } of unknown) {
    const hint = nearest ? `did you mean ${nearest}?` : 'remove it, if no other program needs it';
    report('warning', 'front-matter/unknown-key', `${field.key} is not a known key`, field.place, hint);
  }
  for (const { field, for: counted } of passedOver)
    report(
      'warning',
      'front-matter/unknown-key',
      `${field.key} is passed over, because ${counted} is given, too`,
      field.place,
      'put both into one',
    );
  for (const { field, meant } of slipsInCover(fields))
    report(
      'warning',
      'front-matter/unknown-key',
      `cover.${field.key} is not a known key`,
      field.place,
      `did you mean ${meant}?`,
    );
  for (const { key, place } of hiding) {
    const message = `${key} keeps no post from being seen here`;
    report('warning', 'front-matter/unknown-key', message, place, 'write draft: true to leave the post out');
  }
  const { data = {}, problems } = check(frontMatterSchema, fields);
  for (const problem of problems) reportProblem(problem, fields, report);
  diagnostics.push(...lossesIn(fields));

  const fileName = readFileName(source.path, context.languages);
  const reading = { source, frontMatter, fields, data, fileName, context, report };
  const isDateWrong = problems.some(({ path }) => path[0] === 'date' || path[0] === 'publishDate');
  const written = isDateWrong ? undefined : dateOf(reading);
  const slug = slugOf(reading);
  if (hasErrors({ diagnostics }) || slug === undefined) return { diagnostics };
  const from = publicationOf(reading, written);
  if (from && isFuture(from, options.now) && !options.future) {
    const by = from === written ? 'date' : 'publishDate';
    return leftOut('future', by, source.path, fields, from.date, diagnostics);
  }
  return { unaddressed: assemble(reading, slug, written), diagnostics };
}

function hasErrors({ diagnostics }: Pick<FrontMatter, 'diagnostics'>): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}

type Data = NonNullable<ReturnType<typeof check<typeof frontMatterSchema>>['data']>;

interface Reading {
  readonly source: Source;
  readonly frontMatter: FrontMatter;
  readonly fields: Fields;
  readonly data: Data;
  readonly fileName: FileName;
  readonly context: Context;
  readonly report: Report;
}

/** What makes the post a draft. */
function draftKey(fields: Fields): FieldName | undefined {
  if (flagOf(fields, 'draft') === true) return 'draft';
  return flagOf(fields, 'published') === false ? 'published' : undefined;
}

function isDraft(fields: Fields): boolean {
  return draftKey(fields) !== undefined;
}

function flagOf(fields: Fields, name: FieldName): unknown {
  const value = fields.get(name)?.value;
  return value?.type === 'text' ? readFlag(value.text) : undefined;
}

const leftOutTexts = {
  draft: { code: 'content/draft', message: () => 'a draft, left out', flag: '--drafts' },
  future: {
    code: 'content/future',
    message: (date: string) => `dated ${date}, left out until then`,
    flag: '--future',
  },
} as const;

function leftOut(
  hidden: 'draft' | 'future',
  by: FieldName | undefined,
  path: string,
  fields: Fields,
  date = '',
  before: readonly Diagnostic[] = [],
): ParsedSource {
  const { code, message, flag } = leftOutTexts[hidden];
  const key = by && fields.get(by);
  const note = diagnostic('note', code, message(date), key?.place ?? firstLine(path), `${flag} builds it`);
  return { hidden, diagnostics: [...before, note] };
}

function firstLine(file: string): Place {
  return { file, line: 1, column: 1 };
}

function reportProblem({ path, message, place }: Problem, fields: Fields, report: Report): void {
  const [name, ...rest] = path.map(String);
  const written = (name && fields.get(name)?.key) ?? name;
  const key = [written, ...rest].join('.');
  if (name === 'date' || name === 'publishDate' || name === 'updated') {
    report('error', 'front-matter/bad-date', `${key}: ${message}`, place, `write it as ${dateForms}`);
    return;
  }
  const hint = isFieldName(name) ? `for example ${written}: ${examples[name]}` : undefined;
  report('error', 'front-matter/invalid-value', `${key} ${message}`, place, hint);
}

function isFieldName(name: string | undefined): name is FieldName {
  return name !== undefined && Object.hasOwn(examples, name);
}

/** The date of the front matter, else of the file's name. Every post needs one, a page does not. */
function dateOf({ source, fields, data, fileName, context, report }: Reading): WrittenDate | undefined {
  const text = data.date ?? data.publishDate ?? fileName.date;
  const date = text === undefined ? undefined : context.readDate(text);
  if (date !== undefined) return date;
  if (text !== undefined) {
    const message = `the file name has the date ${text}, which does not exist`;
    report(
      'error',
      'front-matter/bad-date',
      message,
      firstLine(source.path),
      'rename the file, or give it a date',
    );
  } else if (!isPage(data)) {
    const hint = 'add date: 2019-02-05 to the front matter, or begin the file name with 2019-02-05-';
    const place = (fields.get('date') ?? fields.get('publishDate'))?.place ?? firstLine(source.path);
    report('error', 'front-matter/missing-date', 'this post has no date', place, hint);
  }
  return undefined;
}

/** When it becomes part of the site: as with Hugo, the date that is shown may be another one. */
function publicationOf({ data, context }: Reading, date: WrittenDate | undefined): WrittenDate | undefined {
  return data.publishDate === undefined ? date : context.readDate(data.publishDate);
}

function isPage(data: Data): boolean {
  return data.layout?.toLowerCase() === 'page';
}

/** Undefined when it cannot be used, which is then reported. */
function slugOf({ source, fields, data, fileName, report }: Reading): string | undefined {
  const written = data.slug ?? fileName.name;
  const { slug, fault } = data.slug === undefined ? checked(slugify(written)) : readSlug(written);
  if (fault === undefined) return slug;
  const place = fields.get('slug')?.value.place ?? firstLine(source.path);
  const message = data.slug === undefined ? `the file name ${written} ${fault}` : `slug ${written} ${fault}`;
  report(
    'error',
    'content/unsafe-path',
    message,
    place,
    'set slug to words with letters, digits and hyphens',
  );
  return undefined;
}

interface Slug {
  readonly slug: string;
  readonly fault?: string | undefined;
}

/** A slug that its author wrote: what looks like a path is refused, not mended. */
function readSlug(written: string): Slug {
  const site = sitePath(written);
  if ('fault' in site) return { slug: '', fault: site.fault };
  const text = site.path.replace(/^\/|\/$/g, '');
  if (text.includes('/')) return { slug: '', fault: 'has a /; set url for a whole address' };
  return checked(slugify(text));
}

function checked(slug: string): Slug {
  return { slug, fault: slug === '' ? 'has no letter or digit' : segmentFault(slug) };
}

function assemble(reading: Reading, slug: string, written: WrittenDate | undefined): UnaddressedPost {
  const { source, frontMatter, fields, data, fileName, context } = reading;
  const { config, languages, readDate } = context;
  const lang = data.lang === undefined ? fileName.lang : languageCode(data.lang, languages);
  const url = writtenTexts(fields, 'url')[0];
  const title = fields.get('title')?.value;
  const updated = data.updated === undefined ? undefined : readDate(data.updated)?.date;
  const cover = coverOf(fields, data);
  const from = publicationOf(reading, written);
  const tags = namesOf('tags', reading);
  const categories = namesOf('categories', reading);
  const post = {
    path: source.path,
    translationKey: fileName.translationKey,
    layout: isPage(data) ? ('page' as const) : ('post' as const),
    slug,
    ...(data.title && title?.type === 'text' && { title: data.title }),
    ...written,
    ...(updated && { updated }),
    ...(data.description && { description: data.description }),
    ...(data.summary && { summary: data.summary }),
    textPlaces: textPlaces(fields),
    authors: data.authors ?? [],
    tags: distinct(tags),
    categories: distinct(categories),
    series: [...new Set((data.series ?? []).map(readableText))],
    comments: data.comments ?? true,
    draft: isDraft(fields),
    ...(from && isFuture(from, context.options.now) && { future: true as const }),
    ...(cover && { cover }),
    macros: macrosOf(fields),
    bibliography: writtenTexts(fields, 'bibliography').map(({ text, place }) => ({ path: text, place })),
    toc: (data.toc ?? config.toc) !== false,
    body: frontMatter.body,
    bodyLine: frontMatter.bodyLine,
  };
  const addressPlace = (fields.get('url') ?? fields.get('slug'))?.value.place ?? firstLine(source.path);
  return {
    post,
    ...(lang && { lang }),
    ...(url && { url }),
    ...(from !== written && from && { publication: from }),
    aliases: writtenTexts(fields, 'aliases'),
    names: [...tags, ...categories],
    addressPlace,
  };
}

function textPlaces(fields: Fields): Post['textPlaces'] {
  const cover = fields.get('cover')?.value;
  const values = {
    title: fields.get('title')?.value,
    description: fields.get('description')?.value,
    summary: fields.get('summary')?.value,
    caption: cover?.type === 'map' ? cover.fields.get('caption')?.value : undefined,
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value?.type === 'text' ? [[name, insideQuotes(value)]] : [],
    ),
  );
}

/** The place of the first character between the quotes; of a text in lines of its own, that of the key. */
function insideQuotes({ raw, place }: TextValue): Place {
  if (/^[|>]/.test(raw)) return { file: place.file, ...(place.line && { line: place.line }) };
  const quotes = /^(?:"""|'''|["'])/.exec(raw)?.[0].length ?? 0;
  return { ...place, column: (place.column ?? 1) + quotes };
}

/** A tag or category, with its address. */
export interface PlacedName {
  readonly field: 'tags' | 'categories';
  readonly name: string;
  readonly slug: string;
  readonly place: Place;
}

/** Tags or categories, without those that can have no address. */
function namesOf(field: 'tags' | 'categories', { source, fields, data, report }: Reading): PlacedName[] {
  return (data[field] ?? []).flatMap((written, index) => {
    const name = readableText(written);
    const { slug, fault } = checked(tagSlug(readableIdText(written)));
    const place = placeOf(fields, [field, index]) ?? firstLine(source.path);
    if (fault === undefined) return [{ field, name, slug, place }];
    const message = `${name} ${fault}, and is left out of ${field}`;
    report('warning', 'front-matter/unusable-name', message, place, 'choose another name');
    return [];
  });
}

/** Of those that come to lie at one address, the first is shown. */
function distinct(names: readonly PlacedName[]): readonly string[] {
  const bySlug = new Map<string, string>();
  for (const { slug, name } of names) if (!bySlug.has(slug)) bySlug.set(slug, name);
  return [...bySlug.values()];
}

/** Other systems have many keys in this map: only those are told that look like one of ours. */
function slipsInCover(fields: Fields): { field: Field; meant: string }[] {
  const value = fields.get('cover')?.value;
  if (value?.type !== 'map') return [];
  const known = ['alt', 'caption', ...coverKeys];
  return [...value.fields.values()].flatMap((field) => {
    const meant = known.includes(field.key) ? undefined : nearest(field.key, known);
    return meant === undefined ? [] : { field, meant };
  });
}

function coverOf(fields: Fields, { cover, coverAlt }: Data): Cover | undefined {
  const value = fields.get('cover')?.value;
  if (cover === undefined || value === undefined) return undefined;
  const src =
    value.type === 'map' ? coverKeys.map((key) => value.fields.get(key)?.value).find(Boolean) : value;
  const { alt = coverAlt ?? '', caption } = cover;
  return { src: cover.src, alt: readableText(alt), ...(caption && { caption }), place: (src ?? value).place };
}

/** A map from commands to TeX, or a text of `\\newcommand`s. */
function macrosOf(fields: Fields): Post['macros'] {
  const value = fields.get('macros')?.value;
  if (value?.type === 'text') return [{ body: value.text, place: placeOfLines(value) }];
  if (value?.type !== 'map') return [];
  return [...value.fields.values()].flatMap((field) =>
    field.value.type === 'text'
      ? {
          name: { text: field.key, place: field.place },
          body: field.value.text,
          place: insideQuotes(field.value),
        }
      : [],
  );
}

/** The place of the first character; without a column where the lines of the text are not those of the file. */
function placeOfLines(value: TextValue): Place {
  const { text, raw, place } = value;
  if (place.line === undefined) return place;
  // `|` of YAML, and TOML's `'''` before a line break.
  if (/^(?:\|[^\n]*|'''\r?)\n/.test(raw)) {
    const [, indent = ''] = /^\|[^\n]*\n(?:[ \t\r]*\n)*( *)/.exec(raw) ?? [];
    return { file: place.file, line: place.line + 1, column: indent.length + 1 };
  }
  return text.includes('\n') ? { file: place.file, line: place.line } : insideQuotes(value);
}

function writtenTexts(fields: Fields, name: FieldName): readonly Written[] {
  const value = fields.get(name)?.value;
  const values = value?.type === 'list' ? value.items : value === undefined ? [] : [value];
  return values.flatMap((one) =>
    one.type === 'text' && one.text.trim() !== '' ? [{ text: one.text, place: one.place }] : [],
  );
}
