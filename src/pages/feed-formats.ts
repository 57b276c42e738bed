// One feed in the three formats that readers know. Written here and not by a package: those there are leave out
// xml:lang and put names where RSS wants e-mail addresses. Text is escaped, never in CDATA, so nothing can end it.
import { escapeHtml } from '../escape.js';

export interface Feed {
  readonly title: string;
  readonly description: string;
  /** Absolute, as all addresses here. */
  readonly home: string;
  readonly lang: string;
  /** Of the site; empty when nobody is named. */
  readonly author: string;
  /** RFC 3339, as all times here: the latest time at which one of the posts was changed. */
  readonly updated: string;
  /** Newest first. */
  readonly items: readonly FeedItem[];
}

export interface FeedItem {
  /** Is also its id. */
  readonly url: string;
  readonly title: string;
  /** The text, made when it is wanted: it is most of a feed. */
  readonly html: () => string;
  /** The same, escaped as a text of XML, in UTF-8. */
  readonly escapedHtml: () => Uint8Array;
  readonly summary: string;
  readonly authors: readonly string[];
  readonly tags: readonly string[];
  readonly published: string;
  readonly updated: string;
  readonly image?: string;
}

/** A file in parts, one after the other. What is long, and comes in several feeds, is there as it is written. */
type Parts = readonly (string | Uint8Array)[];

/** RSS 2.0, with the text in `content:encoded` and names in `dc:creator`. `self`: the feed's own address. */
export function rss(feed: Feed, self: string): Parts {
  return xml(
    element('rss', rssAttributes, [
      element('channel', {}, [
        text('title', feed.title),
        text('link', feed.home),
        text('description', feed.description || feed.title),
        text('language', feed.lang),
        text('lastBuildDate', rssDate(feed.updated)),
        text('generator', generator),
        element('atom:link', { rel: 'self', type: 'application/rss+xml', href: self }),
        ...feed.items.map((item) =>
          element('item', {}, [
            text('title', item.title),
            text('link', item.url),
            text('guid', item.url, { isPermaLink: 'true' }),
            text('pubDate', rssDate(item.published)),
            ...item.authors.map((name) => text('dc:creator', name)),
            ...item.tags.map((name) => text('category', name)),
            text('description', item.summary),
            content('content:encoded', item),
          ]),
        ),
      ]),
    ]),
  );
}

/** Atom, RFC 4287. */
export function atom(feed: Feed, self: string): Parts {
  return xml(
    element('feed', { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': feed.lang }, [
      text('title', feed.title),
      ...(feed.description ? [text('subtitle', feed.description)] : []),
      text('id', feed.home),
      text('updated', feed.updated),
      // Every entry needs an author, its own or this one.
      element('author', {}, [text('name', feed.author || feed.title)]),
      element('link', { rel: 'alternate', type: 'text/html', href: feed.home }),
      element('link', { rel: 'self', type: 'application/atom+xml', href: self }),
      text('generator', generator),
      ...feed.items.map((item) =>
        element('entry', {}, [
          text('title', item.title),
          text('id', item.url),
          element('link', { rel: 'alternate', type: 'text/html', href: item.url }),
          text('published', item.published),
          text('updated', item.updated),
          ...item.authors.map((name) => element('author', {}, [text('name', name)])),
          ...item.tags.map((name) => element('category', { term: name })),
          text('summary', item.summary),
          content('content', item, { type: 'html' }),
        ]),
      ),
    ]),
  );
}

/** JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/ */
export function jsonFeed(feed: Feed, self: string): Parts {
  const named = (names: readonly string[]) =>
    names.length > 0 ? { authors: names.map((name) => ({ name })) } : {};
  const value = {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.home,
    feed_url: self,
    ...(feed.description ? { description: feed.description } : {}),
    ...named(feed.author ? [feed.author] : []),
    language: feed.lang,
    items: feed.items.map((item) => ({
      id: item.url,
      url: item.url,
      title: item.title,
      content_html: item.html(),
      summary: item.summary,
      ...(item.image ? { image: item.image } : {}),
      date_published: item.published,
      date_modified: item.updated,
      ...named(item.authors),
      ...(item.tags.length > 0 ? { tags: item.tags } : {}),
    })),
  };
  return [`${JSON.stringify(value, undefined, 1)}\n`];
}

const generator = 'Postulate';

const rssAttributes = {
  version: '2.0',
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
};

type Attributes = Readonly<Record<string, string>>;

function element(name: string, attributes: Attributes, children: readonly Parts[] = []): Parts {
  const start = `<${name}${attributesOf(attributes)}`;
  return children.length === 0 ? [`${start}/>\n`] : [`${start}>\n`, ...children.flat(), `</${name}>\n`];
}

function text(name: string, value: string, attributes: Attributes = {}): Parts {
  return [`<${name}${attributesOf(attributes)}>${escapeHtml(value)}</${name}>\n`];
}

function content(name: string, { escapedHtml }: FeedItem, attributes: Attributes = {}): Parts {
  return [`<${name}${attributesOf(attributes)}>`, escapedHtml(), `</${name}>\n`];
}

function attributesOf(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escapeHtml(value)}"`)
    .join('');
}

function xml(root: Parts): Parts {
  return ['<?xml version="1.0" encoding="UTF-8"?>\n', ...root];
}

/** `Tue, 05 Feb 2019 00:00:00 GMT` */
function rssDate(time: string): string {
  return new Date(time).toUTCString();
}
