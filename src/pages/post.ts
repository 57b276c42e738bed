// Posts and pages of their own (`layout: page`).

import { citePost, type PostCitation } from '../bibliography/cite-post.js';
import { citationWords } from '../bibliography/words.js';
import { fileOf, tagSlug } from '../content/permalinks.js';
import { scriptJson } from '../escape.js';
import { scanMath } from '../math/scan.js';
import { filledBody, filledPieces, fillHoles, fillings, openParts } from '../site/fill-holes.js';
import { href } from '../site/references.js';
import type { Edition, Entry, Heading, Post, SetText, Site, Term } from '../types.js';
import { commentsView } from './comments.js';
import { crumbs } from './crumbs.js';
import { languageName } from './format.js';
import {
  authors,
  baseView,
  coverImage,
  coverPreview,
  dateView,
  minutes,
  type Page,
  type PageContext,
  termLink,
} from './page.js';
import { relatedPosts } from './related.js';
import { type Series, seriesOf, seriesViews } from './series.js';
import { shareLinks } from './share.js';
import type { termKinds } from './terms.js';
import type { HeadView, LinkView, PostView, TocView } from './view.js';

export function posts(context: PageContext): Page[] {
  return context.site.editions.flatMap((edition) => {
    const series = seriesOf(edition);
    const related = relatedPosts(edition.posts);
    const terms = { tags: ranked(edition.tags), categories: ranked(edition.categories) };
    const list = edition.posts.map((entry, index) => {
      const [newer, older] = [edition.posts[index - 1], edition.posts[index + 1]];
      return postPage(context, edition, entry, {
        terms,
        series,
        related: () => related(index),
        ...(newer ? { newer } : {}),
        ...(older ? { older } : {}),
      });
    });
    const pages = edition.pages.map((entry) =>
      postPage(context, edition, entry, { terms, series: new Map(), related: () => [] }),
    );
    return [...list, ...pages];
  });
}

/** Posts that the page does not lead to anyway, as neighbours or as parts of its series. */
function unlinked(
  others: readonly Entry[],
  { post }: Entry,
  neighbours: readonly (Entry | undefined)[],
): Entry[] {
  const inSeries = (other: Post) =>
    post.series.length > 0 && other.series.some((name) => post.series.includes(name));
  return others.filter((other) => !neighbours.includes(other) && !inSeries(other.post));
}

/** What a post has to do with the other posts. */
interface Surroundings {
  readonly terms: Readonly<Record<(typeof termKinds)[number], RankedTerms>>;
  readonly series: Series;
  /** The nearest first. */
  readonly related: () => readonly Entry[];
  readonly newer?: Entry;
  readonly older?: Entry;
}

/** Terms by their slugs, each with its place in the order of the language. */
type RankedTerms = ReadonlyMap<string, { readonly term: Term; readonly rank: number }>;

function ranked(terms: readonly Term[]): RankedTerms {
  return new Map(terms.map((term, rank) => [term.slug, { term, rank }]));
}

function postPage(context: PageContext, edition: Edition, entry: Entry, around: Surroundings): Page {
  const { post, rendered } = entry;
  const { targets } = context.site;
  return {
    path: fileOf(post.url),
    template: post.layout,
    view: () => postView(context, edition, entry, around),
    from: { shared: context.shared(edition), own: () => postSources(context, edition, entry, around) },
    body: {
      fillings: () => fillings(rendered, targets),
      text: (filled) => filledBody(rendered.body(), filled),
      ...(rendered.bodyPieces && {
        bytes: (filled) => filledPieces(rendered.bodyPieces?.() ?? [], filled),
      }),
    },
  };
}

/** What the view is made of. Its parts that are made of the post and of what editions share are not made here. */
function postSources(
  context: PageContext,
  edition: Edition,
  entry: Entry,
  around: Surroundings,
): readonly unknown[] {
  const { site, assets } = context;
  const { post, rendered, updated } = entry;
  const { newer, older } = around;
  return [
    rendered.key,
    updated,
    [rendered.title, rendered.titleHeading, rendered.description, rendered.caption].map(
      (text) => text?.html && openParts(text.html, post, site.targets),
    ),
    rendered.headings.map(({ html }) => openParts(html, post, site.targets)),
    post.cover && [coverImage(post, site, 'top'), coverPreview(post, site)],
    rendered.uses.math && assets.math && [assets.math.style, assets.math.preload.get(post.path)],
    translationsOf(site, entry).map((other) => [other.post.lang, other.post.url]),
    terms(context, edition, 'tags', entry, around),
    terms(context, edition, 'categories', entry, around),
    seriesViews(around.series, entry, site, edition),
    [...relatedTo(entry, around), newer, older].map((other) => other && [titleOf(other), other.post.url]),
  ];
}

function titleOf({ rendered }: Entry): string {
  return rendered.title.text;
}

function translationsOf(site: Site, entry: Entry): readonly Entry[] {
  return site.translations.get(entry.post.translationKey) ?? [entry];
}

function relatedTo(entry: Entry, { related, newer, older }: Surroundings): readonly Entry[] {
  return unlinked(related(), entry, [newer, older]).slice(0, 3);
}

/** All but the body. */
function postView(
  context: PageContext,
  edition: Edition,
  entry: Entry,
  around: Surroundings,
): Omit<PostView, 'bodyHtml'> {
  const { site } = context;
  const { newer, older } = around;
  const { post, rendered, updated } = entry;
  const { basePath } = site.config;
  const translations = translationsOf(site, entry);
  const link = (other: Entry): LinkView => ({
    name: titleOf(other),
    href: href(other.post.url, basePath),
  });
  const description = rendered.description?.text ?? rendered.excerptText;
  const citation = post.layout === 'post' ? citationOf(site, edition, entry) : undefined;
  const comments = commentsView(context, entry);
  const image = coverPreview(post, site);
  const allPosts = { name: edition.texts.posts ?? '', url: `${edition.home}archives/` };
  const setHtml = ({ html }: Pick<SetText, 'html'>) => fillHoles(html, post, site.targets);
  return {
    ...baseView(context, edition, {
      kind: post.layout,
      url: post.url,
      title: rendered.title.text,
      description,
      versions: new Map(translations.map((other) => [other.post.lang, other.post.url])),
      ...(rendered.uses.math ? { formulasOf: post.path } : {}),
      head: {
        ...(image ? { image } : {}),
        ...(citation
          ? { ...articleHead(site, edition, entry, description, image?.href), meta: citation.meta }
          : {}),
      },
    }),
    // The post itself is not among them: its title follows right below.
    crumbs: crumbs(site, edition, post.url, post.layout === 'post' ? [allPosts] : []),
    titleHtml: setHtml({ html: rendered.titleHeading?.html ?? rendered.title.html }),
    ...(rendered.titleHeading ? { titleId: rendered.titleHeading.id } : {}),
    ...(rendered.description ? { descriptionHtml: setHtml(rendered.description) } : {}),
    ...(post.date ? { date: dateView(post.date, edition) } : {}),
    ...(updated ? { updated: dateView(updated, edition) } : {}),
    minutes: minutes(entry, edition),
    authors: authors(post, edition),
    draft: post.draft,
    ...(post.future ? { future: true } : {}),
    tags: terms(context, edition, 'tags', entry, around),
    categories: terms(context, edition, 'categories', entry, around),
    translations: translations
      .filter((other) => other !== entry)
      .map((other) => ({
        name: languageName(other.post.lang),
        href: href(other.post.url, basePath),
        lang: other.post.lang,
      })),
    toc: post.toc ? contents(rendered.headings, post, site) : [],
    tocOpen: site.config.toc === 'open',
    ...(post.cover
      ? {
          cover: {
            imageHtml: coverImage(post, site, 'top'),
            ...(rendered.caption ? { captionHtml: setHtml(rendered.caption) } : {}),
          },
        }
      : {}),
    ...(citation ? { citation: { bibtex: citation.bibtex, text: citation.text } } : {}),
    series: seriesViews(around.series, entry, site, edition),
    related: relatedTo(entry, around).map(link),
    share: shareLinks(site, edition, entry),
    ...(comments ? { comments } : {}),
    ...(newer ? { newer: link(newer) } : {}),
    ...(older ? { older: link(older) } : {}),
  };
}

function terms(
  context: PageContext,
  edition: Edition,
  kind: (typeof termKinds)[number],
  { post }: Entry,
  around: Surroundings,
): LinkView[] {
  return [...new Set(post[kind].map(tagSlug))]
    .flatMap((slug) => around.terms[kind].get(slug) ?? [])
    .sort((a, b) => a.rank - b.rank)
    .map(({ term }) => termLink(context, edition, kind, term));
}

/** Headings as a tree. A level that is skipped makes no empty level. */
function contents(headings: readonly Heading[], post: Post, site: Site): TocView[] {
  const shown = headings.filter(({ depth }) => depth <= 4);
  const build = (items: readonly Heading[]): TocView[] => {
    const top = Math.min(...items.map(({ depth }) => depth));
    const starts = items.flatMap((heading, index) => (index === 0 || heading.depth === top ? [index] : []));
    return starts.map((start, index) => {
      const heading = items[start] as Heading;
      const inner = items.slice(start + 1, starts[index + 1]);
      return {
        href: `#${encodeURI(heading.id)}`,
        html: fillHoles(heading.html, post, site.targets),
        children: inner.length > 0 ? build(inner) : [],
      };
    });
  };
  return shown.length > 1 ? build(shown) : [];
}

function articleHead(
  site: Site,
  edition: Edition,
  entry: Entry,
  description: string,
  image: string | undefined,
): Partial<HeadView> {
  const { config } = site;
  const { post, rendered, updated } = entry;
  const published = post.dateTime ?? post.date ?? '';
  const names = authors(post, edition);
  const data = {
    '@context': 'https://schema.org',
    '@type': 'BlogPosting',
    headline: rendered.title.text,
    description,
    inLanguage: post.lang,
    datePublished: published,
    dateModified: updated ?? published,
    ...(names.length > 0 ? { author: names.map((name) => ({ '@type': 'Person', name })) } : {}),
    ...(post.tags.length > 0 ? { keywords: post.tags } : {}),
    ...(config.origin ? { url: config.origin + href(post.url, config.basePath) } : {}),
    ...(image ? { image } : {}),
  };
  return {
    type: 'article',
    published,
    ...(updated ? { modified: updated } : {}),
    tags: post.tags,
    jsonLdHtml: scriptJson(data),
  };
}

function citationOf({ config }: Site, edition: Edition, { post, rendered }: Entry): PostCitation {
  const title =
    post.title === undefined
      ? [rendered.title.text]
      : scanMath(post.title).map((part) => (part.type === 'math' ? { tex: part.value } : part.value));
  return citePost(
    {
      authors: authors(post, edition),
      title,
      titleText: rendered.title.text,
      ...(post.date ? { date: post.date } : {}),
      ...(config.origin ? { url: config.origin + href(post.url, config.basePath) } : {}),
      slug: post.slug,
      lang: post.lang,
      siteTitle: edition.language.title,
    },
    citationWords(edition.texts),
  );
}
