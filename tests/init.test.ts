import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { makeSite } from '../src/build.js';
import { run } from '../src/command.js';
import { parseConfig } from '../src/config.js';
import { initSite } from '../src/init.js';
import { addFiles, makeFolder, readTree } from './output/tree.js';
import { contentOf } from './site/build.js';

const now = new Date('2026-11-23T18:00:00Z');
const init = (folder: string) => initSite({ folder, version: '1.2.3', now });

const all = [
  '.github/workflows/deploy.yml',
  '.gitignore',
  'package.json',
  'posts/estimating-pi/darts.svg',
  'posts/estimating-pi/index.md',
  'site.yaml',
];

describe('a new site', () => {
  it('has settings, a first post and what it takes to publish it', async () => {
    const folder = join(makeFolder(), 'my', 'blog');
    const { written, kept, diagnostics } = await init(folder);
    expect([[...written].sort(), kept, diagnostics]).toEqual([all, [], []]);
    expect(Object.keys(readTree(folder)).sort()).toEqual(all);
  });

  it.each([false, true])(
    'has nothing to remark but that its address is not known (check: %s)',
    async (check) => {
      const root = makeFolder();
      await init(root);
      const made = await makeSite({
        ...{ root, drafts: false, future: false, strict: false, draftMath: false, cache: false, check, now },
      });
      const { report } = made;
      expect(report.diagnostics.map(({ code }) => code)).toEqual(['config/no-base-url']);
      expect(report.posts).toBe(1);
      if (check) return;
      const page = String(await contentOf(made, 'posts/estimating-pi/index.html'));
      for (const construct of [
        'class="katex-display"',
        'theorem',
        'proof',
        '<figure',
        'class="line marked"',
        'callout',
        'footnote',
        '2026-11-23',
      ])
        expect(page).toContain(construct);
      expect(page).not.toMatch(/\{\{date|katex-error/);
    },
  );

  it('has settings that are right when they are no comments any more', async () => {
    const text = readFileSync('starter/site.yaml', 'utf8');
    const { config, diagnostics } = parseConfig(text.replace(/^# (?=\w+:| {2})/gm, ''), 'site.yaml');
    expect(diagnostics).toEqual([]);
    expect(config).toMatchObject({
      origin: 'https://name.github.io',
      basePath: '/blog',
      timezone: 'Asia/Seoul',
    });
    expect(config?.languages.map(({ code }) => code)).toEqual(['en', 'ko']);
    expect(config?.social).toHaveLength(1);
  });

  it('has scripts that run this program, and a workflow that runs them', async () => {
    const root = makeFolder();
    await init(root);
    const { 'package.json': json = '', '.github/workflows/deploy.yml': yaml = '' } = readTree(root);
    expect(JSON.parse(json)).toEqual({
      private: true,
      scripts: { dev: 'postulate serve', build: 'postulate build' },
      devDependencies: { postulate: '^1.2.3' },
    });
    const commands = parse(yaml).jobs.deploy.steps.flatMap((step: { run?: string }) => step.run ?? []);
    expect(commands).toEqual(['npm ci', 'npx postulate build']);
  });

  it('leaves what is there as it is', async () => {
    const own = { 'site.yaml': 'title: Mine\n', '.gitignore': 'mine', 'notes.txt': 'mine' };
    const root = makeFolder(own);
    const { written, kept } = await init(root);
    expect(kept).toEqual(['site.yaml', '.gitignore']);
    expect(written).toHaveLength(4);
    expect(readTree(root)).toMatchObject(own);
    const before = readTree(root);
    addFiles(root, { 'package.json': '{}' });
    expect((await init(root)).written).toEqual([]);
    expect(readTree(root)).toEqual({ ...before, 'package.json': '{}' });
  });

  it('has no first post where there are posts', async () => {
    const root = makeFolder({ 'posts/hello.md': 'mine' });
    expect((await init(root)).written).not.toContain('posts/estimating-pi/index.md');
    expect(Object.keys(readTree(root)).filter((path) => path.startsWith('posts/'))).toEqual([
      'posts/hello.md',
    ]);
  });

  it('cannot be where a file is', async () => {
    const root = makeFolder({ blog: 'a file', '.github': 'a file' });
    const { written, diagnostics } = await init(join(root, 'blog'));
    expect(written).toEqual([]);
    expect(diagnostics).toMatchObject([{ code: 'usage/exists', severity: 'error' }]);
    expect((await init(root)).diagnostics).toMatchObject([
      { code: 'usage/exists', file: '.github/workflows/deploy.yml' },
    ]);
  });

  it('is made of all that the package has for it', () => {
    expect(readdirSync('starter').sort()).toEqual([
      'darts.svg',
      'deploy.yml',
      'first-post.md',
      'gitignore',
      'site.yaml',
    ]);
  });
});

/** Runs the command in a process of our making, in a new folder or a given one. */
const command = (...args: readonly string[]) => commandIn(makeFolder(), ...args);

async function commandIn(folder: string, ...args: readonly string[]) {
  const said = { out: '', err: '' };
  const code = await run(args, {
    ...{ folder, environment: {}, version: '1.2.3', isTerminal: false, hasColors: false, now },
    elapsed: () => 0,
    print: (text) => {
      said.out += text;
    },
    tell: (text) => {
      said.err += text;
    },
    onInterrupt: () => {},
  });
  return { code, ...said, folder };
}

describe('postulate init', () => {
  it('tells what it made and what to do next', async () => {
    const { code, out, err } = await command('init', 'my blog');
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe(
      [
        'made:',
        ...['package.json', 'site.yaml', 'posts/estimating-pi/index.md', 'posts/estimating-pi/darts.svg'].map(
          (path) => `  ${path}`,
        ),
        ...['.gitignore', '.github/workflows/deploy.yml'].map((path) => `  ${path}`),
        'next:',
        '  cd "my blog"',
        '  npm install',
        '  npx postulate serve',
        'if npm does not find postulate:',
        '  npm install --save-dev PATH   (PATH is the .tgz that npm pack writes in a clone of Postulate)',
        '',
      ].join('\n'),
    );
  });

  it.each([
    ['{"devDependencies": {"postulate": "file:postulate-1.2.3.tgz"}}', 'next:\n  npx postulate serve\n'],
    ['{"dependencies": {"postulate": "^1.0.0"}}', 'next:\n  npx postulate serve\n'],
    ['{}', 'next:\n  npm install --save-dev postulate\n  npx postulate serve\nif npm does not'],
    ['no JSON', 'next:\n  npm install --save-dev postulate\n  npx postulate serve\nif npm does not'],
  ])('leaves %s, and says what is still to be installed', async (json, expected) => {
    const { out } = await commandIn(makeFolder({ 'package.json': json }), 'init', '.');
    expect(out).toContain(`left as they were:\n  package.json\n${expected}`);
  });

  it('works in the current folder, tells scripts in JSON, and wants to know the folder', async () => {
    expect((await command('init', '.')).out).not.toContain('cd ');
    expect(JSON.parse((await command('init', 'x', '--json')).out)).toEqual({
      written: expect.any(Array),
      kept: [],
    });
    expect(await command('init')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('usage/arguments'),
    });
  });
});

describe('postulate new', () => {
  it('prints the path, from the current folder', async () => {
    expect(await command('new', 'Hello World')).toMatchObject({
      code: 0,
      out: 'posts/hello-world.md\n',
      err: '',
    });
    expect((await command('new', 'Hello', 'World', '--lang', 'ko')).out).toBe('posts/hello-world.ko.md\n');
    expect((await command('new', '안녕', '--root', '.', '--json')).out).toBe('{"path":"posts/안녕.md"}\n');
  });

  it('fails with exit code 2, and tells scripts in JSON', async () => {
    expect(await command('new')).toMatchObject({ code: 2, out: '' });
    const { code, out } = await command('new', '!', '--json');
    expect([code, JSON.parse(out).diagnostics[0].code]).toEqual([2, 'usage/arguments']);
  });
});
