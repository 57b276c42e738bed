// The parser with the constructs that a text can hold, apart from the rest of the program, so that it can be bundled.
import type { Root } from 'mdast';
import { remark } from 'remark';
import { extensionsFor } from '../../src/markdown/extensions.js';
import type { RenderOptions } from '../../src/markdown/feature.js';

export function parse(text: string, options: RenderOptions): Root {
  return remark()
    .data({ ...extensionsFor(text, options) })
    .parse(text);
}
