// Feeds with the full text of the newest posts: of each language as RSS, Atom and JSON, of each tag and category as
// RSS. Links are absolute, formulas MathML. Nothing depends on when a feed is made.
import { dateReader } from '../content/dates.js';
import { escapeText } from '../escape.js';
import { filledFeedBody, fillings } from '../site/fill-holes.js';
import { href } from '../site/references.js';
import type { Config, Edition, Entry, Language, Site } from '../types.js';
import { atom, type Feed, type FeedItem, jsonFeed, rss } from './feed-formats.js';
import { authors, coverPreview, type Page, type PageContext } from './page.js';
import { termKinds, termTitle } from './terms.js';

/** As many posts as readers of a feed can want at once; the whole archive would make it grow for ever. */
const newest = 20;

const formats = { 'index.xml': rss, 'atom.xml': atom, 'feed.json': jsonFeed };

export function feeds({ site, shared }: PageContext): Page[] {
  const { origin, basePath } = site.config;
  if (!origin) return [];
  return site.editions.flatMap((edition) => {
    const item = itemMaker(site, edition);
    const sources = itemSources(site);
    const page = (
      home: string,
      name: keyof typeof formats,
      entries: readonly Entry[],
      title: string,
    ): Page => {
      const shown = entries.slice(0, newest);
      const feed = () => feedOf(edition.language, origin + href(home, basePath), title, shown.map(item));
      return {
        path: (home + name).slice(1),
        from: { shared: shared(edition), own: () => [home, title, shown.map(sources)] },
        text: () => formats[name](feed(), origin + href(home + name, basePath)),
      };
    };
    const { home, language, posts } = edition;
    return [
      page(home, 'index.xml', posts, language.title),
      page(home, 'atom.xml', posts, language.title),
      page(home, 'feed.json', posts, language.title),
      ...termKinds.flatMap((kind) =>
        edition[kind].map((term) => {
          const title = `${termTitle(edition, kind, term)} · ${language.title}`;
          return page(`${home}${kind}/${term.slug}/`, 'index.xml', term.entries, title);
        }),
      ),
    ];
  });
}

function feedOf(language: Language, home: string, title: string, items: readonly FeedItem[]): Feed {
  const { description, author, code } = language;
  const updated = items.reduce((latest, item) => later(latest, item.updated), '1970-01-01T00:00:00Z');
  return { title, description, author, lang: code, items, home, updated };
}

/** Characters and bytes of bodies that are kept because a post can be in several feeds. */
const mostKept = 50_000_000;

interface FeedBody {
  readonly html: string;
  readonly escaped: Uint8Array;
}

function itemMaker(site: Site, edition: Edition): (entry: Entry) => FeedItem {
  const { origin, basePath } = site.config;
  const startOf = dayStart(site.config);
  const made = new Map<Entry, FeedBody>();
  const utf8 = new TextEncoder();
  let size = 0;
  const bodyOf = (entry: Entry): FeedBody => {
    const known = made.get(entry);
    if (known) return known;
    const { rendered } = entry;
    const lean = (rendered.feedBody ?? rendered.body)();
    const filled = filledFeedBody(lean, fillings(rendered, site.targets, origin));
    const html = legible(withoutAnchors(filled));
    const body = { html, escaped: utf8.encode(escapeText(html)) };
    size += html.length + body.escaped.length;
    if (size > mostKept) {
      made.clear();
      size = 0;
    }
    made.set(entry, body);
    return body;
  };
  return (entry) => {
    const { post, rendered, updated } = entry;
    const published = post.dateTime ?? startOf(post.date ?? '');
    const image = coverPreview(post, site)?.href;
    return {
      url: origin + href(post.url, basePath),
      title: legible(rendered.title.text),
      html: () => bodyOf(entry).html,
      escapedHtml: () => bodyOf(entry).escaped,
      summary: legible(rendered.description?.text ?? rendered.excerptText),
      authors: authors(post, edition),
      tags: post.tags,
      published,
      updated: updated ? later(published, startOf(updated)) : published,
      ...(image ? { image } : {}),
    };
  };
}

/** Gives the function that tells what an item is made of. */
function itemSources(site: Site): (entry: Entry) => unknown {
  const known = new Map<Entry, unknown>();
  return (entry) => {
    const { post, rendered, updated } = entry;
    const made = known.get(entry) ?? [
      rendered.key,
      updated,
      fillings(rendered, site.targets, site.config.origin),
      coverPreview(post, site)?.href,
    ];
    known.set(entry, made);
    return made;
  };
}

/** When a day begins in the site's time zone. */
function dayStart({ timezone }: Config): (date: string) => string {
  const read = dateReader(timezone);
  return (date) => read(`${date} 00:00`)?.dateTime ?? `${date}T00:00:00Z`;
}

function later(a: string, b: string): string {
  return Date.parse(b) > Date.parse(a) ? b : a;
}

/** Links of headings to themselves show something only with the theme's style sheet. */
function withoutAnchors(html: string): string {
  return html.replace(/ ?<a class="anchor"[^>]*><\/a>/g, '').trim();
}

/**
 * XML 1.0 has no place for most control characters and for halves of characters: one would spoil a whole feed. Word
 * joiners before Korean particles are for the pages' lines.
 */
function legible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
  const spoiling = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Cs}]/gu;
  return text.replace(spoiling, '').replace(/\u2060(?=\p{Script=Hangul})/gu, '');
}
