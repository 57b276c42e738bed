// Makes files for authors: only new ones, in folders that are made if they are not there.
import { mkdir, open, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { diagnostic } from '../diagnostic.js';
import { environmentFault, systemCode } from '../environment.js';
import type { Diagnostic } from '../types.js';

/** Makes the file at `path` below `root`, unless something is there; or says why it cannot, and leaves nothing of it. */
export async function createFile(
  root: string,
  path: string,
  text: string,
): Promise<'made' | 'exists' | Diagnostic> {
  const absolute = join(root, path);
  let above: string | undefined;
  try {
    above = await mkdir(dirname(absolute), { recursive: true });
  } catch (error) {
    return ['EEXIST', 'ENOTDIR'].includes(systemCode(error) ?? '') ? inTheWay(path) : faultOf(error, path);
  }
  try {
    await writeNew(absolute, text);
    return 'made';
  } catch (error) {
    if (above !== undefined) await removeFolders(dirname(absolute), above);
    return systemCode(error) === 'EEXIST' ? 'exists' : faultOf(error, path);
  }
}

/** Writes a file that is not there yet; one that cannot be written whole is removed. Throws what the file system throws. */
export async function writeNew(path: string, text: string, mode?: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(text);
    // Some file systems say only now that there is no space.
    await file.close();
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(path, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Removes a folder and those above it up to one of them, as long as they are empty. */
async function removeFolders(folder: string, last: string): Promise<void> {
  const isRemoved = await rmdir(folder).then(
    () => true,
    () => false,
  );
  if (isRemoved && folder !== last) await removeFolders(dirname(folder), last);
}

function inTheWay(path: string): Diagnostic {
  const message = 'something that is no folder stands where this file’s folder has to be';
  return diagnostic('error', 'usage/exists', message, { file: path }, 'move it away');
}

function faultOf(error: unknown, path: string): Diagnostic {
  const fault = environmentFault(error, path);
  if (fault === undefined) throw error;
  return fault;
}
