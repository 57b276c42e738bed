// Feeds with the full text of the newest posts: of each language as RSS, Atom and JSON, of each tag and category as
// RSS. Links are absolute, formulas MathML. Nothing depends on when a feed is made.
import { dateReader } from '../content/dates.js';
import { fillHoles } from '../site/fill-holes.js';
import { href } from '../site/references.js';
import type { Config, Edition, Entry, Site } from '../types.js';
import { atom, type Feed, type FeedItem, jsonFeed, rss } from './feed-formats.js';
import { authors, coverPreview, type Page, type PageContext } from './page.js';
import { termKinds, termTitle } from './terms.js';

/** As many posts as readers of a feed can want at once; the whole archive would make it grow for ever. */
const newest = 20;

const formats = { 'index.xml': rss, 'atom.xml': atom, 'feed.json': jsonFeed };

export function feeds({ site }: PageContext): Page[] {
  const { origin, basePath } = site.config;
  if (!origin) return [];
  return site.editions.flatMap((edition) => {
    const item = itemMaker(site, edition);
    const page = (url: string, format: (feed: Feed, self: string) => string, feed: Feed): Page => ({
      path: url.slice(1),
      content: format(feed, origin + href(url, basePath)),
    });
    const feedOf = (home: string, entries: readonly Entry[]): Feed => {
      const items = entries.slice(0, newest).map(item);
      const { title, description, author, code } = edition.language;
      return {
        ...{ title, description, author, lang: code, items },
        home: origin + href(home, basePath),
        updated: items.map(({ updated }) => updated).reduce(later, '1970-01-01T00:00:00Z'),
      };
    };
    const whole = feedOf(edition.home, edition.posts);
    return [
      ...Object.entries(formats).map(([name, format]) => page(edition.home + name, format, whole)),
      ...termKinds.flatMap((kind) =>
        edition[kind].map((term) => {
          const home = `${edition.home}${kind}/${term.slug}/`;
          const title = `${termTitle(edition, kind, term)} · ${edition.language.title}`;
          return page(`${home}index.xml`, rss, { ...feedOf(home, term.entries), title });
        }),
      ),
    ];
  });
}

/** A post can be in several feeds, and is written out once. */
function itemMaker(site: Site, edition: Edition): (entry: Entry) => FeedItem {
  const made = new Map<Entry, FeedItem>();
  const startOf = dayStart(site.config);
  return (entry) => {
    const item = made.get(entry) ?? feedItem(entry, site, edition, startOf);
    made.set(entry, item);
    return item;
  };
}

function feedItem(
  { post, rendered, updated }: Entry,
  site: Site,
  edition: Edition,
  startOf: (date: string) => string,
): FeedItem {
  const { origin, basePath } = site.config;
  const published = post.dateTime ?? startOf(post.date ?? '');
  const image = coverPreview(post, site)?.href;
  return {
    url: origin + href(post.url, basePath),
    title: legible(rendered.title.text),
    html: legible(withoutAnchors(fillHoles(rendered.html, post, site.targets, origin))),
    summary: legible(post.description ?? rendered.excerptText),
    authors: authors(post, edition),
    tags: post.tags,
    published,
    updated: updated ? later(published, startOf(updated)) : published,
    ...(image ? { image } : {}),
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

/** XML 1.0 has no place for most control characters and for halves of characters: one would spoil a whole feed. */
function legible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Cs}]/gu, '');
}
