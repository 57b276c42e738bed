// From offsets in a text to places in its file. Lines and columns start at 1; a column counts UTF-16 units, as
// editors and the Markdown parser do.
import type { Place } from './types.js';

/** Gives the place of `length` characters at `offset`. */
export type Locate = (offset: number, length?: number) => Place;

/** Indexes the lines of `text`, which begins at the first line of `file`. A lone CR ends no line. */
export function placesIn(file: string, text: string): Locate {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset, length) => {
    const line = lastAtMost(starts, offset);
    const column = offset - (starts[line] ?? 0) + 1;
    return { file, line: line + 1, column, ...(length === undefined ? {} : { length }) };
  };
}

/** Index of the last number that is not above `limit`; binary search in a sorted list that begins with 0. */
function lastAtMost(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((sorted[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
