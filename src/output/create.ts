// Makes files for authors: only new ones, in folders that are made if they are not there.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { diagnostic } from '../diagnostic.js';
import { environmentFault, systemCode } from '../environment.js';
import type { Diagnostic } from '../types.js';

/** Makes the file at `path` below `root`, unless something is there; or says why it cannot. */
export async function createFile(
  root: string,
  path: string,
  text: string,
): Promise<'made' | 'exists' | Diagnostic> {
  try {
    await mkdir(dirname(join(root, path)), { recursive: true });
  } catch (error) {
    return ['EEXIST', 'ENOTDIR'].includes(systemCode(error) ?? '') ? inTheWay(path) : faultOf(error, path);
  }
  try {
    await writeFile(join(root, path), text, { flag: 'wx' });
    return 'made';
  } catch (error) {
    return systemCode(error) === 'EEXIST' ? 'exists' : faultOf(error, path);
  }
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
