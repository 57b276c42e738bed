// Breadcrumbs: the way from the home to a page.
import { href } from '../site/references.js';
import type { Edition, Site } from '../types.js';
import type { LinkView } from './view.js';

/** Links from the home along `path` to the page at `url`, which is current where the path ends with it. */
export function crumbs(
  site: Site,
  edition: Edition,
  url: string,
  path: readonly { readonly name: string; readonly url: string }[],
): LinkView[] {
  const links = [{ name: edition.texts.home ?? '', url: edition.home }, ...path];
  return links.map((link) => ({
    name: link.name,
    href: href(link.url, site.config.basePath),
    ...(link.url === url ? { current: true } : {}),
  }));
}
