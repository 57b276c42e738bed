// Comments by giscus: what its script is told, and a link to the discussions for readers without scripts.
import { href } from '../site/references.js';
import type { Entry, Site } from '../types.js';
import type { PageContext } from './page.js';
import type { CommentsView } from './view.js';

/** Languages of giscus, https://github.com/giscus/giscus/tree/main/locales; others see English. */
const languages = (
  'ar be bg ca cs da de en eo es eu fa fr gr gsw hbs he hu id it ja kh ko nl pl pt ro ru th tr vi uk uz zh-CN ' +
  'zh-HK zh-TW'
).split(' ');

/** Undefined when the site has no comments, or the post wants none. */
export function commentsView(
  { site, assets }: PageContext,
  { post, rendered }: Entry,
): CommentsView | undefined {
  const giscus = site.config.comments?.giscus;
  if (!giscus || !assets.comments || post.layout !== 'post' || post.comments === false) return undefined;
  const { basePath } = site.config;
  const { repo, repoId, category, categoryId, mapping, strict, reactions, inputPosition } = giscus;
  const named =
    typeof post.comments === 'string' ? { mapping: 'specific', term: post.comments } : { mapping };
  const lang = languages.find((code) => code === post.lang) ?? 'en';
  const attributes = {
    ...{ repo, 'repo-id': repoId, category, 'category-id': categoryId, ...named },
    ...{ strict: bit(strict), 'reactions-enabled': bit(reactions), 'emit-metadata': '0' },
    ...{ 'input-position': inputPosition, lang },
  };
  const query =
    typeof post.comments === 'string'
      ? post.comments
      : searched(mapping, post.url, rendered.title.text, site);
  return {
    script: href(assets.comments, basePath),
    attributes: Object.entries(attributes).map(([name, value]) => ({ name, value })),
    link: {
      name: site.editions.find(({ language }) => language.code === post.lang)?.texts['comments-link'] ?? '',
      href: `https://github.com/${repo}/discussions?discussions_q=${encodeURIComponent(query)}`,
    },
  };
}

/** What giscus calls the discussion of a page: for an address without the slash before it. */
function searched(mapping: string, url: string, title: string, { config }: Site): string {
  if (mapping === 'pathname') return (config.basePath + url).slice(1);
  return mapping === 'url' ? config.origin + config.basePath + url : title;
}

function bit(value: boolean): string {
  return value ? '1' : '0';
}
