// One build at a time writes to a folder. The lock is a file that names its owner, and is written anew while the owner
// works: a lock whose owner was killed is recognised, be it by its process or, where that cannot be asked, by its age.
import {
  closeSync,
  openSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemCode } from '../environment.js';

export const lockName = '.postulate.lock';

export interface Owner {
  readonly host: string;
  /** Missing when all that is known is that somebody has the lock. */
  readonly pid?: number;
  /** When the process began, in whatever unit: another process with its number began at another time. */
  readonly start?: string;
  /** Where its number is its number: each container counts its own processes. */
  readonly space?: string;
}

const attempts = 60;
/** Attempts after which what should last a moment, such as a lock without a name, is taken for left over. */
const patience = 30;

const heartbeat = 5_000;
/** Milliseconds after which an owner that nobody here can ask, and that does not write its lock anew, is dead. */
export const longestSilence = 120_000;

/**
 * Takes the lock of a folder that exists. Returns the owner when another process has it, undefined when it is
 * now ours. Throws what the file system throws.
 */
export async function takeLock(folder: string): Promise<Owner | undefined> {
  const path = join(folder, lockName);
  const own = ourselves();
  const isGuardLeftOver = stays(guardOf(path));
  for (let attempt = 1; attempt < attempts; attempt += 1) {
    if (create(path, printOwner(own))) return undefined;
    const text = read(path);
    const owner = text === undefined ? undefined : parseOwner(text);
    // One without a name is about to get it, unless its owner died before.
    const isDead = owner === undefined ? attempt > patience : isOver(owner, own);
    if (owner !== undefined && isDead === false) return owner;
    if (text !== undefined && isDead !== false) {
      if (isGuardLeftOver()) rmSync(guardOf(path), { force: true });
      if (removeDead(path, text, own, isDead) === 'fresh') return owner;
    }
    await sleep(30);
  }
  return { host: hostname() };
}

/** Gives what tells, asked again and again, whether a file that should be there for a moment has been left there. */
function stays(path: string): () => boolean {
  let before: string | undefined;
  let times = 0;
  return () => {
    const text = read(path);
    times = text !== undefined && text === before ? times + 1 : 0;
    before = text;
    return times > patience;
  };
}

/** Gives back a lock that `takeLock` took. */
export function releaseLock(folder: string): void {
  rmSync(join(folder, lockName), { force: true });
}

/** Who has the lock of the folder. */
export function ownerOf(folder: string): Owner | undefined {
  return parseOwner(read(join(folder, lockName)) ?? '');
}

/** Whether this process holds the lock of the folder. */
export function holdsLock(folder: string): boolean {
  return read(join(folder, lockName)) === printOwner(ourselves());
}

/** Shows that its owner lives, if it is this process. Where the system refuses it, that shows only later. */
export function touchLock(folder: string): void {
  try {
    // The text is the same: what counts is the time, by the clock of the disk.
    if (holdsLock(folder))
      writeFileSync(join(folder, lockName), printOwner(ourselves()), { flag: 'r+', flush: false });
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
}

/** Shows it now and then, whenever the process has a moment. Returns what ends that. */
export function keepLock(folder: string): () => void {
  const timer = setInterval(() => touchLock(folder), heartbeat);
  timer.unref();
  return () => clearInterval(timer);
}

function guardOf(path: string): string {
  return `${path}.removal`;
}

/**
 * Several builds can find the same dead lock. Only the one that makes the second file may remove it, and only
 * while it still reads as it did, so the fresh lock of a quicker build is never taken away. Where nobody knows whether the
 * owner is dead, the age of its lock decides, by the clock that gives the second file its time.
 */
function removeDead(
  path: string,
  text: string,
  own: Owner,
  isDead: boolean | undefined,
): 'fresh' | undefined {
  const guard = guardOf(path);
  if (!create(guard, printOwner(own))) return undefined;
  try {
    if (read(path) !== text) return undefined;
    if (!isDead && Math.abs(timeOf(guard) - timeOf(path)) <= longestSilence) return 'fresh';
    rmSync(path, { force: true });
    return undefined;
  } finally {
    rmSync(guard, { force: true });
  }
}

function create(path: string, text: string): boolean {
  let file: number;
  try {
    file = openSync(path, 'wx');
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    writeSync(file, text);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  return true;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    // Of what it has opened, such as a folder, the system does not say the name.
    throw error instanceof Error ? Object.assign(error, { at: basename(path) }) : error;
  }
}

/** Of something that is gone by now: never. */
function timeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.NaN;
}

function printOwner({ pid, host, start, space }: Owner): string {
  return `${pid} ${host} ${start} ${space}\n`;
}

/** Earlier versions wrote only the number and the host. */
function parseOwner(text: string): Owner | undefined {
  const [, pid, host, start, space] = /^([1-9][0-9]{0,9}) (\S*)(?: (\S+) (\S+))?\n$/.exec(text) ?? [];
  if (pid === undefined || host === undefined) return undefined;
  return { pid: Number(pid), host, ...(start && space && { start, space }) };
}

function ourselves(): Owner {
  const { pid } = process;
  const start = startOf(pid) ?? `${performance.timeOrigin}`;
  return { pid, host: hostname().replace(/\s/g, '-'), start, space: link('/proc/self/ns/pid') ?? '-' };
}

/** Whether the process has ended; undefined when that cannot be known from here. */
function isOver(owner: Owner, own: Owner): boolean | undefined {
  const { pid = 0, host, start, space = own.space } = owner;
  if (host !== own.host || space !== own.space) return undefined;
  if (pid === own.pid) return start !== own.start;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (systemCode(error) === 'ESRCH') return true;
  }
  const found = startOf(pid);
  return found === undefined || start === undefined ? undefined : found !== start;
}

/** When a process began, in ticks of the kernel's clock: only Linux tells. */
function startOf(pid: number): string | undefined {
  // Of a container that has no view of its own, the numbers are those of other processes.
  if (link('/proc/self') !== `${process.pid}`) return undefined;
  try {
    // Behind the name, which may hold blanks and brackets, the 20th.
    return readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ')[19];
  } catch {
    return undefined;
  }
}

function link(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
