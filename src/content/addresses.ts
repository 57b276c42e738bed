// Languages and addresses of all posts together. What one post is called can depend on the others: the default
// language on the language of most, and an address must not be claimed twice.
import { diagnostic } from '../diagnostic.js';
import { groupBy } from '../lists.js';
import { foldersOf } from '../path.js';
import type { Config, Diagnostic, Place, Post } from '../types.js';
import { expandPermalink, fileOf, languagePrefix, placeholderFault, sitePath } from './permalinks.js';
import type { PlacedName, UnaddressedPost, Written } from './post.js';

export interface Addressed {
  readonly posts: readonly Post[];
  readonly defaultLanguage: string;
  /** Where posts say that they want a file of the output folder, by its path. */
  readonly claimed: ReadonlyMap<string, Place>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Gives every post its language and address. A post whose address cannot be used is missing from the result. */
export function addressPosts(unaddressed: readonly UnaddressedPost[], config: Config): Addressed {
  const defaultLanguage = config.languages[0]?.code ?? languageOfMost(unaddressed);
  const addressed = unaddressed.map((one) => addressPost(one, config, defaultLanguage));
  const posts = addressed.flatMap(({ post }) => post ?? []);
  const claims = addressed.flatMap((one) => one.claims);
  const languages = new Set([...config.languages.map(({ code }) => code), ...posts.map(({ lang }) => lang)]);
  const homes = [...languages].map((lang) => languagePrefix(lang, defaultLanguage));
  const diagnostics = [
    ...addressed.flatMap((one) => one.diagnostics),
    ...claims.flatMap((claim) => reservedFault(claim, homes)),
    ...collisions(claims),
    ...joinedNames(unaddressed, defaultLanguage),
  ];
  const claimed = new Map(claims.map(({ url, place }) => [fileOf(url), place]));
  return { posts, defaultLanguage, claimed, diagnostics };
}

/**
 * A post that names no language counts as English, which wins when no language has more. A language that has the
 * translation of such a post cannot be the one that it is written in.
 */
function languageOfMost(posts: readonly UnaddressedPost[]): string {
  const unmarked = new Set(
    posts.flatMap(({ post, lang }) => (lang === undefined ? post.translationKey : [])),
  );
  const counts = new Map<string, number>();
  for (const { lang = 'en' } of posts) counts.set(lang, (counts.get(lang) ?? 0) + 1);
  for (const { post, lang } of posts) if (lang && unmarked.has(post.translationKey)) counts.delete(lang);
  const candidates = ['en', ...[...counts.keys()].sort()];
  return candidates.reduce((best, one) => ((counts.get(one) ?? 0) > (counts.get(best) ?? 0) ? one : best));
}

/** A file of the output folder that a post wants to have. */
interface Claim {
  readonly url: string;
  /** The source file, and whether an alias of it claims the address. */
  readonly source: string;
  readonly isAlias: boolean;
  readonly place: Place;
}

interface AddressedPost {
  readonly post?: Post;
  readonly claims: readonly Claim[];
  readonly diagnostics: readonly Diagnostic[];
}

function addressPost(unaddressed: UnaddressedPost, config: Config, defaultLanguage: string): AddressedPost {
  const { post, url: written, addressPlace } = unaddressed;
  const lang = unaddressed.lang ?? defaultLanguage;
  const url = sitePath(patternOf(unaddressed, config, languagePrefix(lang, defaultLanguage), lang));
  if ('fault' in url) {
    const placeholder = written && placeholderFault(written.text);
    const message = `the address ${written?.text ?? config.permalink} ${placeholder ?? url.fault}`;
    const hint = placeholder ? undefined : 'write a path from the root of the site, such as /about/';
    return {
      claims: [],
      diagnostics: [diagnostic('error', 'content/unsafe-path', message, addressPlace, hint)],
    };
  }
  const read = unaddressed.aliases.map(readAlias);
  const aliases = new Map(
    read.flatMap(({ path, place }) => (path && path !== url.path ? [[path, place]] : [])),
  );
  const own = { url: url.path, source: post.path, isAlias: false, place: addressPlace };
  return {
    post: {
      ...post,
      lang,
      url: url.path,
      aliases: [...aliases.keys()],
      translationKey: withoutLanguage(post, lang),
    },
    claims: [own, ...[...aliases].map(([path, place]) => ({ ...own, url: path, isAlias: true, place }))],
    diagnostics: read.flatMap(({ diagnostics }) => diagnostics),
  };
}

/** The address before it is checked. `:lang` in the pattern stands for the prefix of the language. */
function patternOf({ post, url }: UnaddressedPost, config: Config, prefix: string, lang: string): string {
  const [year = '', month = '', day = ''] = post.date?.split('-') ?? [];
  const values = { year, month, day, slug: post.slug, title: post.slug, lang };
  if (url !== undefined) return expandPermalink(url.text, values);
  if (post.layout === 'page') return `${prefix}/${post.slug}/`;
  const pattern = config.permalink.includes(':lang') ? config.permalink : prefix + config.permalink;
  return expandPermalink(pattern, values);
}

/** `posts/ko/x` and `posts/en/x` are one text when each folder has the name of its language. */
function withoutLanguage({ translationKey }: Pick<Post, 'translationKey'>, lang: string): string {
  const folder = `posts/${lang}/`;
  return translationKey.startsWith(folder) ? `posts/${translationKey.slice(folder.length)}` : translationKey;
}

interface ReadAlias {
  readonly path?: string;
  readonly place: Place;
  readonly diagnostics: readonly Diagnostic[];
}

function readAlias({ text, place }: Written): ReadAlias {
  const alias = sitePath(text);
  if ('path' in alias) return { path: alias.path, place, diagnostics: [] };
  // WordPress has left its `/?p=123` in many posts.
  const severity = text.includes('?') ? 'warning' : 'error';
  const message = `the alias ${text} ${alias.fault}`;
  const hint =
    severity === 'warning' ? 'no file can answer to it: remove it' : 'write a path such as /old/address/';
  return { place, diagnostics: [diagnostic(severity, 'content/unsafe-path', message, place, hint)] };
}

const reserved = new Set([
  ...['/', '/404.html', '/archives/', '/categories/', '/search/', '/tags/'],
  ...['/atom.xml/', '/feed.json/', '/index.xml/', '/robots.txt/', '/sitemap.xml/'],
]);

function reservedFault({ url, place }: Claim, homes: readonly string[]): Diagnostic[] {
  const key = url.toLowerCase();
  const isReserved = homes.some((home) => {
    const below = key.startsWith(`${home.toLowerCase()}/`) ? key.slice(home.length) : undefined;
    return below !== undefined && (reserved.has(below) || /^\/page\/\d+\/$/.test(below));
  });
  const message = `the address ${url} belongs to a page that the site makes itself`;
  return isReserved
    ? [diagnostic('error', 'content/reserved-url', message, place, 'choose another slug or url')]
    : [];
}

/**
 * Addresses that come to lie in one file, or below one: on some systems, names that differ only in case are one.
 */
function collisions(claims: readonly Claim[]): Diagnostic[] {
  const byFile = groupBy(claims, ({ url }) => fileOf(url).toLowerCase());
  const rivals = [...byFile].map(([file, same]) => [
    ...foldersOf(file).flatMap((one) => byFile.get(one) ?? []),
    ...same,
  ]);
  return rivals.filter((group) => group.length > 1).map(collision);
}

function collision(group: readonly Claim[]): Diagnostic {
  const urls = [...new Set(group.map(({ url }) => url))];
  const files = group.map(({ source, isAlias }) => (isAlias ? `${source} (alias)` : source));
  const message = `${urls.join(' and ')} cannot be the address of all of ${files.join(', ')}`;
  const hint = 'give each its own slug, url or alias';
  return diagnostic('error', 'content/duplicate-url', message, group.at(-1)?.place, hint);
}

/** Tags, or categories, of one language that have one address although they are not the same word. */
function joinedNames(unaddressed: readonly UnaddressedPost[], defaultLanguage: string): Diagnostic[] {
  const first = new Map<string, PlacedName>();
  const told = new Set<string>();
  return unaddressed.flatMap(({ names, lang = defaultLanguage }) =>
    names.flatMap((one) => {
      const { field, name, slug, place } = one;
      const key = `${lang} ${field} ${slug}`;
      const other = first.get(key) ?? one;
      first.set(key, other);
      const known = `${key} ${sameWord(name)}`;
      if (sameWord(name) === sameWord(other.name) || told.has(known)) return [];
      told.add(known);
      const where = [other.place.file, other.place.line, other.place.column].filter((part) => part).join(':');
      const message = `${name} has the address of ${other.name} (${where}), /${field}/${slug}/, so the two become one`;
      const hint = 'write both alike, or choose a name with other letters or digits';
      return [diagnostic('warning', 'front-matter/joined-names', message, place, hint)];
    }),
  );
}

/** Equal for names that differ only in case, or in how their words are parted. */
function sameWord(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, '');
}
