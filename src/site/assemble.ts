// The one join: rendered posts become a site, with orders, translations and terms.

import { readFileName } from '../content/file-name.js';
import { slugify, tagSlug } from '../content/permalinks.js';
import { compare, groupBy } from '../lists.js';
import { orEnglish } from '../locales.js';
import type { Asset, Config, Edition, Entry, Named, PostRecord, Site, Targets, Term } from '../types.js';
import { withFilledTexts } from './fill-holes.js';

export interface Parts {
  readonly config: Config;
  readonly defaultLanguage: string;
  readonly rendered: readonly PostRecord[];
  readonly hidden: readonly string[];
  /** Paths of sources that no post could be made of. */
  readonly faulty: readonly string[];
  readonly assets: readonly Asset[];
  /** Calendar dates by the path of the source. */
  readonly lastModified: ReadonlyMap<string, string>;
  /** Interface texts by language. */
  readonly texts: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

export function assemble(parts: Parts): Site {
  const { config, rendered, lastModified } = parts;
  const targets = targetsOf(parts);
  const entries = rendered.map((one): Entry => {
    const updated = one.post.updated ?? revised(lastModified.get(one.post.path), one.post.date);
    return { rendered: withFilledTexts(one, targets), post: one.post, ...(updated ? { updated } : {}) };
  });
  return {
    config,
    editions: languageCodes(parts).map((code, index) => edition(parts, entries, code, index === 0)),
    translations: groupBy(entries, ({ post }) => post.translationKey),
    targets,
  };
}

/** All that references of posts can lead to. */
function targetsOf({ config, rendered, hidden, faulty, assets, texts }: Parts): Targets {
  const posts = rendered.map(({ post }) => post);
  const languages = config.languages.map(({ code }) => code);
  return {
    basePath: config.basePath,
    sources: new Map(posts.map((post) => [post.path, post])),
    addresses: new Map(posts.map((post) => [post.url, post])),
    versions: groupBy(posts, ({ translationKey }) => translationKey),
    slugs: groupBy(posts, ({ slug }) => slug),
    hidden: new Set(hidden),
    faulty: new Map(faulty.map((path) => [path, slugify(readFileName(path, languages).name)])),
    assets: new Map(assets.map((asset) => [asset.path, asset])),
    names: new Map(rendered.map((one) => [one.post.path, names(one)])),
    titles: new Map(rendered.map(({ post, title }) => [post.path, title.text])),
    elsewhere: new Map([...texts].map(([code, own]) => [code, own['reference-elsewhere'] ?? ''])),
  };
}

/** The same site, knowing more of some assets. */
export function withAssets(site: Site, known: ReadonlyMap<string, Asset>): Site {
  return { ...site, targets: { ...site.targets, assets: new Map([...site.targets.assets, ...known]) } };
}

/** Labels of a post, and its headings, which a link without words can name too. */
function names({ title, titleHeading, headings, labels }: PostRecord): Map<string, Named> {
  const all = titleHeading ? [{ ...titleHeading, text: title.text }, ...headings] : headings;
  return new Map<string, Named>([
    ...all.map(({ id, text }): [string, Named] => [id, { id, kind: 'heading', number: '', text }]),
    ...labels.map((label): [string, Named] => [label.name, label]),
  ]);
}

/** Configured languages in their order, the default first, then those that only posts name. */
function languageCodes({ config, defaultLanguage, rendered }: Parts): string[] {
  const used = [...new Set(rendered.map(({ post }) => post.lang))].sort();
  return [...new Set([defaultLanguage, ...config.languages.map(({ code }) => code), ...used])];
}

/** What git says counts only when it is after the day of publication. */
function revised(date: string | undefined, published: string | undefined): string | undefined {
  return date !== undefined && published !== undefined && date > published ? date : undefined;
}

function edition(parts: Parts, entries: readonly Entry[], code: string, isDefault: boolean): Edition {
  const own = entries.filter(({ post }) => post.lang === code);
  const posts = newestFirst(own.filter(({ post }) => post.layout === 'post'));
  const pages = own
    .filter(({ post }) => post.layout === 'page')
    .sort((a, b) => compare(a.post.url, b.post.url));
  const home = isDefault ? '/' : `/${code}/`;
  const tags = terms(posts, code, ({ post }) => post.tags);
  const categories = terms(posts, code, ({ post }) => post.categories);
  const texts = parts.texts.get(code) ?? {};
  const known = parts.config.languages.find((language) => language.code === code);
  const { title, description, author } = parts.config;
  const menu = [
    ...(posts.length > 0 ? [{ name: texts.archive ?? '', url: `${home}archives/` }] : []),
    ...(tags.length > 0 ? [{ name: texts.tags ?? '', url: `${home}tags/` }] : []),
    ...(categories.length > 0 ? [{ name: texts.categories ?? '', url: `${home}categories/` }] : []),
    ...(parts.config.search && own.length > 0 ? [{ name: texts.search ?? '', url: `${home}search/` }] : []),
    ...pages.map(({ rendered, post }) => ({ name: rendered.title.text, url: post.url })),
  ];
  const language = known ?? { code, title, description, author, menu: [] };
  return {
    language: language.menu.length > 0 ? language : { ...language, menu },
    home,
    posts,
    pages,
    tags,
    categories,
    texts,
  };
}

/** By date and time, then by address, so that the order never depends on that of the files. */
function newestFirst(entries: readonly Entry[]): Entry[] {
  const keyed = entries.map((entry) => ({ entry, key: sortKey(entry) }));
  keyed.sort((a, b) => compare(b.key, a.key) || compare(a.entry.post.url, b.entry.post.url));
  return keyed.map(({ entry }) => entry);
}

function sortKey({ post }: Entry): string {
  return `${post.date ?? ''} ${post.dateTime ? new Date(post.dateTime).toISOString() : ''}`;
}

/** Terms in the order of their language; a term is shown as its oldest post writes it. */
function terms(posts: readonly Entry[], code: string, of: (entry: Entry) => readonly string[]): Term[] {
  const names = new Map<string, string>();
  const groups = new Map<string, Entry[]>();
  for (const entry of posts) {
    for (const name of of(entry)) {
      const slug = tagSlug(name);
      names.set(slug, name);
      const entries = groups.get(slug) ?? [];
      if (entries.at(-1) !== entry) entries.push(entry);
      groups.set(slug, entries);
    }
  }
  const collator = new Intl.Collator(orEnglish(code));
  return [...groups]
    .map(([slug, entries]) => ({ slug, name: names.get(slug) ?? slug, entries }))
    .sort((a, b) => collator.compare(a.name, b.name) || compare(a.slug, b.slug));
}
