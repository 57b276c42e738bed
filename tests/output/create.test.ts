// Files for authors that the system refuses to write: nothing of them stays, so that the next attempt finds nothing in its way.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { initSite } from '../../src/init.js';
import { createFile } from '../../src/output/create.js';
import { makeFolder, readTree } from './tree.js';

/** How many files there is space for. */
const disk = vi.hoisted(() => ({ filesLeft: Number.POSITIVE_INFINITY }));

vi.mock('node:fs/promises', async (original) => {
  const fs = await original<typeof import('node:fs/promises')>();
  return {
    ...fs,
    open: async (...args: Parameters<typeof fs.open>) => {
      const file = await fs.open(...args);
      const isFull = disk.filesLeft <= 0;
      disk.filesLeft -= 1;
      if (isFull)
        file.writeFile = () =>
          Promise.reject(Object.assign(new Error('write'), { code: 'ENOSPC', syscall: 'write' }));
      return file;
    },
  };
});

beforeEach(() => {
  disk.filesLeft = Number.POSITIVE_INFINITY;
});

it('On a full disk neither a file stays nor a folder that was made for it.', async () => {
  const root = makeFolder();
  mkdirSync(join(root, 'posts'));
  disk.filesLeft = 0;
  const full = { code: 'env/disk-full', file: 'posts/a/b/c.md' };
  expect(await createFile(root, 'posts/a/b/c.md', 'text')).toMatchObject(full);
  expect(await createFile(root, 'x.md', 'text')).toMatchObject({ code: 'env/disk-full' });
  expect(readTree(root)).toEqual({ 'posts/': '' });
  disk.filesLeft = 1;
  expect(await createFile(root, 'posts/a/b/c.md', 'text')).toBe('made');
  expect(await createFile(root, 'posts/a/b/c.md', 'other')).toBe('exists');
  expect(readTree(root)).toEqual({ 'posts/a/b/c.md': 'text' });
});

it('A site that was begun on a full disk is made whole by the next attempt.', async () => {
  const site = (folder: string) => initSite({ folder, version: '1.2.3', now: new Date('2026-11-23') });
  const whole = makeFolder();
  const { written } = await site(whole);
  for (let files = 0; files < written.length; files += 1) {
    const root = makeFolder();
    disk.filesLeft = files;
    expect((await site(root)).diagnostics).toMatchObject([{ code: 'env/disk-full' }]);
    disk.filesLeft = Number.POSITIVE_INFINITY;
    expect((await site(root)).written).toEqual(written.slice(files));
    expect(readTree(root)).toEqual(readTree(whole));
  }
});
