// The command as a script meets it: what goes to which stream, and which exit code comes back. Most tests run it
// in this process with a build of their own; the last ones start the compiled program.
import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BuildOptions, BuildReport } from '../src/build.js';
import { type Host, run } from '../src/command.js';
import type { Diagnostic } from '../src/types.js';
import { makeFolder, readTree } from './output/tree.js';

const good: BuildReport = {
  posts: 2,
  pages: 5,
  files: { written: 7, unchanged: 0, removed: 0 },
  formulas: { total: 3, rendered: 1 },
  diagnostics: [],
  fixes: [],
  sources: new Map([['posts/a.md', 'one\ntwo\n']]),
};

const broken: Diagnostic = {
  severity: 'error',
  code: 'link/broken',
  message: 'the link leads nowhere',
  file: 'posts/a.md',
  line: 2,
  column: 1,
  length: 3,
};

interface Call {
  readonly args: readonly string[];
  readonly environment?: Record<string, string>;
  readonly report?: Partial<BuildReport>;
  readonly isTerminal?: boolean;
  /** Instead of a build that returns the report. */
  readonly build?: (options: BuildOptions) => Promise<BuildReport>;
}

/** Runs the command in a process of our making, whose clock advances by 0.4 s at each look. */
async function call({ args, environment = {}, report = {}, isTerminal = false, build }: Call) {
  let [out, err, time, options] = ['', '', 0, undefined as BuildOptions | undefined];
  const cleanUps: (() => void)[] = [];
  const host: Host = {
    folder: resolve('/site'),
    environment,
    version: '1.2.3',
    isTerminal,
    hasColors: false,
    now: new Date('2026-01-02T03:04:05Z'),
    elapsed: () => {
      time += 400;
      return time;
    },
    print: (text) => {
      out += text;
    },
    tell: (text) => {
      err += text;
    },
    onInterrupt: (cleanUp) => {
      cleanUps.push(cleanUp);
    },
  };
  const code = await run(args, host, async () => async (given) => {
    options = given;
    return build ? build(given) : { ...good, ...report };
  });
  return { code, out, err, options, cleanUps };
}

describe('postulate build', () => {
  it('builds the current folder into its public/ unless told otherwise', async () => {
    const { code, options } = await call({ args: ['build'] });
    expect(code).toBe(0);
    expect(options).toMatchObject({
      root: resolve('/site'),
      out: resolve('/site/public'),
      drafts: false,
      future: false,
      strict: false,
      draftMath: false,
      cache: true,
      now: new Date('2026-01-02T03:04:05Z'),
    });
  });

  it('takes --out from the current folder, and its default from the root', async () => {
    const paths = async (...args: string[]) => {
      const { options } = await call({ args });
      return [options?.root, options?.out];
    };
    expect(await paths('build', '--root', 'blog')).toEqual([
      resolve('/site/blog'),
      resolve('/site/blog/public'),
    ]);
    expect(await paths('build', '--root=blog', '--out', 'dist')).toEqual([
      resolve('/site/blog'),
      resolve('/site/dist'),
    ]);
    expect(await paths('--out', '/x', 'build')).toEqual([resolve('/site'), resolve('/x')]);
  });

  it('hands on every flag', async () => {
    const args = ['build', '--drafts', '--future', '--strict', '--draft-math', '--no-cache'];
    const { options } = await call({ args });
    expect(options).toMatchObject({
      drafts: true,
      future: true,
      strict: true,
      draftMath: true,
      cache: false,
    });
  });

  it('prints the summary to standard output and diagnostics to standard error', async () => {
    const { out, err } = await call({
      args: ['build'],
      report: { diagnostics: [{ ...broken, severity: 'warning' }] },
    });
    expect(out).toMatch(
      /^2 posts, 5 pages in [0-9.]+ s \(1 warning\)\npublic: 7 written, 0 unchanged, 0 removed\n$/,
    );
    expect(err).toBe('posts/a.md:2:1: warning link/broken: the link leads nowhere\n  2 | two\n    | ^^^\n');
  });

  it('fails with the code of what went wrong', async () => {
    const none = { written: 0, unchanged: 0, removed: 0 };
    const result = await call({ args: ['build'], report: { files: none, diagnostics: [broken] } });
    expect(result.code).toBe(1);
    expect(result.out).toBe('not built: 1 error\npublic is as it was\n');
  });

  it('takes warnings for errors with --strict', async () => {
    const report = { diagnostics: [{ ...broken, severity: 'warning' as const }] };
    expect((await call({ args: ['build'], report })).code).toBe(0);
    expect((await call({ args: ['build', '--strict'], report })).code).toBe(1);
  });

  it('shows fifty diagnostics and says how many there are more', async () => {
    const diagnostics = Array.from({ length: 62 }, (_, line) => ({ ...broken, line }));
    const { err } = await call({ args: ['build'], report: { diagnostics } });
    expect(err.match(/error link\/broken/g)).toHaveLength(50);
    expect(err).toContain('… and 12 more (12 errors); --json lists all\n');
  });

  it('adds annotations on GitHub, with names relative to the repository', async () => {
    const args = ['build', '--root', 'blog'];
    const report = { diagnostics: [broken] };
    expect((await call({ args, report })).err).not.toContain('::error');
    const environment = { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: resolve('/site') };
    const { err, out } = await call({ args, report, environment });
    expect(err).toContain('\n::error file=blog/posts/a.md,line=2,col=1,endColumn=3,title=link/broken::');
    expect(out).not.toContain('::error');
  });

  it('shows progress on a terminal once a second has gone by, and wipes it away', async () => {
    const build = async ({ onStep }: BuildOptions) => {
      for (let done = 1; done <= 6; done += 1) onStep?.('rendering', done, 6);
      return good;
    };
    expect((await call({ args: ['build'], build })).err).toBe('');
    const { err } = await call({ args: ['build'], build, isTerminal: true });
    expect(err).not.toContain('rendering 2/6');
    expect(err.endsWith('rendering 6/6\r\u001B[K')).toBe(true);
    const quick = async ({ onStep }: BuildOptions) => {
      onStep?.('rendering', 1, 1);
      return good;
    };
    expect((await call({ args: ['build'], build: quick, isTerminal: true })).err).toBe('');
  });

  it('cleans up after itself when a signal comes', async () => {
    const root = makeFolder({ 'public/.postulate.tmp/0': 'half' });
    const { cleanUps } = await call({ args: ['build', '--root', root] });
    expect(cleanUps).toHaveLength(1);
    for (const cleanUp of cleanUps) cleanUp();
    expect(Object.keys(readTree(root))).toEqual(['public/.postulate.tmp/0']);
  });
});

describe('--json', () => {
  it('prints one object and nothing else, also when the build fails', async () => {
    for (const diagnostics of [[], [broken]]) {
      const { out, err } = await call({ args: ['build', '--json'], report: { diagnostics } });
      expect(JSON.parse(out)).toMatchObject({ posts: 2, pages: 5, formulas: { total: 3, rendered: 1 } });
      expect(err.includes('link/broken')).toBe(diagnostics.length > 0);
    }
  });

  it.each<[string, readonly string[], number, string]>([
    ['an unknown command', ['bild', '--json'], 2, 'usage/unknown-command'],
    ['an unknown flag', ['build', '--json', '--otu', 'x'], 2, 'usage/unknown-flag'],
    ['no command', ['--json'], 2, 'usage/no-command'],
    ['a missing value', ['build', '--json', '--out'], 2, 'usage/arguments'],
  ])('prints one object, too, for %s', async (_, args, expected, name) => {
    const { code, out } = await call({ args });
    expect(code).toBe(expected);
    const value = JSON.parse(out);
    expect(Object.keys(value)).toEqual(['posts', 'pages', 'files', 'formulas', 'diagnostics', 'ms']);
    expect(value.diagnostics).toMatchObject([{ severity: 'error', code: name }]);
  });

  it('prints one object, too, for a bug', async () => {
    const build = async () => Promise.reject(new TypeError('x is undefined'));
    const { code, out } = await call({ args: ['build', '--json'], build });
    expect(code).toBe(70);
    expect(JSON.parse(out).diagnostics).toMatchObject([{ code: 'internal/bug', message: 'x is undefined' }]);
  });
});

describe('a mistake on the command line', () => {
  it.each<[readonly string[], string]>([
    [['buidl'], 'error usage/unknown-command: there is no command buidl\n  hint: did you mean build?\n'],
    [
      ['help', 'biuld'],
      'error usage/unknown-command: there is no command biuld\n  hint: did you mean build?\n',
    ],
    [['--drafts', 'help', 'frobnicate'], 'there is no command frobnicate\n'],
    [['frobnicate'], 'there is no command frobnicate\n  hint: postulate --help lists what there is\n'],
    [
      ['build', '--otu', 'x'],
      'error usage/unknown-flag: there is no flag --otu\n  hint: did you mean --out?\n',
    ],
    [['build', '--darfts'], 'there is no flag --darfts\n  hint: did you mean --drafts?\n'],
    [['build', '--nocache'], 'hint: did you mean --no-cache?\n'],
    [['build', '--jsno=1'], 'there is no flag --jsno=1\n'],
    [['--otu', 'x', 'build'], 'there is no flag --otu\n  hint: did you mean --out?\n'],
    [
      ['build', '--port', '3'],
      'error usage/unknown-flag: --port belongs to postulate serve\n  hint: see postulate serve --help\n',
    ],
    [['serve', '--lang=ko'], '--lang=ko belongs to postulate new\n'],
    [['--fix', 'build'], '--fix belongs to postulate check\n'],
    [['build', '-x'], 'there is no flag -x\n'],
    [['build', 'posts/a.md'], "error usage/arguments: too many arguments for 'build'"],
    [['build', '--out'], "error usage/arguments: option '--out <dir>' argument missing"],
    [['build', '--out', '--drafts'], '--drafts is a flag, not a folder'],
  ])('such as %j ends with 2 and says what was meant', async (args, expected) => {
    const { code, out, err, options } = await call({ args });
    expect(err).toContain(expected);
    expect({ code, out, options }).toEqual({ code: 2, out: '', options: undefined });
  });

  it('shows the help when there is no command at all', async () => {
    const { code, out, err } = await call({ args: [] });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('no command was given');
    expect(err).toContain('Usage: postulate <command> [options]');
  });
});

describe('help and version', () => {
  it.each([[['--help']], [['build', '--help']], [['help', 'build']], [['help']]])(
    '%j lists every flag on standard output',
    async (args) => {
      const { code, out, err } = await call({ args });
      expect({ code, err }).toEqual({ code: 0, err: '' });
      const flags = '--root --out --drafts --future --strict --draft-math --no-cache --json --help --version';
      for (const flag of flags.split(' ')) expect(out).toContain(flag);
    },
  );

  it('--version prints the version', async () => {
    expect(await call({ args: ['--version'] })).toMatchObject({ code: 0, out: '1.2.3\n', err: '' });
  });
});

describe('something thrown', () => {
  it('is a bug: exit code 70, the file that was processed, and where it happened', async () => {
    const build = async () => {
      throw new Error('while rendering posts/a.md', { cause: new TypeError('x is undefined') });
    };
    const { code, err } = await call({ args: ['build'], build });
    expect(code).toBe(70);
    expect(err).toContain('error internal/bug: while rendering posts/a.md: x is undefined\n');
    expect(err).toContain('please report it');
    expect(err).toMatch(/TypeError: x is undefined\n {4}at /);
  });

  it('is no bug when the system failed', async () => {
    const error = Object.assign(new Error('EMFILE'), {
      code: 'EMFILE',
      syscall: 'open',
      path: '/site/posts/a.md',
    });
    const build = async () => {
      throw new Error('while reading', { cause: error });
    };
    const { code, err } = await call({ args: ['build'], build });
    expect(code).toBe(3);
    expect(err).toContain('/site/posts/a.md: error env/too-many-files');
    expect(err).not.toContain('at ');
  });
});

it('A check whose fixes cannot be written reports all the same what it has found.', async () => {
  const place = { file: 'posts/a.md', line: 1, column: 1 };
  const fix = { place, written: 'one', replacement: 'two', absolute: join(makeFolder(), 'a.md') };
  const report = { diagnostics: [broken], fixes: [fix] };
  const { code, out } = await call({ args: ['check', '--fix', '--json'], report });
  expect(code).toBe(3);
  const { posts, diagnostics } = JSON.parse(out);
  expect(posts).toBe(good.posts);
  expect(diagnostics).toMatchObject([
    { code: 'env/file-system', file: 'posts/a.md' },
    { code: 'link/broken', file: 'posts/a.md' },
  ]);
});

describe('the program', () => {
  const program = resolve('dist/cli.js');
  const start = (args: readonly string[], options: Parameters<typeof spawnSync>[2] = {}) =>
    spawnSync(process.execPath, [program, ...args], {
      encoding: 'utf8',
      ...options,
    }) as SpawnSyncReturns<string>;

  it.skipIf(process.platform === 'win32')(
    'says where it cannot work in a folder that has been removed',
    () => {
      const root = makeFolder({ 'posts/a.md': '---\ntitle: A\ndate: 2020-01-01\n---\nText.\n' });
      const inGone = (...args: readonly string[]) => {
        const script = 'mkdir gone && cd gone && rmdir ../gone && exec "$@"';
        const { status, stdout, stderr } = spawnSync(
          'sh',
          ['-c', script, 'sh', process.execPath, program, ...args],
          { cwd: root, encoding: 'utf8' },
        );
        return { status, stdout, lines: stderr.split('\n') };
      };
      expect(inGone('--version')).toMatchObject({ status: 0, lines: [''] });
      const refused = { status: 3, stdout: '', lines: [expect.stringContaining('env/file-system'), '', ''] };
      refused.lines[1] = expect.stringContaining('hint:');
      for (const args of [
        ['build'],
        ['new', 'B'],
        ['init', 'x'],
        ['serve'],
        ['build', '--root', root, '--out', 'x'],
      ])
        expect(inGone(...args)).toEqual(refused);
      expect(inGone('new', 'B', '--root', root)).toMatchObject({ status: 0, stdout: `${root}/posts/b.md\n` });
      expect(inGone('build', '--root', root)).toMatchObject({ status: 0 });
    },
  );

  it('knows its version and its exit codes', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(start(['--version'])).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' });
    expect(start(['buidl'])).toMatchObject({ status: 2, stdout: '' });
    expect(start(['build', '--root', join(makeFolder(), 'nowhere')])).toMatchObject({ status: 2 });
  });

  it('does not touch a folder that is not ours', () => {
    const files = {
      'posts/a.md': '---\ntitle: A\ndate: 2020-01-01\n---\nText.\n',
      'public/notes.txt': 'mine',
    };
    const root = makeFolder(files);
    const { status, stderr } = start(['build', '--root', root]);
    expect(status).toBe(2);
    expect(stderr).toContain('public: error output/foreign');
    expect(readTree(join(root, 'public'))).toEqual({ 'notes.txt': 'mine' });
  });

  it('does not take a closed pipe for a failure', async () => {
    const child = spawn(process.execPath, [program, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let errors = '';
    child.stderr.on('data', (text) => {
      errors += text;
    });
    const status = await new Promise((done) => child.on('close', done));
    expect({ status, errors }).toEqual({ status: 0, errors: '' });
  });

  it('shows no colours without a terminal', () => {
    expect(start(['buidl']).stderr).not.toContain('\u001B');
  });

  it('says in one line that Node.js is too old', () => {
    const folder = makeFolder({
      'old.cjs': "Object.defineProperty(process.versions, 'node', { value: '20.18.3' });",
    });
    const { status, stderr, stdout } = spawnSync(
      process.execPath,
      ['--require', join(folder, 'old.cjs'), program, 'build'],
      { encoding: 'utf8' },
    );
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
    expect(stderr).toMatch(/^postulate needs Node\.js 20\.19 or newer[^\n]*\n$/);
  });

  it('is compiled', () => expect(existsSync(program)).toBe(true));
});
