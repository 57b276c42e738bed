// Walks a tree of Markdown or of HTML from the root down, in the order of the text. A post is walked twenty times and
// has thousands of nodes, so nothing is made for a node, as general walkers do.
import type { Nodes as HtmlNodes, Parents as HtmlParents } from 'hast';
import type { Nodes as MarkdownNodes, Parents as MarkdownParents } from 'mdast';

/** Returned for a node: what is below it is left out. */
export const skip = 'skip';

/** May return `skip`, or the index of the sibling to go on with; anything else means nothing. */
type Visitor<Node, Parent> = (node: Node, index: number | undefined, parent: Parent | undefined) => unknown;

/** Calls `visitor` for each node of a type. */
export function visit<Type extends HtmlNodes['type']>(
  tree: HtmlNodes,
  type: Type,
  visitor: Visitor<Extract<HtmlNodes, { type: Type }>, HtmlParents>,
): void;
export function visit<Type extends MarkdownNodes['type']>(
  tree: MarkdownNodes,
  type: Type,
  visitor: Visitor<Extract<MarkdownNodes, { type: Type }>, MarkdownParents>,
): void;
export function visit(tree: Node, type: string, visitor: Visitor<never, never>): void {
  step(tree, undefined, undefined, type, visitor as Visitor<Node, Node>);
}

/** Calls `visitor` for each node. */
export function visitAll(tree: MarkdownNodes, visitor: Visitor<MarkdownNodes, MarkdownParents>): void {
  step(tree, undefined, undefined, undefined, visitor as Visitor<Node, Node>);
}

interface Node {
  readonly type: string;
  readonly children?: readonly Node[];
}

function step(
  node: Node,
  index: number | undefined,
  parent: Node | undefined,
  type: string | undefined,
  visitor: Visitor<Node, Node>,
): unknown {
  const result = type === undefined || node.type === type ? visitor(node, index, parent) : undefined;
  if (result === skip) return result;
  let { children } = node;
  for (let at = 0; children !== undefined && at < children.length; ) {
    const child = children[at] as Node;
    // Most nodes are of another type and have none below them.
    if (type !== undefined && child.type !== type && child.children === undefined) {
      at += 1;
      continue;
    }
    const next = step(child, at, node, type, visitor);
    at = typeof next === 'number' ? next : at + 1;
    // A visitor may have changed them.
    children = node.children;
  }
  return result;
}
