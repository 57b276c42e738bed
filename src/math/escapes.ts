// Characters in a formula that its author wrote for Markdown and not for TeX.
import type { Delimiter } from './pair.js';

/** kramdown needs `\\( x\_i \\)` and `\\\\` for what TeX reads as `x_i` and `\\`. */
const kramdown = '\\_*|()[]';

/** The places of these characters in a line of a formula. */
export function foreignCharacters(text: string, delimiter: Delimiter, inTable: boolean): readonly number[] {
  if (delimiter === 'environment') return doubledDollars(text);
  const isKramdown = delimiter === '\\\\(' || delimiter === '\\\\[';
  // `\|` is how a bar is kept from ending a table's cell.
  const escaped = (isKramdown ? kramdown : '') + (inTable ? '|' : '');
  if (escaped === '') return [];
  const places: number[] = [];
  for (let index = text.indexOf('\\'); index >= 0; index = text.indexOf('\\', index + 2)) {
    if (text[index + 1] !== undefined && escaped.includes(text.charAt(index + 1))) places.push(index);
  }
  return places;
}

/** `\begin{cases} x & \text{if $$x$$} …`: in kramdown two dollars mean inline maths. */
function doubledDollars(text: string): readonly number[] {
  const places: number[] = [];
  for (let index = text.indexOf('$$'); index >= 0; index = text.indexOf('$$', index + 2)) places.push(index);
  return places;
}
