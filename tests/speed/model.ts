// A site that is changed at random, as data: what the tests of shortcuts hold against clean builds.
import fc from 'fast-check';
import type { Tree } from '../output/tree.js';

/** Files of a site by path. */
export type Files = ReadonlyMap<string, string>;

export interface Step {
  readonly name: string;
  readonly change: (files: Files) => Files;
}

const names = ['a', 'b', 'c', 'd'] as const;
const name = fc.constantFrom(...names);
const folder = fc.constantFrom('', '', 'deep/');
const ending = fc.constantFrom('.md', '.md', '.ko.md');
const path = fc.tuple(folder, name, ending).map(([where, what, end]) => `posts/${where}${what}${end}`);

const sentence = fc.constantFrom(
  'Some words, and **more** of them.',
  'A formula: $\\half x^2 + \\E$.',
  '$$ \\label{eq:one} \\E[x] = \\half $$',
  '$$ \\label{eq:two} y = x $$',
  'See \\eqref{eq:one} and [](a.md#eq:one).',
  'By \\eqref{b#eq:two}, $\\text{by }\\eqref{b#eq:two}$ and [](b.md).',
  'See [](#eq:two), [there](b.md), [](b.md) and [](c.md#part).',
  '## Part\n\nText $\\frac12$ below.',
  '### Unterteil <b>fett</b>',
  '## After [](a.md#eq:one) and $x \\eqref{b#eq:two}$ and $\\ref{b#eq:two}$',
  '```python\ndef f(x):\n    return x\n```',
  '![plot](plot.svg) and ![other](/pic.svg)',
  'Plot ![by \\eqref{b#eq:two}](plot.svg).\n\n| $x\\eqref{b#eq:two}$ |\n|---|\n| y |',
  'A citation [@knuth1984], and @knuth1984.',
  ':::theorem Name\nThe *claim*.\n:::',
  '한국어 문장입니다. $\\alpha$는 값.',
  'A note[^1].\n\n[^1]: The note $\\half$.',
  '| a | b |\n|---|---|\n| $x$ | 2 |',
  'https://example.com and a <span class="x">span</span>.',
);

/** Its title has a formula, which is set with the site's macros. */
const book = (year: string) =>
  `@book{knuth1984, author = {Donald Knuth}, title = {Book of $\\E$}, year = {${year}}}\n`;

const frontMatter = fc.record({
  title: fc.constantFrom('One', 'Two $\\half$', '셋', 'One'),
  date: fc.constantFrom('2020-01-01', '2020-01-02', '2021-05-05', '2020-01-01 10:00'),
  more: fc.constantFrom(
    '',
    '',
    '',
    'draft: true\n',
    'series: S\n',
    'layout: page\n',
    'aliases: [/old/]\n',
    'toc: false\n',
    'cover: plot.svg\n',
    'description: Says it\nauthor: Ann\n',
    'updated: 2022-02-02\n',
  ),
  tags: fc.constantFrom('', 'tags: [x]\n', 'tags: [x, y]\n', 'tags: [Y]\ncategories: [k]\n'),
});

const post = fc
  .tuple(frontMatter, fc.array(sentence, { minLength: 1, maxLength: 4 }))
  .map(
    ([{ title, date, more, tags }, sentences]) =>
      `---\ntitle: ${title}\ndate: ${date}\n${tags}${more}---\n\n${sentences.join('\n\n')}\n`,
  );

const set = (where: string, text: string) => (files: Files) => new Map([...files, [where, text]]);
const remove = (where: string) => (files: Files) => new Map([...files].filter(([own]) => own !== where));

/** Changes one of the posts, whichever it is. */
const edit = (index: number, change: (text: string) => string) => (files: Files) => {
  const posts = [...files.keys()].filter((own) => own.endsWith('.md')).sort();
  const own = posts[index % Math.max(1, posts.length)];
  return own === undefined ? files : set(own, change(files.get(own) ?? ''))(files);
};

const move = (index: number, to: string) => (files: Files) => {
  const posts = [...files.keys()].filter((own) => own.endsWith('.md')).sort();
  const own = posts[index % Math.max(1, posts.length)];
  return own === undefined ? files : set(to, files.get(own) ?? '')(remove(own)(files));
};

const index = fc.nat({ max: 7 });
const step = (what: string, change: Step['change']): Step => ({ name: what, change });

/** What may happen to a site between two builds. */
export const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(path, post).map(([where, text]) => step(`write ${where}: ${text}`, set(where, text))),
  fc.tuple(index, sentence).map(([n, text]) =>
    step(
      `add to ${n}: ${text}`,
      edit(n, (old) => `${old}\n${text}\n`),
    ),
  ),
  fc.tuple(index, path).map(([n, to]) => step(`move ${n} to ${to}`, move(n, to))),
  index.map((n) =>
    step(
      `draft ${n}`,
      edit(n, (old) => old.replace('---\n', '---\ndraft: true\n')),
    ),
  ),
  index.map((n) =>
    step(
      `publish ${n}`,
      edit(n, (old) => old.replace('draft: true\n', '')),
    ),
  ),
  index.map((n) =>
    step(
      `retag ${n}`,
      edit(n, (old) => old.replace(/tags: .*/, 'tags: [z, x]')),
    ),
  ),
  index.map((n) =>
    step(
      `rename labels of ${n}`,
      edit(n, (old) => old.replaceAll('{eq:one}', '{eq:two}')),
    ),
  ),
  path.map((where) => step(`remove ${where}`, remove(where))),
  fc
    .constantFrom('', '\\newcommand{\\E}{\\mathbb{E}}\n', '\\newcommand{\\E}{E}\n\\newcommand{\\alpha}{a}\n')
    .map((text) => step(`macros ${text}`, set('macros.tex', text))),
  fc
    .constantFrom(
      '',
      'title: Another\n',
      'pageSize: 2\n',
      'math: { numbering: all }\n',
      'baseUrl: https://example.org/blog/\n',
      'languages: [ko, en]\n',
      'citations: numeric\n',
      'baseUrl: https://example.org/\nauthor: Ann\nshare: [x, email]\nsocial: [{ name: G, url: "https://g.org/" }]\n',
      'description: Said\npageSize: 1\ncomments: { giscus: { repo: a/b, repoId: R_1, category: C, categoryId: D_1 } }\n',
      'languages: [{ code: en, menu: [{ name: M, url: /m/ }] }, { code: ko, title: 블로그 }]\n',
    )
    .map((text) => step(`settings ${text}`, set('site.yaml', `fonts: full\nsearch: false\n${text}`))),
  fc
    .constantFrom(
      '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="4"/>',
      '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="4"/>',
    )
    .map((text) => step('picture', set('posts/plot.svg', text))),
  fc
    .constantFrom(
      'posts/plot.svg',
      'static/pic.svg',
      'macros.tex',
      'templates/texts/en.yaml',
      'templates/not-found.vto',
    )
    .map((where) => step(`remove ${where}`, remove(where))),
  fc.constant(
    step('static', set('static/pic.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')),
  ),
  fc
    .constantFrom(
      'archive: Archive',
      'archive: All',
      'reading-time: "{n}!"',
      'reference-elsewhere: "{title}: {ref}"',
    )
    .map((text) => step(`text ${text}`, set('templates/texts/en.yaml', `${text}\n`))),
  fc.constant(step('template', set('templates/not-found.vto', '<p>{{ page.title }}</p>'))),
  fc
    .constantFrom('1984', '1985')
    .map((year) => step(`bibliography ${year}`, set('references.bib', book(year)))),
  fc.constant(step('nothing', (files) => files)),
);

export const firstFiles: Tree = {
  'site.yaml': 'fonts: full\nsearch: false\n',
  'macros.tex': '\\newcommand{\\half}{\\frac12}\n\\newcommand{\\E}{\\mathbb{E}}\n',
  'references.bib': book('1984'),
  'posts/plot.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="4"/>',
  'posts/a.md':
    '---\ntitle: One\ndate: 2020-01-01\ntags: [x]\n---\n\n$$ \\label{eq:one} \\E[x] = \\half $$\n',
  'posts/b.md':
    '---\ntitle: Two\ndate: 2020-01-02\ntags: [x, y]\n---\n\nSee [](a.md#eq:one) and [one](a.md).\n',
  'posts/c.ko.md': '---\ntitle: 셋\ndate: 2020-01-03\n---\n\n## Part\n\n글 $\\half$.\n',
};
