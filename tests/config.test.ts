// `site.yaml`: what each key may be, what is filled in, and where damage is reported.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { loadConfig, parseConfig } from '../src/config.js';
import { configSchema } from '../src/config-schema.js';
import { frontMatterSchema } from '../src/content/fields.js';
import type { Config } from '../src/types.js';

const defaults: Config = {
  title: 'Blog',
  description: '',
  origin: '',
  basePath: '',
  author: '',
  languages: [],
  timezone: 'UTC',
  pageSize: 10,
  permalink: '/posts/:slug/',
  toc: true,
  social: [],
  theorems: 'own',
  citations: 'author-year',
  search: true,
  share: ['x', 'linkedin', 'reddit', 'hackernews', 'email'],
  fonts: 'subset',
  markdown: { rawHtml: 'safe', embeds: [] },
  math: { macros: {}, doubleDollarInText: 'inline', numbering: 'auto', cjkOutsideText: 'warn' },
};

function read(yaml: string): Config {
  const { config, diagnostics } = parseConfig(yaml, 'site.yaml');
  expect(diagnostics).toEqual([]);
  if (config === undefined) throw new Error('no configuration');
  return config;
}

describe('what is read', () => {
  it.each(['', '# only a comment\n', 'title:\nlanguages:\nmath:\n', '---\n'])(
    '%j has every default',
    (yaml) => {
      expect(read(yaml)).toEqual(defaults);
    },
  );

  it('every key', () => {
    const yaml = `title: A “blog”
description: Notes
baseUrl: https://example.org/blog/
author: Kim
timezone: Asia/Seoul
pageSize: 5
permalink: /:year/:slug/
toc: false
search: no
share: [email, x]
comments:
  giscus: { repo: kim/blog, repoId: R_1, category: General, categoryId: DIC_1, mapping: title, reactions: no }
analytics: { script: /count.js, attributes: { data-site: 12, async: "" } }
fonts: full
theorems: shared
citations: numeric
languages:
  en:
    title: Blog
    greeting: { title: Hello, text: Welcome }
    menu: [{ name: About, url: /about/ }]
  ko:
social:
  - { name: GitHub, url: "https://github.com/x" }
markdown: { rawHtml: none, embeds: www.youtube-nocookie.com }
math:
  macros: { E: '\\mathbb{E}', '\\Var': '\\operatorname{Var}' }
  doubleDollarInText: display
  numbering: all
`;
    expect(read(yaml)).toEqual({
      title: 'A “blog”',
      description: 'Notes',
      origin: 'https://example.org',
      basePath: '/blog',
      author: 'Kim',
      timezone: 'Asia/Seoul',
      pageSize: 5,
      permalink: '/:year/:slug/',
      toc: false,
      search: false,
      share: ['email', 'x'],
      comments: {
        giscus: {
          repo: 'kim/blog',
          repoId: 'R_1',
          category: 'General',
          categoryId: 'DIC_1',
          mapping: 'title',
          strict: true,
          reactions: false,
          inputPosition: 'bottom',
        },
      },
      analytics: { script: '/count.js', attributes: { 'data-site': '12', async: '' } },
      fonts: 'full',
      theorems: 'shared',
      citations: 'numeric',
      languages: [
        {
          code: 'en',
          title: 'Blog',
          description: 'Notes',
          author: 'Kim',
          greeting: { title: 'Hello', text: 'Welcome' },
          menu: [{ name: 'About', url: '/about/', place: expect.objectContaining({ column: 32 }) }],
        },
        { code: 'ko', title: 'A “blog”', description: 'Notes', author: 'Kim', menu: [] },
      ],
      social: [{ name: 'GitHub', url: 'https://github.com/x', place: expect.anything() }],
      markdown: { rawHtml: 'none', embeds: ['www.youtube-nocookie.com'] },
      math: {
        macros: { '\\E': '\\mathbb{E}', '\\Var': '\\operatorname{Var}' },
        doubleDollarInText: 'display',
        numbering: 'all',
        cjkOutsideText: 'warn',
      },
    } satisfies Config);
  });

  it('texts as they are written', () => {
    expect(read('title: 1.10\nauthor: 007\ndescription: yes')).toMatchObject({
      ...{ title: '1.10', author: '007', description: 'yes' },
    });
  });

  it.each(['[ko, en]', '{ko: , en: }', '{ko: {}, en: {}}', '[{code: ko}, {code: en}]', '[KO, {code: en}]'])(
    'languages from %s, in their order',
    (languages) => {
      expect(read(`languages: ${languages}`).languages.map(({ code }) => code)).toEqual(['ko', 'en']);
    },
  );

  it.each([
    ['https://example.org', 'https://example.org', ''],
    ['https://example.org/', 'https://example.org', ''],
    ['http://localhost:8080/a/b', 'http://localhost:8080', '/a/b'],
    ['https://EXAMPLE.org/blog//', 'https://example.org', '/blog'],
    ['https://example.org//blog///x//', 'https://example.org', '/blog/x'],
    ['https://example.org//', 'https://example.org', ''],
  ])('baseUrl %s', (baseUrl, origin, basePath) => {
    expect(read(`baseUrl: ${baseUrl}`)).toMatchObject({ origin, basePath });
  });
});

describe('what is refused', () => {
  it.each([
    ['titel: x', 'config/unknown-key 1:1', 'did you mean title?'],
    ['title: x\nbaseURL: https://example.org', 'config/unknown-key 2:1', 'did you mean baseUrl?'],
    ['math:\n  macro: {}', 'config/unknown-key 2:3', 'did you mean math.macros?'],
    ['markdown: {rawHTML: safe}', 'config/unknown-key 1:12', 'did you mean markdown.rawHtml?'],
    ['macros: {}', 'config/unknown-key 1:1', 'did you mean math.macros?'],
    ['greeting: {}', 'config/unknown-key 1:1', 'did you mean languages.en.greeting?'],
    ['languages:\n  ko:\n    titel: x', 'config/unknown-key 3:5', 'did you mean languages.ko.title?'],
    ['languages: {en: {menu: [{name: a, url: /, link: c}]}}', 'config/unknown-key 1:43', 'remove it'],
    ['theme: PaperMod', 'config/unknown-key 1:1', 'remove it'],
    ['foo:', 'config/unknown-key 1:1', 'remove it'],
    ['__proto__: {a: b}', 'config/unknown-key 1:1', 'remove it'],
  ])('the key in %j', (yaml, fault, hint) => {
    const { config, diagnostics } = parseConfig(yaml, 'site.yaml');
    expect(config).toBeUndefined();
    expect(diagnostics.map(({ code, line, column }) => `${code} ${line}:${column}`)).toEqual([fault]);
    expect(diagnostics[0]?.hint).toBe(hint);
  });

  it.each([
    ['title: [a]', '1:8', 'title must be a text'],
    ['title: {a: b}', '1:8', 'title must be a text'],
    ['pageSize: many', '1:11', 'pageSize must be a whole number from 1 to 1000'],
    ['pageSize: 0', '1:11', 'pageSize must be a whole number from 1 to 1000'],
    ['pageSize: 2.5', '1:11', 'pageSize must be a whole number from 1 to 1000'],
    ['pageSize: -1', '1:11', 'pageSize must be a whole number from 1 to 1000'],
    ['pageSize: [10]', '1:11', 'pageSize must be a whole number from 1 to 1000'],
    ['toc: maybe', '1:6', 'toc must be true, false or open'],
    ['timezone: Korea/Seoul', '1:11', 'timezone must be a time zone such as Asia/Seoul or UTC'],
    ['timezone: +09:00', '1:11', 'timezone must be a time zone such as Asia/Seoul or UTC'],
    ['baseUrl: example.org', '1:10', 'baseUrl must be an absolute address'],
    ['baseUrl: /blog/', '1:10', 'baseUrl must be an absolute address'],
    ['baseUrl: ftp://example.org', '1:10', 'baseUrl must be an absolute address'],
    ['baseUrl: https://example.org/?a', '1:10', 'baseUrl must be an absolute address'],
    ['permalink: posts/:slug/', '1:12', 'permalink must begin with /'],
    ['permalink: /:year/', '1:12', 'permalink must hold :slug'],
    ['permalink: /:slugs/', '1:12', 'permalink has the unknown placeholder :slugs; did you mean :slug?'],
    [
      'permalink: /:category/:slug/',
      '1:12',
      'permalink has the unknown placeholder :category; known are :year',
    ],
    ['permalink: /../:slug/', '1:12', 'permalink leaves its folder with . or ..'],
    ['languages: ko', '1:12', 'languages must be a map by language code'],
    ['languages: {korean: }', '1:13', 'languages.korean must be a language code'],
    ['languages: {ko: Korean}', '1:17', 'languages.ko must be a map'],
    ['languages:\n  ko:\n    menu: [About]', '3:12', 'languages.ko.menu.0 must be a map with name and url'],
    ['languages: {ko: {menu: [{name: a}]}}', '1:25', 'languages.ko.menu.0.url is missing'],
    ['languages: {ko: {greeting: Hello}}', '1:28', 'languages.ko.greeting must be a map with title and text'],
    ['social: {GitHub: x}', '1:9', 'social must be a list such as'],
    ['social: [{name: G, url: github.com/x}]', '1:25', 'social.0.url must be an address that begins with /'],
    ['analytics: {script: count.js}', '1:21', 'analytics.script must be an address that begins with /'],
    ['languages: {en: , EN: }', '1:19', 'languages.EN is a language that stands above already'],
    ['languages: [en, ko, EN]', '1:21', 'languages.2 is a language that stands above already'],
    [
      'markdown: {embeds: ["https://www.youtube.com/embed"]}',
      '1:20',
      'markdown.embeds must be hosts such as',
    ],
    ['math:\n  macros:\n    norm: "\\\\lVert {x"', '3:11', 'math.macros.norm: a { is not closed'],
    ["math: {macros: {\\E: 'a}'}}", '1:21', 'math.macros.\\E: a } has no {'],
    ['fonts: cut', '1:8', 'fonts must be subset or full'],
    ['markdown: {rawHtml: yes}', '1:21', 'markdown.rawHtml must be safe or trusted or none'],
    ['markdown: safe', '1:11', 'markdown must be a map'],
    ['math: {macros: [a]}', '1:16', 'math.macros must be a map from commands to TeX'],
    ['math:\n  macros:\n    E: [a]', '3:8', 'math.macros'],
    ['math: {numbering: some}', '1:19', 'math.numbering must be auto or all or none'],
  ])('the value in %j', (yaml, place, message) => {
    const { config, diagnostics } = parseConfig(yaml, 'site.yaml');
    expect(config).toBeUndefined();
    expect(diagnostics.map(({ code, line, column }) => `${code} ${line}:${column}`)).toEqual([
      `config/invalid-value ${place}`,
    ]);
    expect(diagnostics[0]?.message).toContain(message);
    expect(diagnostics[0]?.message).not.toMatch(/invalid|expected|received/i);
  });

  it.each([
    ['title: a: b', '1:8'],
    ['title: "a', '1:8'],
    ['- a', '1:1'],
    ['just text', '1:1'],
    ['title: a\ntitle: b', '2:1'],
    ['a: &x 1\nb: *x', '1:7'],
    ['title: a\n---\ntitle: b', '2:1'],
    ['\ttitle: a', '1:1'],
  ])('broken YAML in %j', (yaml, place) => {
    const [first] = parseConfig(yaml, 'site.yaml').diagnostics;
    expect(`${first?.code} ${first?.line}:${first?.column}`).toBe(`config/yaml ${place}`);
  });

  it('all of them at once', () => {
    const { diagnostics } = parseConfig(
      'titel: x\npageSize: 0\nmath: {macro: {}, numbering: x}',
      'site.yaml',
    );
    const places = diagnostics.map(({ line, column }) => `${line}:${column}`);
    expect(places.sort()).toEqual(['1:1', '2:11', '3:30', '3:8']);
  });
});

describe('the file', () => {
  async function load(files: Readonly<Record<string, string | Uint8Array>>) {
    const root = await mkdtemp(join(tmpdir(), 'postulate-'));
    for (const [path, content] of Object.entries(files)) await writeFile(join(root, path), content);
    const loaded = await loadConfig(root);
    await rm(root, { recursive: true });
    return { ...loaded, faults: loaded.diagnostics.map(({ code, file }) => `${code} ${file}`) };
  }

  it('is optional', async () => {
    expect((await load({})).config).toEqual(defaults);
  });

  it('is read, with or without a byte order mark, and its text is given for excerpts', async () => {
    expect(await load({ 'site.yaml': '\uFEFFtitle: x\r\n' })).toMatchObject({
      config: { title: 'x' },
      text: 'title: x\r\n',
    });
    expect((await load({ 'site.yaml': 'titel: x' })).text).toBe('titel: x');
  });

  it('must be UTF-8', async () => {
    expect((await load({ 'site.yaml': Buffer.from([0x61, 0xff]) })).faults).toEqual([
      'config/not-utf8 site.yaml',
    ]);
  });

  it('is not passed over for its ending', async () => {
    expect((await load({ 'site.yml': 'title: x' })).faults).toEqual(['config/wrong-name site.yml']);
    expect((await load({ 'site.yml': 'title: x', 'site.yaml': 'title: y' })).config?.title).toBe('y');
  });

  it('must be a file', async () => {
    const root = await mkdtemp(join(tmpdir(), 'postulate-'));
    await mkdir(join(root, 'site.yaml'));
    expect((await loadConfig(root)).diagnostics.map(({ code }) => code)).toEqual(['env/file-system']);
    await rm(root, { recursive: true });
  });
});

describe('the schemas', () => {
  it.each([
    ['site.yaml', configSchema],
    ['front matter', frontMatterSchema],
  ])('of %s become JSON schemas in which every key is described', (_name, schema) => {
    const { properties = {} } = z.toJSONSchema(schema, { io: 'input' });
    const groups = Object.entries(properties).flatMap(([key, value]) => {
      const inner = typeof value === 'object' && !value.description ? value.properties : undefined;
      return inner ? Object.entries(inner) : [[key, value] as const];
    });
    expect(groups.length).toBeGreaterThan(15);
    for (const [key, value] of groups) {
      expect(typeof value === 'object' && value.description, key).toMatch(/\.$/);
    }
  });
});
