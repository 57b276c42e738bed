// What scripts/patches.mjs changes, apart from the rest of the program, so that it can be bundled alone.
import katex from 'katex';
import type { Root } from 'mdast';
import { remark } from 'remark';
import { extensionsFor } from '../src/markdown/extensions.js';
import type { RenderOptions } from '../src/markdown/feature.js';

/** With the constructs that the text can hold. */
export function parse(text: string, options: RenderOptions): Root {
  return remark()
    .data({ ...extensionsFor(text, options) })
    .parse(text);
}

/** HTML of a display, or KaTeX's complaint. */
export function setDisplay(tex: string): string {
  try {
    return katex.renderToString(tex, { displayMode: true, strict: false });
  } catch (error) {
    return String(error);
  }
}
