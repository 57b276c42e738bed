// KaTeX's complaints in our own words, each with the place where its author would mend it. KaTeX points at where it
// gave up: for a brace that is never closed that is the end of the formula, here it is the brace.
import {
  type Complaint,
  type Explanation,
  found,
  insideBraces,
  lastToken,
  type Scene,
  tokenAt,
  wholeEnd,
  written,
} from './complaint.js';
import {
  argumentEnds,
  argumentMissing,
  displayEnvironment,
  endless,
  entityOfHtml,
  extraBrace,
  misplaced,
  neverClosed,
  noSize,
  onlyInFormulas,
  onlyInTexts,
  unknownCommand,
  unknownEnvironment,
  unreadable,
} from './explanations.js';
import { type Fault, fault, type Range } from './fault.js';
import type { Macros } from './macros.js';
import { tokenize } from './tex.js';

type Rule = readonly [pattern: RegExp, explain: (match: readonly string[], scene: Scene) => Explanation];

/** The fault that a complaint about a formula is. */
export function explain(complaint: Complaint, tex: string, macros: Macros): Fault {
  const scene: Scene = { ...complaint, tex, tokens: tokenize(tex), macros };
  for (const [pattern, describe] of rules) {
    const match = pattern.exec(complaint.message);
    if (match) return toFault(describe(match, scene), scene);
  }
  const message = `KaTeX cannot read this: ${complaint.message.charAt(0).toLowerCase()}${complaint.message.slice(1)}`;
  return toFault({ message }, scene);
}

function toFault({ code = 'math/syntax', message, hint, at, isSource }: Explanation, scene: Scene): Fault {
  // Of an expansion only the use is in the source, so what was found by looking there is beside the point.
  const macro = isSource ? undefined : scene.macro;
  const range = visible((macro === undefined && at) || scene.at, scene.tex);
  const shown = message.replace(/(\\[a-zA-Z]+)@[a-zA-Z@]*/g, '$1');
  return fault('error', code, macro === undefined ? shown : `in the macro ${macro}: ${shown}`, range, hint);
}

/** The range without blanks at its ends; something to see even at the end of the formula. */
export function visible({ start, end }: Range, tex: string): Range {
  const from = Math.max(0, Math.min(start, tex.length));
  const text = tex.slice(from, Math.max(from, end));
  if (text.trim() === '') {
    const last = Math.max(1, tex.slice(0, from + text.length).trimEnd().length);
    return { start: last - 1, end: Math.min(last, tex.length) };
  }
  const blanks = text.length - text.trimStart().length;
  return { start: from + blanks, end: from + text.trimEnd().length };
}

const rules: readonly Rule[] = [
  [/^Undefined control sequence: .*@/, () => ({ message: 'an argument is missing here' })],
  [/^Undefined control sequence: (.+)$/s, ([, name = ''], scene) => unknownCommand(name, scene)],
  [/^No such environment: (.*)$/s, ([, name = ''], scene) => unknownEnvironment(name, scene)],
  [/^\{(.*)\} can be used only in display mode/, ([, name = ''], scene) => displayEnvironment(name, scene)],
  [
    /^\\tag works only in display/,
    (_, { tokens }) => ({
      code: 'math/display-only',
      message: '\\tag works only in a display',
      hint: 'set the formula off with $$ lines of its own',
      at: tokens.findLast(({ text }) => text === '\\tag'),
    }),
  ],
  [/^Multiple \\tag/, () => ({ message: 'the row has two tags', hint: 'keep one of them' })],
  [
    /^Mismatch: \\begin\{(.*)\} matched by \\end\{(.*)\}$/,
    ([, begun, ended], scene) => ({
      message: `\\begin{${begun}} is ended by \\end{${ended}}`,
      hint: `write \\end{${begun}} here, or begin ${ended} as well`,
      at: wholeEnd(scene),
    }),
  ],
  [
    /^Expected '\$', got/,
    (_, scene) => ({
      message: 'a $ in a text is not closed',
      hint: 'write \\$ for the character',
      at: lastToken(scene, '$'),
    }),
  ],
  [
    /^Expected '(.*)', got 'EOF'$/s,
    (_, scene) => neverClosed(scene) ?? { message: 'the formula ends too early' },
  ],
  [/^Expected .* or \\end$/, (_, scene) => misplaced(tokenAt(scene)?.text ?? 'EOF', scene)],
  [
    /^Expected '(\\right)', got/,
    (_, scene) =>
      entityOfHtml(scene) ?? neverClosed(scene, scene.at.start) ?? { message: 'a \\right is missing' },
  ],
  [/^Expected '(?:.*)', got '(.*)'$/s, ([, got = ''], scene) => misplaced(got, scene)],
  [
    /^Unexpected end of input in a macro argument, expected '(.*)'$/s,
    ([, expected], scene) => argumentEnds(expected, scene),
  ],
  [/^Extra \}$/, (_, scene) => extraBrace(scene)],
  [/^Expected group as argument to '(.+)'$/s, ([, name = ''], scene) => argumentMissing(name, scene)],
  [
    /^Expected group after '(.)'$/,
    ([, script = '']) => ({
      message: `nothing stands after ${script}`,
      hint: script === '_' ? 'write \\_ for the character' : 'write {} behind it for nothing',
    }),
  ],
  [
    /^Double (superscript|subscript)$/,
    ([, script], scene) => ({
      message: `the base has a ${script} already`,
      hint:
        tokenAt(scene)?.text === "'"
          ? "put the prime before the ^, as in x'^2"
          : 'brace the first, as in {x_a}_b, or put both into one, as in x_{ab}',
    }),
  ],
  [
    /^Got function '\\\\' with no arguments as/,
    (_, { tex, at }) => {
      const brace = /[{}]/.exec(tex.charAt(at.start + 2))?.[0];
      return {
        message: 'a row end stands where an argument is expected',
        ...(brace && { hint: `write \\${brace} for a brace, with one backslash` }),
      };
    },
  ],
  [
    /^Got function '(.+)' with no arguments as (superscript|subscript|argument)/s,
    ([, name, place]) => ({
      message: `${name} stands alone as ${place === 'argument' ? 'an argument' : `a ${place}`}`,
      hint: `put braces round ${name} and what belongs to it`,
    }),
  ],
  [
    /^Can't use function '\$' in math mode$/,
    () => ({ message: 'a $ stands inside the formula', hint: 'write \\$ for the character' }),
  ],
  [/^Can't use function '(.+)' in text mode$/s, ([, name = '']) => onlyInFormulas(name)],
  [
    /^Can't use function '(\\[()[\]])' in math mode$/,
    ([, delimiter]) => ({
      message: `${delimiter} stands inside a formula`,
      hint: 'delimiters of formulas have no place inside one',
    }),
  ],
  [/^Can't use function '(.+)' in math mode$/s, ([, name = '']) => onlyInTexts(name)],
  [
    /^Invalid color: /,
    (_, scene) => ({
      message: `${written(scene)} is no colour`,
      hint: 'write a name such as red, or #f00',
      at: insideBraces(scene),
    }),
  ],
  [/^Invalid size: '(.*)'$/s, ([, size = ''], scene) => noSize(size, scene)],
  [
    /^Invalid unit: '(.*)'/s,
    ([, unit], scene) => ({
      message: `${unit} is no unit of length`,
      hint: 'use em, ex, mu, pt, mm, cm or in',
      at: insideBraces(scene),
    }),
  ],
  [
    /^Invalid delimiter '(.*)' after '(.+)'$/s,
    ([, delimiter, name]) => ({
      message: `${delimiter} is no delimiter for ${name}`,
      hint: `write ${name}. for an invisible one`,
    }),
  ],
  [
    /^Invalid delimiter type/,
    () => ({
      message: 'a group is no delimiter',
      hint: 'write the delimiter without braces, as in \\left( or \\big|',
    }),
  ],
  [
    /^Unknown column alignment: (.*)$/s,
    ([, column]) => ({
      message: `${column} is no kind of column`,
      hint: 'columns are l, c and r, with | or : between them',
    }),
  ],
  [
    /^Too many tab characters/,
    (_, scene) =>
      entityOfHtml(scene) ?? {
        message: 'the row has an & too many',
        hint: 'take an environment with more columns, such as aligned or array',
      },
  ],
  [
    /^Too many math in a row: expected (\d+), but got (.+)$/,
    ([, expected, got], { tokens }) => ({
      message: `a row has ${Math.ceil(Number(got))} pairs of columns, where ${expected} are announced`,
      hint: 'raise the number behind \\begin{alignat}',
      at: tokens.find(({ text }) => text === '\\begin'),
    }),
  ],
  [
    /^Number of columns should/,
    (_, scene) => ({ message: 'the number of columns is a whole number from 1', at: insideBraces(scene) }),
  ],
  [
    /^Limit controls must follow/,
    (_, scene) => ({
      message: `${tokenAt(scene)?.text ?? '\\limits'} follows no operator`,
      hint: 'it works behind \\sum, \\int, \\mathop{…} and the like',
    }),
  ],
  [/^Unexpected character: '(.*)'$/s, ([, character = '']) => unreadable(character)],
  [
    /valid only within array environment$/,
    (_, scene) => ({
      message: `${tokenAt(scene)?.text} stands outside an array`,
      hint: 'it works at the beginning of a row of array',
    }),
  ],
  [
    /^only one infix operator per group$/,
    () => ({ message: 'a second \\over or the like stands in the group', hint: 'write \\frac{…}{…}' }),
  ],
  [
    /^\\middle without preceding \\left$/,
    (_, scene) => ({ message: '\\middle stands outside \\left…\\right', at: lastToken(scene, '\\middle') }),
  ],
  [
    /^Mismatched (.+)$/s,
    ([, closer]) => ({
      message: `${closer} closes nothing`,
      hint: 'delimiters of formulas have no place inside one',
    }),
  ],
  [
    /^Unsupported character: (.*)$/s,
    ([, character = ''], scene) => ({ message: `KaTeX has no ${character}`, at: found(character, scene) }),
  ],
  [/^(?:Too many expansions|Too many tokens)/, () => endless],
  [
    /^Maximum call stack|^Invalid array length/,
    () => ({ code: 'math/too-deep', message: 'the formula is nested too deep', hint: 'take it apart' }),
  ],
  [
    /^Use of the macro doesn't match/,
    () => ({
      message: 'the macro is not used as its definition says',
      hint: 'see what its \\def has between the arguments',
    }),
  ],
  [
    /^Expected a (?:control sequence|macro definition)|first argument must be a macro name/,
    () => ({ code: 'math/bad-macro', message: 'a definition lacks the name or the body of its macro' }),
  ],
  [
    /^(?:Invalid argument number|Argument number|Not a valid argument|Incomplete placeholder)|is not iterable|spread syntax/i,
    () => ({ code: 'math/bad-macro', message: 'a # in a definition is followed by the wrong number' }),
  ],
  [
    /^Missing a (.) character to complete a CD arrow/,
    ([, arrow]) => ({
      message: `an arrow of CD lacks its second ${arrow}`,
      hint: `an arrow has three of them: @${arrow}${arrow}${arrow}`,
    }),
  ],
  [
    /^Expected one of .* after @$/,
    () => ({ message: 'no arrow of CD begins so', hint: 'write @>>>, @<<<, @AAA or @VVV' }),
  ],
  [
    /^Invalid base-\d+ digit|^\\char` missing|non-numeric argument/,
    () => ({ message: '\\char lacks the number of its character', hint: 'write it as in \\char"41' }),
  ],
  [/with invalid code point/, () => ({ message: 'there is no such character' })],
  [
    /^\\verb ended by end of line/,
    () => ({
      message: '\\verb does not end on its line',
      hint: 'it ends with the character behind it: \\verb|…|',
    }),
  ],
  [
    /^Invalid token after macro prefix$/,
    () => ({ message: '\\global and \\long stand only before a definition' }),
  ],
  [
    /^\{subarray\} can contain only one column$/,
    () => ({ message: 'the rows of \\substack have one column', hint: 'leave out the &' }),
  ],
  [
    /^Expected node of/,
    () => ({ message: 'something else is expected here', hint: 'see whether an argument is missing' }),
  ],
];
