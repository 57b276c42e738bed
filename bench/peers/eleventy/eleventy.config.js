// Eleventy with markdown-it, KaTeX and Prism, and the pages that a blog has: lists, tags, archive, feeds, sitemap.
import { feedPlugin } from '@11ty/eleventy-plugin-rss';
import syntaxHighlight from '@11ty/eleventy-plugin-syntaxhighlight';
import katexPlugin from '@vscode/markdown-it-katex';
import katex from 'katex';
import markdownIt from 'markdown-it';
import anchor from 'markdown-it-anchor';

const perPage = 10;
const newestFirst = (collections) => collections.getFilteredByTag('posts').reverse();

export default function (eleventy) {
  eleventy.addPlugin(syntaxHighlight);
  eleventy.setLibrary(
    'md',
    markdownIt({ html: true })
      .use(anchor)
      .use(katexPlugin.default ?? katexPlugin, { katex, throwOnError: false }),
  );
  eleventy.addCollection('byTag', (collections) => {
    const posts = newestFirst(collections);
    const tags = [...new Set(posts.flatMap((post) => post.data.topics ?? []))].sort();
    return tags.map((tag) => ({ tag, posts: posts.filter((post) => post.data.topics?.includes(tag)) }));
  });
  eleventy.addCollection('tagPages', (collections) => {
    const posts = newestFirst(collections);
    const tags = [...new Set(posts.flatMap((post) => post.data.topics ?? []))].sort();
    return tags.flatMap((tag) => {
      const tagged = posts.filter((post) => post.data.topics?.includes(tag));
      const count = Math.ceil(tagged.length / perPage);
      return Array.from({ length: count }, (_, page) => ({
        tag,
        page: page + 1,
        count,
        posts: tagged.slice(page * perPage, (page + 1) * perPage),
      }));
    });
  });
  eleventy.addCollection('newest', newestFirst);
  eleventy.addFilter('day', (date) => date.toISOString().slice(0, 10));
  eleventy.addFilter('minutes', (html) => Math.ceil(plain(html).split(' ').length / 200));
  eleventy.addFilter('excerpt', (html) => plain(html).split(' ', 70).join(' '));
  eleventy.addFilter('first', (items, count) => items.slice(0, count));
  eleventy.addFilter('headings', (html) =>
    [...html.matchAll(/<h([23]) id="([^"]*)"[^>]*>(.*?)<\/h\1>/g)].map(([, level, id, text]) => ({
      level,
      id,
      text,
    })),
  );
  eleventy.addFilter(
    'neighbour',
    (posts, url, step) => posts[posts.findIndex((post) => post.url === url) + step],
  );
  for (const [type, outputPath, tag] of [
    ['rss', '/index.xml', 'posts'],
    ['atom', '/atom.xml', 'posts'],
    ['json', '/feed.json', 'posts'],
  ])
    eleventy.addPlugin(feedPlugin, {
      type,
      outputPath,
      collection: { name: tag, limit: 20 },
      metadata: {
        language: 'en',
        title: 'Bench',
        subtitle: '',
        base: 'https://example.org/',
        author: { name: 'Bench' },
      },
    });
  return {
    dir: { input: 'content', includes: '../_includes', output: 'public' },
    markdownTemplateEngine: false,
  };
}

const texts = new Map();

/** The text of a page's HTML, made once: lists ask for it again and again. */
function plain(html) {
  const known = texts.get(html);
  if (known !== undefined) return known;
  const text = html
    .replace(/<span class="katex-mathml">.*?<\/math><\/span>/gs, '')
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  texts.set(html, text);
  return text;
}
