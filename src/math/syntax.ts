// The micromark extension for formulas. What is a formula is said in `formula.ts`; here is only when micromark asks.
import type { Extension } from 'micromark-util-types';
import { displayConstruct } from './display-syntax.js';
import type { MathOptions } from './formula.js';
import { textConstructs } from './text-syntax.js';

const dollar = 36;
const backslash = 92;
const backtick = 96;
const tilde = 126;

/**
 * Formulas in a text of Markdown, which has to be known before. Tables need `tableWithMath` in place of `gfmTable`, so that a bar in a formula does not end
 * a cell. Use with `mathFromMarkdown`; `unclosedMath` tells what is not closed.
 */
export function mathSyntax(text: string, options: MathOptions): Extension {
  const display = displayConstruct(text);
  const inText = [...textConstructs(options)];
  return {
    flow: { [dollar]: display, [backslash]: display, [backtick]: display, [tilde]: display },
    text: { [dollar]: inText, [backslash]: inText },
  };
}
