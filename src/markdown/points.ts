// Places in a text that is a part of another, such as a caption in a post.
import type { SourceMap } from '../math/source.js';

export interface Point {
  readonly line: number;
  readonly column: number;
  readonly offset?: number | undefined;
}

/** The place behind a text that begins at the first character. */
export function pointAfter(text: string): Required<Point> {
  const lines = text.split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, offset: text.length };
}

/** A place in a text that begins at `start`. */
export function pointFrom(start: Point, { line, column, offset = 0 }: Point): Required<Point> {
  return {
    line: line + start.line - 1,
    column: line === 1 ? column + start.column - 1 : column,
    offset: offset + (start.offset ?? 0),
  };
}

/** The source map of a formula in a text that begins at `start`. Its offsets are those in the formula. */
export function movedSource(source: SourceMap, start: Point): SourceMap {
  return source.map((piece) => ({ ...piece, ...placeFrom(start, piece) }));
}

/** The same without an offset. */
export function placeFrom(
  start: Point,
  point: Pick<Point, 'line' | 'column'>,
): Pick<Point, 'line' | 'column'> {
  const { line, column } = pointFrom(start, { line: point.line, column: point.column });
  return { line, column };
}
