// Where a piece of a text stands in the file. The parser tells only where the text begins and ends.
import type { Html, Nodes, Root, Text } from 'mdast';
import type { Place } from '../types.js';
import type { Context } from './feature.js';
import { visitAll } from './walk.js';

/** Gives nodes that the parser has made without a place, as around literal addresses, that of their parent. */
export function inheritPlaces(tree: Root): void {
  visitAll(tree, (node: Nodes, _, parent) => {
    if (!node.position && parent?.position) node.position = parent.position;
  });
}

/** A piece of a text, as it is in the file. */
export interface Piece {
  readonly place: Place;
  /** What stands before it on its line, and all that follows it. */
  readonly before: string;
  readonly after: string;
}

/** Finds one piece after the other, in their order. One that is written with an escape is not found. */
export function piecesIn(node: Text | Html, context: Context): (piece: string) => Piece | undefined {
  const { body } = context;
  const { start, end } = node.position ?? {};
  let from = start?.offset ?? body.length;
  let line = start?.line ?? 1;
  let lineStart = body.lastIndexOf('\n', from - 1) + 1;
  let lineEnd = body.indexOf('\n', from);
  return (piece) => {
    const at = body.indexOf(piece, from);
    if (at < 0 || at >= (end?.offset ?? 0)) return undefined;
    from = at + piece.length;
    for (; lineEnd >= 0 && lineEnd < at; lineEnd = body.indexOf('\n', lineStart)) {
      line += 1;
      lineStart = lineEnd + 1;
    }
    const place = context.place({ position: { start: { line, column: at - lineStart + 1 } } }, piece.length);
    return { place, before: body.slice(lineStart, at), after: body.slice(from) };
  };
}

/** Their places. One that is written with an escape has the place of the text. */
export function placesIn(node: Text, context: Context): (piece: string) => Place {
  const find = piecesIn(node, context);
  return (piece) => find(piece)?.place ?? context.place(node);
}
