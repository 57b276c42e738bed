// Formulas as a build prints them, without the rest of a build.
import katex, { type KatexOptions } from 'katex';
import { createPrinter, type KatexTree, type Printed } from '../../src/math/print.js';

const { __renderToDomTree: toTree } = katex as typeof katex & {
  readonly __renderToDomTree: (tex: string, options: KatexOptions) => KatexTree & { toMarkup(): string };
};

const print = createPrinter();

/** @throws ParseError when KaTeX does not take it. */
export function printed(tex: string, options: KatexOptions = {}): Printed {
  return print(toTree(tex, options), { links: [] });
}

/** Ours and KaTeX's own. */
export function bothPrinted(tex: string, options: KatexOptions = {}): { ours: string; katexs: string } {
  const tree = toTree(tex, options);
  return { ours: createPrinter()(tree, { links: [] }).html, katexs: tree.toMarkup() };
}
