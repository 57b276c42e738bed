// A variable of Liquid as the address of a link or an image: such an address leads nowhere, so all of it stays text, as
// it does where the variable holds blanks, and is told with the other foreign syntax.
import type { Image, Link, PhrasingContent, Text } from 'mdast';
import type { Feature } from '../feature.js';
import { hasLiquid } from '../foreign-texts.js';
import { visitAll } from '../walk.js';

export const liquidAddresses: Feature = {
  name: 'liquid addresses',
  transform(tree, { body }) {
    if (!/\]\([^\s)]*\{\{/.test(body)) return;
    visitAll(tree, (node, index, parent) => {
      if (node.type !== 'link' && node.type !== 'image') return undefined;
      if (!parent || index === undefined || !hasLiquid(node.url)) return undefined;
      const parts = asWritten(node, body);
      parent.children.splice(index, 1, ...(parts as typeof parent.children));
      return index + parts.length;
    });
  },
};

/** The words of a link keep their emphasis. */
function asWritten(node: Link | Image, body: string): PhrasingContent[] {
  const { start, end } = node.position ?? {};
  if (start?.offset === undefined || end?.offset === undefined) return [node];
  const first = node.type === 'link' ? node.children[0]?.position?.start : undefined;
  const last = node.type === 'link' ? node.children.at(-1)?.position?.end : undefined;
  const text = (from: typeof start, to: typeof end): Text => ({
    type: 'text',
    value: body.slice(from.offset, to.offset),
    position: { start: from, end: to },
  });
  if (node.type === 'image' || !first || !last) return [text(start, end)];
  return [text(start, first), ...node.children, text(last, end)];
}
