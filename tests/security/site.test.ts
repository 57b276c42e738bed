// Hostile front matter, through the templates into every file of a site: pages, lists, feeds, redirects.
import type { Element } from 'hast';
import { toString as textOf } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';
import { describe, expect, it } from 'vitest';
import { type BuiltSite, siteOf } from '../site/build.js';
import { dangers, parse } from './dangers.js';
import { active, sly } from './payloads.js';

const payloads = [...active, ...sly];
const yaml = (text: string) => JSON.stringify(text);

const posts = payloads.map((payload, index): [string, string] => {
  const text = yaml(payload);
  const lines = [
    `title: ${text}`,
    'date: 2020-01-01',
    // What no file may be called is refused: `content/unsafe-path`.
    `slug: ${yaml(`p${index}-${payload.replace(/[^\w(){};,='&-]/g, ' ').trim()}`.slice(0, 60))}`,
    `description: ${text}`,
    `summary: ${text}`,
    `authors: [${text}]`,
    `tags: [${yaml(`t${index} ${payload}`)}]`,
    `categories: [${yaml(`c${index} ${payload}`)}]`,
    `cover: {src: ${text}, alt: ${text}, caption: ${text}}`,
  ];
  return [
    `posts/p${index}.md`,
    `---\n${lines.join('\n')}\n---\n\n## ${payload.replace(/\s/g, ' ').replace('ref{', '{')}\n\nText\n`,
  ];
});
const files = {
  ...Object.fromEntries(posts),
  'site.yaml': 'baseUrl: https://example.org/blog/\nauthor: A\n',
};
let site: BuiltSite;

/** What the theme itself puts into a page. */
function isOurs(element: Element): boolean {
  const { tagName, properties } = element;
  if (Object.keys(properties).some((name) => /^on/i.test(name))) return false;
  if (tagName === 'title' || tagName === 'button') return true;
  if (tagName === 'link') return /^(?:https:\/\/example\.org)?\/blog\//.test(String(properties.href));
  if (tagName === 'meta')
    return properties.httpEquiv === undefined || /^0; url=\/blog\//.test(String(properties.content));
  if (tagName !== 'script') return false;
  if (properties.src !== undefined) return /^\/blog\/assets\/theme\.\w+\.js$/.test(String(properties.src));
  const text = textOf(element);
  if (properties.type === 'application/ld+json') return typeof JSON.parse(text) === 'object';
  return text.startsWith("(t=>{try{t=localStorage.getItem('theme')}");
}

function textOfXml(xml: string): string {
  const text = parse(`<p>${xml}</p>`);
  let found = '';
  visit(text, 'text', ({ value }) => {
    found += value;
  });
  return found;
}

describe('a site of hostile posts', () => {
  it('is built, and shows each of them', async () => {
    site = await siteOf(files, { draftMath: true });
    expect(site.report.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(site.report.posts).toBe(payloads.length);
    expect(Object.keys(site.files).length).toBeGreaterThan(3 * payloads.length);
  });

  it('has nothing in its pages that the theme did not put there', () => {
    const alive = Object.entries(site.files).flatMap(([path, content]) =>
      // The search page has a form and a script of its own, and no text of a post.
      path.endsWith('.html') && path !== 'search/index.html'
        ? dangers(content, isOurs).map((danger) => `${path}: ${danger}`)
        : [],
    );
    expect(alive).toEqual([]);
  });

  it('keeps one title and the same scripts on every page', () => {
    const posts = Object.entries(site.files).filter(([path]) => /^posts\/.*\.html$/.test(path));
    const structures = posts.map(([, content]) => {
      const names: string[] = [];
      visit(parse(content), 'element', ({ tagName }) => {
        if (tagName === 'title' || tagName === 'script' || tagName === 'article') names.push(tagName);
      });
      return names.join(' ');
    });
    expect([...new Set(structures)]).toEqual(['script title script script article']);
  });

  it('has feeds whose HTML is as harmless', () => {
    const feed = site.files['index.xml'] ?? '';
    const contents = [...feed.matchAll(/<content:encoded>(.*?)<\/content:encoded>/gs)].map(([, xml = '']) => [
      xml,
      textOfXml(xml),
    ]);
    expect(contents.length).toBeGreaterThan(10);
    expect(contents.flatMap(([, html = '']) => dangers(html))).toEqual([]);
    // Outside of its texts it has only its own elements.
    const names = new Set([...feed.matchAll(/<([a-z:]+)/gi)].map(([, name]) => name));
    expect([...names].filter((name) => /^(?:script|img|svg|iframe)$/i.test(name ?? ''))).toEqual([]);
  });

  it('writes nothing outside of its folder, and no path with a meaning elsewhere', () => {
    for (const path of Object.keys(site.files)) expect(path).not.toMatch(/\.\.|[<>"'&?#\\]|^\//);
  });

  it('is read the same by the parser of this test', () => {
    expect(parse('<p>x').children).toHaveLength(1);
  });
});
