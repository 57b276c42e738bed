// What the operating system refuses, said in words: full disk, missing rights, and the like. Such a failure is
// neither the content's fault nor ours; its codes begin with `env/` and end the command with exit code 3.
import { type Code, diagnostic } from './diagnostic.js';
import type { Diagnostic } from './types.js';

interface Failure {
  readonly code: Code;
  readonly message: string;
  readonly hint: string;
}

const full: Failure = {
  code: 'env/disk-full',
  message: 'no space is left on this disk',
  hint: 'free some space, or write the site elsewhere with --out',
};
const forbidden: Failure = {
  code: 'env/permission',
  message: 'the system does not allow this file to be read or written',
  hint: 'look at its owner and rights; a build run as another user (root, a container) may have made it',
};
const busy: Failure = {
  code: 'env/busy',
  message: 'another program holds this file',
  hint: 'close the editor, server or virus scanner that uses it, and build again',
};
const tooMany: Failure = {
  code: 'env/too-many-files',
  message: 'the system allows no more open files',
  hint: 'raise the limit (ulimit -n 4096), and build again',
};

/** By Node's name of the error. A name that is not here is no failure of the environment but a bug of ours. */
const failures: ReadonlyMap<string, Failure> = new Map([
  ['ENOSPC', full],
  ['EDQUOT', full],
  ['EACCES', forbidden],
  ['EPERM', forbidden],
  ['EBUSY', busy],
  ['ETXTBSY', busy],
  ['EMFILE', tooMany],
  ['ENFILE', tooMany],
  [
    'EROFS',
    {
      code: 'env/read-only',
      message: 'this disk can only be read',
      hint: 'write the site elsewhere with --out',
    },
  ],
  [
    'ENAMETOOLONG',
    {
      code: 'env/name-too-long',
      message: 'this path is longer than the file system allows',
      hint: 'give the post a shorter slug, or choose a shorter folder with --out',
    },
  ],
  [
    'EFBIG',
    {
      code: 'env/file-system',
      message: 'the system allows no file of this size',
      hint: 'raise the limit (ulimit -f unlimited), and build again',
    },
  ],
  [
    'EISDIR',
    {
      code: 'env/file-system',
      message: 'a folder stands where a file has to be',
      hint: 'move it away, and build again',
    },
  ],
  [
    'ENOTDIR',
    {
      code: 'env/file-system',
      message: 'a file stands where a folder has to be',
      hint: 'move it away, and build again',
    },
  ],
  ...['EIO', 'EXDEV', 'ELOOP', 'ENODEV', 'ENXIO', 'ESTALE', 'ETIMEDOUT', 'ENOTSUP', 'ENOSYS'].map(
    (name): [string, Failure] => [
      name,
      {
        code: 'env/file-system',
        message: `the file system failed with ${name}`,
        hint: 'look at the disk and at how it is mounted, and build again',
      },
    ],
  ),
]);

/**
 * The diagnostic for something thrown by `node:fs`; `file` is shown as its place. Undefined when it is not a
 * failure of the environment: then throw it on.
 */
export function environmentFault(error: unknown, file: string): Diagnostic | undefined {
  const name = systemCode(error);
  const failure = name === undefined ? undefined : failures.get(name);
  return failure && diagnostic('error', failure.code, failure.message, { file }, failure.hint);
}

/** The same for a file that was listed a moment ago and can be gone by now. Throws what is a bug of ours. */
export function readingFault(error: unknown, file: string): Diagnostic {
  if (systemCode(error) === 'ENOENT')
    return diagnostic(
      'error',
      'env/file-system',
      'this file vanished while it was read',
      { file },
      'build again',
    );
  const fault = environmentFault(error, file);
  if (fault === undefined) throw error;
  return fault;
}

/** `ENOENT` and the like; undefined when the value is not an error of the system. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && 'syscall' in error ? String(error.code) : undefined;
}

/** Whether an error says that nothing is where it was looked for; a file on the way to it says the same. */
export function isMissing(error: unknown): boolean {
  const code = systemCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}
