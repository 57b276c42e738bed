import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeSite } from '../src/build.js';
import { parseFrontMatter } from '../src/content/front-matter.js';
import { type NewPost, newPost } from '../src/new.js';
import { quoteYaml } from '../src/yaml.js';
import { makeFolder, readTree, type Tree } from './output/tree.js';
import { contentOf } from './site/build.js';

// Already the next day in Korea.
const now = new Date('2026-11-23T18:00:00Z');

/** What `new` makes in a folder with these files: the path and all posts, or the codes of what is wrong. */
async function make(title: string, files: Tree = {}, more: Partial<NewPost> = {}) {
  const root = makeFolder(files);
  const made = await newPost({ root, title, now, ...more });
  const tree = readTree(root);
  if ('path' in made) return { path: made.path, text: tree[made.path], tree, root };
  return {
    codes: made.diagnostics.map(({ code }) => code),
    message: made.diagnostics[0]?.message,
    tree,
    root,
  };
}

describe('a new post', () => {
  it('has a title, the date of today and room for tags', async () => {
    const { path, text } = await make('Hello World');
    expect(path).toBe('posts/hello-world.md');
    expect(text).toBe('---\ntitle: Hello World\ndate: 2026-11-23\ntags: []\n---\n\n');
  });

  it('has the date of the site’s time zone', async () => {
    const { text } = await make('A', { 'site.yaml': 'timezone: Asia/Seoul\n' });
    expect(text).toContain('date: 2026-11-24\n');
  });

  const names: readonly (readonly [string, string])[] = [
    ['안녕, 세상', '안녕-세상'],
    ['안녕'.normalize('NFD'), '안녕'],
    ['어텐션 (Attention)', '어텐션-attention'],
    ['  A\n\ttitle  ', 'a-title'],
    ["It's # 1: the 'best'", 'its-1-the-best'],
    ['Why $O(n^2)$?', 'why-on2'],
    ['_hidden', 'hidden'],
    ['--help', 'help'],
    ['../../etc/passwd', 'etcpasswd'],
    ['a/b\\c:d*e', 'abcde'],
    ['Attention.ko', 'attentionko'],
    ['🎉 Party', 'party'],
    ['Ünïcödé', 'ünïcödé'],
  ];

  it.each(names)('called %j is in a file %s.md', async (title, name) => {
    const { path, tree } = await make(title);
    expect(path).toBe(`posts/${name}.md`);
    expect(Object.keys(tree)).toEqual([`posts/${name}.md`]);
  });

  it.each(['', '   ', '!?', '🎉', 'README', 'con', 'NUL', '가'.repeat(80)])(
    'cannot be called %j',
    async (title) => expect(await make(title)).toMatchObject({ codes: ['usage/arguments'], tree: {} }),
  );

  const languages: readonly (readonly [string, string | undefined, string, string])[] = [
    ['', undefined, 'a.md', 'en'],
    ['', 'ko', 'a.ko.md', 'ko'],
    ['languages: [en, ko]\n', undefined, 'a.md', 'en'],
    ['languages: [en, ko]\n', 'en', 'a.md', 'en'],
    ['languages: [en, ko]\n', 'ko', 'a.ko.md', 'ko'],
    ['languages: [en, ko]\n', 'KO', 'a.ko.md', 'ko'],
    ['languages: [ko, en]\n', 'ko', 'a.md', 'ko'],
    ['languages: [en, zh-CN]\n', 'zh-cn', 'a.zh-CN.md', 'zh-CN'],
    ['languages: [en]\n', 'fr', 'a.fr.md', 'fr'],
  ];

  it.each(languages)('with %j and --lang %s is %s, in %4$s', async (yaml, lang, name, read) => {
    const files = yaml === '' ? {} : { 'site.yaml': yaml };
    const { path, root } = await make('A', files, lang === undefined ? {} : { lang });
    expect(path).toBe(`posts/${name}`);
    const site = await made(root);
    const page = site.outputs?.find((output) => output.path.endsWith('posts/a/index.html'));
    expect(String(await contentOf(site, page?.path ?? ''))).toContain(`<html lang="${read}">`);
  });

  it.each(['zh-CN', 'english', 'xx', '../ko', ''])('cannot be in the language %j', async (lang) => {
    expect(await make('A', {}, { lang })).toMatchObject({ codes: ['usage/arguments'], tree: {} });
  });

  const rivals: readonly (readonly [string, string])[] = [
    ['posts/a.md', 'posts/a.md'],
    ['posts/A.md', 'posts/A.md'],
    ['posts/a/index.md', 'posts/a/index.md'],
  ];

  it.each(rivals)('does not come in the way of %s', async (path) => {
    const { codes, tree, root } = await make('A', { [path]: 'mine' });
    expect(codes).toEqual(['usage/exists']);
    expect(tree).toEqual({ [path]: 'mine' });
    expect(await newPost({ root, title: 'A', lang: 'ko', now })).toHaveProperty('path');
  });

  it('knows a Hangul name in whatever form it is written', async () => {
    const path = 'posts/한글.md'.normalize('NFD');
    expect((await make('한글', { [path]: 'mine' })).codes).toEqual(['usage/exists']);
  });

  it.skipIf(process.platform === 'win32')('is not written through a link', async () => {
    const root = makeFolder({ 'posts/x.md': 'x', 'other.txt': 'mine' });
    symlinkSync('../gone.md', join(root, 'posts/a.md'));
    expect(await newPost({ root, title: 'A', now })).toHaveProperty('diagnostics');
    expect(readTree(root)).toEqual({ 'posts/x.md': 'x', 'posts/a.md@': '', 'other.txt': 'mine' });
  });

  it('is refused when the site is not understood, or not there', async () => {
    expect((await make('A', { 'site.yaml': 'titel: x\n' })).codes).toEqual(['config/unknown-key']);
    expect((await make('A', { posts: 'a file' })).codes).toEqual(['usage/exists']);
    const root = join(makeFolder(), 'nowhere');
    expect(await newPost({ root, title: 'A', now })).toMatchObject({ diagnostics: [{ code: 'usage/root' }] });
  });

  it.each<[string, Tree]>([
    ['posts', { 'posts/x.md': '' }],
    ['posts', { 'posts/x.png': '', 'site.yaml': '' }],
    ['posts/2019/x', { 'posts/2019/x/index.md': '', 'references.bib': '' }],
  ])('is not made inside %s of a site', async (folder, files) => {
    const site = makeFolder(files);
    const refusal = {
      code: 'usage/root',
      severity: 'error',
      hint: expect.stringContaining(`--root ${site}`),
    };
    expect(await newPost({ root: join(site, folder), title: 'A', now })).toEqual({
      diagnostics: [expect.objectContaining(refusal)],
    });
    expect(readTree(site)).toEqual(readTree(makeFolder(files)));
  });

  it.each<[string, Tree]>([
    ['posts', { 'posts/x.png': '' }],
    ['posts', { 'posts/posts/x.md': '', 'site.yaml': '' }],
    ['posts/own', { 'posts/own/site.yaml': '', 'posts/x.md': '' }],
    ['blog', { 'blog/x.md': '', 'site.yaml': '' }],
  ])('is made in %s when that is a site of its own', async (folder, files) => {
    const root = join(makeFolder(files), folder);
    expect(await newPost({ root, title: 'A', now })).toEqual({ path: 'posts/a.md' });
  });

  it('is built without a remark', async () => {
    const { root } = await make('Why $\\theta$: it’s # 1 "really"', {
      'site.yaml': 'baseUrl: https://example.org/\n',
    });
    const { report } = await made(root);
    expect(report.diagnostics).toEqual([]);
    expect(report.posts).toBe(1);
  });
});

describe('a title in front matter', () => {
  const plain = ['Hello World', '안녕, 세상', 'a, b (c)', "it's"];
  const quoted = [
    'a: b',
    'a #b',
    '# a',
    '- a',
    '[a]',
    '{a}',
    '*a',
    '&a',
    '!a',
    '@a',
    '`a`',
    '%a',
    '| a',
    '> a',
    'a:',
    "'a'",
    '"a"',
    'null',
    'true',
    '12',
    '1.10',
    '~',
    '',
    '$\\theta$: $\\tau$',
  ];

  it.each(plain)('is written as it is: %s', (title) => expect(quoteYaml(title)).toBe(title));

  it.each(quoted)('is quoted: %s', (title) =>
    expect(quoteYaml(title)).toBe(`'${title.replaceAll("'", "''")}'`),
  );

  it('is read as it was given', () => {
    const line = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\s\p{Cc}]+/gu, ' ').trim());
    fc.assert(
      fc.property(line, (title) => {
        const { fields, diagnostics } = parseFrontMatter({
          path: 'posts/a.md',
          text: `---\ntitle: ${quoteYaml(title)}\ndate: 2020-01-01\n---\n`,
        });
        expect(diagnostics).toEqual([]);
        expect(fields.get('title')?.value).toMatchObject({ text: title });
      }),
      { numRuns: 500 },
    );
  });
});

function made(root: string) {
  return makeSite({
    ...{
      root,
      drafts: false,
      future: true,
      strict: false,
      draftMath: false,
      cache: false,
      check: false,
      now,
    },
  });
}
