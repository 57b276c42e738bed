// The home page of each language: greeting and cards, and the pages that continue the list.
import { fileOf } from '../content/permalinks.js';
import type { Site } from '../types.js';
import { baseView, card, cardSources, type Page, type PageContext, pageAddress, paginate } from './page.js';
import type { HomeView } from './view.js';

export function home(context: PageContext): Page[] {
  const { site } = context;
  return site.editions.flatMap((edition) =>
    paginate(edition.posts, site.config.pageSize, edition.home, site.config.basePath).map(
      (slice, index): Page => {
        const { items, url, pagination } = slice;
        const view = (): HomeView => ({
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
        });
        const own = () => [
          url,
          pagination,
          [...versions(site, index)],
          items.map((entry) => cardSources(context, entry)),
        ];
        return {
          path: fileOf(url),
          template: 'home',
          view,
          from: { shared: context.shared(edition), own },
        };
      },
    ),
  );
}

/** Page n of one language stands beside page n of another, where that has one. */
function versions({ editions, config }: Site, index: number): Map<string, string> {
  const beside = editions.filter(({ posts }) => index === 0 || posts.length > index * config.pageSize);
  return new Map(beside.map(({ language, home }) => [language.code, pageAddress(home, index + 1)]));
}
