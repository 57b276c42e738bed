// Dates of commits.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lastModified } from '../../src/content/git.js';

const run = promisify(execFile);
let folder: string;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'postulate-')));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function git(cwd: string, ...command: string[]): Promise<void> {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  await run('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.org', ...command], { cwd, env });
}

async function commit(cwd: string, date: string): Promise<void> {
  await git(cwd, 'add', '-A');
  await git(cwd, 'commit', '-q', '-m', 'x', '--date', date);
}

/** A repository whose site lies in a folder of it, with two commits. */
async function repository(): Promise<string> {
  const root = join(folder, 'repo/blog');
  await mkdir(join(root, 'posts/한글 x'), { recursive: true });
  await git(join(folder, 'repo'), 'init', '-q');
  await writeFile(join(root, 'posts/a.md'), 'a');
  await writeFile(join(root, 'posts/한글 x/"b".md'), 'b');
  await commit(root, '2020-01-01T10:00:00+09:00');
  await writeFile(join(root, 'posts/a.md'), 'a2');
  await writeFile(join(root, 'posts/c.md'), 'c');
  await commit(root, '2021-02-03T04:05:06-07:00');
  await writeFile(join(root, 'posts/new.md'), 'new');
  return root;
}

it('Every file has the date of the newest commit that touched it.', async () => {
  const root = await repository();
  const paths = ['posts/a.md', 'posts/한글 x/"b".md', 'posts/new.md'];
  expect(await lastModified(root, paths)).toEqual({
    dates: new Map([
      ['posts/a.md', '2021-02-03T04:05:06-07:00'],
      ['posts/한글 x/"b".md', '2020-01-01T10:00:00+09:00'],
    ]),
    shallow: false,
  });
});

it('A history that is cut off gives no dates.', async () => {
  const root = await repository();
  await git(folder, 'clone', '-q', '--depth', '1', `file://${join(root, '..')}`, 'shallow');
  const answer = await lastModified(join(folder, 'shallow/blog'), ['posts/a.md']);
  expect(answer).toEqual({ dates: new Map(), shallow: true });
});

it('A site outside of a repository has no dates.', async () => {
  await mkdir(join(folder, 'plain/posts'), { recursive: true });
  const answer = await lastModified(join(folder, 'plain'), ['posts/a.md']);
  expect(answer).toEqual({ dates: new Map(), shallow: false });
  expect(await lastModified(join(folder, 'nowhere'), [])).toEqual({ dates: new Map(), shallow: false });
});

it('A repository without a commit has no dates.', async () => {
  await mkdir(join(folder, 'empty/posts'), { recursive: true });
  await git(join(folder, 'empty'), 'init', '-q');
  expect((await lastModified(join(folder, 'empty'), ['posts/a.md'])).dates).toEqual(new Map());
});
