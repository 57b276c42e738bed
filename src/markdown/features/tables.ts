// Captions of tables: a paragraph `Table: Words {#tbl:x}` directly above or below a table, as in pandoc.
import type { Paragraph, PhrasingContent, RootContent, Table } from 'mdast';
import type { Context, Feature } from '../feature.js';
import { trailingLabel } from '../labels.js';
import { visit } from '../walk.js';
import { numbered } from './images.js';

const mark = /^(?:Table|표|表)\s*:\s*/;

export const captionedTables: Feature = {
  name: 'captions of tables',
  transform: (tree, context) =>
    visit(tree, 'table', (table, index, parent) => {
      if (index === undefined || !parent) return;
      const siblings = parent.children as RootContent[];
      const at = [index + 1, index - 1].find((place) => isCaption(siblings[place]));
      const paragraph = at === undefined ? undefined : siblings[at];
      if (at === undefined || paragraph?.type !== 'paragraph') return;
      siblings.splice(Math.min(index, at), 2, figure(table, paragraph, context));
      return Math.min(index, at) + 1;
    }),
};

function isCaption(node: RootContent | undefined): boolean {
  const first = node?.type === 'paragraph' ? node.children[0] : undefined;
  return first?.type === 'text' && mark.test(first.value);
}

function figure(table: Table, paragraph: Paragraph, context: Context): RootContent {
  const [first] = paragraph.children;
  if (first?.type === 'text') first.value = first.value.replace(mark, '');
  const last = paragraph.children.at(-1);
  const label = last?.type === 'text' ? trailingLabel(last.value) : undefined;
  if (label && last?.type === 'text') last.value = last.value.slice(0, label.index);
  const words: PhrasingContent[] = paragraph.children.filter(
    (node) => node.type !== 'text' || node.value !== '',
  );
  if (label)
    words.unshift(...numbered('table', label.name, words.length > 0, context, context.place(paragraph)));
  paragraph.data = { hName: 'figcaption' };
  paragraph.children = words;
  return {
    type: 'blockquote',
    data: { hName: 'figure', hProperties: { className: ['table'], ...(label ? { id: label.name } : {}) } },
    children: [paragraph, table],
  };
}
