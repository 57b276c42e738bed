// All posts by year.
import { fileOf } from '../content/permalinks.js';
import { groupBy } from '../lists.js';
import { href } from '../site/references.js';
import type { Edition } from '../types.js';
import { crumbs } from './crumbs.js';
import { baseView, count, dateView, type Page, type PageContext, versions } from './page.js';
import type { ArchiveView } from './view.js';

export function archive(context: PageContext): Page[] {
  return context.site.editions.map((edition): Page => {
    const url = `${edition.home}archives/`;
    const title = edition.texts.archive ?? '';
    const view = (): ArchiveView => ({
      ...baseView(context, edition, {
        kind: 'archive',
        url,
        title,
        description: edition.language.description,
        versions: versions(context.site, ({ home }) => `${home}archives/`),
      }),
      crumbs: crumbs(context.site, edition, url, [{ name: title, url }]),
      title,
      years: years(context, edition),
    });
    return { path: fileOf(url), template: 'archive', view };
  });
}

function years({ site }: PageContext, edition: Edition): ArchiveView['years'] {
  const byYear = groupBy(edition.posts, ({ post }) => post.date?.slice(0, 4) ?? '');
  return [...byYear].map(([year, entries]) => ({
    year,
    count: count(entries.length, edition),
    posts: entries.map(({ post, rendered }) => ({
      href: href(post.url, site.config.basePath),
      title: rendered.title.text,
      date: dateView(post.date ?? '', edition),
    })),
  }));
}
