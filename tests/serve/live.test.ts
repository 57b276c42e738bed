import { describe, expect, it } from 'vitest';
import { stateAt, withLiveScript } from '../../src/serve/live.js';
import { makeRoutes } from '../../src/serve/routes.js';

const page = (style: string, body: string) =>
  `<!DOCTYPE html><html><head><link rel="alternate" href="/index.xml"><link rel="stylesheet" href="${style}"></head><body>${body}</body></html>`;

const files = {
  'index.html': page('/style.1.css', '<a href="/posts/a/">A</a>'),
  '404.html': page('/style.1.css', 'Nothing here.'),
  'posts/a/index.html': page(
    '/style.1.css',
    '<img src="/a.png"><img srcset="/b.png 1x, /c.png 2x"><script src="/t.js"></script>',
  ),
  'style.1.css': 'a {}',
  'a.png': 'a',
  'b.png': 'b',
  'c.png': 'c',
  't.js': 't',
  'index.xml': '<rss/>',
};

function stateWith(changes: Partial<Record<string, string>>, path: string) {
  const all = Object.entries({ ...files, ...changes });
  return stateAt(
    path,
    makeRoutes(
      all.map(([path, content = '']) => ({ path, content })),
      '',
    ),
  );
}

const before = stateWith({}, '/posts/a/');

describe('the state of a page', () => {
  it('is the same when nothing changed', () => expect(stateWith({}, '/posts/a/')).toEqual(before));

  it.each(['a.png', 'b.png', 'c.png', 't.js', 'posts/a/index.html'])('changes with %s', (path) => {
    expect(stateWith({ [path]: 'other' }, '/posts/a/').page).not.toBe(before.page);
  });

  it.each(['index.html', '404.html', 'index.xml', 'style.1.css'])('does not change with %s', (path) => {
    expect(stateWith({ [path]: 'other' }, '/posts/a/').page).toBe(before.page);
  });

  it('names other style sheets when only these changed', () => {
    const edited = stateWith({ 'style.1.css': 'b {}' }, '/posts/a/');
    expect(edited.page).toBe(before.page);
    expect(edited.styles).toEqual([expect.stringMatching(/^\/style\.1\.css\?\w+$/)]);
    expect(edited.styles).not.toEqual(before.styles);

    const html = files['posts/a/index.html'].replace('style.1', 'style.2');
    const renamed = stateWith({ 'posts/a/index.html': html, 'style.2.css': 'b {}' }, '/posts/a/');
    expect(renamed.page).toBe(before.page);
    expect(renamed.styles).toEqual([expect.stringMatching(/^\/style\.2\.css\?/)]);
  });

  it('changes when there is one style sheet more', () => {
    const html = files['posts/a/index.html'].replace(
      '</head>',
      '<link rel="stylesheet" href="/katex.css">\n</head>',
    );
    expect(stateWith({ 'posts/a/index.html': html, 'katex.css': '' }, '/posts/a/').styles).toHaveLength(2);
    expect(stateWith({ 'posts/a/index.html': html, 'katex.css': '' }, '/posts/a/').page).not.toBe(
      before.page,
    );
  });

  it('changes when a style sheet takes its place among others', () => {
    const html = files['posts/a/index.html'];
    const more = html.replace('</head>', '<link rel="stylesheet" href="/my.css"></head>');
    expect(stateWith({ 'posts/a/index.html': more }, '/posts/a/').page).not.toBe(before.page);
  });

  it('keeps the place of a style sheet that is not there', () => {
    const html = files['posts/a/index.html'].replace(
      '<link rel="s',
      '<link rel="stylesheet" href="/my.css">$&',
    );
    const without = stateWith({ 'posts/a/index.html': html }, '/posts/a/');
    expect(without.styles).toEqual(['/my.css', ...before.styles]);
    const there = stateWith({ 'posts/a/index.html': html, 'my.css': '' }, '/posts/a/');
    expect(there.page).toBe(without.page);
    expect(there.styles).toEqual([expect.stringMatching(/^\/my\.css\?\w+$/), ...before.styles]);
  });

  it('names other style sheets when one that they import changed', () => {
    const sheets = {
      'style.1.css': '@import "parts/a.css";\n@import url(https://example.org/parts/b.css);',
      'parts/a.css': '@import url("../style.1.css"); @import url(b.css) print; @import "http://";',
      'parts/b.css': '',
      'parts/c.css': '',
    };
    const imported = stateWith(sheets, '/posts/a/');
    for (const path of ['parts/a.css', 'parts/b.css']) {
      const edited = stateWith({ ...sheets, [path]: 'b {}' }, '/posts/a/');
      expect(edited.page).toBe(imported.page);
      expect(edited.styles).not.toEqual(imported.styles);
    }
    expect(stateWith({ ...sheets, 'parts/c.css': 'b {}' }, '/posts/a/')).toEqual(imported);
  });

  it('is that of the page for nothing where there is none, until there is one', () => {
    const nothing = stateWith({}, '/posts/new/');
    expect(nothing).toEqual(stateWith({}, '/404.html'));
    expect(stateWith({ 'posts/new/index.html': 'new' }, '/posts/new/').page).not.toBe(nothing.page);
  });

  it('is empty before there is a site', () => {
    expect(stateAt('/', undefined)).toEqual({ page: '', styles: [] });
  });
});

describe('the script', () => {
  const html = (content: string) => ({ type: 'text/html; charset=utf-8', content: Buffer.from(content) });
  const added = (content: string) => withLiveScript(html(content), undefined).content.toString();

  it('stands at the end of a page', () => {
    expect(added('<body>a</body></html>')).toMatch(
      /^<body>a<script src="\/_postulate\/live.js" data-state="[^"<>]*"><\/script>\n<\/body><\/html>$/,
    );
    expect(added('no body')).toMatch(/^no body<script [^<]*<\/script>\n$/);
  });

  it('stands in no other file', () => {
    const file = { type: 'image/svg+xml', content: Buffer.from('<svg><body></body></svg>') };
    expect(withLiveScript(file, undefined)).toBe(file);
  });
});
