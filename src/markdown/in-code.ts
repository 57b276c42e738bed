// What stands in an author's own `<code>`, between tags in a sentence, is meant as it is written.
import type { Parents } from 'mdast';

const tag = /^<\/?(?:code|kbd|pre|samp)\b/i;

/** Whether a child of a node stands behind a tag that begins code, and before the one that ends it. */
export function isInCode(parent: Parents, index: number): boolean {
  const last = parent.children.findLast(
    (node, at) => at < index && node.type === 'html' && tag.test(node.value),
  );
  return last?.type === 'html' && !last.value.startsWith('</');
}
