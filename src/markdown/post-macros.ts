// Macros in the front matter: for this post's formulas alone, laid over those of the site.
import { diagnostic } from '../diagnostic.js';
import { defineMacro, type Macros, noMacros, parseMacros } from '../math/macros.js';
import type { Diagnostic, Post } from '../types.js';

/** The macros of one post laid over those of the site. */
export function withPostMacros(
  site: Macros,
  post: Post,
): { readonly macros: Macros; readonly diagnostics: readonly Diagnostic[] } {
  if (post.macros.length === 0) return { macros: site, diagnostics: [] };
  const macros = new Map(site);
  const diagnostics: Diagnostic[] = [];
  for (const { name, body, place } of post.macros) {
    const read = name === undefined ? parseMacros(body) : readOne(name, body);
    for (const [own, macro] of read.macros) macros.set(own, macro);
    for (const { code, message, hint, offset, length } of read.faults) {
      const at = {
        ...place,
        length,
        ...(place.column === undefined ? {} : { column: place.column + offset }),
      };
      diagnostics.push(diagnostic('error', code, message, at, hint));
    }
  }
  return { macros, diagnostics };
}

function readOne(name: string, body: string): ReturnType<typeof parseMacros> {
  const defined = defineMacro(name, body);
  return 'fault' in defined
    ? { macros: noMacros, faults: [defined.fault] }
    : { macros: new Map([[defined.name, defined.macro]]), faults: [] };
}
