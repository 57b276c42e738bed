// KaTeX's complaints in our own words, each with the place where its author would mend it. KaTeX points at where it
// gave up: for a brace that is never closed that is the end of the formula, here it is the brace.
import type { Code } from '../diagnostic.js';
import { isKnownCommand, nearestCommand, nearestEnvironment } from './commands.js';
import { expandMacros } from './expand.js';
import { type Fault, fault, type Range } from './fault.js';
import type { Macros } from './macros.js';
import { argumentAt, groupEnd, type Token, textOf, tokenize } from './tex.js';

/** What went wrong, with places already in the formula's source. */
export interface Complaint {
  /** The message as KaTeX or the runtime gives it. */
  readonly message: string;
  /** Where KaTeX says it is, if it says so, or else the token that was read last. */
  readonly at: Range;
  /** The author's macro in whose expansion it is; `at` is the macro's use then. */
  readonly macro?: string;
}

interface Scene extends Complaint {
  readonly tex: string;
  readonly tokens: readonly Token[];
  readonly macros: Macros;
}

interface Explanation {
  readonly code?: Code;
  readonly message: string;
  readonly hint?: string;
  readonly at?: Range | undefined;
}

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

function toFault({ code = 'math/syntax', message, hint, at }: Explanation, scene: Scene): Fault {
  // Of an expansion only the use is in the source, so what was found by looking there is beside the point.
  const range = visible((scene.macro === undefined && at) || scene.at, scene.tex);
  return fault(
    'error',
    code,
    scene.macro === undefined ? message : `in the macro ${scene.macro}: ${message}`,
    range,
    hint,
  );
}

/** The range without blanks at its ends; something to see even at the end of the formula. */
function visible({ start, end }: Range, tex: string): Range {
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
    /^Expected '(.*)', got 'EOF'$/s,
    (_, scene) => neverClosed(scene) ?? { message: 'the formula ends too early' },
  ],
  [/^Expected & or .* or \\end$/, (_, scene) => misplaced(tokenAt(scene)?.text ?? 'EOF', scene)],
  [
    /^Expected '(\\right)', got/,
    (_, scene) => neverClosed(scene, scene.at.start) ?? { message: 'a \\right is missing' },
  ],
  [/^Expected '(?:.*)', got '(.*)'$/s, ([, got = ''], scene) => misplaced(got, scene)],
  [
    /^Unexpected end of input in a macro argument, expected '(.*)'$/s,
    ([, expected], scene) => argumentEnds(expected, scene),
  ],
  [/^Extra \}$/, (_, scene) => lacksArgument(commandBefore(scene.tokens, scene.at.start))],
  [
    /^Expected group as argument to '(.+)'$/s,
    ([, name = ''], scene) => lacksArgument(lastToken(scene, name)),
  ],
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
    /^Can't use function '(.+)' in math mode$/s,
    ([, name]) => ({ message: `${name} works only in texts`, hint: `put it into \\text{…}` }),
  ],
  [
    /^Invalid color: '(.*)'$/s,
    ([, color], scene) => ({
      message: `${color || 'nothing'} is no colour`,
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
    () => ({
      message: 'the row has an & too many',
      hint: 'take an environment with more columns, such as aligned or array',
    }),
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
];

const endless: Explanation = {
  code: 'math/expansion',
  message: 'macros expand without end, or to more than fits',
  hint: 'see whether one of them uses itself',
};

function unknownCommand(name: string, { macros }: Scene): Explanation {
  if (isKnownCommand(name)) return onlyInFormulas(name);
  const near = nearestCommand(name, macros);
  const define = 'efine it under math.macros in site.yaml';
  const isDefined = near !== undefined && (isKnownCommand(near) || macros.has(near));
  return {
    code: 'math/unknown-command',
    message: `KaTeX does not know ${name}`,
    hint:
      near === undefined ? `d${define}` : `did you mean ${near}? ${isDefined ? 'If not, d' : 'D'}${define}`,
  };
}

function onlyInFormulas(name: string): Explanation {
  return {
    message: `${name} cannot stand in a text`,
    hint: `put it into dollars inside the text: $${name}$`,
  };
}

function unknownEnvironment(name: string, scene: Scene): Explanation {
  const near = nearestEnvironment(name);
  return {
    code: 'math/unknown-environment',
    message: `KaTeX does not know the environment ${name || 'without a name'}`,
    ...(near === undefined ? {} : { hint: `did you mean ${near}?` }),
    at: insideBraces(scene),
  };
}

function displayEnvironment(name: string, { tokens }: Scene): Explanation {
  const inline: Readonly<Record<string, string>> = {
    align: 'aligned',
    gather: 'gathered',
    alignat: 'alignedat',
  };
  const instead = inline[name.replace('*', '')];
  const index = tokens.findIndex(
    ({ text }, at) => text === '\\begin' && environmentName(tokens, at) === name,
  );
  const argument = argumentAt(tokens, index + 1);
  return {
    code: 'math/display-only',
    message: `${name} works only in a display`,
    hint: `set the formula off with $$ lines of its own${instead ? `, or take ${instead}` : ''}`,
    at:
      index === -1 || !argument
        ? undefined
        : { start: tokens[index]?.start ?? 0, end: tokens[argument.next - 1]?.end ?? 0 },
  };
}

/** A token where no such token can be. */
function misplaced(got: string, scene: Scene): Explanation {
  const before = scene.at.start;
  switch (got) {
    case 'EOF':
      return neverClosed(scene) ?? { message: 'the formula ends too early' };
    case '}':
      return neverClosed(scene, before) ?? { message: 'a } has no {', hint: 'write \\} for the character' };
    case '\\end':
      return neverClosed(scene, before) ?? { message: 'an \\end has no \\begin', at: wholeEnd(scene) };
    case '\\right':
      return (
        neverClosed(scene, before) ?? {
          message: 'a \\right has no \\left',
          hint: 'write \\left. before what it closes',
        }
      );
    case '&':
      return {
        message: 'an & stands where no column can end',
        hint: 'put the rows between \\begin{aligned} and \\end{aligned}, or write \\& for the character',
      };
    case '#':
      return { message: 'a # stands outside a definition', hint: 'write \\# for the character' };
    case '_':
    case '^':
      return {
        message: `a ${got} stands in a text`,
        hint: got === '_' ? 'write \\_ for the character' : 'put the formula into dollars inside the text',
      };
    default:
      return { message: `${got} cannot stand here` };
  }
}

/** What is open at an offset (the formula's end unless given): a brace, `\left` or `\begin`, the innermost. */
function neverClosed({ tokens, tex, macros }: Scene, before = tex.length): Explanation | undefined {
  const written = innermostOpen(tokens, before);
  if (written) return unclosed(written.tokens, written.index, '');
  const expanded = innermostOpen(expandMacros(tokens, macros).tokens, before);
  const opener = expanded?.tokens[expanded.index];
  return (
    expanded &&
    opener &&
    unclosed(expanded.tokens, expanded.index, `in the macro ${tex.slice(opener.start, opener.end).trim()}: `)
  );
}

function innermostOpen(tokens: readonly Token[], before: number) {
  const open: number[] = [];
  for (let index = 0; index < tokens.length && (tokens[index] as Token).start < before; index++) {
    const { type, text } = tokens[index] as Token;
    const isNamed = text === '\\begin' || text === '\\end';
    if (type === 'open' || text === '\\left' || text === '\\begin') open.push(index);
    else if (type === 'close' || text === '\\right' || text === '\\end') open.pop();
    if (isNamed) index = (argumentAt(tokens, index + 1)?.next ?? index + 1) - 1;
  }
  const index = open.pop();
  return index === undefined ? undefined : { tokens, index };
}

function unclosed(tokens: readonly Token[], index: number, where: string): Explanation {
  const opener = tokens[index] as Token;
  if (opener.type === 'open')
    return { message: `${where}a { is not closed`, hint: 'write \\{ for the character', at: opener };
  const argument = argumentAt(tokens, index + 1);
  const at = { start: opener.start, end: (argument && tokens[argument.next - 1]?.end) ?? opener.end };
  if (opener.text === '\\begin') {
    const name = environmentName(tokens, index);
    return {
      message: `${where}\\begin{${name}} has no \\end{${name}}`,
      hint: `write \\end{${name}} where it ends`,
      at,
    };
  }
  const delimiter = argument ? textOf(tokens, argument) : '';
  return {
    message: `${where}\\left${delimiter} has no \\right`,
    hint: 'write \\right. where nothing shall stand',
    at,
  };
}

function argumentEnds(expected: string | undefined, scene: Scene): Explanation {
  const { tokens, tex } = scene;
  if (expected === ']')
    return { message: 'a [ is not closed', at: tokens.findLast(({ text }) => text === '[') };
  const isOpen = tokens.some(
    (token, index) => token.type === 'open' && groupEnd(tokens, index) === tokens.length,
  );
  return (isOpen ? neverClosed(scene) : undefined) ?? lacksArgument(commandBefore(tokens, tex.length));
}

function lacksArgument(command: Token | undefined): Explanation {
  return {
    message: `${command?.text ?? 'a command'} lacks an argument`,
    hint: 'write an empty group {} where nothing shall stand',
    at: command,
  };
}

/** The command whose arguments end before an offset: `\frac` in `\frac{a}`. */
function commandBefore(tokens: readonly Token[], offset: number): Token | undefined {
  let depth = 0;
  for (let index = tokens.findLastIndex(({ start }) => start < offset); index >= 0; index--) {
    const token = tokens[index] as Token;
    if (token.type === 'close') depth++;
    else if (token.type === 'open') depth--;
    else if (depth <= 0 && token.type === 'command') return token;
  }
  return undefined;
}

function noSize(size: string, scene: Scene): Explanation {
  const { tex, tokens, at } = scene;
  if (size === 'EOF') return lacksArgument(commandBefore(tokens, tex.length));
  // Through a macro such as \hspace KaTeX sees only the first character.
  const brace = tex.charAt(at.start - 1) === '{' ? tex.indexOf('}', at.start) : -1;
  const place = brace === -1 ? insideBraces(scene) : { start: at.start, end: brace };
  const written = place ? tex.slice(place.start, place.end) : size;
  return {
    message: `${written || 'nothing'} is no length`,
    hint: 'write a number and a unit, such as 1em',
    at: place,
  };
}

function unreadable(character: string): Explanation {
  if (character === '\\')
    return { message: 'a backslash has nothing behind it', hint: 'write \\backslash for the character' };
  const code = (character.charCodeAt(0) || 0).toString(16).toUpperCase().padStart(4, '0');
  return { message: `TeX cannot read the character U+${code}`, hint: 'delete it' };
}

function tokenAt({ tokens, at }: Scene): Token | undefined {
  return tokens.find(({ start }) => start === at.start);
}

function lastToken({ tokens, at }: Scene, text: string): Token | undefined {
  return tokens.findLast((token) => token.text === text && token.start <= at.start);
}

function environmentName(tokens: readonly Token[], index: number): string {
  const argument = argumentAt(tokens, index + 1);
  return argument ? textOf(tokens, argument) : '';
}

/** `\end{name}` from the place of its `\end`. */
function wholeEnd(scene: Scene): Range | undefined {
  const index = scene.tokens.findIndex(({ start }) => start === scene.at.start);
  const argument = argumentAt(scene.tokens, index + 1);
  return argument && { start: scene.at.start, end: scene.tokens[argument.next - 1]?.end ?? scene.at.end };
}

function insideBraces({ tex, at }: Scene): Range | undefined {
  const text = tex.slice(at.start, at.end);
  return /^\{.+\}$/s.test(text) ? { start: at.start + 1, end: at.end - 1 } : undefined;
}

function found(text: string, { tex }: Scene): Range | undefined {
  const start = tex.indexOf(text);
  return start === -1 || text === '' ? undefined : { start, end: start + text.length };
}
