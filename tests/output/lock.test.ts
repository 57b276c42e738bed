// One build at a time writes to a folder, and a killed one never blocks the next.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { holdsLock, lockName, releaseLock, takeLock } from '../../src/output/lock.js';
import { makeFolder } from './tree.js';

/** The id of a process that has ended. */
const deadPid = () => spawnSync(process.execPath, ['--version']).pid;

describe('the lock', () => {
  it('is taken once, names its owner, and can be taken again after its release', async () => {
    const folder = makeFolder();
    expect(holdsLock(folder)).toBe(false);
    expect(await takeLock(folder)).toBeUndefined();
    expect(holdsLock(folder)).toBe(true);
    expect(await takeLock(folder)).toEqual({ pid: process.pid, host: hostname() });
    releaseLock(folder);
    expect(readdirSync(folder)).toEqual([]);
    expect(await takeLock(folder)).toBeUndefined();
  });

  it.each<[string, () => string]>([
    ['a process that has ended', () => `${deadPid()} ${hostname()}\n`],
    ['a process that was killed before it wrote its name', () => ''],
  ])('is taken from %s', async (_, text) => {
    const folder = makeFolder();
    writeFileSync(join(folder, lockName), text());
    expect(await takeLock(folder)).toBeUndefined();
    expect(readFileSync(join(folder, lockName), 'utf8')).toBe(`${process.pid} ${hostname()}\n`);
  });

  it('is not taken from a process of another machine', async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, lockName), `${deadPid()} another-machine\n`);
    expect(await takeLock(folder)).toMatchObject({ host: 'another-machine' });
  });

  it('goes to exactly one of many that find it dead at the same time', async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, lockName), `${deadPid()} ${hostname()}\n`);
    const owners = await Promise.all(Array.from({ length: 50 }, () => takeLock(folder)));
    expect(owners.filter((owner) => owner === undefined)).toHaveLength(1);
    expect(existsSync(join(folder, `${lockName}.removal`))).toBe(false);
  });
});
