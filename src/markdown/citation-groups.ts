// Finds the citations among the inline nodes of a paragraph: `[see @a, p. 3; -@b]` and `@a` in a sentence. What is no
// citation becomes the text that it was.
import type { PhrasingContent, Text } from 'mdast';
import type { Entries } from '../bibliography/parse.js';
import type { CitationKey } from './citation-syntax.js';
import { pointAfter, pointFrom } from './points.js';

/** One work that is cited, with the author's words before and behind it. */
interface CitedWork {
  readonly node: CitationKey;
  readonly key: string;
  readonly yearOnly: boolean;
  readonly prefix: readonly PhrasingContent[];
  readonly suffix: readonly PhrasingContent[];
}

/** A citation in brackets, or one in a sentence, which has a single work and no affixes. */
export interface Citation {
  readonly type: 'brackets' | 'sentence';
  readonly works: readonly CitedWork[];
}

/** A key that the bibliography does not have, in brackets where it can only be a citation. */
export type Unknown = (node: CitationKey) => void;

/** The nodes with each citation replaced by what `write` makes of it; `write` is also given the nodes before it. */
export function replaceCitations(
  nodes: readonly PhrasingContent[],
  entries: Entries,
  unknown: Unknown,
  write: (citation: Citation, before: PhrasingContent[]) => PhrasingContent,
): PhrasingContent[] {
  const result: PhrasingContent[] = [];
  const add = (node: PhrasingContent) => {
    if (node.type !== 'citationKey') return addNode(result, node);
    const found = resolve(node, entries);
    if (found === undefined) return addNode(result, asText(node));
    const work = { node, key: found.key, yearOnly: false, prefix: [], suffix: [] };
    addNode(result, write({ type: 'sentence', works: [work] }, result));
    if (found.rest !== '') addNode(result, { type: 'text', value: found.rest });
  };
  let next: Spot = { node: 0, offset: 0 };
  for (const { open, close } of findBrackets(nodes)) {
    const works = readWorks(between(nodes, after(open), close), entries, unknown);
    if (works === undefined) continue;
    for (const node of between(nodes, next, open)) add(node);
    next = after(close);
    addNode(result, write({ type: 'brackets', works }, result));
  }
  for (const node of between(nodes, next, { node: nodes.length, offset: 0 })) add(node);
  return result;
}

/** Before a character of a text node. */
interface Spot {
  readonly node: number;
  readonly offset: number;
}

function after({ node, offset }: Spot): Spot {
  return { node, offset: offset + 1 };
}

/** The innermost brackets with a key between them. */
function findBrackets(nodes: readonly PhrasingContent[]): { open: Spot; close: Spot }[] {
  const found: { open: Spot; close: Spot }[] = [];
  let opened: Spot[] = [];
  let lastKey = -1;
  for (const [index, node] of nodes.entries()) {
    if (node.type === 'citationKey') lastKey = index;
    if (node.type !== 'text') continue;
    for (const { 0: bracket, index: offset } of node.value.matchAll(/[[\]]/g)) {
      const spot = { node: index, offset };
      if (bracket === '[') {
        opened.push(spot);
        continue;
      }
      const open = opened.pop();
      if (open === undefined || lastKey < open.node) continue;
      found.push({ open, close: spot });
      // What is around a citation is none itself.
      opened = [];
      lastKey = -1;
    }
  }
  return found;
}

/** The nodes from one spot to another, texts cut. */
function between(nodes: readonly PhrasingContent[], from: Spot, to: Spot): PhrasingContent[] {
  return nodes.slice(from.node, to.node + 1).flatMap((node, index): PhrasingContent[] => {
    const start = index === 0 ? from.offset : 0;
    const end = from.node + index === to.node ? to.offset : undefined;
    if (node.type !== 'text') return start === 0 && end === undefined ? [node] : [];
    const text = slice(node, start, end);
    return text.value === '' ? [] : [text];
  });
}

/** A part of a text, and where it stands: exactly, unless escapes or indented lines are before it. */
function slice(node: Text, from: number, to?: number): Text {
  const value = node.value.slice(from, to);
  if (from === 0 || node.position === undefined) return { ...node, value };
  const start = pointFrom(node.position.start, pointAfter(node.value.slice(0, from)));
  return { ...node, value, position: { start, end: node.position.end } };
}

interface Draft {
  found?: { readonly node: CitationKey; readonly key: string };
  readonly prefix: PhrasingContent[];
  readonly suffix: PhrasingContent[];
}

/** The works between two brackets, or undefined when this is no citation, or one with an unknown key. */
function readWorks(
  nodes: readonly PhrasingContent[],
  entries: Entries,
  unknown: Unknown,
): readonly CitedWork[] | undefined {
  const keys = nodes.filter((node) => node.type === 'citationKey');
  const missing = keys.filter((node) => resolve(node, entries) === undefined);
  if (missing.length === keys.length && !beginsWithKey(nodes)) return undefined;
  for (const node of missing) unknown(node);
  if (missing.length > 0) return undefined;

  const drafts: Draft[] = [{ prefix: [], suffix: [] }];
  for (const node of nodes) {
    const draft = drafts.at(-1) as Draft;
    const affix = draft.found === undefined ? draft.prefix : draft.suffix;
    if (node.type === 'citationKey') addWork(node, drafts, entries);
    else if (node.type !== 'text') affix.push(node);
    else addAffix(node, drafts);
  }
  const works = drafts.flatMap(finish);
  const rest = drafts.at(-1);
  if (rest?.found !== undefined || rest === undefined || rest.prefix.length === 0) return works;
  // Words behind the last `;` belong to the work before it.
  const last = works.pop();
  return (
    last && [...works, { ...last, suffix: [...last.suffix, { type: 'text', value: '; ' }, ...rest.prefix] }]
  );
}

function beginsWithKey([first, second]: readonly PhrasingContent[]): boolean {
  if (first?.type === 'citationKey') return true;
  return first?.type === 'text' && /^\s*-?$/.test(first.value) && second?.type === 'citationKey';
}

function addWork(node: CitationKey, drafts: Draft[], entries: Entries): void {
  const found = resolve(node, entries);
  const last = drafts.at(-1);
  if (found === undefined || last === undefined) return;
  // `[@a, @b]`: a comma is not what parts works, but what is meant is clear.
  const draft = last.found === undefined ? last : { prefix: [], suffix: [] };
  if (draft !== last) drafts.push(draft);
  Object.assign(draft, { found: { node, key: found.key } });
  if (found.rest !== '') draft.suffix.push({ type: 'text', value: found.rest });
}

function addAffix(node: Text, drafts: Draft[]): void {
  for (const [index, value] of node.value.split(';').entries()) {
    const last = drafts.at(-1) as Draft;
    if (index > 0 && last.found !== undefined) drafts.push({ prefix: [], suffix: [] });
    const draft = drafts.at(-1) as Draft;
    const affix = draft.found === undefined ? draft.prefix : draft.suffix;
    const text = index > 0 && draft === last ? `;${value}` : value;
    if (text.trim() !== '') affix.push({ type: 'text', value: text });
  }
}

function finish({ found, prefix, suffix }: Draft): CitedWork[] {
  if (found === undefined) return [];
  const before = [...prefix];
  const last = before.at(-1);
  const yearOnly = last?.type === 'text' && /(?:^|\s)-$/.test(last.value);
  if (last?.type === 'text') replaceLast(before, yearOnly ? last.value.slice(0, -1) : last.value);
  trimStart(before);
  const isGlued = before.length === 0 || /\s$/.test(lastText(before));
  const end = [...suffix];
  const tail = end.at(-1);
  if (tail?.type === 'text') replaceLast(end, tail.value.replace(/[\s,]+$/, ''));
  return [
    { ...found, yearOnly, prefix: isGlued ? before : [...before, { type: 'text', value: ' ' }], suffix: end },
  ];
}

function lastText(nodes: readonly PhrasingContent[]): string {
  const last = nodes.at(-1);
  return last?.type === 'text' ? last.value : '';
}

function replaceLast(nodes: PhrasingContent[], value: string): void {
  nodes.pop();
  if (value !== '') nodes.push({ type: 'text', value });
}

function trimStart(nodes: PhrasingContent[]): void {
  const [first] = nodes;
  if (first?.type !== 'text') return;
  const value = first.value.trimStart();
  nodes.splice(0, 1, ...(value === '' ? [] : [{ ...first, value }]));
}

const eastAsian = String.raw`[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]`;
const particle = new RegExp(`^[:.+/-]*${eastAsian}`, 'u');

/** The entry that is meant: `@kim2017은` cites `kim2017`, since Korean sets particles without a space. */
function resolve({ key, value }: CitationKey, entries: Entries): { key: string; rest: string } | undefined {
  if (entries.has(key)) return { key, rest: '' };
  if (value.startsWith('@{')) return undefined;
  for (let length = key.length - 1; length > 0; length--) {
    const rest = key.slice(length);
    if (particle.test(rest) && entries.has(key.slice(0, length))) return { key: key.slice(0, length), rest };
  }
  return undefined;
}

export function asText(node: CitationKey): Text {
  return { type: 'text', value: node.value, ...(node.position ? { position: node.position } : {}) };
}

/** Neighbouring texts become one, as they were before. */
export function addNode(nodes: PhrasingContent[], node: PhrasingContent): void {
  const last = nodes.at(-1);
  if (node.type !== 'text' || last?.type !== 'text') {
    nodes.push(node);
    return;
  }
  const start = (last.position ?? node.position)?.start;
  const end = (node.position ?? last.position)?.end;
  nodes[nodes.length - 1] = {
    ...last,
    value: last.value + node.value,
    ...(start && end && { position: { start, end } }),
  };
}
