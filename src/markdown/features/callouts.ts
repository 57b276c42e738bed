// Callouts: a quote that begins with `[!NOTE]`, as GitHub writes them; words after the mark are its title. Others
// write them as blocks, `:::note[Title]`, which `theorems.ts` reads.
import type { Blockquote, Paragraph, PhrasingContent } from 'mdast';
import type { ContainerDirective } from 'mdast-util-directive';
import type { Context, Feature } from '../feature.js';
import { visit } from '../walk.js';

/** GitHub's kinds, and what others call them. */
const kinds: ReadonlyMap<string, string> = new Map([
  ...['note', 'tip', 'important', 'warning', 'caution'].map((kind) => [kind, kind] as const),
  ['info', 'note'],
  ['danger', 'caution'],
]);

export const callouts: Feature = {
  name: 'callouts',
  transform: (tree, context) =>
    visit(tree, 'blockquote', (quote) => {
      const first = quote.children[0];
      if (first?.type !== 'paragraph') return;
      const mark = first.children[0];
      if (mark?.type !== 'text') return;
      const match = /^\[!([a-z]+)\][-+]?[ \t]*/i.exec(mark.value);
      if (!match?.[1] || !kinds.has(match[1].toLowerCase())) return;
      mark.value = mark.value.slice(match[0].length);
      const title = takeLine(first);
      if (first.children.length === 0) quote.children.shift();
      makeCallout(quote, match[1], title, context);
    }),
};

/** Turns a block into a callout. False when there is no such kind. */
export function makeCallout(
  block: Blockquote | ContainerDirective,
  name: string,
  title: PhrasingContent[],
  { options }: Context,
): boolean {
  const kind = kinds.get(name.toLowerCase());
  if (kind === undefined) return false;
  block.data = { hName: 'aside', hProperties: { className: ['callout', kind], role: 'note' } };
  block.children.unshift({
    type: 'paragraph',
    data: { hProperties: { className: ['callout-title'] } },
    children: title.length > 0 ? title : [{ type: 'text', value: options.texts[kind] ?? kind }],
  });
  return true;
}

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
