// Macros in the front matter: for this post's formulas alone, laid over those of the site.
import { diagnostic } from '../diagnostic.js';
import { writtenMacro } from '../math/lint.js';
import { defineMacro, type Macros, noMacros, parseMacros } from '../math/macros.js';
import type { Diagnostic, Place, Post, WrittenMacro } from '../types.js';

/** The macros of one post laid over those of the site. */
export function withPostMacros(
  site: Macros,
  post: Post,
): { readonly macros: Macros; readonly diagnostics: readonly Diagnostic[] } {
  if (post.macros.length === 0) return { macros: site, diagnostics: [] };
  const macros = new Map(site);
  const diagnostics: Diagnostic[] = [];
  for (const { name, body, place } of post.macros) {
    const read = name === undefined ? parseMacros(body) : readOne(name.text, body);
    for (const [own, macro] of read.macros) macros.set(own, macro);
    for (const { code, message, hint, offset, length } of read.faults) {
      diagnostics.push(diagnostic('error', code, message, placeIn(body, place, offset, length), hint));
    }
  }
  return { macros, diagnostics };
}

function readOne(name: string, body: string): Pick<ReturnType<typeof parseMacros>, 'macros' | 'faults'> {
  const defined = defineMacro(name, body);
  return 'fault' in defined
    ? { macros: noMacros, faults: [defined.fault] }
    : { macros: new Map([[defined.name, defined.macro]]), faults: [] };
}

/** The macros of the front matter, each where it is written: for `check`. */
export function writtenMacros({ macros }: Post): readonly WrittenMacro[] {
  return macros.flatMap(({ name, body, place }) => {
    if (name === undefined) {
      return parseMacros(body).definitions.map((definition) => {
        const { start, end } = definition.at;
        return writtenMacro(definition, placeIn(body, place, start, end - start));
      });
    }
    const defined = defineMacro(name.text, body);
    return 'fault' in defined ? [] : writtenMacro(defined, name.place);
  });
}

/** The lines of a body of several lines begin in one column. */
function placeIn(body: string, place: Place, offset: number, length: number): Place {
  const { line, column } = place;
  if (line === undefined || column === undefined) return { ...place, length };
  const before = body.slice(0, offset);
  const start = before.lastIndexOf('\n') + 1;
  return { ...place, line: line + before.split('\n').length - 1, column: column + offset - start, length };
}
