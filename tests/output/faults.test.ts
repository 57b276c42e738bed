// A write that is killed, or refused by the system, at each of its steps in turn. The site keeps every file
// whole, and the next build is the same as a clean one.
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { writeSite } from '../../src/output/write.js';
import { addFiles, makeFolder, readSite, readTree, type Tree } from './tree.js';

/** Steps left until the fault; after a kill every later step fails, too, as cleaning up does. */
const fault = vi.hoisted(() => ({ stepsLeft: Number.POSITIVE_INFINITY, code: 'ENOSPC', isKill: false }));

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const faulty =
    <A extends unknown[], R>(name: string, work: (...values: A) => R) =>
    (...values: A): R => {
      fault.stepsLeft -= 1;
      if (fault.stepsLeft === -1 || (fault.isKill && fault.stepsLeft < -1)) {
        throw Object.assign(new Error(name), { code: fault.code, syscall: name });
      }
      return work(...values);
    };
  return {
    ...fs,
    mkdirSync: faulty('mkdir', fs.mkdirSync),
    openSync: faulty('open', fs.openSync),
    writeSync: faulty('write', fs.writeSync as (file: number, text: string) => number),
    writeFileSync: faulty('write', fs.writeFileSync),
    fsyncSync: faulty('fsync', () => {}),
    renameSync: faulty('rename', fs.renameSync),
    unlinkSync: faulty('unlink', fs.unlinkSync),
    rmSync: faulty('rm', fs.rmSync),
    rmdirSync: faulty('rmdir', fs.rmdirSync),
  };
});

const before: Tree = {
  'index.html': 'one',
  'posts/a': 'a',
  'posts/b/x': 'b',
  'posts/c/index.html': 'c',
  k: '',
};
const after: Tree = { 'index.html': 'two', 'posts/a/index.html': 'A', 'posts/b': 'B', 'new/x': 'n', k: '' };
const mine: Tree = { CNAME: 'x.org', 'posts/mine.txt': 'mine' };

const write = (root: string, site: Tree) =>
  writeSite(
    join(root, 'public'),
    Object.entries(site).map(([path, content]) => ({ path, content })),
    root,
  );

/** Runs the second build with a fault at the given step; returns what it says, undefined when the fault came too late. */
async function faultyBuild(step: number, code: string, isKill: boolean, first: Tree | undefined) {
  const root = makeFolder();
  if (first) {
    await write(root, first);
    addFiles(join(root, 'public'), mine);
  }
  Object.assign(fault, { stepsLeft: step, code, isKill });
  const result = await write(root, after).catch((error: unknown) => error as Error);
  const cameTooLate = fault.stepsLeft >= 0;
  Object.assign(fault, { stepsLeft: Number.POSITIVE_INFINITY, isKill: false });
  return cameTooLate ? undefined : { root, out: join(root, 'public'), result };
}

async function eachStep(
  code: string,
  isKill: boolean,
  first: Tree | undefined,
  check: (state: NonNullable<Awaited<ReturnType<typeof faultyBuild>>>) => Promise<void>,
) {
  for (let step = 0; ; step += 1) {
    const state = await faultyBuild(step, code, isKill, first);
    if (state === undefined) return step;
    await check(state);
  }
}

const deadPid = spawnSync(process.execPath, ['--version']).pid;

/** A killed process leaves its lock; here the process goes on, so the lock gets the name of a dead one. */
const buryOwner = (out: string) => {
  const lock = join(out, '.postulate.lock');
  if (existsSync(lock)) writeFileSync(lock, `${deadPid} ${hostname()}\n`);
};

describe('a build', () => {
  it.each([
    ['in a new folder', undefined],
    ['over an older site', before],
  ])('that is killed at any step %s leaves whole files, and the next one finishes', async (_, first) => {
    const own = first ? mine : {};
    const steps = await eachStep('EKILLED', true, first, async ({ root, out }) => {
      const site = existsSync(out) ? readSite(out) : {};
      for (const [path, text] of Object.entries(site)) {
        if (!path.startsWith('.postulate.') && !path.endsWith('/'))
          expect([before[path], after[path], mine[path]]).toContain(text);
      }
      for (const path of Object.keys(own)) expect(site[path]).toBe(own[path]);
      buryOwner(out);
      expect((await write(root, after)).diagnostics).toEqual([]);
      expect(readSite(out)).toEqual({ ...after, ...own });
      expect(readTree(out)['.postulate.json']).not.toContain('unfinished');
    });
    expect(steps).toBeGreaterThan(15);
  });

  it('that is killed at any step leaves nothing that a later, smaller site would keep', async () => {
    await eachStep('EKILLED', true, before, async ({ root, out }) => {
      buryOwner(out);
      expect((await write(root, { 'index.html': 'three' })).diagnostics).toEqual([]);
      expect(readSite(out)).toEqual({ 'index.html': 'three', ...mine });
    });
  });

  it.each([
    ['ENOSPC', 'env/disk-full'],
    ['EIO', 'env/file-system'],
  ])('that meets %s at any step says so, and the next one finishes', async (code, expected) => {
    let untouched = 0;
    await eachStep(code, false, before, async ({ root, out, result }) => {
      if (result instanceof Error) throw result;
      expect(result.diagnostics).toMatchObject([{ severity: 'error', code: expected }]);
      if (result.written + result.removed === 0) {
        untouched += 1;
        expect(readSite(out)).toMatchObject({ ...before, ...mine });
      }
      buryOwner(out);
      expect((await write(root, after)).diagnostics).toEqual([]);
      expect(readSite(out)).toEqual({ ...after, ...mine });
    });
    expect(untouched).toBeGreaterThan(8);
  });
});
