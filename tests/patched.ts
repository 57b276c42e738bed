// What scripts/patches.mjs changes, apart from the rest of the program, so that it can be bundled alone.
import type { Nodes } from 'hast';
import katex from 'katex';
import type { Root } from 'mdast';
import { toHast } from 'mdast-util-to-hast';
import { remark } from 'remark';
import { extensionsFor } from '../src/markdown/extensions.js';
import type { RenderOptions } from '../src/markdown/feature.js';

/** The trees of a text, with the constructs that it can hold. */
export function parse(
  text: string,
  options: RenderOptions,
): { readonly markdown: Root; readonly html: Nodes } {
  const markdown = remark()
    .data({ ...extensionsFor(text, options) })
    .parse(text);
  return { markdown, html: toHast(markdown) };
}

/** HTML of a display, or KaTeX's complaint. */
export function setDisplay(tex: string): string {
  try {
    return katex.renderToString(tex, { displayMode: true, strict: false });
  } catch (error) {
    return String(error);
  }
}
