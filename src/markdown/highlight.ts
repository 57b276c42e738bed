// The one module that imports starry-night, GitHub's highlighter. Its grammars are loaded only when a post has code.
import type { ElementContent, Root } from 'hast';
import { toHtml } from 'hast-util-to-html';
import type { Highlighter } from './feature.js';

/** A highlighter with every grammar. Loading takes about 0.4 s. */
export async function createHighlighter(): Promise<Highlighter> {
  const { all, createStarryNight } = await import('@wooorm/starry-night');
  const starryNight = await createStarryNight(all);
  return (code, language) => {
    const scope = starryNight.flagToScope(language);
    return scope === undefined
      ? undefined
      : splitLines(starryNight.highlight(code, scope)).map((line) => toHtml(line));
  };
}

/** Lines of a highlighted tree. A token that spans lines is opened again on each. */
function splitLines(tree: Root): ElementContent[][] {
  const lines: ElementContent[][] = [[]];
  for (const node of tree.children) {
    if (node.type !== 'text' && node.type !== 'element') continue;
    splitNode(node).forEach((piece, index) => {
      if (index > 0) lines.push([]);
      if (piece) lines.at(-1)?.push(piece);
    });
  }
  return lines;
}

/** The pieces of a node, one a line; a line on which nothing of it stands is undefined. */
function splitNode(node: ElementContent): (ElementContent | undefined)[] {
  if (node.type === 'text') {
    return node.value
      .split(/\r\n|\r|\n/)
      .map((value) => (value === '' ? undefined : { type: 'text', value }));
  }
  if (node.type !== 'element') return [];
  return splitLines({ type: 'root', children: node.children }).map((children) =>
    children.length === 0 ? undefined : { ...node, children },
  );
}
