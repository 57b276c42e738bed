// References to what has a number: `\ref{eq:x}` and `\eqref{eq:x}` in prose, and links without words such as
// `[](#thm:euler)` or `[](other-post.md#eq:x)`. They stay open until the join, which knows every label.
import type { PhrasingContent, Root, Text } from 'mdast';
import { SKIP, visit } from 'unist-util-visit';
import type { ReferenceHole } from '../../types.js';
import type { Context, Feature } from '../feature.js';

const command = /\\(eqref|ref|autoref|cref|Cref)\{([^{}\s]+)\}/g;

export const references: Feature = {
  name: 'references',
  transform: (tree, context) => {
    visit(tree, 'link', (node, index, parent) => {
      if (
        node.children.length > 0 ||
        !node.url.includes('#') ||
        /^[a-z]+:/i.test(node.url) ||
        !parent ||
        index === undefined
      )
        return;
      parent.children[index] = reserve(
        { type: 'reference', target: decode(node.url), form: 'name', place: context.place(node) },
        context,
      );
      return SKIP;
    });
    visit(tree, 'text', (node, index, parent) => {
      if (!node.value.includes('ref{') || !parent || index === undefined) return;
      const nodes = split(node, context);
      parent.children.splice(index, 1, ...(nodes as Root['children']));
      return index + nodes.length;
    });
  },
};

function split(node: Text, context: Context): PhrasingContent[] {
  const nodes: PhrasingContent[] = [];
  let end = 0;
  for (const match of node.value.matchAll(command)) {
    const [written, name = '', target = ''] = match;
    if (match.index > end) nodes.push({ type: 'text', value: node.value.slice(end, match.index) });
    const form = name === 'ref' ? 'number' : name === 'eqref' ? 'bracketed' : 'name';
    nodes.push(
      reserve(
        { type: 'reference', target, form, place: placeIn(node, match.index, written.length, context) },
        context,
      ),
    );
    end = match.index + written.length;
  }
  if (end < node.value.length) nodes.push({ type: 'text', value: node.value.slice(end) });
  return nodes;
}

/** The text is taken as it is in the file, line by line; after an escape or entity the column is approximate. */
function placeIn(node: Text, offset: number, length: number, context: Context): ReferenceHole['place'] {
  const place = context.place(node, length);
  const lines = node.value.slice(0, offset).split('\n');
  if (place.line === undefined || place.column === undefined) return place;
  if (lines.length === 1) return { ...place, column: place.column + offset };
  const line = place.line + lines.length - 1;
  const source = context.body.split(/\r?\n/)[line - context.post.bodyLine] ?? '';
  const before = lines.at(-1) ?? '';
  const start = source.indexOf(node.value.split('\n')[lines.length - 1] ?? '');
  return { ...place, line, column: Math.max(0, start) + before.length + 1 };
}

function reserve(hole: ReferenceHole, context: Context): Text {
  const label = hole.target.slice(hole.target.indexOf('#') + 1);
  return { type: 'text', value: context.reserve(hole, { text: label, idText: label, excerptHtml: '' }) };
}

function decode(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
