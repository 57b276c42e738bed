// What `check` says about formulas that KaTeX sets without complaint: damage done by formatters and converters, and
// displays that no phone can show. Faults carry the text that mends them where that is certain.
import { type Fault, fault } from './fault.js';
import { toPlainText } from './plain-text.js';

export interface Lint extends Fault {
  /** What to put in place of the faulty range. */
  readonly fix?: string;
}

interface Rule {
  readonly pattern: RegExp;
  /** What is wrong with the match; undefined when it is fine after all. */
  readonly lint: (match: RegExpMatchArray, tex: string) => Lint | undefined;
}

/** Operators whose limits a formatter turns into a product: `\sum_{k}` and another `_` become emphasis. */
const limits =
  'sum|prod|coprod|int|oint|iint|lim|limsup|liminf|max|min|sup|inf|bigcup|bigcap|bigoplus|bigotimes|argmax|argmin';

const rules: readonly Rule[] = [
  {
    pattern: new RegExp(`\\\\(?:${limits})(?:\\\\limits)?(\\*)\\{`, 'g'),
    lint: (match) =>
      at(
        match,
        match[0].lastIndexOf('*'),
        1,
        'math/formatter-damage',
        'a * where a subscript begins: a formatter took _ for emphasis',
        '_',
      ),
  },
  {
    pattern: /\\_(?=\{)/g,
    lint: (match, tex) =>
      insideText(tex, match.index ?? 0)
        ? undefined
        : at(match, 0, 2, 'math/formatter-damage', 'an escaped _ where a subscript begins', '_'),
  },
  {
    pattern: /(?<!\\)\\\\\\\\(?!\\)(?=\s|$)/g,
    lint: (match) =>
      at(
        match,
        0,
        4,
        'math/formatter-damage',
        'a row end written twice, as other Markdown dialects need it',
        '\\\\',
      ),
  },
  {
    pattern: /\\begin\{(eqnarray\*?)\}/g,
    lint: (match) =>
      at(
        match,
        0,
        match[0].length,
        'math/old-environment',
        `${match[1]} sets too much space around its relations`,
        undefined,
        'use align',
      ),
  },
];

/**
 * Readable characters that a row of a display may have before it is sure to scroll on a phone of 320 px. About 35
 * letters fit side by side; fractions and scripts, which are stacked, take less room than they have characters.
 */
const phoneWidth = 64;

/** The lints of one formula, in the order of their places. */
export function lintFormula(tex: string, display: boolean): readonly Lint[] {
  const found = rules.flatMap(({ pattern, lint }) =>
    [...tex.matchAll(pattern)].flatMap((match) => lint(match, tex) ?? []),
  );
  return [...found, ...prose(tex), ...(display ? wide(tex) : [])].sort((a, b) => a.offset - b.offset);
}

function at(
  match: RegExpMatchArray,
  offset: number,
  length: number,
  code: Fault['code'],
  message: string,
  fix?: string,
  hint?: string,
): Lint {
  const start = (match.index ?? 0) + offset;
  const advice = hint ?? (fix === undefined ? undefined : `write ${fix}; check --fix does it`);
  return {
    ...fault('warning', code, message, { start, end: start + length }, advice),
    ...(fix === undefined ? {} : { fix }),
  };
}

/** Whether the offset lies in the argument of a command for words, where `\_` is an underscore. */
function insideText(tex: string, offset: number): boolean {
  const before = tex.slice(0, offset);
  const begin = Math.max(
    ...['\\text{', '\\mathrm{', '\\texttt{', '\\operatorname{', '\\mathtt{', '\\textrm{'].map((command) =>
      before.lastIndexOf(command),
    ),
  );
  return begin >= 0 && !before.slice(begin).includes('}');
}

/** Four or more words in a row are a sentence between two prices more often than a formula. */
function prose(tex: string): Lint[] {
  const match = /(?<![\\\p{L}{])\p{L}{2,}(?:[,.]?\s+\p{L}{2,}){3,}/u.exec(
    tex.replace(/\\[a-zA-Z]+\s*\{[^{}]*\}/g, (command) => '\0'.repeat(command.length)),
  );
  if (!match) return [];
  const range = { start: match.index, end: match.index + match[0].length };
  return [
    fault(
      'warning',
      'math/looks-like-prose',
      'these words are set as a product of letters',
      range,
      'escape the dollars with \\$ if this is text, or put the words into \\text{…}',
    ),
  ];
}

function wide(tex: string): Lint[] {
  const rows = tex.split(/\\\\/);
  const widths = rows.map(
    (row) =>
      toPlainText(row.replace(/\\(?:begin|end)\{\w+\*?\}|&|\\label\{[^}]*\}/g, ' ')).text.replace(/\s+/g, ' ')
        .length,
  );
  const widest = Math.max(...widths);
  if (widest <= phoneWidth) return [];
  const range = {
    start: 0,
    end: Math.min(tex.length, tex.indexOf('\n') < 0 ? tex.length : tex.indexOf('\n')),
  };
  return [
    fault(
      'note',
      'math/wide-display',
      `a row of about ${widest} characters is wider than a phone and scrolls there`,
      range,
      'break it with aligned or split',
    ),
  ];
}
