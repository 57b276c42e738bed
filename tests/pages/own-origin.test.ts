// What a reader's browser loads comes from the site itself, unless its owner turns on something else: no page of the
// blog, no style sheet and no script of the theme names another origin to load from. Where links lead is another matter.
import { raw } from 'hast-util-raw';
import { visit } from 'unist-util-visit';
import { expect, it } from 'vitest';
import type { Tree } from '../output/tree.js';
import { siteIn, siteOf } from '../site/build.js';

/** Links of the head that a browser follows by itself. */
const loading =
  /^(?:stylesheet|icon|preload|modulepreload|prefetch|preconnect|dns-prefetch|manifest|apple-touch-icon)$/;
const loadingAttributes = [
  'src',
  'srcSet',
  'poster',
  'data',
  'background',
  'style',
  'xLinkHref',
  'imageSrcSet',
];

/** Addresses of other origins that a page makes a browser load from. */
function foreignIn(html: string): string[] {
  const found: string[] = [];
  visit(
    raw({ type: 'root', children: [{ type: 'raw', value: html }] }),
    'element',
    ({ tagName, properties, children }) => {
      const names = loadingAttributes.map((name) => properties[name]);
      const isLoaded = tagName === 'link' && [properties.rel].flat().some((rel) => loading.test(String(rel)));
      const inSvg = tagName === 'use' || tagName === 'image';
      const texts = ['style', 'script'].includes(tagName)
        ? children.map((child) => (child.type === 'text' ? child.value : ''))
        : [];
      const isData = properties.type === 'application/ld+json';
      const values = [...names, ...(isLoaded || inSvg ? [properties.href] : []), ...(isData ? [] : texts)];
      found.push(...values.flatMap((value) => foreign(String(value ?? ''))));
    },
  );
  return found;
}

function foreign(text: string): string[] {
  return text.match(/(?:https?:|(?<![:\w/])\/(?=\/\w))\/[^\s"')]*/g) ?? [];
}

/** The same in all files of a site that browsers load. Namespaces of SVG are names, not places. */
function foreignOf(files: Tree): Record<string, string[]> {
  const checked = Object.entries(files).flatMap(([path, content]): [string, string[]][] => {
    if (path.endsWith('.html')) return [[path, foreignIn(content)]];
    if (path.endsWith('.css'))
      return [[path, (content.match(/(?:url\(|@import)[^;]*/g) ?? []).flatMap(foreign)]];
    const isTheme = /^assets\/[^/]*\.js$/.test(path);
    return isTheme ? [[path, foreign(content.replace(/^\s*\/\/.*$/gm, ''))]] : [];
  });
  return Object.fromEntries(checked.filter(([, found]) => found.length > 0));
}

it('is found where it is named', async () => {
  const { files } = await siteOf({
    'site.yaml': [
      'analytics: { script: https://stats.example/a.js }',
      'comments: { giscus: { repo: a/b, repoId: R, category: C, categoryId: D } }',
      'markdown: { embeds: [video.example] }',
    ].join('\n'),
    'posts/a.md':
      '---\ntitle: A\ndate: 2020-01-01\n---\n![](https://pictures.example/a.png)\n\n<iframe src="https://video.example/v"></iframe>\n\n[link](https://link.example/)\n',
  });
  const found = foreignOf(files);
  expect(found['posts/a/index.html']).toEqual([
    'https://stats.example/a.js',
    'https://pictures.example/a.png',
    'https://video.example/v',
  ]);
  expect(Object.entries(found).find(([path]) => path.startsWith('assets/comments'))?.[1]).toContain(
    'https://giscus.app/client.js',
  );
  expect(
    foreignIn(
      '<link rel="stylesheet" href="//fonts.example/x"><div style="background: url(https://x.example/)">',
    ),
  ).toEqual(['//fonts.example/x', 'https://x.example/']);
});

it('is named nowhere in the blog', async () => {
  const { report, files } = await siteIn('.', { drafts: true, future: true });
  expect(report.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(Object.keys(files).filter((path) => path.endsWith('.html')).length).toBeGreaterThan(20);
  expect(foreignOf(files)).toEqual({});
});
