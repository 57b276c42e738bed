// What every kind of page is made of: its address, its template and the view it is given.

import { isRightToLeft } from '../direction.js';
import { fillHoles, openParts } from '../site/fill-holes.js';
import { href, resolve, rootedAddress } from '../site/references.js';
import type { Analytics, Edition, Entry, Html, Link, OutputFile, Post, Site, Term } from '../types.js';
import { formatCount, formatDate, languageName, locale } from './format.js';
import type {
  AnalyticsView,
  BaseView,
  CardView,
  DateView,
  HeadView,
  ImageView,
  LinkView,
  PaginationView,
} from './view.js';

/** A page to be rendered by a template, one of text alone, or a finished file. */
export type Page = TemplatePage | TextPage | OutputFile;

/** Views are made when they are wanted: those of a large site together would not fit into memory. */
export interface TemplatePage {
  /** Path in the output folder. */
  readonly path: string;
  readonly template: string;
  readonly view: () => object;
  /** Where that is known sooner than a view is made. */
  readonly from?: PageSources;
  /** The field `bodyHtml` of the view. */
  readonly body?: LateText;
}

export interface TextPage {
  readonly path: string;
  readonly from: PageSources;
  /** In parts, one after the other. */
  readonly text: () => readonly (string | Uint8Array)[];
}

/** Everything that a page is made of, as plain data: it tells whether the page is still the same. */
export interface PageSources {
  /** One object for many pages. */
  readonly shared: object;
  readonly own: () => unknown;
}

/** A large text with parts that others decide. */
export interface LateText {
  /** What comes into it: beside the sources of its page all that it is made of. */
  readonly fillings: () => readonly string[];
  readonly text: (fillings: readonly string[]) => string;
  /** The same as UTF-8, in pieces; only where that spares something. */
  readonly bytes?: (fillings: readonly string[]) => readonly Uint8Array[];
}

/** Addresses of the theme's files, site paths. */
export interface ThemeAssets {
  readonly style: string;
  readonly script: string;
  readonly favicon: string;
  /** The script that loads comments, and that of the search page; each absent when the site has no use for it. */
  readonly comments?: string;
  readonly search?: string;
  /** Folder of the search index; absent when it could not be made. */
  readonly searchIndex?: string;
  /** Absent when the site has no formula. */
  readonly math?: {
    readonly style: string;
    /** Fonts that a post needs at once, by the path of its source. */
    readonly preload: ReadonlyMap<string, readonly string[]>;
  };
}

export interface PageContext {
  readonly site: Site;
  readonly assets: ThemeAssets;
  /** What all pages of an edition are made of, beside posts. */
  readonly shared: (edition: Edition) => object;
}

/** Of the settings and the theme's files, all that can show in a page that is not of this post or that. */
export function sharedSources(site: Site, assets: ThemeAssets): PageContext['shared'] {
  const { math: _, markdown: _1, theorems: _2, citations: _3, fonts: _4, ...config } = site.config;
  const { math: _5, ...themeAssets } = assets;
  const common = {
    config,
    assets: themeAssets,
    year: newestYear(site),
    editions: site.editions.map(({ home, language }) => [home, language]),
  };
  const made = new Map(
    site.editions.map((edition) => {
      const { language, home, texts } = edition;
      return [edition, { ...common, language, home, texts }];
    }),
  );
  return (edition) => made.get(edition) ?? common;
}

/** What a page is, beside its own content. */
export interface About {
  readonly kind: string;
  readonly url: string;
  readonly title: string;
  readonly description: string;
  /** The same page in other languages, by language; the page's own language included. */
  readonly versions: ReadonlyMap<string, string>;
  /** Path of the post whose formulas the page shows. */
  readonly formulasOf?: string;
  readonly noindex?: boolean;
  /** Of a list that has several pages. */
  readonly pagination?: PaginationView | undefined;
  /** Site path of a feed beside those of the language, and its title. */
  readonly feed?: { readonly url: string; readonly title: string };
  readonly head?: Partial<HeadView>;
}

/** What beside its language an element has to say, inside of one in the language `around`: a page, in none. */
export function directionOf(lang: string, around = 'und'): Pick<BaseView, 'dir'> {
  const dir = isRightToLeft(lang) ? 'rtl' : 'ltr';
  return isRightToLeft(lang) === isRightToLeft(around) ? {} : { dir };
}

export function baseView({ site, assets }: PageContext, edition: Edition, about: About): BaseView {
  const { config } = site;
  const link = (url: string) => href(url, config.basePath);
  const absolute = (url: string) => config.origin + link(url);
  const homes = site.editions.map(({ home }) => home);
  const several = homes.length > 1;
  const { language } = edition;
  const [first] = site.editions;
  const fallback = first && about.versions.get(first.language.code);
  return {
    kind: about.kind,
    lang: language.code,
    ...directionOf(language.code),
    texts: edition.texts,
    site: {
      title: language.title,
      description: language.description,
      author: language.author,
      home: link(edition.home),
    },
    head: {
      title: about.title,
      description: about.description,
      ...(config.origin && !about.noindex ? { canonical: absolute(about.url) } : {}),
      alternates:
        config.origin && about.versions.size > 1
          ? [
              ...[...about.versions].map(([lang, url]) => ({ lang, href: absolute(url) })),
              ...(fallback ? [{ lang: 'x-default', href: absolute(fallback) }] : []),
            ]
          : [],
      type: 'website',
      locale: locale(language.code),
      tags: [],
      meta: [],
      noindex: about.noindex ?? false,
      feeds: config.origin ? feedLinks(edition, about, link) : [],
      ...(about.pagination?.prev ? { prev: about.pagination.prev } : {}),
      ...(about.pagination?.next ? { next: about.pagination.next } : {}),
      ...about.head,
    },
    menu: language.menu.map((item) => menuLink(item, about.url, homes, link)),
    languages: several
      ? site.editions.map((other) => ({
          name: languageName(other.language.code),
          href: link(about.versions.get(other.language.code) ?? other.home),
          lang: other.language.code,
          current: other === edition,
        }))
      : [],
    social: config.social.map(({ name, url }) => ({ name, href: configuredHref(url, link) })),
    ...(config.origin ? { feed: link(`${edition.home}index.xml`) } : {}),
    assets: {
      style: link(assets.style),
      script: link(assets.script),
      favicon: link(assets.favicon),
      ...(assets.math && about.formulasOf
        ? {
            math: {
              style: link(assets.math.style),
              preload: (assets.math.preload.get(about.formulasOf) ?? []).map(link),
            },
          }
        : {}),
    },
    ...(config.analytics ? { analytics: analyticsView(config.analytics, link) } : {}),
    year: newestYear(site),
  };
}

function feedLinks(
  { home, language }: Edition,
  { feed }: About,
  link: (url: string) => string,
): HeadView['feeds'] {
  const { title } = language;
  return [
    { type: 'application/rss+xml', title, href: link(`${home}index.xml`) },
    { type: 'application/atom+xml', title: `${title} (Atom)`, href: link(`${home}atom.xml`) },
    { type: 'application/feed+json', title: `${title} (JSON)`, href: link(`${home}feed.json`) },
    ...(feed ? [{ type: 'application/rss+xml', title: feed.title, href: link(feed.url) }] : []),
  ];
}

function analyticsView({ script, attributes }: Analytics, link: (url: string) => string): AnalyticsView {
  return {
    script: configuredHref(script, link),
    attributes: Object.entries({ ...('async' in attributes ? {} : { defer: '' }), ...attributes }).map(
      ([name, value]) => ({ name, value }),
    ),
  };
}

function menuLink(
  { name, url }: Link,
  current: string,
  homes: readonly string[],
  link: (url: string) => string,
): LinkView {
  const href = configuredHref(url, link);
  const path = rootedAddress(url)?.path;
  if (path === undefined) return { name, href };
  // A section is current on the pages below it too; a home is not the section of everything.
  const isCurrent = current === path || (!homes.includes(path) && current.startsWith(path));
  return { name, href, ...(isCurrent ? { current: true } : {}) };
}

/** For an address in `site.yaml`, which need not lead to this site. */
function configuredHref(url: string, link: (url: string) => string): string {
  const own = rootedAddress(url);
  return own ? link(own.path) + own.suffix : url;
}

/** The copyright's year is that of the newest post: a build does not change with the calendar. */
function newestYear(site: Site): string {
  const dates = site.editions.flatMap(({ posts }) => posts.slice(0, 1).map(({ post }) => post.date ?? ''));
  return dates.sort().at(-1)?.slice(0, 4) ?? '';
}

export function card({ site }: PageContext, edition: Edition, entry: Entry): CardView {
  const { post, rendered } = entry;
  return {
    href: href(post.url, site.config.basePath),
    title: rendered.title.text,
    excerptHtml: fillHoles(rendered.excerpt, post, site.targets),
    ...(post.date ? { date: dateView(post.date, edition) } : {}),
    minutes: minutes(entry, edition),
    authors: authors(post, edition),
    draft: post.draft,
    ...(post.future ? { future: true } : {}),
    ...(post.cover ? { cover: { imageHtml: coverImage(post, site, 'card') } } : {}),
  };
}

/** What a card is made of. */
export function cardSources({ site }: PageContext, { post, rendered }: Entry): unknown {
  return [
    rendered.key,
    openParts(rendered.excerpt, post, site.targets),
    post.cover && coverImage(post, site, 'card'),
  ];
}

/** On a card the title stands beside it and says as much. */
export function coverImage(post: Post, site: Site, at: 'top' | 'card'): string {
  if (!post.cover) return '';
  const { src, alt, place } = post.cover;
  const hole: Html = [{ type: 'image', src, alt: at === 'card' ? '' : alt, at, place }];
  return fillHoles(hole, post, site.targets);
}

/** The cover for other sites, which want its address absolute. */
export function coverPreview(post: Post, { config, targets }: Site): ImageView | undefined {
  if (!post.cover || !config.origin) return undefined;
  const { src, alt } = post.cover;
  const found = resolve(src, post, targets);
  if (found.type !== 'asset') return /^https?:/i.test(src) ? { href: src, alt } : undefined;
  const { output, width, height } = found.asset.preview ?? found.asset;
  return {
    href: config.origin + href(`/${output}`, config.basePath),
    alt,
    ...(width && height ? { width: String(width), height: String(height) } : {}),
  };
}

export function dateView(date: string, edition: Edition): DateView {
  return { iso: date, text: formatDate(date, edition.language.code) };
}

export function minutes({ rendered }: Entry, edition: Edition): string {
  return (edition.texts['reading-time'] ?? '{n}').replace('{n}', String(rendered.minutes));
}

export function authors(post: Post, edition: Edition): readonly string[] {
  if (post.authors.length > 0) return post.authors;
  return edition.language.author ? [edition.language.author] : [];
}

export function termLink(
  { site }: PageContext,
  edition: Edition,
  kind: 'tags' | 'categories',
  term: Term,
): LinkView {
  return { name: term.name, href: href(`${edition.home}${kind}/${term.slug}/`, site.config.basePath) };
}

export function archiveLink({ config }: Site, { home, texts }: Edition): LinkView {
  return { name: texts.archive ?? '', href: href(`${home}archives/`, config.basePath) };
}

/** The same page in each language that has it, as `About` wants it. */
export function versions(site: Site, url: (edition: Edition) => string | undefined): Map<string, string> {
  return new Map(
    site.editions.flatMap((edition) => {
      const own = url(edition);
      return own === undefined ? [] : [[edition.language.code, own]];
    }),
  );
}

export function count(number: number, edition: Edition): string {
  return formatCount(number, edition.texts, edition.language.code);
}

/** A page of a list: its items, its address, its pagination. */
export interface Slice<T> {
  readonly items: readonly T[];
  readonly url: string;
  readonly pagination?: PaginationView;
}

/** `/`, `/page/2/`, … */
export function pageAddress(url: string, page: number): string {
  return page === 1 ? url : `${url}page/${page}/`;
}

/** Cuts a list into pages. An empty list has one empty page. */
export function paginate<T>(items: readonly T[], size: number, url: string, basePath: string): Slice<T>[] {
  const total = Math.max(1, Math.ceil(items.length / size));
  const address = (page: number) => pageAddress(url, page);
  const link = (page: number) => href(address(page), basePath);
  return Array.from({ length: total }, (_, index) => {
    const current = index + 1;
    const slice = { items: items.slice(index * size, current * size), url: address(current) };
    if (total === 1) return slice;
    const pages = shownPages(current, total).map((page) =>
      page === undefined
        ? { number: '…', current: false }
        : { number: String(page), href: link(page), current: page === current },
    );
    const pagination: PaginationView = {
      current: String(current),
      total: String(total),
      ...(current > 1 ? { prev: link(current - 1) } : {}),
      ...(current < total ? { next: link(current + 1) } : {}),
      pages,
    };
    return { ...slice, pagination };
  });
}

/** First, last and the pages around the current one; undefined stands for a gap. */
function shownPages(current: number, total: number): (number | undefined)[] {
  const near = new Set(
    [1, total, current - 1, current, current + 1].filter((page) => page >= 1 && page <= total),
  );
  if (near.has(3)) near.add(2);
  if (near.has(total - 2)) near.add(total - 1);
  const sorted = [...near].sort((a, b) => a - b);
  return sorted.flatMap((page, index) =>
    index > 0 && page - (sorted[index - 1] ?? 0) > 1 ? [undefined, page] : [page],
  );
}
