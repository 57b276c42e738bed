// One build at a time writes to a folder. The lock is a file that names its owner, so a lock whose owner was
// killed is recognised and removed.
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemCode } from '../environment.js';

export const lockName = '.postulate.lock';

export interface Owner {
  readonly pid: number;
  readonly host: string;
}

const attempts = 60;
/** Attempts after which a lock without a name in it is taken for one whose owner died while making it. */
const patience = 30;

/**
 * Takes the lock of a folder that exists. Returns the owner when another process has it, undefined when it is
 * now ours. Throws what the file system throws.
 */
export async function takeLock(folder: string): Promise<Owner | undefined> {
  const path = join(folder, lockName);
  for (let attempt = 1; attempt < attempts; attempt += 1) {
    if (create(path, `${process.pid} ${hostname()}\n`)) return undefined;
    const text = read(path);
    const owner = text === undefined ? undefined : parseOwner(text);
    if (owner !== undefined && isAlive(owner)) return owner;
    if (text !== undefined && (owner !== undefined || attempt > patience)) removeDead(path, text);
    await sleep(30);
  }
  return { pid: 0, host: hostname() };
}

/** Gives back a lock that `takeLock` took. */
export function releaseLock(folder: string): void {
  rmSync(join(folder, lockName), { force: true });
}

/** Whether this process holds the lock of the folder. */
export function holdsLock(folder: string): boolean {
  const owner = parseOwner(read(join(folder, lockName)) ?? '');
  return owner?.pid === process.pid && owner.host === hostname();
}

/**
 * Several builds can find the same dead lock. Only the one that makes the second file may remove it, and only
 * while it still reads as it did, so the fresh lock of a quicker build is never taken away.
 */
function removeDead(path: string, text: string): void {
  const guard = `${path}.removal`;
  if (!create(guard, '')) return;
  try {
    if (read(path) === text) rmSync(path, { force: true });
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
    throw error;
  }
}

function parseOwner(text: string): Owner | undefined {
  const [, pid, host] = /^([1-9][0-9]{0,9}) (.*)\n$/.exec(text) ?? [];
  return pid === undefined || host === undefined ? undefined : { pid: Number(pid), host };
}

/** A process of another machine cannot be asked, so it counts as alive. */
function isAlive({ pid, host }: Owner): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) !== 'ESRCH';
  }
}
