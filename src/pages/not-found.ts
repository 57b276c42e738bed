// What servers show for an address that leads nowhere. Most hosts know one such page: that of the default language.
import { fileOf } from '../content/permalinks.js';
import { href } from '../site/references.js';
import { archiveLink, baseView, directionOf, type Page, type PageContext, versions } from './page.js';
import { searchLink } from './search.js';
import type { NotFoundView } from './view.js';

export function notFound(context: PageContext): Page[] {
  const { editions, config } = context.site;
  return editions.map((edition): Page => {
    const url = `${edition.home}404.html`;
    const title = edition.texts['not-found-title'] ?? '';
    const search = searchLink(context.site, edition);
    const view = (): NotFoundView => ({
      ...baseView(context, edition, {
        kind: 'not-found',
        url,
        title,
        description: '',
        versions: versions(context.site, ({ home }) => home),
        noindex: true,
        head: { alternates: [] },
      }),
      title,
      others: (edition.home === '/' ? editions : [])
        .filter((other) => other !== edition)
        .map((other) => ({
          lang: other.language.code,
          ...directionOf(other.language.code, edition.language.code),
          title: other.texts['not-found-title'] ?? '',
          home: { name: other.language.title, href: href(other.home, config.basePath) },
        })),
      archive: archiveLink(context.site, edition),
      ...(search ? { search } : {}),
      recent: edition.posts.slice(0, 5).map(({ post, rendered }) => ({
        name: rendered.title.text,
        href: href(post.url, config.basePath),
      })),
    });
    return { path: fileOf(url), template: 'not-found', view };
  });
}
