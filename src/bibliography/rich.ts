// Text with formulas and links in it: what fields of a bibliography hold, and what references are made of.
import type { Place } from '../types.js';

/** A formula as it stands between its dollars. `place` is that of its first character in the `.bib` file. */
interface Formula {
  readonly type: 'formula';
  readonly tex: string;
  readonly place: Place;
}

/** The text of a field. */
export type Rich = readonly (string | Formula)[];

export type Inline =
  | string
  | Formula
  | { readonly type: 'emphasis'; readonly children: readonly Inline[] }
  | { readonly type: 'link'; readonly href: string; readonly children: readonly Inline[] };

/** The same as plain text, formulas as TeX between dollars. */
export function plainText(content: readonly Inline[]): string {
  return content.map((part) => (typeof part === 'string' ? part : plainPart(part))).join('');
}

function plainPart(part: Exclude<Inline, string>): string {
  return part.type === 'formula' ? `$${part.tex}$` : plainText(part.children);
}
