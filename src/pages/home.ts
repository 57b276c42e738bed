// The home page of each language: greeting and cards, and the pages that continue the list.
import { fileOf } from '../content/permalinks.js';
import type { Edition, Site } from '../types.js';
import { baseView, card, type Page, type PageContext, paginate } from './page.js';
import type { HomeView } from './view.js';

export function home(context: PageContext): Page[] {
  const { site } = context;
  return site.editions.flatMap((edition) =>
    slices(edition, site).map(({ items, url, pagination }, index): Page => {
      const view: HomeView = {
        ...baseView(context, edition, {
          kind: 'home',
          url,
          title: '',
          description: edition.language.description,
          versions: versions(site, index),
          head: {
            ...(pagination?.prev ? { prev: pagination.prev } : {}),
            ...(pagination?.next ? { next: pagination.next } : {}),
          },
        }),
        ...(edition.language.greeting && index === 0 ? { greeting: edition.language.greeting } : {}),
        cards: items.map((entry) => card(context, edition, entry)),
        ...(pagination ? { pagination } : {}),
      };
      return { path: fileOf(url), template: 'home', view };
    }),
  );
}

function slices(edition: Edition, { config }: Site) {
  return paginate(edition.posts, config.pageSize, edition.home, config.basePath);
}

/** Page n of one language stands beside page n of another, where that has one. */
function versions(site: Site, index: number): Map<string, string> {
  const urls = site.editions.map(
    (edition) => [edition.language.code, slices(edition, site)[index]?.url] as const,
  );
  return new Map(urls.filter((pair): pair is [string, string] => pair[1] !== undefined));
}
