// What only the whole site can tell `check`: labels that nothing refers to, macros that no formula uses.
import { writtenMacros } from '../content/written-macros.js';
import { diagnostic } from '../diagnostic.js';
import { type Macros, usedInMacros } from '../math/macros.js';
import type { Diagnostic, PostRecord, Targets, WrittenMacro } from '../types.js';
import { referencesIn, resolveNamed } from './references.js';

/** Notes on a whole site. `macros` are those of all posts; `sources` has the texts that they are written in. */
export function lintSite(
  rendered: readonly PostRecord[],
  targets: Targets,
  macros: Macros,
  sources: ReadonlyMap<string, string>,
): Diagnostic[] {
  const written = writtenMacros(sources);
  const lints = rendered.flatMap(({ lint }) => lint ?? []);
  const used = new Set([
    ...lints.flatMap(({ usedMacros }) => usedMacros),
    ...usedInMacros(macros.keys(), macros),
  ]);
  return [
    ...unusedLabels(rendered, targets),
    ...unusedMacros(written, used),
    // A macro of a post is known to that post alone.
    ...lints.flatMap(({ macros, usedMacros }) => unusedMacros(macros, new Set(usedMacros))),
    ...shadowingMacros([...written, ...lints.flatMap(({ macros }) => macros)]),
  ];
}

function unusedLabels(rendered: readonly PostRecord[], targets: Targets): Diagnostic[] {
  const used = new Set(
    rendered.flatMap(({ post, holes, headings, lint }) => {
      const parts = [holes, ...headings.map((heading) => heading.html)].flat();
      const written = parts.flatMap((part) => {
        if (typeof part === 'string') return [];
        return part.type === 'link' ? part.target : referencesIn(part).map(({ target }) => target);
      });
      const own = (lint?.usedLabels ?? []).map((name) => key(post.path, name));
      return [
        ...own,
        ...written.flatMap((target) => {
          const reference = resolveNamed(target, post, targets);
          return reference ? key(reference.post.path, reference.name) : [];
        }),
      ];
    }),
  );
  return rendered.flatMap(({ post, lint }) =>
    (lint?.labelPlaces ?? [])
      .filter(({ name }) => !used.has(key(post.path, name)))
      .map(({ name, place }) =>
        diagnostic(
          'note',
          'math/unused-label',
          `nothing refers to the label ${name}`,
          place,
          'refer to it, or remove it',
        ),
      ),
  );
}

function key(path: string, name: string): string {
  return `${path}#${name}`;
}

function unusedMacros(written: readonly WrittenMacro[], used: ReadonlySet<string>): Diagnostic[] {
  return written
    .filter(({ name }) => !used.has(name))
    .map(({ name, place }) =>
      diagnostic('note', 'math/unused-macro', `no formula uses the macro ${name}`, place, 'remove it'),
    );
}

/** It may be meant, but readers of the source will not expect it. */
function shadowingMacros(written: readonly WrittenMacro[]): Diagnostic[] {
  return written
    .filter(({ shadows }) => shadows)
    .map(({ name, place }) =>
      diagnostic(
        'note',
        'math/shadowed-macro',
        `the macro ${name} takes the place of a command that exists`,
        place,
        'give it another name, if this is not meant',
      ),
    );
}
