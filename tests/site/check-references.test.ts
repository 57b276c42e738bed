// Broken links, anchors, images and references of whole sites, each at its place.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder, type Tree } from '../output/tree.js';
import { siteIn, siteOf } from './build.js';

/** The body begins on line 5. */
const post = (body: string, more = '') => `---\ntitle: T\ndate: 2020-01-01${more}\n---\n${body}\n`;

function faultsOf(files: Tree): Promise<string[]> {
  return faultsIn(makeFolder({ 'site.yaml': 'baseUrl: https://example.org/blog/\n', ...files }));
}

async function faultsIn(root: string): Promise<string[]> {
  const { report } = await siteIn(root);
  return report.diagnostics.map(({ severity, code, file, line, column, message, hint }) =>
    [
      `${file?.replace('posts/', '')}:${line}:${column}`,
      severity,
      code,
      message,
      ...(hint ? [`(${hint})`] : []),
    ].join(' '),
  );
}

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>';

describe('links', () => {
  it('that lead somewhere are fine, in every form', async () => {
    const body = [
      '[a](b.md) [b](b.md#part) [c](/posts/b/#part) [d](/blog/posts/b) [e](../b/) [f](/tags/) [g](/tags/x/) [h](#own)',
      '[i](/) [j](/archives/) [k](/index.xml) [l](/404.html) [m](plot.svg) ![n](plot.svg) [o](/cv.pdf) [p](/old/) [q](#top)',
      '[r](b.md#eq:x) [s](#:~:text=x) [t](https://example.com/) [u](/images/a%20b.png)',
      '## Own',
    ].join('\n\n');
    expect(
      await faultsOf({
        'posts/a.md': post(body),
        'posts/b.md': post('## Part\n\n$$ a \\label{eq:x} $$', '\ntags: [x]\naliases: [/old/]'),
        'posts/plot.svg': svg,
        'static/cv.pdf': 'x',
        'static/images/a b.png': 'x',
      }),
    ).toEqual([]);
  });

  it('lead to the heading that is the title, too', async () => {
    const { report, files } = await siteOf({
      'site.yaml': 'baseUrl: https://example.org/\n',
      'posts/a.md': post('# T\n\n[](#t) [x](b.md#named) [](b.md#named)'),
      'posts/b.md': '---\ndate: 2020-01-01\n---\n# B {#named}\n\ntext',
    });
    expect(report.diagnostics).toEqual([]);
    expect(files['posts/a/index.html']).toContain('<h1 id="t">T</h1>');
    expect(files['posts/a/index.html']).toContain('<a class="reference" href="#t">T</a>');
    expect(files['posts/b/index.html']).toContain('<h1 id="named">B</h1>');
  });

  it('lead from a note back to its mark in the title', async () => {
    const { report, files } = await siteOf({
      'site.yaml': 'baseUrl: https://example.org/\n',
      'posts/a.md': post('# *T*[^1]\n\nx[^1]\n\n[^1]: note'),
      'posts/b.md': '---\ndate: 2020-01-01\n---\n# A [study](a.md) $x$[^n] of\n\ntext\n\n[^n]: note',
    });
    expect(report.diagnostics).toEqual([]);
    const mark = (number: number) =>
      `<sup><a href="#fn:1" id="fnref:${number}" class="footnote-ref" role="doc-noteref" data-footnote-ref="">1</a></sup>`;
    const [a = '', b = ''] = ['a', 'b'].map((name) => files[`posts/${name}/index.html`]);
    expect(a).toContain(`<h1 id="t"><em>T</em>${mark(1)}</h1>`);
    expect(a.match(/id="fnref:1(?::2)?"/g)).toHaveLength(2);
    expect(b).toMatch(/<h1 id="a-study-x-of">A study <span class="katex">/);
    expect(b).toContain(`${mark(1)} of</h1>`);
    expect(b).toContain('<title>A study x of · Blog</title>');
    expect(files['index.html']).not.toContain('fn:1');
  });

  it('to other sites that lack their scheme are told apart', async () => {
    expect(
      await faultsOf({ 'posts/a.md': post('[a](www.example.org) [b](example.org/p) [c](example.org)') }),
    ).toEqual(
      ['www.example.org', 'example.org/p', 'example.org'].map((url) =>
        expect.stringContaining(`${url} leads nowhere (write https://${url} for`),
      ),
    );
    expect(await faultsOf({ 'posts/a.md': post('[a](notes.txt) [b](v1.2/x) ![c](C:\\img\\a.png)') })).toEqual(
      [
        expect.stringMatching(/notes.txt leads nowhere \(write the path/),
        expect.stringMatching(/x leads nowhere \(write the path/),
        expect.stringMatching(/an image from c: is left out \(keep the file beside the post/),
      ],
    );
  });

  it('of site.yaml are looked at as well, with the languages as a list or a map', async () => {
    const lines = (languages: string) =>
      [
        'baseUrl: https://example.org/blog/',
        'social: [{ name: CV, url: /cv.pdf }, { name: G, url: https://g.org/ }, { name: Top, url: "#top" }]',
        languages,
      ].join('\n');
    const menu =
      'menu: [{ name: A, url: "/abuot/?a#b" }, { name: B, url: /tags/ }, { name: C, url: /blog/tags/ }]';
    const faults = [
      expect.stringMatching(
        /^site\.yaml:3:\d+ warning link\/broken .* nowhere \(did you mean \/about\/\?\)$/,
      ),
      expect.stringMatching(/^site\.yaml:3:\d+ warning link\/broken .* nowhere \(did you mean \/tags\/\?\)$/),
    ];
    const files = { 'posts/a.md': post('a', '\ntags: [x]'), 'posts/about.md': post('a', '\nlayout: page') };
    const all = { ...files, 'static/cv.pdf': 'x' };
    for (const languages of [`languages: { en: { ${menu} } }`, `languages: [{ code: en, ${menu} }]`])
      expect(await faultsOf({ ...all, 'site.yaml': lines(languages) })).toEqual(faults);
    expect(await faultsOf({ ...files, 'site.yaml': lines('') })).toEqual([
      'site.yaml:2:27 warning link/broken /cv.pdf leads nowhere',
    ]);
  });

  it('that lead nowhere are told as the author has written them', async () => {
    const faults = await faultsOf({
      'posts/a.md': post('[x](없는-글.md) ![](그림.png) ![](a%20b.png) ![]({static}/c.png)'),
    });
    expect(faults).toEqual([
      expect.stringContaining('없는-글.md leads nowhere'),
      expect.stringContaining('there is no image 그림.png'),
      expect.stringContaining('there is no image a%20b.png'),
      expect.stringContaining('there is no image {static}/c.png'),
    ]);
  });

  it('that lead nowhere are warnings, with the name that was probably meant', async () => {
    const body = '[a](othr.md) and\n[b](/abuot/), [c](#prat), [d](other.md#x)\n\n## Part\n\n> - [e](gone/)';
    const faults = await faultsOf({
      'posts/a.md': post(body),
      'posts/other.md': post('text'),
      'posts/about.md': post('text', '\nlayout: page'),
    });
    expect(faults).toEqual([
      expect.stringMatching(
        /^a\.md:5:1 warning link\/broken othr\.md leads nowhere \(did you mean other\.md\?\)$/,
      ),
      expect.stringMatching(
        /^a\.md:6:1 warning link\/broken \/abuot\/ leads nowhere \(did you mean \/about\/\?\)$/,
      ),
      expect.stringMatching(/^a\.md:6:15 warning link\/anchor #prat: .* \(did you mean #part\?\)$/),
      expect.stringMatching(/^a\.md:6:27 warning link\/anchor other\.md#x: /),
      expect.stringMatching(/^a\.md:10:5 warning link\/broken gone\/ /),
    ]);
  });

  it('without words have the title of the post that they lead to, in pages, cards and feeds', async () => {
    const { report, files } = await siteOf({
      'site.yaml': 'baseUrl: https://example.org/\n',
      'posts/a.md': post('## By [](b.md)\n\nSee [](b.md), [](/posts/b/) and [](b.md?x).'),
      'posts/b.md': post('x').replace('title: T', "title: 'A <$x^2$ title'"),
    });
    expect(report.diagnostics).toEqual([]);
    const title = 'A &lt;x² title';
    const page = files['posts/a/index.html'];
    expect(page).toContain(
      `<p>See <a href="/posts/b/">${title}</a>, <a href="/posts/b/">${title}</a> and <a href="/posts/b/?x">${title}</a>.</p>`,
    );
    expect(page).toContain(`<h2 id="by-bmd">By <a href="/posts/b/">${title}</a>`);
    expect(files['index.html']).toContain(`See ${title}, ${title} and ${title}.`);
    expect(files['atom.xml']).toContain(
      '&lt;a href="https://example.org/posts/b/"&gt;A &amp;lt;x² title&lt;/a&gt;',
    );
  });

  it('without words that lead to no post have their address, and a warning if they lead nowhere', async () => {
    const files = { 'posts/a.md': post('[](gone.md)\n[](draft.md) [](/tags/) [](/x.pdf)', '\ntags: t') };
    const others = { 'posts/draft.md': post('x', '\ndraft: true'), 'static/x.pdf': 'x' };
    const made = await siteOf({ ...files, ...others });
    expect(made.files['posts/a/index.html']).toContain(
      '<a href="/posts/a/gone.md">gone.md</a>\n<a href="draft.md">draft.md</a> <a href="/tags/">/tags/</a> <a href="/x.pdf">/x.pdf</a>',
    );
    expect((await faultsOf({ ...files, ...others })).filter((fault) => fault.includes('link/'))).toEqual([
      expect.stringMatching(/^a\.md:6:1 warning link\/broken gone\.md/),
      expect.stringMatching(/^a\.md:7:1 warning link\/hidden draft\.md/),
    ]);
  });

  it('into drafts and the future are told apart from broken ones', async () => {
    const faults = await faultsOf({
      'posts/a.md': post('[a](draft.md) [b](future.md)'),
      'posts/draft.md': post('x', '\ndraft: true'),
      'posts/future.md': '---\ntitle: T\ndate: 2030-01-01\n---\n',
    });
    expect(faults.filter((fault) => fault.includes('link/'))).toEqual([
      expect.stringMatching(/^a\.md:5:1 warning link\/hidden draft\.md .*--drafts/),
      expect.stringMatching(/^a\.md:5:15 warning link\/hidden future\.md .*--future/),
    ]);
  });

  it('to a post that something is wrong with are not told besides', async () => {
    const body = [
      '[a](b.md) [](b.md#s) $\\eqref{b#eq:x}$ [c](/posts/b/) [d](../b/#s) [](2019-02-30-d.md#eq:x) $\\eqref{c#eq:x}$',
      '[e](c) [f](2019-02-30-d.md) $\\eqref{d#eq:x}$ [g](only.md) [h](twice.md#s) [](url.md#eq:x)',
    ].join('\n\n');
    const wrong = '---\ntitle: T\ndate: 2019-02-30\n---\n## S\n\n$$ a \\label{eq:x} $$\n';
    const files = {
      'posts/b.md': wrong,
      'posts/b.ko.md': post('x'),
      'posts/2019-02-30-d.md': '# T\n',
      'posts/only.ko.md': wrong,
      'posts/twice.md': '---\ntitle: [\n---\n',
      'posts/url.md': post('x', '\nurl: ../x'),
    };
    const yaml = { 'site.yaml': 'languages: {en: {menu: [{name: B, url: /posts/b/}]}}\n' };
    const root = makeFolder({ ...yaml, ...files, 'posts/a.md': post(body) });
    writeFileSync(join(root, 'posts/c.md'), new Uint8Array([0x61, 0xff]));
    const faults = await faultsIn(root);
    expect(faults.filter((fault) => !/^(?:a\.md|site\.yaml)/.test(fault))).toHaveLength(7);
    expect(faults.filter((fault) => /^(?:a\.md|site\.yaml)/.test(fault))).toEqual([]);
  });
});

describe('images', () => {
  it('that do not exist are warnings', async () => {
    const body =
      '![a](plto.svg)\n\nin ![b](Plot.svg) text ![c](/images/none.png)\n\n<img src="gone.png" alt="d">';
    expect(await faultsOf({ 'posts/a.md': post(body), 'posts/plot.svg': svg })).toEqual([
      expect.stringMatching(/^a\.md:5:1 warning image\/missing .*plto\.svg \(did you mean plot\.svg\?\)$/),
      expect.stringMatching(/^a\.md:7:4 warning image\/missing .*Plot\.svg \(did you mean plot\.svg\?\)$/),
      expect.stringMatching(/^a\.md:7:24 warning image\/missing /),
      expect.stringMatching(/^a\.md:9:1 warning image\/missing /),
    ]);
  });

  it('of other sites are warnings, and those of no harmless scheme are left out', async () => {
    const body = '![a](https://example.com/x.png) ![b](//example.com/x.png) ![c](javascript:x)';
    const cover = '\ncover: {src: "javascript:x", alt: x}';
    expect(await faultsOf({ 'posts/a.md': post(body, cover) })).toEqual([
      expect.stringMatching(/^a\.md:6:1 warning image\/other-origin .*example\.com/),
      expect.stringMatching(/^a\.md:6:33 warning image\/other-origin .*example\.com/),
      expect.stringMatching(/^a\.md:6:59 warning link\/scheme /),
      expect.stringMatching(/^a\.md:4:14 warning link\/scheme /),
    ]);
  });

  it('beside posts come into the site when a post refers to them; all of static/ does', async () => {
    const { files } = await siteOf({
      'posts/x/index.md': post('![a](used.svg) [b](paper.pdf) <audio src="a.mp3"></audio>'),
      'posts/x/used.svg': svg,
      'posts/x/unused.svg': svg,
      'posts/x/paper.pdf': 'x',
      'posts/x/a.mp3': 'x',
      'static/robots.txt': 'User-agent: none\n',
      'static/deep/file.bin': 'x',
    });
    const own = Object.keys(files).filter(
      (path) => /\.(?:svg|pdf|mp3|bin|txt)$/.test(path) && !/^assets/.test(path),
    );
    expect(own.sort()).toEqual([
      'deep/file.bin',
      'posts/x/a.mp3',
      'posts/x/paper.pdf',
      'posts/x/used.svg',
      'robots.txt',
    ]);
    expect(files['posts/x/index.html']).toContain(
      '<img src="/posts/x/used.svg" alt="a" width="4" height="3"',
    );
  });
});

describe('references', () => {
  it('to nothing are errors, with the label that was probably meant', async () => {
    const body =
      'By \\eqref{eq:lss} and [](#fig:x), [](other.md#eq:y), [](nowhere.md#z).\n\n$$ a \\label{eq:loss} $$';
    expect(
      await faultsOf({ 'posts/a.md': post(body), 'posts/other.md': post('$$ a \\label{eq:x} $$') }),
    ).toEqual([
      expect.stringMatching(
        /^a\.md:5:4 error math\/unknown-reference .*this post.* eq:lss \(did you mean eq:loss\?\)$/,
      ),
      expect.stringMatching(/^a\.md:5:23 error math\/unknown-reference .* fig:x/),
      expect.stringMatching(
        /^a\.md:5:35 error math\/unknown-reference .*posts\/other\.md.* eq:y \(did you mean eq:x\?\)$/,
      ),
      expect.stringMatching(/^a\.md:5:54 error math\/unknown-reference .*nowhere\.md#z names no post/),
    ]);
  });

  it('in formulas and headings are checked too', async () => {
    const faults = await faultsOf({
      'posts/a.md': post('## By \\ref{no}\n\n$x = \\eqref{other#no}$\n\nBy $\\eqref{other#no}$'),
      'posts/other.md': post('x'),
    });
    expect(faults).toEqual([
      expect.stringMatching(/^a\.md:5:7 error math\/unknown-reference /),
      expect.stringMatching(/^a\.md:7:\d+ error math\/unknown-reference /),
      expect.stringMatching(/^a\.md:9:5 error math\/unknown-reference /),
    ]);
  });

  it('that are a whole formula in raw HTML have their place', async () => {
    const body =
      'x\n\n<figure>\n<figcaption>By $\\eqref{eq:b}$ and $x\\eqref{other#c}$</figcaption>\n</figure>';
    expect(await faultsOf({ 'posts/a.md': post(body), 'posts/other.md': post('x') })).toEqual([
      expect.stringMatching(/^a\.md:8:17 error math\/unknown-reference .* eq:b/),
      expect.stringMatching(/^a\.md:8:36 error math\/unknown-reference .* c /),
    ]);
  });

  it('in the front matter stay text, and that is said', async () => {
    const more = '\ndescription: By \\eqref{eq:a} and \\ref{eq:a}\nsummary: \\ref{} is a reference';
    expect(await faultsOf({ 'posts/a.md': post('$$ x \\label{eq:a} $$', more) })).toEqual([
      expect.stringMatching(/^a\.md:4:17 warning markdown\/foreign-syntax \\eqref\{eq:a\} /),
      expect.stringMatching(/^a\.md:4:34 warning markdown\/foreign-syntax \\ref\{eq:a\} /),
    ]);
  });

  it('into drafts say so', async () => {
    const faults = await faultsOf({
      'posts/a.md': post('[](draft.md#eq:x)'),
      'posts/draft.md': post('$$ a \\label{eq:x} $$', '\ndraft: true'),
    });
    expect(faults).toContainEqual(
      expect.stringMatching(/^a\.md:5:1 error math\/unknown-reference .*leaves out.*--drafts/),
    );
  });
});

describe('paths of the site', () => {
  it('that two files would have are errors', async () => {
    const faults = await faultsOf({
      'posts/a.md': post('x', '\ntags: [x]'),
      'static/posts/a/index.html': 'x',
      'static/TAGS/index.html': 'x',
      'static/archives': 'x',
    });
    expect(faults.sort()).toEqual([
      expect.stringMatching(/^a\.md:.* error content\/duplicate-path .*posts\/a\/index\.html/),
      expect.stringMatching(/error content\/duplicate-path .*archives/),
      expect.stringMatching(/error content\/duplicate-path .*TAGS\/index\.html/i),
    ]);
  });

  it('that a post wants, too, are told at its place', async () => {
    const faults = await faultsOf({
      'posts/a.md': post('x', '\naliases: [/cv.pdf]'),
      'posts/b.md': post('x', '\nslug: c'),
      'static/cv.pdf': 'x',
      'static/posts/c/index.html': 'x',
      'static/404.html': 'x',
    });
    expect(faults.sort()).toEqual([
      expect.stringMatching(
        /^a\.md:4:11 error content\/duplicate-path cv\.pdf would .*\(choose another slug, url or alias/,
      ),
      expect.stringMatching(
        /^b\.md:4:7 error content\/duplicate-path two files would be posts\/c\/index\.html/,
      ),
      expect.stringMatching(
        /^undefined:.* two files would be 404\.html \(rename the file in static\/: 404\.html is/,
      ),
    ]);
  });
});
