// The micromark extension for formulas. What is a formula is said in `formula.ts`; here is only when micromark asks.
import type { Extension } from 'micromark-util-types';
import { displayConstructs } from './display-syntax.js';
import type { MathOptions } from './formula.js';
import { textConstructs } from './text-syntax.js';

const dollar = 36;
const backslash = 92;
const backtick = 96;
const tilde = 126;

/**
 * Formulas in Markdown. Tables need `tableWithMath` in place of `gfmTable`, so that a bar in a formula does not end
 * a cell. Use with `mathFromMarkdown`; `unclosedMath` tells what is not closed.
 */
export function mathSyntax(options: MathOptions): Extension {
  const { document, flow } = displayConstructs();
  const text = [...textConstructs(options)];
  return {
    document: { null: [document] },
    flow: { [dollar]: flow, [backslash]: flow, [backtick]: flow, [tilde]: flow },
    text: { [dollar]: text, [backslash]: text },
  };
}
