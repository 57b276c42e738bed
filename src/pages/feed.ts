// RSS with the full text: absolute links, formulas as MathML.
import { Feed } from 'feed';
import { fillHoles } from '../site/fill-holes.js';
import { href } from '../site/references.js';
import type { Edition, Site } from '../types.js';
import { authors, type Page, type PageContext } from './page.js';

/** As many posts as readers of a feed can want at once; the whole archive would make it grow for ever. */
const newest = 20;

export function feeds({ site }: PageContext): Page[] {
  if (!site.config.origin) return [];
  return site.editions.map((edition) => ({
    path: `${edition.home}index.xml`.slice(1),
    content: stripControls(feed(site, edition).rss2()),
  }));
}

function feed(site: Site, edition: Edition): Feed {
  const { origin, basePath } = site.config;
  const absolute = (url: string) => origin + href(url, basePath);
  const posts = edition.posts.slice(0, newest);
  const dates = posts.map(({ post, updated }) => updated ?? post.date ?? '').sort();
  const result = new Feed({
    title: edition.language.title,
    description: edition.language.description,
    id: absolute(edition.home),
    link: absolute(edition.home),
    language: edition.language.code,
    copyright: edition.language.author,
    // The feed changes when a post does, not with the clock.
    updated: instant(dates.at(-1) ?? '1970-01-01'),
    generator: 'Postulate',
    feedLinks: { rss: absolute(`${edition.home}index.xml`) },
  });
  for (const { post, rendered, updated } of posts) {
    result.addItem({
      title: rendered.title.text,
      id: absolute(post.url),
      link: absolute(post.url),
      description: post.description ?? rendered.excerptText,
      content: fillHoles(rendered.html, post, site.targets, origin),
      author: authors(post, edition).map((name) => ({ name })),
      category: post.tags.map((name) => ({ name })),
      date: instant(updated ?? post.dateTime ?? post.date ?? ''),
      published: instant(post.dateTime ?? post.date ?? ''),
    });
  }
  return result;
}

function instant(date: string): Date {
  return new Date(date.length === 10 ? `${date}T00:00:00Z` : date);
}

/** XML 1.0 has no place for most control characters, and one of them would make a feed unreadable. */
function stripControls(xml: string): string {
  return xml.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
}
