// One build at a time writes to a folder, and a killed one never blocks the next.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { holdsLock, keepLock, lockName, releaseLock, takeLock, touchLock } from '../../src/output/lock.js';
import { makeFolder } from './tree.js';

/** The id of a process that has ended. */
const deadPid = () => spawnSync(process.execPath, ['--version']).pid;

/** The id of a process that goes on until the test ends. */
function livingPid(): number {
  const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)']);
  onTestFinished(() => void child.kill());
  return child.pid ?? 0;
}

const host = hostname();
/** Long before any limit. */
const longAgo = new Date('2020-01-01');

function locked(text: string, time?: Date): string {
  const folder = makeFolder();
  writeFileSync(join(folder, lockName), text);
  if (time) utimesSync(join(folder, lockName), time, time);
  return folder;
}

const lockIn = (folder: string) => readFileSync(join(folder, lockName), 'utf8');

/** As this process writes it. */
async function ownLock(): Promise<string> {
  const folder = makeFolder();
  await takeLock(folder);
  return lockIn(folder);
}

describe('the lock', () => {
  it('is taken once, names its owner, and can be taken again after its release', async () => {
    const folder = makeFolder();
    expect(holdsLock(folder)).toBe(false);
    expect(await takeLock(folder)).toBeUndefined();
    expect(holdsLock(folder)).toBe(true);
    expect(await takeLock(folder)).toMatchObject({ pid: process.pid, host });
    releaseLock(folder);
    expect(readdirSync(folder)).toEqual([]);
    expect(await takeLock(folder)).toBeUndefined();
  });

  it.each<[string, () => string, Date?]>([
    ['a process that has ended', () => `${deadPid()} ${host}\n`],
    ['a process that was killed before it wrote its name', () => ''],
    ['a process of our number that an earlier version ran in', () => `${process.pid} ${host}\n`],
    ['a process of our number that began at another time', () => `${process.pid} ${host} 1 -\n`, longAgo],
    ['a process of another machine that has long been silent', () => '1 another-machine\n', longAgo],
    ['one of another container that has long been silent', () => `1 ${host} 1 pid:[1]\n`, longAgo],
    ['one of which nothing but its number is known, long silent', () => `${livingPid()} ${host}\n`, longAgo],
    [
      'a process of another machine whose clock is years ahead',
      () => '1 elsewhere\n',
      new Date('2200-01-01'),
    ],
  ])('is taken from %s', async (_, text, time) => {
    const folder = locked(text(), time);
    expect(await takeLock(folder)).toBeUndefined();
    expect(lockIn(folder)).toBe(await ownLock());
  });

  it.each<[string, () => string]>([
    ['a process of another machine', () => `${deadPid()} another-machine\n`],
    ['a process of another container', () => `${process.pid} ${host} 1 pid:[1]\n`],
    ['a process of an earlier version', () => `${livingPid()} ${host}\n`],
  ])('is not taken from %s that gave a sign of life just now', async (_, text) => {
    const folder = locked(text());
    expect(await takeLock(folder)).toMatchObject({ pid: expect.any(Number) });
    expect(readdirSync(folder)).toEqual([lockName]);
  });

  it.runIf(process.platform === 'linux')(
    'is known to be dead where its number has been given anew',
    async () => {
      const pid = livingPid();
      const own = (await ownLock()).trimEnd().split(' ');
      const start = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ')[19];
      const space = own[3];
      // However long it is silent: it may have been stopped.
      expect(await takeLock(locked(`${pid} ${host} ${start} ${space}\n`, longAgo))).toMatchObject({ pid });
      expect(await takeLock(locked(`${pid} ${host} 1 ${space}\n`))).toBeUndefined();
    },
  );

  it('is taken, too, where a process was killed while it took a dead one away', async () => {
    const folder = locked(`${deadPid()} ${host}\n`);
    writeFileSync(join(folder, `${lockName}.removal`), '');
    expect(await takeLock(folder)).toBeUndefined();
    expect(readdirSync(folder)).toEqual([lockName]);
  });

  it('goes to exactly one of many that find it dead at the same time', async () => {
    const folder = locked(`${deadPid()} ${host}\n`);
    const owners = await Promise.all(Array.from({ length: 50 }, () => takeLock(folder)));
    expect(owners.filter((owner) => owner === undefined)).toHaveLength(1);
    expect(existsSync(join(folder, `${lockName}.removal`))).toBe(false);
  });

  it('is shown to be alive while its owner works', async () => {
    const folder = makeFolder();
    await takeLock(folder);
    const time = () => statSync(join(folder, lockName)).mtimeMs;
    const makeOld = () => utimesSync(join(folder, lockName), longAgo, longAgo);
    makeOld();
    touchLock(folder);
    expect(time()).toBeGreaterThan(longAgo.getTime());

    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const letGo = keepLock(folder);
    makeOld();
    vi.advanceTimersByTime(10_000);
    expect(time()).toBeGreaterThan(longAgo.getTime());
    letGo();
    makeOld();
    vi.advanceTimersByTime(10_000);
    expect(time()).toBe(longAgo.getTime());
  });

  it('of another process is never touched', () => {
    const folder = locked('1 another-machine\n', longAgo);
    touchLock(folder);
    expect(statSync(join(folder, lockName)).mtimeMs).toBe(longAgo.getTime());
    touchLock(makeFolder());
  });
});
