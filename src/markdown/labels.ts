// The one engine that numbers equations, figures, tables, theorems and algorithms, and knows their labels.
import type { ReferenceText } from '../math/plain-commands.js';
import { referenceText } from '../math/reference-commands.js';
import type { Label, Place } from '../types.js';
import type { Context } from './feature.js';

/** Counters and labels of one post, in the order of its text. */
export interface Labels {
  /** The next number of a counter. */
  readonly next: (counter: string) => string;
  /** Makes a label known. One that the post has already is an error at its second place. */
  readonly define: (label: Label, place: Place) => void;
  readonly all: readonly Label[];
  readonly find: (name: string) => Label | undefined;
  /** What a reference shows, if it is to a label that is known. */
  readonly text: ReferenceText;
  /** Those that are given again, which has been reported. */
  readonly repeated: ReadonlySet<string>;
  /** Those of equations without a number. */
  readonly unnumbered: Set<string>;
  readonly placeOf: (name: string) => Place | undefined;
}

export function createLabels(report: Context['report']): Labels {
  const counters = new Map<string, number>();
  const known = new Map<string, { readonly label: Label; readonly place: Place }>();
  const repeated = new Set<string>();
  return {
    next(counter) {
      const number = (counters.get(counter) ?? 0) + 1;
      counters.set(counter, number);
      return String(number);
    },
    define(label, place) {
      const other = known.get(label.name);
      if (!other) {
        known.set(label.name, { label, place });
        return;
      }
      repeated.add(label.name);
      // Equations are numbered after all other things, and may stand before them.
      const [first, second] = [other.place, place].sort(inOrder);
      report(
        'error',
        'math/duplicate-label',
        `the label ${label.name} is given twice in this post, first in line ${first?.line ?? 1}`,
        second ?? place,
        'rename one of the two',
      );
    },
    get all() {
      return [...known.values()].map(({ label }) => label);
    },
    repeated,
    unnumbered: new Set(),
    find: (name) => known.get(name)?.label,
    text: (name, form) => {
      const label = known.get(name)?.label;
      return label && referenceText(label, form);
    },
    placeOf: (name) => known.get(name)?.place,
  };
}

function inOrder(a: Place, b: Place): number {
  return (a.line ?? 1) - (b.line ?? 1) || (a.column ?? 1) - (b.column ?? 1);
}

/** `{#fig:x}` at the end of a text: the label's name and where it begins. */
export function trailingLabel(text: string): { readonly name: string; readonly index: number } | undefined {
  const begin = text.lastIndexOf('{#');
  const name = begin < 0 ? undefined : /^\{#([^\s{}#]+)\}\s*$/.exec(text.slice(begin))?.[1];
  return name === undefined
    ? undefined
    : { name: name.normalize('NFC'), index: text.slice(0, begin).trimEnd().length };
}
