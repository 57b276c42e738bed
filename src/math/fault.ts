// What is wrong in a formula, and where: offsets into the formula's own source. The caller, which knows where the
// formula stands in its file, turns faults into diagnostics.
import type { Code } from '../diagnostic.js';
import type { Severity } from '../types.js';

export interface Fault {
  readonly severity: Severity;
  readonly code: Code;
  readonly message: string;
  readonly hint?: string;
  /** UTF-16 units from the beginning of the formula. */
  readonly offset: number;
  /** At least 1, except in an empty formula. */
  readonly length: number;
}

/** A stretch of the formula's source. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export function fault(severity: Severity, code: Code, message: string, range: Range, hint?: string): Fault {
  const place = { offset: range.start, length: range.end - range.start };
  return { severity, code, message, ...(hint === undefined ? {} : { hint }), ...place };
}

/** What `check` has to say. */
export interface Lint extends Fault {
  /** What to put in place of the faulty range, where that is certain. */
  readonly fix?: string;
}

export function lint(
  code: Code,
  message: string,
  range: Range,
  { severity = 'warning', hint, fix }: { severity?: Severity; hint?: string; fix?: string },
): Lint {
  return { ...fault(severity, code, message, range, hint), ...(fix === undefined ? {} : { fix }) };
}
