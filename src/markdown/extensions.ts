// What remark's parser is given for a text: the extensions of all constructs that the text can hold. Each costs time
// at every line or letter, so those that it cannot hold are left out, which changes nothing.
import type { Extension as FromMarkdownExtension } from 'mdast-util-from-markdown';
import type { Extension as MicromarkExtension } from 'micromark-util-types';
import { atOnce } from './at-once/document.js';
import type { Feature, RenderOptions } from './feature.js';
import { math } from './features/math.js';
import { features } from './features.js';

interface Extensions {
  readonly micromarkExtensions: MicromarkExtension[];
  readonly fromMarkdownExtensions: FromMarkdownExtension[];
}

/** In the form in which remark's `data` takes them. */
export function extensionsFor(text: string, options: RenderOptions): Extensions {
  return extensionsOf(
    features.filter(({ needs }) => needs === undefined || needs.test(text)),
    text,
    options,
  );
}

/** The same of constructs that are given. @internal */
export function extensionsOf(wanted: readonly Feature[], text: string, options: RenderOptions): Extensions {
  const syntaxes = wanted.flatMap(({ syntax = [] }) =>
    typeof syntax === 'function' ? syntax(options, text) : syntax,
  );
  const isKnown = wanted.every(({ syntax, isKnownAtOnce }) => isKnownAtOnce || !syntax);
  return {
    micromarkExtensions: isKnown
      ? [...syntaxes, atOnce[wanted.includes(math) ? options.math.doubleDollarInText : 'none']]
      : syntaxes,
    fromMarkdownExtensions: wanted.flatMap(({ tree = [] }) => tree),
  };
}
