// The search page of each language. What it searches is made by `output/search.ts`.
import { fileOf } from '../content/permalinks.js';
import { href } from '../site/references.js';
import type { Edition, Site } from '../types.js';
import { crumbs } from './crumbs.js';
import { archiveLink, baseView, type Page, type PageContext, versions } from './page.js';
import type { LinkView, SearchView } from './view.js';

/** Site path of the search page; undefined for a language that has none. */
function searchUrl({ config }: Site, { home, posts, pages }: Edition): string | undefined {
  return config.search && posts.length + pages.length > 0 ? `${home}search/` : undefined;
}

/** The same as a link. */
export function searchLink(site: Site, edition: Edition): LinkView | undefined {
  const url = searchUrl(site, edition);
  return url === undefined
    ? undefined
    : { name: edition.texts.search ?? '', href: href(url, site.config.basePath) };
}

export function search(context: PageContext): Page[] {
  const { site, assets } = context;
  const { basePath } = site.config;
  return site.editions.flatMap((edition): Page[] => {
    const url = searchUrl(site, edition);
    if (url === undefined) return [];
    const title = edition.texts.search ?? '';
    const view = (): SearchView => ({
      ...baseView(context, edition, {
        kind: 'search',
        url,
        title,
        description: edition.language.description,
        versions: versions(site, (other) => searchUrl(site, other)),
        noindex: true,
        head: { alternates: [] },
      }),
      crumbs: crumbs(site, edition, url, [{ name: title, url }]),
      title,
      ...(assets.search && assets.searchIndex
        ? { search: { script: href(assets.search, basePath), index: href(assets.searchIndex, basePath) } }
        : {}),
      archive: archiveLink(site, edition),
    });
    return [{ path: fileOf(url), template: 'search', view }];
  });
}
