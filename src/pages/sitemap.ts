// `sitemap.xml` and `robots.txt`, for search engines. Both need absolute addresses.
import { escapeHtml } from '../escape.js';
import { href } from '../site/references.js';
import type { Entry } from '../types.js';
import type { Page, PageContext } from './page.js';

export function sitemap({ site }: PageContext): Page[] {
  const { origin, basePath } = site.config;
  // A site's own comes from its static/.
  const robots = (more: string): Page[] =>
    site.targets.assets.has('static/robots.txt')
      ? []
      : [{ path: 'robots.txt', content: `User-agent: *\nAllow: /\n${more}` }];
  if (!origin) return robots('');
  const absolute = (url: string) => origin + href(url, basePath);
  const post = (entry: Entry) => {
    const modified = entry.updated ?? entry.post.date;
    const versions = site.translations.get(entry.post.translationKey) ?? [];
    const links =
      versions.length < 2
        ? []
        : versions.map((version) => alternate(version.post.lang, absolute(version.post.url)));
    return url(absolute(entry.post.url), modified, links);
  };
  const urls = site.editions.flatMap((edition) => [
    url(absolute(edition.home), edition.posts[0]?.post.date, []),
    ...[...edition.posts, ...edition.pages].map(post),
    ...(['tags', 'categories'] as const).flatMap((kind) =>
      edition[kind].map(({ slug, entries }) =>
        url(absolute(`${edition.home}${kind}/${slug}/`), entries[0]?.post.date, []),
      ),
    ),
  ]);
  return [...sitemaps(urls, absolute), ...robots(`\nSitemap: ${absolute('/sitemap.xml')}\n`)];
}

/** The most addresses that one sitemap may have: https://www.sitemaps.org/protocol.html */
const limit = 50_000;

/** One file; when there are too many addresses for it, several, and it lists them. */
function sitemaps(urls: readonly string[], absolute: (url: string) => string): Page[] {
  if (urls.length <= limit) return [{ path: 'sitemap.xml', content: xml('urlset', urls) }];
  const parts = Array.from({ length: Math.ceil(urls.length / limit) }, (_, index) => ({
    path: `sitemap-${index + 1}.xml`,
    content: xml('urlset', urls.slice(index * limit, (index + 1) * limit)),
  }));
  const list = parts.map(({ path }) => `<sitemap><loc>${escapeHtml(absolute(`/${path}`))}</loc></sitemap>`);
  return [{ path: 'sitemap.xml', content: xml('sitemapindex', list) }, ...parts];
}

function xml(name: 'urlset' | 'sitemapindex', items: readonly string[]): string {
  const links = name === 'urlset' ? ' xmlns:xhtml="http://www.w3.org/1999/xhtml"' : '';
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<${name} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"${links}>`,
    ...items,
    `</${name}>`,
    '',
  ].join('\n');
}

function url(location: string, modified: string | undefined, links: readonly string[]): string {
  const date = modified ? `<lastmod>${modified}</lastmod>` : '';
  return `<url><loc>${escapeHtml(location)}</loc>${date}${links.join('')}</url>`;
}

function alternate(lang: string, location: string): string {
  return `<xhtml:link rel="alternate" hreflang="${lang}" href="${escapeHtml(location)}"/>`;
}
