// `postulate serve` as a terminal and a script meet it.
import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { run } from '../../src/command.js';
import type { Host } from '../../src/tell.js';
import { addFiles, makeFolder, type Tree } from '../output/tree.js';
import { eventually, post } from './site.js';

/** Starts the command in a process of our making. */
function start(files: Tree, ...args: readonly string[]) {
  const folder = makeFolder(files);
  const said = { out: '', err: '' };
  let interrupt: () => number | undefined = () => undefined;
  let time = 0;
  const host: Host = {
    folder,
    environment: {},
    version: '1.2.3',
    isTerminal: false,
    hasColors: false,
    now: new Date('2026-01-02T03:04:05Z'),
    elapsed: () => {
      time += 250;
      return time;
    },
    print: (text) => {
      said.out += text;
    },
    tell: (text) => {
      said.err += text;
    },
    onInterrupt: (cleanUp) => {
      interrupt = cleanUp;
    },
  };
  const code = run(['serve', '--port', '0', ...args], host);
  const end = async () => {
    interrupt();
    return code;
  };
  onTestFinished(async () => void (await end()));
  return { folder, said, code, end };
}

describe('postulate serve', () => {
  it('prints its address, a line for each build, and what is wrong', async () => {
    const named = { 'site.yaml': 'baseUrl: https://example.org/\n' };
    const { folder, said, end } = start({ 'posts/a.md': post('A', 'Text.', 'odd: 1\n'), ...named });
    await eventually(() => said.out).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/ \(Ctrl-C ends it\)\n1 post, \d+ pages in 0\.25 s \(1 warning\)\n$/,
    );
    expect(said.err).toContain('warning front-matter/unknown-key');

    said.out = said.err = '';
    addFiles(folder, { 'posts/a.md': post('A', '$$ x'), 'posts/b.md': post('B') });
    await eventually(() => said.out).toBe('posts/a.md and 1 other file: not built: 1 error\n');
    expect(said.err).toMatch(/^posts\/a\.md:6:1: error math\/unclosed: .*\n {2}6 \| \$\$ x\n/);

    said.out = said.err = '';
    await rm(join(folder, 'posts/b.md'));
    await eventually(() => said.out).toBe('posts/b.md: not built: 1 error\n');
    expect(said.err).toContain('error math/unclosed');

    said.out = said.err = '';
    addFiles(folder, { 'posts/a.md': post('A', 'Good.', 'odd: 1\n') });
    await eventually(() => said.out).toMatch(/^posts\/a\.md: 1 post, \d+ pages in 0\.25 s \(1 warning\)\n$/);
    said.err = '';
    addFiles(folder, { 'posts/a.md': post('A', 'Better.', 'odd: 1\n') });
    await eventually(() => said.out).toMatch(/\n.*\n/);
    // The warning was told before.
    expect(said.err).toBe('');
    expect(await end()).toBe(0);
  });

  it('prints only its address as JSON for scripts', async () => {
    const { folder, said, end } = start({ 'posts/a.md': post('A', 'Text.', 'odd: 1\n') }, '--json');
    await eventually(() => said.err).toContain('unknown-key');
    addFiles(folder, { 'posts/a.md': post('A', '$$ x') });
    await eventually(() => said.err).toContain('math/unclosed');
    expect(JSON.parse(said.out)).toEqual({ url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/$/) });
    await end();
  });

  it('does not begin without a folder, or on no port', async () => {
    const nowhere = start({}, '--root', 'nowhere');
    expect(await nowhere.code).toBe(2);
    expect(nowhere.said.err).toContain('error usage/root');
    for (const port of ['x', '-1', '65536', '1e3', '']) {
      const { code, said } = start({}, '--port', port);
      expect(await code).toBe(2);
      expect(said).toMatchObject({ out: '', err: expect.stringContaining('error usage/arguments') });
    }
  });

  it('goes on after a failure that nobody foresaw', async () => {
    const { folder, said } = start({ 'posts/a.md': post('A') });
    await eventually(() => said.out).toContain('1 post');
    await rm(folder, { recursive: true });
    await eventually(() => said.out).toContain('not built: 1 error');
    addFiles(folder, { 'posts/b.md': post('B') });
    await eventually(() => said.out).toMatch(/posts\/b\.md: 1 post/);
  });
});

describe.skipIf(process.platform === 'win32')('the program', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('ends well with %s', async (signal) => {
    const folder = makeFolder({ 'posts/a.md': post('A') });
    const child = spawn(process.execPath, [resolve('dist/cli.js'), 'serve', '--port', '0', '--json'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const ended = new Promise<number | null>((done) => child.on('close', done));
    onTestFinished(() => void child.kill('SIGKILL'));
    const line = await new Promise<string>((done) => child.stdout.once('data', (data) => done(String(data))));
    expect((await fetch(JSON.parse(line).url)).status).toBeGreaterThanOrEqual(200);
    child.kill(signal);
    expect(await ended).toBe(0);
  });
});
