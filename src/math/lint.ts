// What `check` says about formulas that KaTeX sets without complaint: damage done by formatters and converters, and
// displays that no phone can show. Faults carry the text that mends them where that is certain.
import type { Place, WrittenMacro } from '../types.js';
import { isKnownCommand } from './commands.js';
import { damageIn, withoutFix } from './damage.js';
import type { Macro } from './definitions.js';
import { applyEdits } from './edits.js';
import { type Lint, lint } from './fault.js';
import { setFormula } from './katex.js';
import { type Macros, noMacros } from './macros.js';
import { plainWidth, toPlainText } from './plain-text.js';

/**
 * Readable characters that a row of a display may have before it is sure to scroll on a phone of 320 px. About 35
 * letters fit side by side; fractions and scripts, which are stacked, take less room than they have characters.
 */
const phoneWidth = 64;

/** The lints of one formula, in the order of their places. */
export function lintFormula(tex: string, display: boolean, macros: Macros = noMacros): readonly Lint[] {
  const found = [
    ...certain(damageIn(tex, display, macros), tex, display, macros),
    ...oldEnvironments(tex),
    ...prose(tex),
    ...(display ? wide(tex) : []),
  ];
  return found.sort((a, b) => a.offset - b.offset);
}

/** What would make a formula that is set one that is not is no mending. */
function certain(found: readonly Lint[], tex: string, display: boolean, macros: Macros): readonly Lint[] {
  const edits = found.flatMap(({ fix, offset, length }) =>
    fix === undefined ? [] : [{ start: offset, end: offset + length, text: fix }],
  );
  if (edits.length === 0) return found;
  const isSet = (one: string) => setFormula(one, { display, macros }).ok;
  if (isSet(applyEdits(tex, edits).text) || !isSet(tex)) return found;
  return found.map(withoutFix);
}

function oldEnvironments(tex: string): Lint[] {
  return [...tex.matchAll(/\\begin\{(eqnarray\*?)\}/g)].map(({ 0: { length }, 1: name, index }) =>
    lint(
      'math/old-environment',
      `${name} sets too much space around its relations`,
      { start: index, end: index + length },
      { hint: 'use align' },
    ),
  );
}

/** Four or more words in a row are a sentence between two prices more often than a formula. */
function prose(tex: string): Lint[] {
  const match = /(?<![\\\p{L}{])\p{L}{2,}(?:[,.]?\s+\p{L}{2,}){3,}/u.exec(
    tex.replace(/\\[a-zA-Z]+\s*\{[^{}]*\}/g, (command) => '\0'.repeat(command.length)),
  );
  if (!match) return [];
  const range = { start: match.index, end: match.index + match[0].length };
  return [
    lint('math/looks-like-prose', 'these words are set as a product of letters', range, {
      hint: 'escape the dollars with \\$ if this is text, or put the words into \\text{…}',
    }),
  ];
}

function wide(tex: string): Lint[] {
  const rows = tex.split(/\\\\/);
  const widths = rows.map((row) =>
    plainWidth(row.replace(/\\(?:begin|end)\{\w+\*?\}|&|\\label\{[^}]*\}/g, ' ')),
  );
  const widest = Math.max(...widths);
  if (widest <= phoneWidth) return [];
  const range = {
    start: 0,
    end: Math.min(tex.length, tex.indexOf('\n') < 0 ? tex.length : tex.indexOf('\n')),
  };
  return [
    lint(
      'math/wide-display',
      `a row of about ${widest} characters is wider than a phone and scrolls there`,
      range,
      { severity: 'note', hint: 'break it with aligned or split' },
    ),
  ];
}

/**
 * A macro and the place of its name. `by` is the command that defines it, if one does: `\renewcommand` says that it takes
 * another's place.
 */
export function writtenMacro(
  { name, macro, by }: { readonly name: string; readonly macro: Macro; readonly by?: string },
  place: Place,
): WrittenMacro {
  const shadows = isKnownCommand(name) && by !== '\\renewcommand' && !isSameLetter(name, macro);
  return { name, place, shadows };
}

/** `\R` for ℝ is what KaTeX has, too: nobody is surprised. */
function isSameLetter(name: string, { body }: Macro): boolean {
  const { text } = toPlainText(name);
  return /^\p{L}+$/u.test(text) && toPlainText(body).text === text;
}
