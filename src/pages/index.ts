// THE list of page kinds. Each makes its pages from the site alone.
import { archive } from './archive.js';
import { feeds } from './feed.js';
import { home } from './home.js';
import { notFound } from './not-found.js';
import { type Page, type PageContext, sharedSources } from './page.js';
import { posts } from './post.js';
import { redirects } from './redirects.js';
import { search } from './search.js';
import { sitemap } from './sitemap.js';
import { terms } from './terms.js';

const kinds: readonly ((context: PageContext) => Page[])[] = [
  home,
  posts,
  terms,
  archive,
  search,
  notFound,
  redirects,
  feeds,
  sitemap,
];

export function allPages(parts: Omit<PageContext, 'shared'>): Page[] {
  const context = { ...parts, shared: sharedSources(parts.site, parts.assets) };
  return kinds.flatMap((kind) => kind(context));
}
