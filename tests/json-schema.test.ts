// The committed schemas are those of the code, and mark nothing that the code accepts. `npm run test:update` writes
// them.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { parseConfig } from '../src/config.js';
import { frontMatterSchema, nameFields } from '../src/content/fields.js';
import { postSchema, siteSchema } from '../src/json-schema.js';
import { placesIn } from '../src/place.js';
import { check } from '../src/schema.js';
import { parseYaml } from '../src/yaml.js';

/** Whether an editor marks something. */
function marking(schema: ReturnType<typeof siteSchema>): (yaml: string) => boolean {
  const read = z.fromJSONSchema(schema as z.core.JSONSchema.JSONSchema);
  return (yaml) => !read.safeParse(parse(yaml)).success;
}

const marks = (schema: ReturnType<typeof siteSchema>, yaml: string) => marking(schema)(yaml);

it.each([
  ['site', siteSchema()],
  ['post', postSchema()],
])('schema/%s.schema.json is what the code says', async (name, schema) => {
  await expect(`${JSON.stringify(schema, undefined, 2)}\n`).toMatchFileSnapshot(
    `../schema/${name}.schema.json`,
  );
});

/** One of each kind of value, as files have them; an empty text, which is read as no value, is none of them. */
const values = [
  ...['text', '"text, and more"', '~', 'null', '"null"', '/a/', 'en', 'open', 'own', 'page', ':slug'],
  ...['2019', '10', '"10"', '1.5', '-1', '2019-02-05', '"2019-02-05 10:00"', '2019-02-05T10:00:00+09:00'],
  ...['true', '"FALSE"', 'No', 'oN', '"yes"', 'False', 'https://example.org/', 'Asia/Seoul', 'a.png'],
  ...[
    '[]',
    '{}',
    '[a]',
    '[1, true, ]',
    '[[a], b]',
    '[{name: a}]',
    '{a: b}',
    '{name: a}',
    '[en, ko]',
    '{en: }',
  ],
  ...[
    '[{name: a, url: /}]',
    '[{code: en}]',
    '{src: a, alt: 2}',
    '{image: }',
    '[x, email]',
    '{script: /a.js}',
  ],
];

const accepted: Readonly<Record<'site' | 'post', (yaml: string) => boolean>> = {
  site: (yaml) => parseConfig(yaml, 'site.yaml').diagnostics.length === 0,
  post(yaml) {
    const { fields } = nameFields(parseYaml(yaml, placesIn('a.md', yaml)).fields);
    return check(frontMatterSchema, fields).problems.length === 0;
  },
};

it.each([
  ['site' as const, siteSchema()],
  ['post' as const, postSchema()],
])('An editor marks no value of any key that is read: %s', (name, schema) => {
  const isMarked = marking(schema);
  const keys = Object.keys(schema.properties ?? {});
  const texts = keys.flatMap((key) => values.map((value) => `${key}: ${value}\n`)).filter(accepted[name]);
  expect(texts.length).toBeGreaterThan(4 * keys.length);
  expect(texts.filter(isMarked)).toEqual([]);
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
