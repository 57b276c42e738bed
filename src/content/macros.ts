// The macros of a site: `math.macros` in `site.yaml`, and `macros.tex` beside it in LaTeX's own words, which wins.
import { diagnostic } from '../diagnostic.js';
import { defineMacros, type Macros, parseMacros } from '../math/macros.js';
import { placesIn } from '../place.js';
import type { Config, Diagnostic } from '../types.js';
import { decodeUtf8, notUtf8 } from './decode.js';
import { readFileOf } from './read.js';

export interface SiteMacros {
  readonly macros: Macros;
  readonly diagnostics: readonly Diagnostic[];
  /** The text of `macros.tex`, for excerpts. */
  readonly text?: string;
}

export async function readMacros(root: string, config: Config): Promise<SiteMacros> {
  // What is wrong with them has been told with the configuration.
  const own: SiteMacros = { macros: defineMacros(config.math.macros).macros, diagnostics: [] };
  const path = 'macros.tex';
  const bytes = await readFileOf(root, path);
  if (bytes === undefined) return own;
  if ('severity' in bytes) return { ...own, diagnostics: [bytes] };
  const decoded = decodeUtf8(bytes);
  if (!('text' in decoded)) return { ...own, diagnostics: [notUtf8('content/not-utf8', path, decoded)] };
  const { text } = decoded;
  const { macros, faults } = parseMacros(text);
  const locate = placesIn(path, text);
  const located = faults.map(({ severity, code, message, hint, offset, length }) =>
    diagnostic(severity, code, message, locate(offset, length), hint),
  );
  return { macros: new Map([...own.macros, ...macros]), diagnostics: located, text };
}
