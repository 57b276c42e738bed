// The kinds of blocks, which `:::kind` and `> [!kind]` begin, and what other systems have in their place.
import { nearest } from '../diagnostic.js';

/** What has a number. Names in the page's language are interface texts of the same key. */
export const statementKinds: readonly string[] = [
  'theorem',
  'lemma',
  'proposition',
  'corollary',
  'definition',
  'example',
  'remark',
  'exercise',
  'algorithm',
];

/** Whether blocks of the kind are statements, or proofs of them. */
export function isStatement(kind: string): boolean {
  return kind === 'proof' || statementKinds.includes(kind);
}

/** GitHub's kinds of callouts, and what others call them. */
export const calloutKinds: ReadonlyMap<string, string> = new Map([
  ...['note', 'tip', 'important', 'warning', 'caution'].map((kind) => [kind, kind] as const),
  ['info', 'note'],
  ['danger', 'caution'],
]);

/** Kinds of Obsidian, MkDocs and MyST by the kind here that comes nearest to them. */
const others: Readonly<Record<string, string>> = {
  note: 'abstract summary tldr todo question help faq seealso admonition topic',
  tip: 'hint success check done',
  caution: 'attention failure fail missing bug error',
  theorem: 'criterion',
  proposition: 'claim conjecture property',
  definition: 'axiom assumption notation',
  remark: 'observation',
  exercise: 'problem',
  proof: 'solution',
};

const meanings: ReadonlyMap<string, string> = new Map([
  ...[...statementKinds, 'proof', ...calloutKinds.keys()].map((kind) => [kind, kind] as const),
  ...Object.entries(others).flatMap(([kind, names]) => names.split(' ').map((name) => [name, kind] as const)),
]);

/** The kind of that name or meaning. */
export function kindLike(name: string): string | undefined {
  return meanings.get(name.toLowerCase());
}

/** The kind that is probably meant: of that name or meaning, else the one that is spelled nearly so. */
export function nearestKind(name: string): string | undefined {
  return kindLike(name) ?? nearest(name, [...meanings.values()]);
}
