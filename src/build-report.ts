// What a build comes to, as a value: what is printed, and what a script gets to read, is told from it.
import type { Diagnostic, Fix } from './types.js';

export interface BuildReport {
  readonly posts: number;
  readonly pages: number;
  readonly files: { readonly written: number; readonly unchanged: number; readonly removed: number };
  readonly formulas: { readonly total: number; readonly rendered: number };
  readonly diagnostics: readonly Diagnostic[];
  /** Texts of the sources by path, for excerpts. */
  readonly sources: ReadonlyMap<string, string>;
  /** Replacements that are certainly right; only found with `check`. */
  readonly fixes: readonly FileFix[];
  /** The folder that holds the site now; missing when it could not be written, or not all of it. */
  readonly wroteTo?: string;
}

/** A fix, and the file to open for it. */
export interface FileFix extends Fix {
  readonly absolute: string;
}

/** Of a build that came to nothing. */
export const emptyReport: BuildReport = {
  posts: 0,
  pages: 0,
  files: { written: 0, unchanged: 0, removed: 0 },
  formulas: { total: 0, rendered: 0 },
  diagnostics: [],
  sources: new Map(),
  fixes: [],
};
