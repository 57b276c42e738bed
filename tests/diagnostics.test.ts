// Every code of the table in src/diagnostic.ts, each with the least that brings it about, and the exact place.
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type BuildOptions, build, makeSite } from '../src/build.js';
import { type Host, run } from '../src/command.js';
import { type Code, codes } from '../src/diagnostic.js';
import { environmentFault } from '../src/environment.js';
import { setFormula } from '../src/math/katex.js';
import { noMacros } from '../src/math/macros.js';
import { newPost } from '../src/new.js';
import { makeImages } from '../src/output/images.js';
import { katexFiles, loadKatex } from '../src/output/katex.js';
import { lockName } from '../src/output/lock.js';
import { nothingPrinted } from '../src/output/print.js';
import { searchIndex } from '../src/output/search.js';
import { sharpSource } from '../src/output/sharp.js';
import { makePreview } from '../src/serve/preview.js';
import { serve } from '../src/serve/serve.js';
import { openStore } from '../src/speed/store.js';
import type { Diagnostic } from '../src/types.js';
import { makeFolder, type Tree } from './output/tree.js';

const now = new Date('2026-06-15T03:00:00Z');
const site = {
  drafts: false,
  future: false,
  strict: false,
  draftMath: false,
  cache: false,
  check: false,
  now,
};

/** A site that has been built, and what the build has kept. */
async function cachedSite(): Promise<{ readonly root: string; readonly index: string }> {
  const root = makeFolder(good);
  await rebuilt(root);
  return { root, index: join(root, '.postulate/posts/index') };
}

async function rebuilt(root: string): Promise<readonly Diagnostic[]> {
  return (await build({ ...site, root, out: join(root, 'public'), cache: true })).diagnostics;
}

/** Front matter of four lines: the body begins on line 5. */
const post = (body: string) => `---\ntitle: T\ndate: 2020-01-01\n---\n${body}\n`;
/** Front matter with a line of its own, the third. */
const withLine = (line: string) => `---\ntitle: T\n${line}\ndate: 2020-01-01\n---\nx\n`;

const base = 'baseUrl: https://example.org/\n';
const good: Tree = { 'posts/good.md': post('x'), 'site.yaml': base };
const a = (text: string): Tree => ({ ...good, 'posts/a.md': text });
const body = (text: string): Tree => a(post(text));
/** A bibliography, and a post that cites its entry `k`. */
const bib = (text: string): Tree => ({ ...good, 'posts/cites.md': post('[@k]'), 'references.bib': text });
const config = (text: string): Tree => ({ 'posts/good.md': post('x'), 'site.yaml': text });

interface Fixture {
  readonly files: Tree;
  readonly check?: true;
  /** What no text file can be. */
  readonly prepare?: (root: string) => void;
  /** Severity and place: `error posts/a.md:5:3`. */
  readonly expected: string;
}

const fixture = (expected: string, files: Tree, more: Partial<Fixture> = {}): Fixture => ({
  files,
  expected,
  ...more,
});
const bytes =
  (path: string, ...values: number[]) =>
  (root: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), Buffer.from(values));
  };
const link = (path: string, target: string) => (root: string) => symlinkSync(target, join(root, path));

/** Brought about by the files of a site. */
const bySites: Readonly<Partial<Record<Code, Fixture>>> = {
  'bibliography/duplicate-field': fixture(
    'warning references.bib:1:21',
    bib('@misc{k, title={x}, title={y}}'),
  ),
  'bibliography/duplicate-key': fixture(
    'error references.bib:2:7',
    bib('@misc{k, title={x}}\n@misc{k, title={y}}'),
  ),
  'bibliography/missing-comma': fixture('error references.bib:1:20', bib('@misc{k, title={x} year={2}}')),
  'bibliography/missing-file': fixture('error posts/a.md:3:15', a(withLine('bibliography: none.bib'))),
  'bibliography/missing-key': fixture('error references.bib:1:6', bib('@misc{title={x}}')),
  'bibliography/names': fixture('warning references.bib:1:18', bib('@misc{k, author={A B, C D, E F, G H}}')),
  'bibliography/never-closed': fixture('error references.bib:1:16', bib('@misc{k, title={x')),
  'bibliography/syntax': fixture('error references.bib:1:10', bib('@misc{k, = x}')),
  'bibliography/unknown-command': fixture(
    'warning references.bib:1:17',
    bib('@misc{k, title={\\nothing x}}'),
  ),
  'bibliography/unknown-crossref': fixture('warning references.bib:1:20', bib('@misc{k, crossref={z}}')),
  'bibliography/unknown-string': fixture('warning references.bib:1:16', bib('@misc{k, month=juneuary}')),
  'bibliography/unknown-type': fixture('warning references.bib:1:2', bib('@artcle{k, title={x}}')),
  'cite/unknown-key': fixture('error posts/a.md:5:2', {
    ...body('[@none]'),
    'references.bib': '@misc{k, title={x}}',
  }),
  'config/cut-at-comment': fixture('warning site.yaml:4:8', config(`${base}math:\n  macros:\n    x: a #1\n`)),
  'config/invalid-value': fixture('error site.yaml:2:11', config(`${base}pageSize: none\n`)),
  'config/no-base-url': fixture('warning', config('title: T\n')),
  'config/not-utf8': fixture(
    'error site.yaml:1:1',
    { 'posts/good.md': post('x') },
    { prepare: bytes('site.yaml', 0xff, 0xfe, 0x61, 0) },
  ),
  'config/template': fixture('error templates/post.vto:2:14', {
    ...good,
    'templates/post.vto': 'x\n{{ if page }}',
  }),
  'config/texts': fixture('error templates/texts/en.yaml:2:8', {
    ...good,
    'templates/texts/en.yaml': 'home: Home\nposts: [a, b]\n',
  }),
  'config/unknown-key': fixture('error site.yaml:1:1', config('titel: T\n')),
  'config/unknown-text': fixture('warning templates/texts/en.yaml:1:1', {
    ...good,
    'templates/texts/en.yaml': 'hme: Home\n',
  }),
  'config/wrong-name': fixture('error site.yml', { 'posts/good.md': post('x'), 'site.yml': 'title: T\n' }),
  'config/yaml': fixture('error site.yaml:2:1', config('title: [\n')),
  'content/draft': fixture('note posts/a.md:3:1', a(withLine('draft: true'))),
  'content/duplicate-path': fixture('error posts/good.md:1:1', {
    ...good,
    'static/posts/good/index.html': 'x',
  }),
  'content/duplicate-url': fixture('error posts/good.md:1:1', a(withLine('slug: good'))),
  'content/future': fixture('note posts/a.md:3:1', a('---\ntitle: T\ndate: 2099-01-01\n---\nx\n')),
  'content/left-out': fixture('note', { ...good, 'posts/_a.md': post('x') }),
  'content/no-posts': fixture('error', { 'site.yaml': base }),
  'content/not-utf8': fixture('error posts/a.md:1:1', good, {
    prepare: bytes('posts/a.md', 0xb0, 0xa1, 0x0a),
  }),
  'content/other-ending': fixture('warning posts/a.markdown', { ...good, 'posts/a.markdown': post('x') }),
  'content/outside-root': fixture('warning posts/out', good, { prepare: link('posts/out', '../..') }),
  'content/reserved-url': fixture('error posts/a.md:3:6', a(withLine('url: /tags/'))),
  'content/skipped': fixture('warning posts/gone.md', good, { prepare: link('posts/gone.md', 'nowhere') }),
  'content/unsafe-path': fixture('error posts/a.md:3:6', a(withLine('url: /../x/'))),
  'front-matter/bad-date': fixture('error posts/a.md:3:7', a('---\ntitle: T\ndate: 2026-02-30\n---\nx\n')),
  'front-matter/closing-line': fixture(
    'error posts/a.md:4:1',
    a('---\ntitle: T\ndate: 2020-01-01\n----\n---\nx\n'),
  ),
  'front-matter/cut-at-comment': fixture('warning posts/a.md:3:10', a(withLine('summary: C #1'))),
  'front-matter/escape-in-formula': fixture('warning posts/a.md:3:10', a(withLine('summary: "$\\theta$"'))),
  'front-matter/html-entity': fixture('warning posts/a.md:3:11', a(withLine('summary: a&#58; b'))),
  'front-matter/invalid-value': fixture('error posts/a.md:3:8', a(withLine('draft: perhaps'))),
  'front-matter/joined-names': fixture('warning posts/a.md:3:14', a(withLine('tags: [v1.1, v11]'))),
  'front-matter/missing-date': fixture('error posts/a.md:1:1', a('---\ntitle: T\n---\nx\n')),
  'front-matter/missing-title': fixture('error posts/a.md:1:1', a('---\ndate: 2020-01-01\n---\nx\n')),
  'front-matter/never-closed': fixture('error posts/a.md:1:1', a('---\ntitle: T\n\nx\n')),
  'front-matter/not-first': fixture('error posts/a.md:2:1', a('\n---\ntitle: T\n---\nx\n')),
  'front-matter/opening-line': fixture('error posts/a.md:1:4', a('---js\ntitle: T\n---\nx\n')),
  'front-matter/toml': fixture('error posts/a.md:2:9', a('+++\ntitle = T\n+++\nx\n')),
  'front-matter/too-long': fixture('error posts/a.md:1:1', a(`---\n${'x: 1\n'.repeat(1001)}---\nx\n`)),
  'front-matter/unknown-key': fixture('warning posts/a.md:3:1', a(withLine('tgas: x'))),
  'front-matter/unusable-name': fixture('warning posts/a.md:3:8', a(withLine('tags: ["?!"]'))),
  'front-matter/yaml': fixture('error posts/a.md:2:10', a('---\ntitle: [T\n---\nx\n')),
  'html/attribute': fixture('warning posts/a.md:5:3', body('a <b onclick="x">b</b>')),
  'html/element': fixture('warning posts/a.md:5:3', body('a <blink>b</blink>')),
  'html/embed': fixture('warning posts/a.md:5:1', body('<iframe src="https://example.com/"></iframe>')),
  'html/other-origin': fixture(
    'warning posts/a.md:5:1',
    body('<video src="https://example.com/x.mp4"></video>'),
  ),
  'image/broken': fixture('warning posts/a.md:5:1', { ...body('![a](x.png)'), 'posts/x.png': 'no image' }),
  'image/missing': fixture('warning posts/a.md:5:3', body('a ![a](x.png)')),
  'image/other-origin': fixture('warning posts/a.md:5:3', body('a ![a](https://example.com/x.png)')),
  'link/anchor': fixture('warning posts/a.md:5:3', body('a [b](#c)')),
  'link/broken': fixture('warning posts/a.md:5:3', body('a [b](c.md)')),
  'link/hidden': fixture('warning posts/a.md:5:3', {
    ...body('a [b](d.md)'),
    'posts/d.md': withLine('draft: true'),
  }),
  'link/scheme': fixture('warning posts/a.md:5:3', body('a [b](javascript:x)')),
  'markdown/duplicate-id': fixture('warning posts/a.md:7:1', body('## A {#x}\n\n## B {#x}')),
  'markdown/foreign-syntax': fixture('warning posts/a.md:5:3', body('a {{< figure >}}')),
  'markdown/table-cells': fixture('warning posts/a.md:7:5', body('| a |\n| - |\n| b | c |')),
  'markdown/too-deep': fixture('error posts/a.md:5:1', body(`${'> '.repeat(200)}a`)),
  'markdown/unclosed-block': fixture('warning posts/a.md:5:1', body(':::theorem\nx')),
  'markdown/unknown-block': fixture('warning posts/a.md:5:1', body(':::theorm\nx\n:::')),
  'markdown/unknown-footnote': fixture('warning posts/a.md:5:2', body('a[^b] c[^d]\n\n[^d]: x')),
  'markdown/unused-footnote': fixture('warning posts/a.md:7:1', body('a\n\n[^b]: c')),
  'math/ambiguous-label': fixture('error posts/a.md:5:23', body('$$ a \\label{x} \\label{y} $$')),
  'math/bad-macro': fixture('error macros.tex:1:1', { ...good, 'macros.tex': '\\newcommand' }),
  'math/cjk-outside-text': fixture('warning posts/a.md:5:2', body('$가$')),
  'math/comment': fixture('warning posts/a.md:5:4', body('$a % b$')),
  'math/display-only': fixture('error posts/a.md:5:4', body('$a \\tag{1}$')),
  'math/duplicate-label': fixture('error posts/a.md:7:13', body('$$ a \\label{x} $$\n\n$$ b \\label{x} $$')),
  'math/expansion': fixture('error posts/a.md:5:14', body('$\\def\\a{\\a\\a}\\a$')),
  'math/formatter-damage': fixture('warning posts/a.md:5:6', body('$\\sum*{i}$'), { check: true }),
  'math/ignored-command': fixture('note posts/a.md:5:2', body('$\\require{x} a$')),
  'math/looks-like-prose': fixture('warning posts/a.md:5:4', body('$$ this sentence stands alone here $$'), {
    check: true,
  }),
  'math/old-environment': fixture(
    'warning posts/a.md:6:1',
    body('$$\n\\begin{eqnarray}a\\end{eqnarray}\n$$'),
    { check: true },
  ),
  'math/shadowed-macro': fixture(
    'note macros.tex:1:13',
    { ...body('$\\frac12$'), 'macros.tex': '\\newcommand{\\frac}{x}' },
    { check: true },
  ),
  'math/syntax': fixture('error posts/a.md:5:3', body('$a}$')),
  'math/too-deep': fixture('error posts/a.md:5:202', body(`$${'{'.repeat(300)}${'}'.repeat(300)}$`)),
  'math/too-long': fixture('error posts/a.md:5:2', body(`$${'a '.repeat(60_000)}b$`)),
  'math/unclosed': fixture('error posts/a.md:5:1', body('$$\na\n\nb')),
  'math/unknown-character': fixture('warning posts/a.md:5:2', body('$😀$')),
  'math/unknown-command': fixture('error posts/a.md:5:2', body('$\\fraq$')),
  'math/unknown-environment': fixture('error posts/a.md:6:8', body('$$\n\\begin{algin}a\\end{algin}\n$$')),
  'math/unknown-reference': fixture('error posts/a.md:5:3', body('a \\ref{b}')),
  'math/unnumbered-label': fixture(
    'error posts/a.md:5:3',
    body('a \\ref{x}\n\n$$\\begin{align*}b\\label{x}\\end{align*}$$'),
  ),
  'math/untrusted': fixture('error posts/a.md:5:2', body('$\\href{https://example.com}{x}$')),
  'math/unused-label': fixture('note posts/a.md:5:13', body('$$ a \\label{x} $$'), { check: true }),
  'math/unused-macro': fixture(
    'note macros.tex:1:13',
    { ...good, 'macros.tex': '\\newcommand{\\x}{y}' },
    { check: true },
  ),
  'math/wide-display': fixture('note posts/a.md:5:4', body(`$$ ${'a + '.repeat(80)}b $$`), { check: true }),
};

const short = ({ severity, file, line, column }: Diagnostic) =>
  `${severity} ${[file, line, column].filter((part) => part !== undefined).join(':')}`.trim();

describe('what is wrong with a site', () => {
  it.each(Object.entries(bySites))(
    'is told as %s',
    async (code, { files, prepare, check = false, expected }) => {
      const root = makeFolder(files);
      prepare?.(root);
      const { report } = await makePreview({ ...site, root, check }, nothingPrinted);
      expect(report.diagnostics.filter((one) => one.code === code).map(short)).toContain(expected);
    },
  );
});

/** Runs the command in a process of our making, and gives its diagnostics. */
async function told(
  args: readonly string[],
  folder = makeFolder(good),
  failing?: () => never,
): Promise<Diagnostic[]> {
  let out = '';
  const host: Host = {
    folder,
    environment: {},
    version: '1.2.3',
    isTerminal: false,
    hasColors: false,
    now,
    elapsed: () => 0,
    print: (text) => {
      out += text;
    },
    tell: () => {},
    onInterrupt: () => {},
  };
  await run([...args, '--json'], host, failing && (async () => async () => failing()));
  return JSON.parse(out).diagnostics;
}

async function builtInto(out: string, root: string): Promise<readonly Diagnostic[]> {
  const options: BuildOptions = { ...site, root, out };
  return (await build(options)).diagnostics;
}

function systemError(code: string): readonly Diagnostic[] {
  const error = Object.assign(new Error(code), { code, syscall: 'open' });
  return [environmentFault(error, 'public/index.html') ?? []].flat();
}

const fail = () => {
  throw new Error('not here');
};

/** Brought about otherwise: by the command, by the output folder, by what the machine refuses. */
const byOthers: Readonly<
  Partial<Record<Code, () => Promise<readonly Diagnostic[]> | readonly Diagnostic[]>>
> = {
  'content/shallow-history': async () => {
    const origin = makeFolder(good);
    const git = (cwd: string, ...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.org', ...args], {
        cwd,
        stdio: 'pipe',
      });
    git(origin, 'init', '--quiet');
    git(origin, 'add', '.');
    git(origin, 'commit', '--quiet', '--message', 'one');
    git(origin, 'commit', '--quiet', '--allow-empty', '--message', 'two');
    const root = join(makeFolder(), 'clone');
    git(origin, 'clone', '--quiet', '--depth', '1', pathToFileURL(origin).href, root);
    return (await makeSite({ ...site, root })).report.diagnostics;
  },
  'env/busy': () => systemError('EBUSY'),
  'cache/damaged': async () => {
    const { root, index } = await cachedSite();
    writeFileSync(index, 'x', { flag: 'a' });
    return rebuilt(root);
  },
  'cache/other-version': async () => {
    const { root } = await cachedSite();
    const store = openStore(join(root, '.postulate/posts'), 'an older one');
    store.put('key', 1);
    store.save();
    store.close();
    return rebuilt(root);
  },
  'cache/unwritable': async () => {
    const root = makeFolder({ ...good, '.postulate': 'a file where the folder has to be' });
    return rebuilt(root);
  },
  'env/disk-full': () => systemError('ENOSPC'),
  'env/file-system': () => systemError('EIO'),
  'env/locked': async () => {
    const root = makeFolder({ ...good, [`public/${lockName}`]: '1 another-machine\n' });
    return builtInto(join(root, 'public'), root);
  },
  'env/name-too-long': () => systemError('ENAMETOOLONG'),
  'env/permission': () => systemError('EACCES'),
  'env/read-only': () => systemError('EROFS'),
  'env/too-many-files': () => systemError('EMFILE'),
  'env/watch-limit': async () => {
    const root = makeFolder(good);
    const warnings: Diagnostic[] = [];
    await new Promise<void>((done) => {
      const serving = serve({
        root,
        port: 0,
        make: (before) => makePreview({ ...site, root }, before),
        onStart: () => {},
        onBuild: () => {},
        onWarning: (warning) => {
          warnings.push(warning);
          done();
        },
        watchFolder: () => {
          throw Object.assign(new Error('full'), { code: 'ENOSPC', syscall: 'watch' });
        },
      });
      onTestFinished(async () => {
        const server = await serving;
        if ('close' in server) await server.close();
      });
    });
    return warnings;
  },
  'fonts/uncut': async () => {
    const katex = await loadKatex();
    const formula = setFormula('x', { display: false, macros: noMacros });
    const glyphs = katex.glyphsOf(formula.ok ? formula.runs : []);
    return (await katexFiles(katex, { glyphs, fonts: 'subset', cacheFolder: undefined, subset: fail }))
      .diagnostics;
  },
  'image/unavailable': async () => {
    const path = 'posts/x.png';
    const pixel =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const root = makeFolder(good);
    writeFileSync(join(root, path), Buffer.from(pixel, 'base64'));
    const shown = [{ asset: { path, output: path }, place: { file: 'posts/a.md' }, isCover: false }];
    const source = { ...sharpSource, version: async () => fail() };
    const options = {
      absolute: (name: string) => join(root, name),
      previews: false,
      cacheFolder: undefined,
      source,
    };
    return (await makeImages(shown, options)).diagnostics;
  },
  'internal/bug': () => told(['build'], makeFolder(good), fail),
  'output/foreign': async () => {
    const root = makeFolder({ ...good, 'public/mine.txt': 'x' });
    return builtInto(join(root, 'public'), root);
  },
  'output/in-the-way': async () => {
    const root = makeFolder(good);
    const out = join(root, 'public');
    await builtInto(out, root);
    writeFileSync(join(root, 'posts/more.md'), post('x'));
    mkdirSync(join(out, 'posts/more'));
    writeFileSync(join(out, 'posts/more/index.html'), 'mine');
    return builtInto(out, root);
  },
  'output/kept': async () => {
    const root = makeFolder({ ...good, 'static/x.txt': 'x' });
    const out = join(root, 'public');
    await builtInto(out, root);
    writeFileSync(join(out, 'x.txt'), 'mine');
    const { rmSync } = await import('node:fs');
    rmSync(join(root, 'static/x.txt'));
    return builtInto(out, root);
  },
  'output/overwritten': async () => {
    const root = makeFolder(good);
    const out = join(root, 'public');
    await builtInto(out, root);
    writeFileSync(join(out, 'index.html'), 'mine');
    return builtInto(out, root);
  },
  'output/place': async () => {
    const root = makeFolder(good);
    return builtInto(root, root);
  },
  'search/unavailable': async () => {
    const record = { url: '/x/', content: 'x', language: 'en', meta: {} };
    return (await searchIndex([record], undefined, fail)).diagnostics;
  },
  'usage/arguments': () => told(['build', 'one', 'two']),
  'usage/exists': async () => {
    const root = makeFolder({ ...good, 'posts/hello.md': post('x') });
    const made = await newPost({ root, title: 'Hello', now });
    return 'diagnostics' in made ? made.diagnostics : [];
  },
  'usage/no-command': () => told([]),
  'usage/port': async () => {
    const taken = createServer();
    await new Promise<void>((done) => taken.listen(65_535, '127.0.0.1', done).on('error', () => done()));
    onTestFinished(() => void taken.close());
    const nothing = () => {};
    const root = makeFolder(good);
    const options = { root, port: 65_535, onStart: nothing, onBuild: nothing, onWarning: nothing };
    const serving = await serve({ ...options, make: (before) => makePreview({ ...site, root }, before) });
    return 'severity' in serving ? [serving] : [];
  },
  'usage/root': () => told(['build', '--root', 'nowhere']),
  'usage/unknown-command': () => told(['buidl']),
  'usage/unknown-flag': () => told(['build', '--stict']),
};

describe('what else can go wrong', () => {
  it.each(Object.entries(byOthers))('is told as %s', async (code, bring) => {
    expect((await bring()).map((one) => one.code)).toContain(code);
  });
});

it('every code has a case above', () => {
  const covered = [...Object.keys(bySites), ...Object.keys(byOthers)];
  expect(covered.sort()).toEqual(Object.keys(codes).sort());
});

it('the table is in the order of the alphabet', () => {
  expect(Object.keys(codes)).toEqual(Object.keys(codes).sort());
});
