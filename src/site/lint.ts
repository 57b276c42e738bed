// What only the whole site can tell `check`: labels that nothing refers to, macros that no formula uses.
import { diagnostic } from '../diagnostic.js';
import { isKnownCommand } from '../math/commands.js';
import type { Macros } from '../math/macros.js';
import type { Diagnostic, PostRecord, Targets } from '../types.js';
import { resolveNamed } from './references.js';

export function lintSite(rendered: readonly PostRecord[], targets: Targets, macros: Macros): Diagnostic[] {
  return [...unusedLabels(rendered, targets), ...unusedMacros(rendered, macros), ...shadowedCommands(macros)];
}

function unusedLabels(rendered: readonly PostRecord[], targets: Targets): Diagnostic[] {
  const used = new Set(
    rendered.flatMap(({ post, holes, headings, lint }) => {
      const parts = [holes, ...headings.map((heading) => heading.html)].flat();
      const written = parts.flatMap((part) => {
        if (typeof part === 'string') return [];
        if (part.type === 'formula') return part.references.map(({ target }) => target);
        return part.type === 'reference' || part.type === 'link' ? part.target : [];
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

/** A macro in place of a command of KaTeX may be meant, but readers of the source will not expect it. */
function shadowedCommands(macros: Macros): Diagnostic[] {
  return [...macros.keys()].filter(isKnownCommand).map((name) => {
    const message = `the macro ${name} takes the place of a command that exists`;
    return diagnostic(
      'note',
      'math/shadowed-macro',
      message,
      undefined,
      'give it another name, if this is not meant',
    );
  });
}

function unusedMacros(rendered: readonly PostRecord[], macros: Macros): Diagnostic[] {
  const used = new Set(rendered.flatMap(({ lint }) => lint?.usedMacros ?? []));
  return [...macros.keys()]
    .filter((name) => !used.has(name))
    .map((name) =>
      diagnostic(
        'note',
        'math/unused-macro',
        `no formula uses the macro ${name}`,
        undefined,
        'remove it from site.yaml or macros.tex',
      ),
    );
}
