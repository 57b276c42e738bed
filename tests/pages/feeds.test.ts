// Feeds, read by an XML parser that is not ours and held against RFC 4287, RSS 2.0 and JSON Feed 1.1.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseXml, XmlElement } from '@rgrove/parse-xml';
import { beforeAll, describe, expect, it } from 'vitest';
import { addFiles } from '../output/tree.js';
import { type BuiltSite, siteIn, siteOf } from '../site/build.js';

const site = `title: A & B
description: Notes <b>
baseUrl: https://example.org/blog/
author: Kim & Lee
timezone: Asia/Seoul
languages: { en: , ko: { title: 가나다 } }
`;

const nasty = `---
title: 'Less $a < b$ & more'
date: 2020-10-31
updated: 2021-01-02
tags: [C++, 'R&D']
categories: [Notes]
cover: plot.svg
---
## A $\\sum$ heading {#sum}

Text with ]]> and \u0007 a bell, $x^2 < y$, [another](plain.md#end), [here](#sum), [site](https://example.com/?a=1&b=2).

$$ \\begin{equation} a \\label{eq:a} \\end{equation} $$

See \\eqref{eq:a}. ![A plot](plot.svg)

\`\`\`html
<p>]]></p>
\`\`\`

A note[^1].

[^1]: Noted.
`;

const files = {
  'site.yaml': site,
  'posts/nasty.md': nasty,
  'posts/plain.md':
    '---\ntitle: Plain\ndate: 2020-01-01 10:00\nauthors: [Ada]\ntags: [c++]\n---\nPlain.\n\n## End\n',
  'posts/plain.ko.md': '---\ntitle: 평범\ndate: 2020-01-01\ntags: [c++]\n---\n평범한 글.\n\n## End\n',
  'posts/about.md': '---\ntitle: About\nlayout: page\n---\nMe.\n',
  'posts/plot.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>',
};

let built: BuiltSite;
beforeAll(async () => {
  const root = mkdtempSync(join(tmpdir(), 'postulate-feeds-'));
  addFiles(root, files);
  built = await siteIn(root);
  return () => rmSync(root, { recursive: true });
});

const rootOf = (path: string): XmlElement => {
  const { root } = parseXml(built.files[path] ?? '');
  if (root === null) throw new Error(`no root in ${path}`);
  return root;
};
const children = (parent: XmlElement, name: string) =>
  parent.children.filter((child): child is XmlElement => child instanceof XmlElement && child.name === name);
const child = (parent: XmlElement, name: string): XmlElement => {
  const [found, ...more] = children(parent, name);
  if (found === undefined || more.length > 0) throw new Error(`${1 + more.length} ${name} in ${parent.name}`);
  return found;
};
const text = (parent: XmlElement, name: string) => child(parent, name).text;
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)$/;

describe('The feeds', () => {
  it('are those of each language, and of its tags and categories', () => {
    expect(built.report.diagnostics.map(({ code }) => code)).toEqual([]);
    const names = Object.keys(built.files).filter((path) => /index\.xml$|atom\.xml$|feed\.json$/.test(path));
    expect(names.sort()).toEqual([
      'atom.xml',
      'categories/notes/index.xml',
      'feed.json',
      'index.xml',
      'ko/atom.xml',
      'ko/feed.json',
      'ko/index.xml',
      'ko/tags/c-plus-plus/index.xml',
      'tags/c-plus-plus/index.xml',
      'tags/rd/index.xml',
    ]);
  });

  it('are named in the head of every page, that of a tag on its own page too', () => {
    const links = (path: string) =>
      [
        ...(built.files[path] ?? '').matchAll(
          /<link rel="alternate" type="([^"]+)" title="([^"]+)" href="([^"]+)">/g,
        ),
      ].map(([, ...parts]) => parts.join(' '));
    const own = [
      'application/rss+xml A &amp; B /blog/index.xml',
      'application/atom+xml A &amp; B (Atom) /blog/atom.xml',
      'application/feed+json A &amp; B (JSON) /blog/feed.json',
    ];
    expect(links('index.html')).toEqual(own);
    expect(links('posts/plain/index.html')).toEqual(own);
    expect(links('ko/index.html')[0]).toBe('application/rss+xml 가나다 /blog/ko/index.xml');
    expect(links('tags/c-plus-plus/index.html').slice(3)).toEqual([
      'application/rss+xml Posts tagged c++ · A &amp; B /blog/tags/c-plus-plus/index.xml',
    ]);
  });

  it('do not change with the day on which they are made', async () => {
    const later = await siteOf(files, { now: new Date('2031-01-01') });
    for (const path of ['index.xml', 'atom.xml', 'feed.json', 'tags/c-plus-plus/index.xml'])
      expect(later.files[path], path).toBe(built.files[path]);
  });

  it('have the newest twenty posts', async () => {
    const posts = Object.fromEntries(
      Array.from({ length: 25 }, (_, day) => [
        `posts/p${day}.md`,
        `---\ntitle: P${day}\ndate: 2020-01-${String(day + 1).padStart(2, '0')}\n---\nText.\n`,
      ]),
    );
    const { files: many } = await siteOf({ ...posts, 'site.yaml': site });
    const titles = JSON.parse(many['feed.json'] ?? '').items.map((item: { title: string }) => item.title);
    expect(titles).toHaveLength(20);
    expect(titles.slice(0, 2)).toEqual(['P24', 'P23']);
  });

  it('are left out without baseUrl, and their links with them', async () => {
    const { files: some } = await siteOf({ ...files, 'site.yaml': 'title: Blog\n' });
    expect(some['index.html']).toContain('<title>');
    expect(Object.keys(some).filter((path) => /\.xml$|feed\.json$/.test(path))).toEqual([]);
    expect(some['index.html']).not.toContain('rel="alternate" type=');
    expect(some['index.html']).not.toContain('index.xml');
  });

  it('are made of a language without posts', async () => {
    const { files: some } = await siteOf({ ...files, 'site.yaml': `${site}`.replace('ko:', 'de: , ko:') });
    const root = parseXml(some['de/atom.xml'] ?? '').root as XmlElement;
    expect([text(root, 'updated'), children(root, 'entry')]).toEqual(['1970-01-01T00:00:00Z', []]);
    expect(JSON.parse(some['de/feed.json'] ?? '').items).toEqual([]);
  });
});

describe.each(['index.xml', 'ko/index.xml', 'tags/c-plus-plus/index.xml', 'categories/notes/index.xml'])(
  'RSS: %s',
  (path) => {
    it('has what RSS 2.0 asks for', () => {
      const root = rootOf(path);
      expect([root.name, root.attributes.version]).toEqual(['rss', '2.0']);
      const channel = child(root, 'channel');
      for (const name of ['title', 'link', 'description', 'language'])
        expect(text(channel, name)).not.toBe('');
      expect(child(channel, 'atom:link').attributes).toMatchObject({
        rel: 'self',
        href: `https://example.org/blog/${path}`,
      });
      const items = children(channel, 'item');
      expect(items.length).toBeGreaterThan(0);
      for (const item of items) {
        expect(text(item, 'guid')).toBe(text(item, 'link'));
        expect(Date.parse(text(item, 'pubDate'))).not.toBeNaN();
        expect(text(item, 'pubDate')).toMatch(/^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/);
        expect(text(item, 'content:encoded')).toContain('<p>');
      }
      expect(new Set(items.map((item) => text(item, 'guid'))).size).toBe(items.length);
    });
  },
);

describe.each([
  ['atom.xml', 'en', 'https://example.org/blog/'],
  ['ko/atom.xml', 'ko', 'https://example.org/blog/ko/'],
])('Atom: %s', (path, lang, home) => {
  it('has what RFC 4287 asks for', () => {
    const feed = rootOf(path);
    expect([feed.name, feed.attributes]).toEqual([
      'feed',
      { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': lang },
    ]);
    expect(text(feed, 'id')).toBe(home);
    expect(text(feed, 'title')).not.toBe('');
    expect(text(feed, 'updated')).toMatch(rfc3339);
    expect(text(child(feed, 'author'), 'name')).toBe('Kim & Lee');
    expect(children(feed, 'link').map(({ attributes }) => [attributes.rel, attributes.href])).toEqual([
      ['alternate', home],
      ['self', `https://example.org/blog/${path}`],
    ]);
    const entries = children(feed, 'entry');
    for (const entry of entries) {
      expect(text(entry, 'title')).not.toBe('');
      expect(child(entry, 'link').attributes.href).toBe(text(entry, 'id'));
      expect(text(entry, 'published')).toMatch(rfc3339);
      expect(text(entry, 'updated')).toMatch(rfc3339);
      expect(child(entry, 'content').attributes).toEqual({ type: 'html' });
    }
    const ids = entries.map((entry) => text(entry, 'id'));
    expect(new Set([home, ...ids]).size).toBe(ids.length + 1);
  });
});

describe('JSON Feed', () => {
  it('has what version 1.1 asks for', () => {
    const feed = JSON.parse(built.files['ko/feed.json'] ?? '');
    expect(feed).toEqual({
      version: 'https://jsonfeed.org/version/1.1',
      title: '가나다',
      home_page_url: 'https://example.org/blog/ko/',
      feed_url: 'https://example.org/blog/ko/feed.json',
      description: 'Notes <b>',
      authors: [{ name: 'Kim & Lee' }],
      language: 'ko',
      items: [
        {
          id: 'https://example.org/blog/ko/posts/plain/',
          url: 'https://example.org/blog/ko/posts/plain/',
          title: '평범',
          content_html: '<p>평범한 글.</p>\n<h2 id="end">End</h2>',
          summary: '평범한 글.',
          date_published: '2020-01-01T00:00:00+09:00',
          date_modified: '2020-01-01T00:00:00+09:00',
          authors: [{ name: 'Kim & Lee' }],
          tags: ['c++'],
        },
      ],
    });
  });
});

describe('A post in a feed', () => {
  const item = () => JSON.parse(built.files['feed.json'] ?? '').items[0];
  const inAtom = () => children(rootOf('atom.xml'), 'entry')[0] as XmlElement;
  const inRss = () => children(child(rootOf('index.xml'), 'channel'), 'item')[0] as XmlElement;

  it('is the same in all formats', () => {
    const html = item().content_html;
    expect(text(inAtom(), 'content')).toBe(html);
    expect(text(inRss(), 'content:encoded')).toBe(html);
    expect(text(inAtom(), 'title')).toBe('Less a < b & more');
    expect(text(inRss(), 'title')).toBe('Less a < b & more');
    expect(children(inAtom(), 'category').map(({ attributes }) => attributes.term)).toEqual(['C++', 'R&D']);
    expect(children(inRss(), 'category').map((element) => element.text)).toEqual(['C++', 'R&D']);
    expect(text(inRss(), 'dc:creator')).toBe('Kim & Lee');
  });

  it('is whole, without control characters and with what would end CDATA', () => {
    const html: string = item().content_html;
    expect(html).toContain('Text with ]]> and  a bell');
    expect(html).toContain('Noted.');
    expect(built.files['posts/nasty/index.html']).toContain('class="anchor"');
    expect(html).not.toContain('class="anchor"');
  });

  it('has absolute addresses only', () => {
    const addresses = [...item().content_html.matchAll(/ (?:href|src|srcset)="([^"]*)"/g)].map(
      ([, address]) => address,
    );
    expect(addresses).toContain('https://example.org/blog/posts/plain/#end');
    expect(addresses).toContain('https://example.org/blog/posts/nasty/#sum');
    expect(addresses).toContain('https://example.org/blog/posts/plot.svg');
    expect(addresses).toContain('https://example.com/?a=1&#x26;b=2');
    expect(addresses.filter((address) => !/^https:\/\//.test(address))).toEqual([]);
    expect(item().image).toMatch(/^https:\/\/example.org\/blog\/.*plot/);
  });

  it('has formulas as MathML without the source', () => {
    const html: string = item().content_html;
    expect(built.files['posts/nasty/index.html']).toContain('<annotation');
    expect(html.match(/<math /g)).toHaveLength(3);
    expect(html).not.toMatch(/<annotation|class="katex/);
    expect(html).toContain('<msup><mi>x</mi><mn>2</mn></msup><mo>&lt;</mo><mi>y</mi>');
  });

  it('has the day in the time zone of the site, and is changed no earlier than it is published', () => {
    expect(item()).toMatchObject({
      date_published: '2020-10-31T00:00:00+09:00',
      date_modified: '2021-01-02T00:00:00+09:00',
    });
    const plain = JSON.parse(built.files['feed.json'] ?? '').items[1];
    expect(plain).toMatchObject({
      date_published: '2020-01-01T10:00:00+09:00',
      date_modified: '2020-01-01T10:00:00+09:00',
      authors: [{ name: 'Ada' }],
    });
    expect(text(rootOf('atom.xml'), 'updated')).toBe('2021-01-02T00:00:00+09:00');
  });
});
