// Diagnostics as values: what can go wrong (one table, codes permanent), and how it is shown.
import { closest, distance } from 'fastest-levenshtein';
import type { Diagnostic, Place, Severity } from './types.js';

/** Every code with one line of docs. A test checks that each has a fixture that brings it about. */
export const codes = {
} as const satisfies Record<string, string>;

export type Code = keyof typeof codes;

/** A diagnostic at a place. `hint` says how to fix it. */
export function diagnostic(
  severity: Severity,
  code: Code,
  message: string,
  place?: Place,
  hint?: string,
): Diagnostic {
  return { severity, code, message, ...(hint === undefined ? {} : { hint }), ...place };
}

/** The candidate that was probably meant, or undefined when none is near (edit distance, Levenshtein 1966). */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const best = closest(word.toLowerCase(), [...candidates]);
  return distance(word.toLowerCase(), best.toLowerCase()) <= Math.max(1, Math.floor(word.length / 3))
    ? best
    : undefined;
}
