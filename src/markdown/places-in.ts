// Where a piece of a text stands in the file. The parser tells only where the text begins and ends.
import type { Nodes, Root, Text } from 'mdast';
import type { Place } from '../types.js';
import type { Context } from './feature.js';
import { visitAll } from './walk.js';

/** Gives nodes that the parser has made without a place, as around literal addresses, that of their parent. */
export function inheritPlaces(tree: Root): void {
  visitAll(tree, (node: Nodes, _, parent) => {
    if (!node.position && parent?.position) node.position = parent.position;
  });
}

/** Finds one piece after the other, in their order. One that is written with an escape has the place of the text. */
export function placesIn(node: Text, context: Context): (piece: string) => Place {
  const { start, end } = node.position ?? {};
  let from = start?.offset;
  return (piece) => {
    const at = from === undefined ? -1 : context.body.indexOf(piece, from);
    if (!start || start.offset === undefined || at < 0 || at >= (end?.offset ?? 0))
      return context.place(node);
    from = at + piece.length;
    const line = start.line + context.body.slice(start.offset, at).split('\n').length - 1;
    const column = at - context.body.lastIndexOf('\n', at - 1);
    return context.place({ position: { start: { line, column } } }, piece.length);
  };
}
