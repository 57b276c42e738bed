// Formulas in texts of the front matter: set where there is room for them, readable where only text fits.
import { expect, it } from 'vitest';
import { siteOf } from '../site/build.js';

const site = 'baseUrl: https://example.org/\nsearch: false\n';
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"></svg>';

it('Formulas in a description and in what belongs to a cover', async () => {
  const { report, files } = await siteOf({
    'site.yaml': site,
    'posts/a.md':
      '---\ntitle: A\ndate: 2020-01-01\ndescription: "Of $\\\\sqrt{2}$ & $5"\ncover: {src: c.svg, alt: "Of $x^2$", caption: "At $y_i$"}\n---\nText.\n',
    'posts/c.svg': svg,
  });
  expect(report.diagnostics).toEqual([]);
  const html = files['posts/a/index.html'] ?? '';
  expect(html).toMatch(/<p class="description">Of <span class="katex">[\s\S]*<\/span> &amp; \$5<\/p>/);
  expect(html).toContain('<meta name="description" content="Of √2 &amp; $5">');
  expect(html).toContain('<meta property="og:description" content="Of √2 &amp; $5">');
  expect(html).toMatch(/<figcaption>At <span class="katex">.*<\/span><\/figcaption>/);
  expect(html).toContain('alt="Of x²"');
  expect(html).toContain('rel="stylesheet" href="/assets/katex');
  expect(files['index.xml']).toContain('<description>Of √2 &amp; $5</description>');
});

it.each([
  ['description: "Of $\\\\foo$"', '4:19'],
  ["description: 'Of $\\foo$'", '4:19'],
  ['summary: Of $\\foo$', '4:14'],
  ['cover: {src: c.svg, caption: "Of $\\\\foo$"}', '4:35'],
  ['description: >\n  Of $\\foo$', '4:'],
])('An error in %j is told at its place', async (line, place) => {
  const { report } = await siteOf({
    'site.yaml': site,
    'posts/a.md': `---\ntitle: A\ndate: 2020-01-01\n${line}\n---\nText.\n`,
    'posts/c.svg': svg,
  });
  const told = report.diagnostics.map(({ code, line: at, column = '' }) => `${code} ${at}:${column}`);
  expect(told).toEqual([`math/unknown-command ${place}`]);
});

it.each([
  "title: 'A proof of $\\eqref{eq:x}$'",
  "title: A\ndescription: 'We give $P \\le \\eqref{eq:nope}$.'",
  "title: A\nsummary: 'By $\\ref{b#eq:x}$.'",
])('A formula in %j cannot refer to what has a number', async (lines) => {
  const { report } = await siteOf({
    'site.yaml': site,
    'posts/a.md': `---\ndate: 2020-01-01\n${lines}\n---\n$$ x \\label{eq:x} $$\n`,
  });
  const [name = ''] = /(?:b#)?eq:\w+/.exec(lines) ?? [];
  const column = 1 + (lines.split('\n').at(-1) ?? '').indexOf(name);
  expect(report.diagnostics).toMatchObject([
    { code: 'math/unknown-reference', line: 2 + lines.split('\n').length, column, length: name.length },
  ]);
});

it('A summary can refer to what the post itself numbers', async () => {
  const { report, files } = await siteOf({
    'site.yaml': site,
    'posts/a.md':
      '---\ntitle: A\ndate: 2020-01-01\nsummary: By $x \\eqref{eq:x}$.\n---\n$$ x \\label{eq:x} $$\n',
  });
  expect(report.diagnostics).toEqual([]);
  expect(files['index.html']).toContain('By x(1).');
});
