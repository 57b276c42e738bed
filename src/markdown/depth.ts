// How deep constructs may lie in each other. Walkers of trees call themselves once a level, and would run out of
// stack; the parser takes the square of the depth of quotes and lists.
import type { Root as HastRoot } from 'hast';
import type { Root as MdastRoot } from 'mdast';
import { placesIn } from '../place.js';
import type { Context } from './feature.js';

const deepest = 100;

const deepLine = new RegExp(`^(?:[ \\t]*(?:>|(?:[-+*]|\\d{1,9}[.)])[ \\t])){${deepest}}.*$`, 'gm');
/** Its marks could be those of so many lists. */
const thematicBreak = /^[ \t]*([-*])(?:[ \t]*\1)*[ \t]*$/;

/** The text without lines that open more quotes and lists than are allowed, which are errors. */
export function withoutDeepLines(text: string, context: Context): string {
  if (text.search(deepLine) === -1) return text;
  const locate = placesIn(context.post.path, text);
  return text.replace(deepLine, (line, offset: number) => {
    if (thematicBreak.test(line)) return line;
    const { line: number = 1 } = locate(offset);
    reportDepth({ position: { start: { line: number, column: 1 } } }, context);
    return '';
  });
}

/** Empties the nodes that lie deeper than is allowed; the first of them is an error. */
export function cutDeepNodes(tree: MdastRoot | HastRoot, context: Context): void {
  const parents: Node[] = [];
  collectDeep(tree, 0, parents);
  if (parents[0]) reportDepth(parents[0], context);
  for (const parent of parents) parent.children = [];
}

/** Calls itself no deeper than is allowed. */
function collectDeep(node: Node, depth: number, parents: Node[]): void {
  if (node.children === undefined || node.children.length === 0) return;
  if (depth === deepest) parents.push(node);
  else for (const child of node.children) collectDeep(child, depth + 1, parents);
}

/** Of either tree. */
interface Node {
  position?: Parameters<Context['place']>[0]['position'];
  children?: Node[];
}

export function reportDepth(node: Parameters<Context['place']>[0], context: Context): void {
  context.report(
    'error',
    'markdown/too-deep',
    `this is nested deeper than ${deepest} levels, or holds more than can be processed at once`,
    context.place(node),
    'check quotes, lists, brackets and elements that are never closed',
  );
}
