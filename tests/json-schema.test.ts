// The committed schemas are those of the code, and mark nothing that the code accepts. `npm run test:update` writes
// them.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { parseConfig } from '../src/config.js';
import { postSchema, siteSchema } from '../src/json-schema.js';

/** Whether an editor marks something. */
const marks = (schema: ReturnType<typeof siteSchema>, yaml: string): boolean =>
  !z.fromJSONSchema(schema as z.core.JSONSchema.JSONSchema).safeParse(parse(yaml)).success;

it.each([
  ['site', siteSchema()],
  ['post', postSchema()],
])('schema/%s.schema.json is what the code says', async (name, schema) => {
  await expect(`${JSON.stringify(schema, undefined, 2)}\n`).toMatchFileSnapshot(
    `../schema/${name}.schema.json`,
  );
});

describe('An editor does not mark in site.yaml', () => {
  it.each([
    ['what the blog says', readFileSync('site.yaml', 'utf8')],
    [
      'numbers and flags where texts are read',
      'title: 2019\nauthor: yes\nsearch: off\ntoc: true\npageSize: 5',
    ],
    ['keys without a value', 'title:\nlanguages: {ko: }\nmath:\nshare:'],
    ['a list of languages', 'languages: [en, ko]'],
    ['a text for a list', 'markdown: {embeds: www.youtube-nocookie.com}'],
    ['an empty list', 'share: []'],
    [
      'comments and analytics',
      'comments: {giscus: {repo: a/b, repoId: R, category: C, categoryId: D}}\nanalytics: {script: /a.js, attributes: {async: }}',
    ],
  ])('%s', (_, yaml) => {
    expect(parseConfig(yaml, 'site.yaml').diagnostics).toEqual([]);
    expect(marks(siteSchema(), yaml)).toBe(false);
  });

  it.each([
    'titel: Blog',
    'search: sometimes',
    'pageSize: many',
    'math: {macro: {}}',
    'share: [myspace]',
    'comments: {giscus: {repo: a/b}}',
  ])('but %s', (yaml) => {
    expect(parseConfig(yaml, 'site.yaml').diagnostics).not.toEqual([]);
    expect(marks(siteSchema(), yaml)).toBe(true);
  });
});

describe('An editor does not mark in front matter', () => {
  it.each([
    'title: 1984\ndate: 2019-02-05\nupdated: 2019-02-05 10:00',
    'tags: [a, [2, [b]]]\ncategories: [[a]]',
    'tags: [a, 2]\ncategories: Maths, Notes\nauthors: Kim',
    'authors: [Kim, {name: Lee, url: /lee/}]\nseries: Attention',
    'cover: plot.svg\ntoc: no\ndraft: true',
    'cover: {image: plot.svg, alt: A plot, hidden: true}\ntoc: [{name: Equations}]',
    'comments: a-thread\nlayout: post',
    'comments: false\nShowToc: true\nweight: 3',
    'macros: {\\E: "\\\\mathbb{E}"}',
    'macros: |\n  \\newcommand{\\E}{\\mathbb{E}}',
  ])('%j', (yaml) => {
    expect(marks(postSchema(), yaml)).toBe(false);
  });

  it.each(['draft: maybe', 'slug: [a]', 'tags: {a: b}', 'cover: [a.png]'])('but %s', (yaml) => {
    expect(marks(postSchema(), yaml)).toBe(true);
  });
});
