// Old addresses lead to the new ones: `aliases` in the front matter.
import { fileOf } from '../content/permalinks.js';
import { href } from '../site/references.js';
import { directionOf, type Page, type PageContext } from './page.js';

export function redirects({ site }: PageContext): Page[] {
  const { origin, basePath } = site.config;
  return site.editions.flatMap((edition) =>
    [...edition.posts, ...edition.pages].flatMap(({ post, rendered }) =>
      post.aliases.map((alias): Page => {
        const target = href(post.url, basePath);
        const view = () => ({
          href: target,
          ...(origin ? { absolute: origin + target } : {}),
          title: rendered.title.text,
          lang: post.lang,
          ...directionOf(post.lang),
          texts: edition.texts,
        });
        return { path: fileOf(alias), template: 'redirect', view };
      }),
    ),
  );
}
