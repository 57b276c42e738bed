// Callouts: a quote that begins with `[!NOTE]`, as GitHub writes them; words after the mark are its title.
import type { Blockquote, Paragraph, PhrasingContent } from 'mdast';
import { visit } from 'unist-util-visit';
import type { Feature } from '../feature.js';

const kinds = ['note', 'tip', 'important', 'warning', 'caution'];

export const callouts: Feature = {
  name: 'callouts',
  transform: (tree, { options }) =>
    visit(tree, 'blockquote', (quote) => {
      const first = quote.children[0];
      if (first?.type !== 'paragraph') return;
      const mark = first.children[0];
      if (mark?.type !== 'text') return;
      const match = /^\[!([a-z]+)\][-+]?[ \t]*/i.exec(mark.value);
      const kind = match?.[1]?.toLowerCase();
      if (!match || !kind || !kinds.includes(kind)) return;
      mark.value = mark.value.slice(match[0].length);
      const title = takeLine(first);
      if (first.children.length === 0) quote.children.shift();
      open(quote, kind, title.length > 0 ? title : [{ type: 'text', value: options.texts[kind] ?? kind }]);
    }),
};

/** Takes the first line's contents out of a paragraph. */
function takeLine(paragraph: Paragraph): PhrasingContent[] {
  const line: PhrasingContent[] = [];
  for (let node = paragraph.children.shift(); node; node = paragraph.children.shift()) {
    if (node.type === 'break') break;
    const end = node.type === 'text' ? node.value.indexOf('\n') : -1;
    if (node.type === 'text' && end >= 0) {
      if (end > 0) line.push({ ...node, value: node.value.slice(0, end) });
      if (end + 1 < node.value.length)
        paragraph.children.unshift({ ...node, value: node.value.slice(end + 1) });
      break;
    }
    if (node.type !== 'text' || node.value !== '') line.push(node);
  }
  return line;
}

function open(quote: Blockquote, kind: string, title: PhrasingContent[]): void {
  quote.data = { hName: 'aside', hProperties: { className: ['callout', kind], role: 'note' } };
  quote.children.unshift({
    type: 'paragraph',
    data: { hProperties: { className: ['callout-title'] } },
    children: title,
  });
}
