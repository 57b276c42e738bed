// What stands in an author's own `<code>`, between tags in a sentence, is meant as it is written: no formula, citation or
// reference. The Markdown in it, such as emphasis, stays Markdown, as CommonMark has it.
import type { Literal, Nodes, PhrasingContent } from 'mdast';
import type { State } from 'mdast-util-to-hast';
import type { Feature } from '../feature.js';
import { visitAll } from '../walk.js';

/** A text that no construct looks into. */
interface CodeText extends Literal {
  type: 'codeText';
}

declare module 'mdast' {
  interface PhrasingContentMap {
    codeText: CodeText;
  }
  interface RootContentMap {
    codeText: CodeText;
  }
}

const opening = /<(?:code|kbd|pre|samp)\b/i;
const tag = /^<\/?(?:code|kbd|pre|samp)\b/i;

export const htmlCode: Feature = {
  name: 'code in raw HTML',
  transform(tree, { options, body }) {
    if (options.markdown.rawHtml === 'none' || !opening.test(body)) return;
    let depth = 0;
    visitAll(tree, (node, index, parent) => {
      // What is left open ends with its block.
      if (isBlockOfText(node)) depth = 0;
      else if (node.type === 'html' && tag.test(node.value))
        depth = node.value.startsWith('</') ? Math.max(0, depth - 1) : depth + 1;
      if (depth === 0 || parent === undefined || index === undefined) return;
      const value = node.type === 'text' ? node.value : writtenIn(node, body);
      if (value === undefined) return;
      const { position } = node;
      (parent.children as PhrasingContent[])[index] = {
        type: 'codeText',
        value,
        ...(position && { position }),
      };
    });
  },
  handlers: () => ({
    codeText: (state: State, { value, position }: CodeText) =>
      state.one({ type: 'text', value, ...(position && { position }) }, undefined),
  }),
};

function isBlockOfText({ type }: Nodes): boolean {
  return type === 'paragraph' || type === 'heading' || type === 'tableCell';
}

/** What a formula or a citation is made of. */
function writtenIn({ type, position }: Nodes, body: string): string | undefined {
  return type === 'inlineMath' || type === 'citationKey'
    ? body.slice(position?.start.offset, position?.end.offset)
    : undefined;
}
