// Callouts: a quote that begins with `[!NOTE]`, as GitHub writes them; words after the mark are its title. Others
// write them as blocks, `:::note[Title]`, which `theorems.ts` reads.
import type { Blockquote, Paragraph, PhrasingContent } from 'mdast';
import type { ContainerDirective } from 'mdast-util-directive';
import { calloutKinds } from '../block-kinds.js';
import type { Context, Feature } from '../feature.js';
import { visit } from '../walk.js';

export const callouts: Feature = {
  name: 'callouts',
  transform: (tree, context) =>
    visit(tree, 'blockquote', (quote) => {
      const kind = kindOf(quote);
      if (kind !== undefined && calloutKinds.has(kind)) makeCallout(quote, kind, takeTitle(quote), context);
    }),
};

/** Obsidian's folds, `-` and `+`, and what it has behind `|`, mean nothing here. */
const mark = /^\[!([a-z][\w-]*)(?:\|[^\]\n]*)?\][-+]?[ \t]*/i;

/** What a quote says that it is: `theorem` of `[!theorem]`. */
export function kindOf({ children: [first] }: Blockquote): string | undefined {
  const text = first?.type === 'paragraph' ? first.children[0] : undefined;
  return text?.type === 'text' ? mark.exec(text.value)?.[1]?.toLowerCase() : undefined;
}

/** Takes the mark out of a quote that has one, with the words behind it, which are its title. */
export function takeTitle(quote: Blockquote): PhrasingContent[] {
  const [first] = quote.children;
  const text = first?.type === 'paragraph' ? first.children[0] : undefined;
  if (first?.type !== 'paragraph' || text?.type !== 'text') return [];
  text.value = text.value.replace(mark, '');
  const title = takeLine(first);
  if (first.children.length === 0) quote.children.shift();
  return title;
}

/** Turns a block into a callout. False when there is no such kind. */
export function makeCallout(
  block: Blockquote | ContainerDirective,
  name: string,
  title: PhrasingContent[],
  { options }: Context,
): boolean {
  const kind = calloutKinds.get(name.toLowerCase());
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
