// Tags and categories: the list of all, and the posts of each.
import { fileOf } from '../content/permalinks.js';
import type { Edition, Term } from '../types.js';
import { crumbs } from './crumbs.js';
import {
  baseView,
  card,
  cardSources,
  count,
  type Page,
  type PageContext,
  paginate,
  termLink,
  versions,
} from './page.js';
import type { ListView, TermsView } from './view.js';

export const termKinds = ['tags', 'categories'] as const;
type Kind = (typeof termKinds)[number];

export function terms(context: PageContext): Page[] {
  return context.site.editions.flatMap((edition) =>
    termKinds.flatMap((kind) =>
      edition[kind].length === 0
        ? []
        : [
            overview(context, edition, kind),
            ...edition[kind].flatMap((term) => list(context, edition, kind, term)),
          ],
    ),
  );
}

function overview(context: PageContext, edition: Edition, kind: Kind): Page {
  const { site } = context;
  const url = `${edition.home}${kind}/`;
  const title = edition.texts[kind] ?? kind;
  const view = (): TermsView => ({
    ...baseView(context, edition, {
      kind: 'tags',
      url,
      title,
      description: edition.language.description,
      versions: versions(site, (other) => (other[kind].length > 0 ? `${other.home}${kind}/` : undefined)),
    }),
    crumbs: crumbs(site, edition, url, [{ name: title, url }]),
    title,
    terms: edition[kind].map((term) => ({
      ...termLink(context, edition, kind, term),
      count: String(term.entries.length),
    })),
  });
  return { path: fileOf(url), template: 'tags', view };
}

function list(context: PageContext, edition: Edition, kind: Kind, term: Term): Page[] {
  const { site } = context;
  const { pageSize, basePath } = site.config;
  const url = `${edition.home}${kind}/${term.slug}/`;
  const title = termTitle(edition, kind, term);
  return paginate(term.entries, pageSize, url, basePath).map((slice, index): Page => {
    const own = () => [
      term.name,
      term.entries.length,
      slice.url,
      slice.pagination,
      [...versionsOfSlice()],
      slice.items.map((entry) => cardSources(context, entry)),
    ];
    const versionsOfSlice = () =>
      index === 0
        ? versions(site, (other) =>
            other[kind].some(({ slug }) => slug === term.slug)
              ? `${other.home}${kind}/${term.slug}/`
              : undefined,
          )
        : new Map([[edition.language.code, slice.url]]);
    const view = (): ListView => ({
      ...baseView(context, edition, {
        kind: 'list',
        url: slice.url,
        title,
        description: edition.language.description,
        versions: versionsOfSlice(),
        feed: { url: `${url}index.xml`, title: `${title} · ${edition.language.title}` },
        pagination: slice.pagination,
      }),
      crumbs: crumbs(site, edition, slice.url, [
        { name: edition.texts[kind] ?? kind, url: `${edition.home}${kind}/` },
        { name: term.name, url: slice.url },
      ]),
      title,
      count: count(term.entries.length, edition),
      cards: slice.items.map((entry) => card(context, edition, entry)),
      ...(slice.pagination ? { pagination: slice.pagination } : {}),
    });
    return {
      path: fileOf(slice.url),
      template: 'list',
      view,
      from: { shared: context.shared(edition), own },
    };
  });
}

/** `Posts tagged NLP` */
export function termTitle({ texts }: Edition, kind: Kind, { name }: Term): string {
  const pattern = texts[kind === 'tags' ? 'by-tag' : 'by-category'] ?? '{tag}';
  return pattern.replace(/\{\w+\}/, () => name);
}
