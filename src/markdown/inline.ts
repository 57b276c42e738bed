// Markdown inside an attribute of Markdown, such as a caption: only what may stand in a line, placed where it
// stands in the file.
import type { Root } from 'mdast';
import { remark } from 'remark';
import { extensionsFor } from './extensions.js';
import type { RenderOptions } from './feature.js';
import { movedSource, type Point, placeFrom, pointFrom } from './points.js';
import { visitAll } from './walk.js';

/** Everything in CommonMark that would take a caption such as `1. Before` for more than a line. */
const blocks = [
  'blockQuote',
  'codeFenced',
  'codeIndented',
  'definition',
  'headingAtx',
  'htmlFlow',
  'list',
  'setextUnderline',
  'thematicBreak',
];

/** Parses a text that begins at `start` of the body: a root with at most one paragraph. */
export function parseInline(text: string, start: Point, options: RenderOptions): Root {
  const { micromarkExtensions, fromMarkdownExtensions } = extensionsFor(text, options);
  const inline = micromarkExtensions.map((extension) => ({
    ...extension,
    document: {},
    flow: {},
    flowInitial: {},
    contentInitial: {},
    atOnce: {},
  }));
  const tree = remark()
    .data({
      micromarkExtensions: [...inline, { disable: { null: blocks } }],
      fromMarkdownExtensions,
    })
    .parse(text) as Root;
  move(tree, start);
  return tree;
}

function move(tree: Root, start: Point): void {
  const moved = (point: Point) => pointFrom(start, point);
  visitAll(tree, (node) => {
    if (node.position) node.position = { start: moved(node.position.start), end: moved(node.position.end) };
    if (node.type !== 'inlineMath' && node.type !== 'math') return;
    node.data = { ...node.data, source: movedSource(node.data.source, start) };
  });
  const unclosed = tree.data?.unclosedMath;
  if (unclosed) tree.data = { unclosedMath: unclosed.map((one) => ({ ...one, ...placeFrom(start, one) })) };
}
