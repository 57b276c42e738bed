// The home page of each language: greeting and cards, and the pages that continue the list.
import { fileOf } from '../content/permalinks.js';
import type { Site } from '../types.js';
import {
  baseView,
  card,
  cardSources,
  type Page,
  type PageContext,
  pageAddress,
  paginate,
  versions,
} from './page.js';
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
            versions: versionsOf(site, index),
            pagination,
          }),
          ...(edition.language.greeting && index === 0 ? { greeting: edition.language.greeting } : {}),
          cards: items.map((entry) => card(context, edition, entry)),
          ...(pagination ? { pagination } : {}),
        });
        const own = () => [
          url,
          pagination,
          [...versionsOf(site, index)],
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
function versionsOf(site: Site, index: number): Map<string, string> {
  return versions(site, ({ posts, home }) =>
    index === 0 || posts.length > index * site.config.pageSize ? pageAddress(home, index + 1) : undefined,
  );
}
