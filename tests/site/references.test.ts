// Where links, images and references lead: files, addresses, labels, in every form in which posts write them.
import { describe, expect, it } from 'vitest';
import { assemble } from '../../src/site/assemble.js';
import { fillHoles } from '../../src/site/fill-holes.js';
import { href, resolve, resolveNamed } from '../../src/site/references.js';
import type { Asset, Post, Targets } from '../../src/types.js';
import { configOf, type Given, recordOf, render, texts } from '../markdown/render.js';
import { brief, siteOf } from './build.js';

type Fields = NonNullable<Given['post']>;

const post = (path: string, url: string, body = 'text', fields: Fields = {}) =>
  render(body, {
    post: {
      path,
      url,
      slug: url.split('/').at(-2) ?? '',
      translationKey: path.replace(/(?:\.\w\w)?\.md$/, ''),
      ...fields,
    },
  });

const ko: Fields = { lang: 'ko' };
const labelled = '## Part one\n\n$$ a \\label{eq:a} $$\n\n![x](x.png "c") {#fig:a}\n\n## 정리';

const rendered = [
  post('posts/here.md', '/posts/here/', labelled),
  post('posts/here.ko.md', '/ko/posts/here/', labelled, ko),
  post('posts/other.md', '/posts/other/', labelled, { title: 'Other & <more>' }),
  post('posts/moved.md', '/posts/elsewhere/'),
  post('posts/taken.md', '/posts/moved/'),
  post('posts/bundle/index.md', '/posts/bundle/'),
  post('posts/bundle/index.ko.md', '/ko/posts/bundle/', 'text', ko),
  post('posts/only.en.md', '/posts/only/'),
  post('posts/2019-01-26-dated.md', '/posts/dated/'),
  post('posts/deep/er/inside.md', '/posts/inside/'),
  post('posts/한글.md', '/posts/한글/'),
  post('posts/with space.md', '/posts/with-space/'),
  post('posts/100%.md', '/posts/100/'),
  post('posts/about.md', '/about/', 'text', { layout: 'page' }),
  post('posts/old.md', '/2019/old.html', 'text'),
  post('posts/deep/root.md', '/root.html', 'text'),
];

const asset = (path: string): Asset => ({ path, output: path.replace(/^static\//, '') });

function targetsAt(baseUrl = 'https://example.org/'): Targets {
  return assemble({
    config: configOf(`baseUrl: ${baseUrl}`),
    defaultLanguage: 'en',
    rendered: rendered.map(recordOf),
    hidden: ['posts/draft.md', 'posts/other.ko.md', 'posts/folder/index.md'],
    faulty: ['posts/wrong.md', 'posts/2019-02-30-dated-wrong.md', 'posts/moved.ko.md'],
    assets: [
      'posts/plot.svg',
      'posts/bundle/plot.svg',
      'posts/그림.png',
      'static/images/x.png',
      'static/cv.pdf',
    ].map(asset),
    lastModified: new Map(),
    texts,
  }).targets;
}

const targets = targetsAt();

function postAt(path: string): Post {
  const found = targets.sources.get(path);
  if (!found) throw new Error(`There is no ${path}.`);
  return found;
}

/** `page /about/ #x`, `asset posts/plot.svg`, `hidden posts/draft.md`, `faulty`, `external` */
function lead(reference: string, from = 'posts/here.md', at = targets): string {
  const found = resolve(reference, postAt(from), at);
  if (found.type === 'page') return `page ${found.path}${found.suffix}`;
  if (found.type === 'asset') return `asset ${found.asset.path}${found.suffix}`;
  return found.type === 'hidden' ? `hidden ${found.source}` : found.type;
}

describe('a link', () => {
  it.each([
    // Files, from the file's own folder.
    ['other.md', 'page /posts/other/'],
    ['./other.md', 'page /posts/other/'],
    ['other', 'page /posts/other/'],
    ['other.md#part-one', 'page /posts/other/#part-one'],
    ['other.md?a=b#part-one', 'page /posts/other/?a=b#part-one'],
    ['other.markdown', 'page /posts/other/'],
    ['bundle/index.md', 'page /posts/bundle/'],
    ['bundle/', 'page /posts/bundle/'],
    ['bundle', 'page /posts/bundle/'],
    ['bundle/index.ko.md', 'page /ko/posts/bundle/'],
    ['deep/er/inside.md', 'page /posts/inside/'],
    ['deep/../other.md', 'page /posts/other/'],
    ['2019-01-26-dated.md', 'page /posts/dated/'],
    ['with%20space.md', 'page /posts/with-space/'],
    ['with space.md', 'page /posts/with-space/'],
    ['100%25.md', 'page /posts/100/'],
    ['100%.md', 'page /posts/100/'],
    ['only.md', 'page /posts/only/'],
    ['only.en.md', 'page /posts/only/'],
    ['draft.md', 'hidden posts/draft.md'],
    ['folder/', 'hidden posts/folder/index.md'],
    ['wrong.md#x', 'faulty'],
    ['wrong', 'faulty'],
    ['/posts/wrong.md', 'faulty'],
    ['moved.ko.md', 'faulty'],
    ['moved.md', 'page /posts/elsewhere/'],
    ['missing.md', 'page /posts/here/missing.md'],
    // Files, from the root of the site or of posts/.
    ['/posts/other.md', 'page /posts/other/'],
    ['/other.md', 'page /posts/other/'],
    ['/posts/moved.md', 'page /posts/elsewhere/'],
    ['/posts/deep/er/inside.md', 'page /posts/inside/'],
    // Addresses of the site.
    ['/about/', 'page /about/'],
    ['/about', 'page /about/'],
    ['/about/index.html', 'page /about/'],
    ['/posts/other/', 'page /posts/other/'],
    ['/posts/moved/', 'page /posts/moved/'],
    ['/posts/elsewhere/', 'page /posts/elsewhere/'],
    ['/2019/old.html', 'page /2019/old.html'],
    ['/2019/old.html#x', 'page /2019/old.html#x'],
    ['/tags/', 'page /tags/'],
    ['/', 'page /'],
    ['/nowhere/', 'page /nowhere/'],
    ['/posts/../about/', 'page /about/'],
    ['/../../../about/', 'page /about/'],
    // Addresses from the post's own, as Jekyll and Hugo have them.
    ['../other/', 'page /posts/other/'],
    ['../other/#part-one', 'page /posts/other/#part-one'],
    ['../../about/', 'page /about/'],
    ['../../../../..', 'page /'],
    ['..', 'page /posts/'],
    // The post itself.
    ['#part-one', 'page /posts/here/#part-one'],
    ['', 'page /posts/here/'],
    ['?q', 'page /posts/here/?q'],
    ['#', 'page /posts/here/#'],
    // Labels.
    ['#eq:a', 'page /posts/here/#eq-a'],
    ['other.md#eq:a', 'page /posts/other/#eq-a'],
    ['/posts/other/#fig:a', 'page /posts/other/#fig:a'],
    // Hangul, however it is written.
    ['한글.md', 'page /posts/한글/'],
    ['한글.md'.normalize('NFD'), 'page /posts/한글/'],
    ['%ED%95%9C%EA%B8%80.md', 'page /posts/한글/'],
    [encodeURI('한글'.normalize('NFD')), 'page /posts/한글/'],
    ['/posts/%ED%95%9C%EA%B8%80/', 'page /posts/한글/'],
    ['/posts/한글/'.normalize('NFD'), 'page /posts/한글/'],
    ['#정리', 'page /posts/here/#정리'],
    ['%EA.md', 'page /posts/here/%EA.md'],
    // Files beside posts and of static/.
    ['plot.svg', 'asset posts/plot.svg'],
    ['./plot.svg?x#y', 'asset posts/plot.svg?x#y'],
    ['/posts/plot.svg', 'asset posts/plot.svg'],
    ['그림.png'.normalize('NFD'), 'asset posts/그림.png'],
    ['/images/x.png', 'asset static/images/x.png'],
    ['../../images/x.png', 'asset static/images/x.png'],
    ['/static/images/x.png', 'asset static/images/x.png'],
    ['/cv.pdf', 'asset static/cv.pdf'],
    ['../static/cv.pdf', 'asset static/cv.pdf'],
    // Other sites.
    ['https://example.com/x.md', 'external'],
    ['HTTPS://example.com', 'external'],
    ['//example.com/x', 'external'],
    ['mailto:a@example.com', 'external'],
  ])('%j leads to %s', (reference, expected) => {
    expect(lead(reference)).toBe(expected);
  });

  it.each([
    ['posts/bundle/index.md', 'plot.svg', 'asset posts/bundle/plot.svg'],
    ['posts/bundle/index.md', '../plot.svg', 'asset posts/plot.svg'],
    ['posts/bundle/index.md', '../other.md', 'page /posts/other/'],
    ['posts/bundle/index.md', '../other', 'page /posts/other/'],
    ['posts/bundle/index.md', 'index.ko.md', 'page /ko/posts/bundle/'],
    ['posts/deep/er/inside.md', '../../other.md', 'page /posts/other/'],
    ['posts/deep/er/inside.md', '../other/', 'page /posts/other/'],
    ['posts/old.md', 'other.md', 'page /posts/other/'],
    ['posts/old.md', '../about/', 'page /about/'],
    ['posts/deep/root.md', 'about/', 'page /about/'],
    ['posts/deep/root.md', './about/', 'page /about/'],
    ['posts/deep/root.md', 'nothing', 'page /nothing'],
    ['posts/deep/root.md', '/about/./../about//', 'page /about/'],
    // A file without its language is read in the reader's.
    ['posts/here.ko.md', 'bundle/index.md', 'page /posts/bundle/'],
    ['posts/here.ko.md', 'bundle/index', 'page /ko/posts/bundle/'],
    ['posts/here.ko.md', 'bundle', 'page /ko/posts/bundle/'],
    ['posts/here.ko.md', 'here', 'page /ko/posts/here/'],
    ['posts/here.md', 'here.ko', 'page /ko/posts/here/'],
    ['posts/here.ko.md', '/posts/bundle/index', 'page /ko/posts/bundle/'],
    // A version that the build leaves out is not missed.
    ['posts/here.ko.md', 'other', 'page /posts/other/'],
    ['posts/here.ko.md', 'draft', 'hidden posts/draft.md'],
    ['posts/here.ko.md', 'here.md', 'page /posts/here/'],
    ['posts/here.ko.md', 'only.md', 'page /posts/only/'],
    ['posts/here.ko.md', '../bundle/', 'page /ko/posts/bundle/'],
    ['posts/here.ko.md', '/posts/bundle/', 'page /posts/bundle/'],
    ['posts/here.ko.md', '#eq:a', 'page /ko/posts/here/#eq-a'],
  ])('in %s, %j leads to %s', (from, reference, expected) => {
    expect(lead(reference, from)).toBe(expected);
  });

  it.each([
    ['/blog/about/', 'page /about/'],
    ['/about/', 'page /about/'],
    ['/blog', 'page /'],
    ['/blog/', 'page /'],
    ['/blog/images/x.png', 'asset static/images/x.png'],
    ['/blogger/', 'page /blogger/'],
  ])('%j may or may not begin with the sub-path of the site', (reference, expected) => {
    expect(lead(reference, 'posts/here.md', targetsAt('https://example.org/blog/'))).toBe(expected);
  });
});

describe('a file without its ending', () => {
  it('is that of the language of the post, when every version has one in its name', () => {
    const both = [
      post('posts/a.en.md', '/posts/a/', 'x', { translationKey: 'posts/a' }),
      post('posts/a.ko.md', '/ko/posts/a/', 'x', { ...ko, translationKey: 'posts/a' }),
    ];
    const parts = {
      config: configOf(),
      defaultLanguage: 'en',
      hidden: [],
      faulty: [],
      assets: [],
      lastModified: new Map(),
      texts,
    };
    const at = assemble({ ...parts, rendered: both.map(recordOf) }).targets;
    const paths = both.flatMap(({ post: from }) =>
      ['a', 'a.md', '/posts/a/', 'a.en.md'].map((reference) => {
        const found = resolve(reference, from, at);
        return found.type === 'page' ? found.path : found.type;
      }),
    );
    expect(paths).toEqual([
      ...['/posts/a/', '/posts/a/', '/posts/a/', '/posts/a/'],
      ...['/ko/posts/a/', '/ko/posts/a/', '/posts/a/', '/posts/a/'],
    ]);
  });
});

describe('a reference', () => {
  const from = postAt('posts/here.md');

  it.each([
    ['eq:a', 'posts/here.md', '(1)'],
    ['#eq:a', 'posts/here.md', '(1)'],
    ['#part-one', 'posts/here.md', 'Part one'],
    ['other#eq:a', 'posts/other.md', '(1)'],
    ['other.md#fig:a', 'posts/other.md', 'Figure 1'],
    ['/posts/other/#fig:a', 'posts/other.md', 'Figure 1'],
    ['../other/#fig:a', 'posts/other.md', 'Figure 1'],
    ['#%EC%A0%95%EB%A6%AC', 'posts/here.md', '정리'],
    ['#정리'.normalize('NFD'), 'posts/here.md', '정리'],
    ['elsewhere#x', 'posts/moved.md', undefined],
    ['inside#x', 'posts/deep/er/inside.md', undefined],
    ['eq:none', 'posts/here.md', undefined],
  ])('%j names something in %s: %s', (target, path, text) => {
    const found = resolveNamed(target, from, targets);
    expect([found?.post.path, found?.named?.text]).toEqual([path, text]);
  });

  it('by a slug or a file without its ending leads to the language of the post, whatever its folder', () => {
    const korean = postAt('posts/here.ko.md');
    const inFolder = { ...korean, path: 'posts/deep/here.ko.md' };
    for (const from of [korean, inFolder])
      expect(resolveNamed('here#eq:a', from, targets)?.post.path).toBe('posts/here.ko.md');
    expect(resolveNamed('here.md#eq:a', korean, targets)?.post.path).toBe('posts/here.md');
  });

  it('names nothing when there is no such post', () => {
    expect(resolveNamed('nowhere#eq:a', from, targets)).toBeUndefined();
    expect(resolveNamed('draft.md#eq:a', from, targets)).toBeUndefined();
  });
});

describe('an address in HTML', () => {
  it.each([
    ['/posts/한글/', '', '/posts/%ED%95%9C%EA%B8%80/'],
    ['/a b/', '/blog', '/blog/a%20b/'],
    ['/100%/', '', '/100%25/'],
    ['/a?b#c/', '', '/a%3Fb%23c/'],
    ['/', '', '/'],
    ['/', '/blog', '/blog/'],
  ])('%j below %j is %s', (path, base, expected) => {
    expect(href(path, base)).toBe(expected);
  });
});

describe('HTML with its holes filled', () => {
  const place = { file: 'posts/here.md' };
  const from = postAt('posts/here.md');
  const link = (target: string) => ({ type: 'link', target, place }) as const;
  const filled = (target: string, at = targets, origin?: string) =>
    fillHoles([link(target)], from, at, origin);
  const below = targetsAt('https://example.org/blog/');

  it('has links that begin at the root, with the sub-path', () => {
    expect(filled('other.md#part-one')).toBe('/posts/other/#part-one');
    expect(filled('other.md#part-one', below)).toBe('/blog/posts/other/#part-one');
    expect(filled('plot.svg', below)).toBe('/blog/posts/plot.svg');
    expect(filled('/images/x.png', below)).toBe('/blog/images/x.png');
    expect(filled('한글.md', below)).toBe('/blog/posts/%ED%95%9C%EA%B8%80/');
  });

  it('has fragments alone for the page itself, and whole addresses in a feed', () => {
    expect(filled('#eq:a', below)).toBe('#eq-a');
    expect(filled('here.md#part-one', below)).toBe('#part-one');
    expect(filled('?q#x', below)).toBe('/blog/posts/here/?q#x');
    expect(filled('#eq:a', below, 'https://example.org')).toBe('https://example.org/blog/posts/here/#eq-a');
    expect(filled('plot.svg', below, 'https://example.org')).toBe('https://example.org/blog/posts/plot.svg');
  });

  it('escapes what could end an attribute', () => {
    expect(filled('/x/?a=1&b="2"#"<')).toBe('/x/?a=1&amp;b=&quot;2&quot;#&quot;&lt;');
  });

  const reference = (target: string, form: 'number' | 'bracketed' | 'name', bare?: true) =>
    fillHoles([{ type: 'reference', target, form, place, ...(bare && { bare }) }], from, below);

  it('shows references as their form says', () => {
    expect(reference('eq:a', 'number')).toBe('<a class="reference" href="#eq-a">1</a>');
    expect(reference('eq:a', 'bracketed')).toBe('<a class="reference" href="#eq-a">(1)</a>');
    expect(reference('fig:a', 'name')).toBe('<a class="reference" href="#fig:a">Figure\u00a01</a>');
    expect(reference('#정리', 'name')).toBe('<a class="reference" href="#%EC%A0%95%EB%A6%AC">정리</a>');
    expect(reference('fig:a', 'name', true)).toBe('Figure\u00a01');
  });

  it('shows what is in another post with its title', () => {
    expect(reference('other#eq:a', 'bracketed')).toBe(
      '<a class="reference" href="/blog/posts/other/#eq-a">(1)</a> in <cite>Other &amp; &lt;more&gt;</cite>',
    );
    const korean = fillHoles(
      [{ type: 'reference', target: 'other.md#fig:a', form: 'name', place }],
      postAt('posts/here.ko.md'),
      targets,
    );
    expect(korean).toMatch(
      /^<cite>Other &amp; &lt;more&gt;<\/cite>.*<a class="reference" href="\/posts\/other\/#fig:a">/,
    );
  });

  it('shows an unknown reference as it is written', () => {
    expect(reference('<none>', 'name')).toBe('<span class="unknown-reference">&lt;none&gt;</span>');
  });

  it('reads a formula that is only a reference as one in prose', () => {
    const shown = (body: string) => {
      const { html, post: own } = post('posts/here.md', '/posts/here/', body);
      return fillHoles(html, own, below);
    };
    for (const command of ['\\eqref{other#eq:a}', '\\ref{other#eq:a}'])
      expect(shown(`By $${command}$.`)).toBe(shown(`By ${command}.`));
    expect(shown('By $\\eqref{other#eq:a}x$.')).toContain('katex');
    expect(shown('$$\\eqref{other#eq:a}$$')).toContain('katex');
  });

  it('puts numbers of other posts into formulas', () => {
    const { html, post: own } = post(
      'posts/here.md',
      '/posts/here/',
      '$\\eqref{other#eq:a} + \\ref{other#eq:a}$',
    );
    const shown = fillHoles(html, own, below);
    expect(shown.match(/href="\/blog\/posts\/other\/#eq-a"/g)?.length).toBeGreaterThan(1);
    expect(shown).toContain('(1)');
    expect(shown).not.toMatch(/[\u{f0000}-\u{ffffd}]/u);
    expect(fillHoles(html, own, below, 'https://example.org')).not.toContain('<a');
  });
});

describe('Cards, descriptions and the search', () => {
  const site = () =>
    siteOf({
      'site.yaml': 'baseUrl: https://example.org/\nsearch: false\n',
      'posts/other.md': '---\ntitle: Other & more\ndate: 2020-01-01\n---\n$$ x \\label{eq:x} $$\n',
      'posts/here.md': [
        '---\ntitle: Here\ndate: 2020-01-02\n---\n',
        'By \\eqref{other#eq:x}, $\\text{with }\\eqref{other#eq:x}$, [](other.md) and \\eqref{eq:own}.\n',
        '$$ y \\label{eq:own} $$\n',
        '$\\frac{a}{b} \\overset{\\eqref{other#eq:x}}{=} 1$\n',
      ].join('\n'),
    });

  it('say the numbers and titles of other posts', async () => {
    const { files } = await site();
    const description = 'By (1) in Other &amp; more, with (1), Other &amp; more and (1). y a/b =^((1)) 1';
    expect(files['posts/here/index.html']).toContain(`<meta name="description" content="${description}">`);
    expect(files['index.xml']).toContain(`<description>${description}</description>`);
    expect(files['index.html']).toContain(
      '<cite>Other &amp; more</cite>, with (1), Other &amp; more and (1). y',
    );
    expect(files['index.html']).toContain('<mtext>(1)</mtext><mrow></mrow></mrow></mover>');
    expect(Object.values(files).join('')).not.toMatch(/[\u{f0000}-\u{ffffd}]/u);
  });

  it('are made of the same text', () => {
    const other = post('posts/other.md', '/posts/other/', labelled, { title: 'Other' });
    const body = 'By \\eqref{other#eq:a} and $x\\ \\text{by }\\eqref{other#eq:a}$.';
    const here = render(body, { post: { path: 'posts/here.md', url: '/posts/here/' }, searchable: true });
    const { editions } = assemble({
      config: configOf('baseUrl: https://example.org/'),
      defaultLanguage: 'en',
      rendered: [other, here].map(recordOf),
      hidden: [],
      faulty: [],
      assets: [],
      lastModified: new Map(),
      texts,
    });
    const entry = editions[0]?.posts.find((one) => one.post.path === 'posts/here.md');
    expect(entry?.rendered.body().text.trim()).toBe('By (1) in Other and x by (1).');
    expect(entry?.rendered.excerptText).toBe('By (1) in Other and x by (1).');
  });
});

describe('Texts in attributes', () => {
  const build = (line: string) =>
    siteOf({
      'site.yaml': 'baseUrl: https://example.org/\nsearch: false\n',
      'posts/other.md': '---\ntitle: Other & more\ndate: 2020-01-01\n---\n$$ x \\label{eq:x} $$\n',
      'posts/x.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
      'posts/here.md': `---\ntitle: Here\ndate: 2020-01-02\n---\n$$ y \\label{eq:own} $$\n\n${line}\n`,
    });

  it.each([
    [
      '![By \\eqref{other#eq:x}, $n\\eqref{other#eq:x}$ and \\ref{eq:own}](x.svg)',
      'alt="By (1) in Other &amp; more, n(1) and 1"',
    ],
    [
      '![see [](#eq:own), *[](other.md#eq:x)* [](#part)](x.svg)\n\n## Part',
      'alt="see (1), (1) in Other &amp; more Part"',
    ],
    ['a <img src="x.svg" title="$n\\ref{other#eq:x}$">', 'title="n1"'],
    ['| $x\\eqref{other#eq:x}$ |\n|---|\n| y |', '<span role="math" aria-label="x(1)">'],
    ['## By \\eqref{other#eq:x}', 'aria-label="Link to this section: By (1) in Other &amp; more"'],
  ])('of %j say the numbers and titles of other posts', async (line, attribute) => {
    const { files, report } = await build(line);
    expect(report.diagnostics).toEqual([]);
    expect(files['posts/here/index.html']).toContain(attribute);
    expect(Object.values(files).join('')).not.toMatch(/[\u{f0000}-\u{ffffd}]/u);
  });

  it('say them on cards, in the contents and in descriptions, too', async () => {
    const { files } = await build(
      'Text ![of $n\\eqref{other#eq:x}$](x.svg).\n\n## A ![$m\\eqref{other#eq:x}$](x.svg)\n\n## B',
    );
    expect(files['index.html']).toContain('Text of n(1).');
    expect(files['posts/here/index.html']).toContain('content="y Text of n(1).');
    expect(files['posts/here/index.html']).toMatch(/href="#a-[^"]*">A m\(1\)</);
  });

  it('refer to what there is', async () => {
    const { report } = await build(
      '![By \\eqref{eq:none} and $\\eqref{other#eq:none}$](x.svg)\n\n## \\ref{other#no}',
    );
    expect(brief(report)).toEqual([
      'error math/unknown-reference posts/here.md:7:1',
      'error math/unknown-reference posts/here.md:7:1',
      'error math/unknown-reference posts/here.md:9:4',
    ]);
  });
});
