// `postulate check`: all that a build would say, and more; it writes nothing but its cache, and fixes when it is asked to.
import {
  chmodSync,
  lstatSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { build } from '../src/build.js';
import { applyFixes } from '../src/output/fix.js';
import { makeFolder, readTree } from './output/tree.js';
import { areRightsKept } from './rights.js';
import { brief, siteIn } from './site/build.js';

const settings = {
  ...{ drafts: false, future: false, strict: false, draftMath: false },
  now: new Date('2026-01-01T00:00:00Z'),
};

async function check(root: string) {
  const { report } = await siteIn(root, { check: true });
  return { ...report, found: brief(report).filter((one) => !one.includes('config/no-base-url')) };
}

const post = (body: string) => `---\ntitle: A post\ndate: 2020-01-01\n---\n${body}`;

it('It writes nothing.', async () => {
  const root = makeFolder({ 'posts/a.md': post('Text with $x$.') });
  const { found, posts, formulas } = await check(root);
  expect({ found, posts, total: formulas.total }).toEqual({ found: [], posts: 1, total: 1 });
  expect(readdirSync(root)).toEqual(['posts']);
});

it('With a cache it writes nothing else, and says nothing of a cache that cannot be written.', async () => {
  const codes = async (root: string, isCheck: boolean) => {
    const out = join(root, 'public');
    const { diagnostics } = await build({ ...settings, root, out, cache: true, check: isCheck });
    return diagnostics.map(({ code }) => code).filter((code) => code !== 'config/no-base-url');
  };
  const files = { 'posts/a.md': post('Text with $x$.') };
  const root = makeFolder(files);
  expect(await codes(root, true)).toEqual([]);
  expect(readdirSync(root).sort()).toEqual(['.postulate', 'posts']);

  const full = makeFolder({ ...files, '.postulate': 'a file where the folder has to be' });
  expect(await codes(full, true)).toEqual([]);
  expect(readdirSync(full).sort()).toEqual(['.postulate', 'posts']);
  expect(await codes(full, false)).toEqual(['cache/unwritable']);
});

it('It reports the errors of a build too.', async () => {
  const { found } = await check(makeFolder({ 'posts/a.md': post('$\\frca{1}{2}$ and [x](nowhere.md)') }));
  expect(found).toEqual(['error math/unknown-command posts/a.md:5:2', 'warning link/broken posts/a.md:5:19']);
});

it('Fixes are made at their places, and making them twice is making them once.', async () => {
  const root = makeFolder({
    'posts/a.md': post('A $\\sum*{k=1} k$ and\n\n> - quoted $\\sum\\_{k} k$\n').replaceAll('\n', '\r\n'),
    'posts/b.md': post('$$\n\\begin{aligned}\na &= b \\\\\\\\\nc &= d\n\\end{aligned}\n$$\n'),
  });
  const first = await check(root);
  expect(first.found).toEqual([
    'warning math/formatter-damage posts/a.md:5:8',
    'warning math/formatter-damage posts/a.md:7:17',
    'warning math/formatter-damage posts/b.md:7:8',
  ]);
  expect(await applyFixes(first.fixes)).toEqual({ made: 3, diagnostics: [] });
  const mended = ['a', 'b'].map((name) => readFileSync(join(root, `posts/${name}.md`), 'utf8'));
  expect(mended).toEqual([
    post('A $\\sum_{k=1} k$ and\n\n> - quoted $\\sum_{k} k$\n').replaceAll('\n', '\r\n'),
    post('$$\n\\begin{aligned}\na &= b \\\\\nc &= d\n\\end{aligned}\n$$\n'),
  ]);
  const second = await check(root);
  expect(second.found).toEqual([]);
  expect(second.fixes).toEqual([]);
});

it.skipIf(process.platform === 'win32')('Files keep their names, modes and links.', async () => {
  const folder = makeFolder({ 'posts/a.md': post('Text $V\\_h$'), 'kept/b.md': post('Text $V\\_h$') });
  const root = realpathSync(folder);
  const decomposed = join(root, 'posts', '한글.md'.normalize('NFD'));
  renameSync(join(root, 'posts/a.md'), decomposed);
  symlinkSync('../kept/b.md', join(root, 'posts/b.md'));
  chmodSync(decomposed, 0o600);
  const { fixes } = await check(root);
  expect(await applyFixes(fixes)).toEqual({ made: 2, diagnostics: [] });
  for (const path of [decomposed, join(root, 'kept/b.md')]) {
    expect(readFileSync(path, 'utf8')).toBe(post('Text $V_h$'));
  }
  expect(statSync(decomposed).mode & 0o777).toBe(0o600);
  expect(lstatSync(join(root, 'posts/b.md')).isSymbolicLink()).toBe(true);
});

it('What the system refuses to write is told with what was found, and nothing is left behind.', async () => {
  const text = post('Text $V\\_h$');
  const root = makeFolder({ 'posts/a.md': text, 'posts/b.md': text, 'posts/a.md.fixed': 'mine' });
  const { fixes } = await check(root);
  // Renamed since it was read.
  renameSync(join(root, 'posts/b.md'), join(root, 'posts/c.md'));
  const fault = { severity: 'error', code: 'env/file-system', file: 'posts/b.md' };
  expect(await applyFixes(fixes)).toMatchObject({ made: 1, diagnostics: [fault] });
  expect(readTree(join(root, 'posts'))).toEqual({
    'a.md': post('Text $V_h$'),
    'a.md.fixed': 'mine',
    'c.md': text,
  });
});

it('A folder that may not be written to is named by its posts.', async () => {
  const root = makeFolder({ 'posts/a.md': post('Text $V\\_h$') });
  const { fixes } = await check(root);
  chmodSync(join(root, 'posts'), 0o555);
  const { made, diagnostics } = await applyFixes(fixes);
  const refused = areRightsKept ? [['env/permission', 'posts/a.md']] : [];
  expect(diagnostics.map(({ code, file }) => [code, file])).toEqual(refused);
  expect(made).toBe(areRightsKept ? 0 : 1);
});

it('What KaTeX refuses is mended as well.', async () => {
  const root = makeFolder({
    'posts/a.md': post('$a &lt; b$, $p_\\*$, $\\left\\\\{ \\\\alpha \\right\\\\}$'),
  });
  const first = await check(root);
  expect(first.found.filter((one) => one.startsWith('error'))).toEqual([
    'error math/syntax posts/a.md:5:4',
    'error math/unknown-command posts/a.md:5:16',
    'error math/syntax posts/a.md:5:27',
  ]);
  expect(await applyFixes(first.fixes)).toEqual({ made: 5, diagnostics: [] });
  expect(readFileSync(join(root, 'posts/a.md'), 'utf8')).toBe(
    post('$a < b$, $p_*$, $\\left\\{ \\alpha \\right\\}$'),
  );
  expect((await check(root)).found).toEqual([]);
});

it.each([
  ['a file with other line ends', '---\rtitle: A\rdate: 2020-01-01\r---\rText $V\\_h$\r', 1],
  ['a stray line end', post('A pasted\rline\n\n$V\\_h$\n'), 1],
  ['a formula in HTML', post('<div>$a &lt; &lt; &lt; V\\_h$ text</div>\n'), 1],
  ['a caption with escapes', post('![x](a.png "cap $V\\\\_h$ more")'), 0],
  ['a caption with quotes', post('![x](a.png "say \\"hi\\" $x \\\\* y$ more")'), 0],
])('Nothing but what is to be mended is touched: %s.', async (_, text, made) => {
  const root = makeFolder({ 'posts/a.md': text });
  const { fixes } = await check(root);
  expect(fixes).toHaveLength(1);
  expect(await applyFixes(fixes)).toEqual({ made, diagnostics: [] });
  expect(readFileSync(join(root, 'posts/a.md'), 'utf8')).toBe(
    made === 0 ? text : text.replace('V\\_h', 'V_h'),
  );
});

it('A macro that titles alone use, of posts and of cited works, is in use.', async () => {
  const { found } = await check(
    makeFolder({
      'macros.tex':
        '\\newcommand{\\inwork}{A}\n\\newcommand{\\intitle}{\\within}\n\\newcommand{\\within}{C}\n\\newcommand{\\insummary}{D}\n',
      'references.bib': '@book{kim2017, author = {Kim, A}, title = {On $\\inwork$ spaces}, year = 2017}',
      'posts/a.md':
        '---\ntitle: Of $\\intitle$\ndate: 2020-01-01\nsummary: $\\insummary$\n---\nAs in [@kim2017].',
    }),
  );
  expect(found).toEqual([]);
});

it('Labels and macros that nothing uses are notes; those in use are not.', async () => {
  const { found } = await check(
    makeFolder({
      'macros.tex':
        '\\newcommand{\\E}{\\mathbb{E}}\n\\newcommand{\\unused}{x}\n\\newcommand{\\vec}[1]{\\mathbf{#1}}\n',
      'posts/a.md': post(
        '$$ \\E[\\vec{x}] \\label{eq:used} $$\n\n$$ y \\label{eq:unused} $$\n\nBy \\eqref{eq:used}.\n\n' +
          '$$ z \\label{eq:alt} $$\n\n![Of \\eqref{eq:alt}](p.svg)',
      ),
      'posts/p.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"></svg>',
    }),
  );
  expect(found.sort()).toEqual(
    [
      'note math/shadowed-macro macros.tex:3:13',
      'note math/unused-label posts/a.md:7:13',
      'note math/unused-macro macros.tex:2:13',
    ].sort(),
  );
});

it('Macros of site.yaml, of posts and of formulas are told where their names are written.', async () => {
  const { found } = await check(
    makeFolder({
      'site.yaml': 'math:\n  macros:\n    unused: x\n    vec: \\mathbf{#1}\n',
      'posts/map.md': '---\ntitle: A\ndate: 2020-01-01\nmacros:\n  \\a: x\n  hat: y\n---\n$\\hat \\vec x$',
      'posts/text.md':
        '---\ntitle: A\ndate: 2020-01-01\nmacros: |\n\n  \\newcommand{\\a}{x}\n    \\def\\b#1{y}\n---\n$\\b x$',
      'posts/toml.md':
        "+++\ntitle = 'A'\ndate = 2020-01-01\nmacros = '''\n\\newcommand{\\a}{x}\n\\newcommand{\\b}{y}'''\n+++\n$\\b$",
      'posts/body.md': post(
        '> $$\n> \\newcommand{\\a}{x} \\def\\bar#1{y}\n> \\bar x\n> $$\n\n$\\global\\def\\e{x}\\DeclareMathOperator*{ \\f }{z}$',
      ),
    }),
  );
  expect(found.sort()).toEqual([
    'note math/shadowed-macro posts/body.md:6:26',
    'note math/shadowed-macro posts/map.md:6:3',
    'note math/shadowed-macro site.yaml:4:5',
    'note math/unused-macro posts/body.md:10:13',
    'note math/unused-macro posts/body.md:10:41',
    'note math/unused-macro posts/body.md:6:15',
    'note math/unused-macro posts/map.md:5:3',
    'note math/unused-macro posts/text.md:6:15',
    'note math/unused-macro posts/toml.md:5:13',
    'note math/unused-macro site.yaml:3:5',
  ]);
});

it.each([
  ['in another macro of the front matter', '\\def\\b{\\a}', '$\\b$'],
  ['in another macro that itself is unused', '\\def\\b{\\a}', '$x$'],
  ['in what an argument is by default', '\\newcommand{\\b}[2][\\a]{#1#2}', '$\\b x$'],
  ['in a macro of a formula', '', '$\\newcommand{\\b}{\\a}\\b$'],
  ['by \\let', '', '$\\let\\b\\a \\b$'],
  ['in raw HTML', '', '<div>$\\a$</div>'],
  ['in the description of an image', '', '![$\\a$](x.svg)'],
  ['in a caption', '', '![x](x.svg "Of $\\a$")'],
  ['in a note', '', 'x[^1]\n\n[^1]: $\\a$'],
  ['in a table', '', '| $\\a$ |\n|---|\n| x |'],
  ['in a theorem’s title', '', ':::theorem[$\\a$]\nx\n:::'],
  ['in \\tag and \\text', '', '$$ x \\tag{\\text{$\\a$}} $$'],
  ['in a formula that is wrong', '', '$\\a \\nosuch$'],
])('A macro used %s is in use.', async (_, others, body) => {
  const root = makeFolder({
    'posts/a.md': `---\ntitle: A\ndate: 2020-01-01\nmacros: '\\def\\a{x}${others}'\n---\n${body}`,
    'posts/x.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"></svg>',
  });
  const { diagnostics } = await check(root);
  expect(diagnostics.map(({ message }) => message)).not.toContain('no formula uses the macro \\a');
});

it('Macros that a title, a description or a summary uses are in use, and so are those of the site in one post.', async () => {
  const { found } = await check(
    makeFolder({
      'macros.tex': '\\newcommand{\\one}{x}\\newcommand{\\two}{y}\\newcommand{\\three}{\\two}',
      'posts/a.md':
        '---\ntitle: $\\a$\ndescription: $\\b$\nsummary: $\\e$\ndate: 2020-01-01\nmacros: {a: x, b: y, e: \\one}\n---\nText',
      'posts/b.md': post('$\\three$'),
    }),
  );
  expect(found).toEqual([]);
});

it('Definitions that are only shown are none; \\renewcommand and \\R for ℝ surprise nobody.', async () => {
  const { found } = await check(
    makeFolder({
      'posts/a.md': post(
        '`$\\newcommand{\\a}{x}$`\n\n```tex\n\\newcommand{\\b}{x}\n$\\newcommand{\\c}{x}$\n```\n\n' +
          '$$\n\\renewcommand{\\phi}{\\varphi}\n\\newcommand{\\R}{\\mathbb{R}}\n\\phi \\in \\R\n$$',
      ),
    }),
  );
  expect(found).toEqual([]);
});

it.each([
  ['|\n  \\newcommand{\\a}{x}\n  \\newcommand{\\b}{#1}', 'posts/a.md:6:19'],
  ["'\\newcommand{\\a}{x}\\newcommand{\\b}{#1}'", 'posts/a.md:4:44'],
  ['>\n  \\newcommand{\\a}{x}\n\n  \\newcommand{\\b}{#1}', 'posts/a.md:4'],
])('A fault in macros of the front matter is told on its line: %j', async (macros, place) => {
  const { found } = await check(
    makeFolder({ 'posts/a.md': `---\ntitle: A\ndate: 2020-01-01\nmacros: ${macros}\n---\n$\\a$` }),
  );
  expect(found).toEqual([`error math/bad-macro ${place}`]);
});
