// What the system refuses in a thread, as plain data: an error that is sent loses what it has beside its message.
import { systemCode } from '../environment.js';

export interface Refusal {
  readonly message: string;
  readonly code: string;
  readonly syscall: string;
  /** Path of the file at hand, relative to the output folder. */
  readonly at: string;
}

/** Throws what is no refusal of the system. */
export function refusalOf(error: unknown, at: string): Refusal {
  if (systemCode(error) === undefined) throw error;
  const { message, code = '', syscall = '' } = error as NodeJS.ErrnoException;
  return { message, code, syscall, at };
}

/** The error again, with its file as `at`. */
export function refused({ message, ...facts }: Refusal): Error {
  return Object.assign(new Error(message), facts);
}
