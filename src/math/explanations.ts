// What an author is told about mistakes that take more than a line to explain.
import { isKnownCommand, isTextCommand, nearestCommand, nearestEnvironment } from './commands.js';
import {
  commandBefore,
  type Explanation,
  environmentName,
  insideBraces,
  isCloser,
  isInText,
  lastToken,
  openAt,
  openerOf,
  type Scene,
  wholeEnd,
} from './complaint.js';
import { customaryDefinition } from './customary.js';
import { entityAt } from './damage.js';
import { environmentNames } from './environments.js';
import { expandMacros } from './expand.js';
import { argumentAt, nameOf, type Token, textOf } from './tex.js';

export function unknownCommand(name: string, scene: Scene): Explanation {
  if (isTextCommand(name)) return onlyInTexts(name);
  if (isKnownCommand(name)) return onlyInFormulas(name);
  return {
    code: 'math/unknown-command',
    message: `KaTeX does not know ${name}`,
    hint: howToDefine(name, scene),
  };
}

function howToDefine(name: string, { macros, ...scene }: Scene): string {
  const define = 'efine it under math.macros in site.yaml';
  if (Object.hasOwn(commandInstead, name)) return commandInstead[name] as string;
  const customary = customaryDefinition(name);
  if (customary !== undefined) return `d${define}: ${customary}`;
  // What Markdown escapes, such as \\*.
  if (/^\\[!-/:-@[-`{-~]$/.test(name)) return `write ${name.charAt(1)} without the backslash`;
  const near = nearestCommand(name, macros, isInText(scene));
  if (near === undefined) return `d${define}`;
  return isKnownCommand(near) || macros.has(near)
    ? `did you mean ${near}? If not, d${define}`
    : `did you mean ${near}? D${define}: ${customaryDefinition(near)}`;
}

const numberedRows = 'write \\begin{align} … \\end{align}, with \\tag{…} at the end of a row for its number';

/** What to write for commands of plain TeX that KaTeX lacks, and where the nearest name is not the one that is meant. */
const commandInstead: Readonly<Record<string, string>> = {
  '\\eqalignno': numberedRows,
  '\\leqalignno': numberedRows,
  '\\bbox': 'write \\boxed{…}, without what stands in brackets',
  '\\part': 'did you mean \\partial?',
};

export function onlyInTexts(name: string): Explanation {
  return { message: `${name} works only in texts`, hint: 'put it into \\text{…}' };
}

export function onlyInFormulas(name: string): Explanation {
  return {
    message: `${name} cannot stand in a text`,
    hint: `put it into dollars inside the text: $${name}$`,
  };
}

export function unknownEnvironment(name: string, scene: Scene): Explanation {
  const near = nearestEnvironment(name);
  const known = environmentNames.includes(name.replace('*', ''))
    ? `write \\begin{${name}} out: it is not read where a macro puts its name together`
    : near && `did you mean ${near}?`;
  const hint = Object.hasOwn(instead, name) ? instead[name] : known;
  return {
    code: 'math/unknown-environment',
    message: `KaTeX does not know the environment ${name || 'without a name'}`,
    ...(hint === undefined ? {} : { hint }),
    at: insideBraces(scene),
  };
}

const list = 'end the formula before it, and write a Markdown list';
const block = (name: string) => `end the formula before it, and write a block from :::${name} to :::`;
const matrix = (name: string, left: string, right: string) =>
  [name, `write \\left${left}\\begin{smallmatrix} … \\end{smallmatrix}\\right${right}`] as const;

/** What to write for environments of LaTeX that KaTeX lacks. */
const instead: Readonly<Record<string, string>> = {
  tabular: 'write array for a formula, or a Markdown table for a text',
  tikzcd: 'write CD, with arrows such as @>f>> and @VgVV, or put a picture into the text',
  tikzpicture: 'put a picture into the text',
  numcases: 'write cases inside equation, which has one number for all rows',
  'cases*': 'write cases, with \\text{…} round its words',
  'dcases*': 'write dcases, with \\text{…} round its words',
  empheq: 'write \\boxed{\\begin{aligned} … \\end{aligned}}',
  dmath: 'write split inside equation, with \\\\ where a line ends',
  'dmath*': 'write split inside equation*, with \\\\ where a line ends',
  dgroup: 'write gather',
  multlined: 'write gathered',
  IEEEeqnarray: 'write align, without the columns behind the name',
  'IEEEeqnarray*': 'write align*, without the columns behind the name',
  blockarray: 'write array',
  itemize: list,
  enumerate: list,
  ...Object.fromEntries(
    [
      ...['theorem', 'lemma', 'proposition', 'corollary', 'definition', 'example', 'remark', 'exercise'],
      ...['algorithm', 'proof'],
    ].map((name) => [name, block(name)]),
  ),
  ...Object.fromEntries([matrix('psmallmatrix', '(', ')'), matrix('bsmallmatrix', '[', ']')]),
};

export function displayEnvironment(name: string, { tokens }: Scene): Explanation {
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
export function misplaced(got: string, scene: Scene): Explanation {
  const open = entityOfHtml(scene) ?? unclosedBefore(got, scene);
  if (open) return open;
  const known =
    doubledEscape(got, scene) ?? (Object.hasOwn(misplacements, got) ? misplacements[got] : undefined);
  return {
    ...(known ?? { message: `${got} cannot stand here` }),
    at: got === '\\end' ? wholeEnd(scene) : undefined,
  };
}

/** `A \\& B`, as other dialects of Markdown need it for `\&`. */
function doubledEscape(got: string, { tex, at, macro }: Scene): Explanation | undefined {
  const isDoubled = /^[&#]$/.test(got) && macro === undefined && tex.slice(0, at.start).endsWith('\\\\');
  return isDoubled
    ? { message: `the backslash of \\${got} is written twice`, hint: `write \\${got} for the character` }
    : undefined;
}

/** `&lt;` and its like: to TeX they begin with the end of a column. */
export function entityOfHtml({ tex, at, macro }: Scene): Explanation | undefined {
  const entity = macro === undefined ? entityAt(tex, at.start) : undefined;
  return (
    entity && {
      message: `${entity.written} is a character to HTML alone`,
      hint: `write ${entity.character} instead of ${entity.written}`,
      at: entity,
    }
  );
}

/** What should have been closed before that token, which then stands where it belongs. */
function unclosedBefore(got: string, scene: Scene): Explanation | undefined {
  const found = openIn(scene, isCloser(got) ? scene.at.start : scene.tex.length);
  if (!found) return undefined;
  const { opener, open, tokens } = found;
  // In a group that is closed, it is the & that is wrong.
  const isFault =
    got === '&'
      ? opener.type === 'open' && opener.start < scene.at.start
      : got === 'EOF' || openerOf(got, open, tokens) !== undefined;
  return isFault ? describeOpen(found, scene) : undefined;
}

const misplacements: Readonly<Record<string, Explanation>> = {
  EOF: { message: 'the formula ends too early' },
  '}': { message: 'a } has no {', hint: 'write \\} for the character' },
  '\\end': { message: 'an \\end has no \\begin' },
  '\\right': { message: 'a \\right has no \\left', hint: 'write \\left. before what it closes' },
  '&': {
    message: 'an & stands where no column can end',
    hint: 'put the rows between \\begin{aligned} and \\end{aligned}, or write \\& for the character',
  },
  '#': { message: 'a # stands outside a definition', hint: 'write \\# for the character' },
  _: { message: 'a _ stands in a text', hint: 'write \\_ for the character' },
  '^': { message: 'a ^ stands in a text', hint: 'put the formula into dollars inside the text' },
};

/** What is open at an offset (the formula's end unless given), in the formula or in a macro that it uses. */
export function neverClosed(scene: Scene, before = scene.tex.length): Explanation | undefined {
  const found = openIn(scene, before);
  return found && describeOpen(found, scene);
}

interface Open {
  /** Of the formula with its macros expanded, and without definitions, whose bodies need not be balanced. */
  readonly tokens: readonly Token[];
  readonly open: readonly number[];
  /** The innermost of them. */
  readonly opener: Token;
}

function openIn({ tokens: written, macros, macro }: Scene, before: number): Open | undefined {
  const { tokens } = expandMacros(written, macros);
  // The whole body of a macro has the place of its use.
  const open = openAt(tokens, macro === undefined ? before : before + 1);
  const opener = tokens[open.at(-1) ?? -1];
  return opener && { tokens, open, opener };
}

function describeOpen({ tokens, opener }: Open, { tex, macro }: Scene): Explanation {
  const written = tex.slice(opener.start, opener.end).trim();
  const isSource = written === opener.text;
  const where = isSource || macro !== undefined ? '' : `in the macro ${written}: `;
  const index = tokens.indexOf(opener);
  const argument = argumentAt(tokens, index + 1);
  const at = { start: opener.start, end: (argument && tokens[argument.next - 1]?.end) ?? opener.end };
  if (opener.text === '\\begin') {
    const name = environmentName(tokens, index);
    return {
      message: `${where}\\begin{${name}} has no \\end{${name}}`,
      hint: `write \\end{${name}} where it ends`,
      at,
      isSource,
    };
  }
  if (opener.text === '\\left') {
    const delimiter = argument ? textOf(tokens, argument) : '';
    return {
      message: `${where}\\left${delimiter} has no \\right`,
      hint: 'write \\right. where nothing shall stand',
      at,
      isSource,
    };
  }
  return {
    message: `${where}a { is not closed`,
    hint: 'add its }, or write \\{ for the character',
    at: opener,
    isSource,
  };
}

/** A `}` where KaTeX looks for an argument: it has a `{`, so that the argument is missing, or it has none. */
export function extraBrace(scene: Scene): Explanation {
  const { tokens, at } = scene;
  const innermost = tokens[openAt(tokens, at.start).at(-1) ?? -1];
  return innermost?.type === 'open' ? lacksArgument(commandBefore(tokens, at.start)) : misplaced('}', scene);
}

/** The formula ends within an argument: that one is not closed, or is not there. */
export function argumentEnds(expected: string | undefined, scene: Scene): Explanation {
  const { tokens, tex } = scene;
  if (expected === ']')
    return { message: 'a [ is not closed', at: tokens.findLast(({ text }) => text === '[') };
  const command = commandBefore(tokens, tex.length);
  return openBrace(scene, tex.length) ?? lacksBraces(command, scene) ?? lacksArgument(command);
}

/** A command without an argument; `\end` and `\right` where a brace is open only seem to be one. */
export function argumentMissing(name: string, scene: Scene): Explanation {
  const command = lastToken(scene, name);
  const open = isCloser(name) && command ? openBrace(scene, command.start) : undefined;
  return open ?? lacksBraces(command, scene) ?? lacksArgument(command);
}

const ofOneThing =
  /^\\(?:math[a-z]+|boldsymbol|bm|pmb|text[a-z]*|operatorname|bar|vec|d?dot|(?:wide)?(?:hat|tilde)|(?:over|under)line)$/;

/** `\hat\boldsymbol{x}`: to LaTeX's accents this is one thing, to KaTeX it is a command without its argument. */
function lacksBraces(command: Token | undefined, { tex, tokens }: Scene): Explanation | undefined {
  const index = command ? tokens.indexOf(command) : -1;
  const argument = index > 0 ? argumentAt(tokens, index + 1) : undefined;
  const outer = tokens.findLast(({ type }, at) => at < index && type !== 'space');
  const end = tokens[(argument?.next ?? 0) - 1]?.end;
  if (!command || !ofOneThing.test(command.text) || end === undefined) return undefined;
  if (!/^\\[a-zA-Z]/.test(outer?.text ?? '')) return undefined;
  return {
    message: `${command.text} and what it is for are not one argument`,
    hint: `write ${outer?.text}{${tex.slice(command.start, end)}}`,
    at: command,
  };
}

function openBrace(scene: Scene, before: number): Explanation | undefined {
  const found = openIn(scene, before);
  return found?.opener.type === 'open' ? describeOpen(found, scene) : undefined;
}

function lacksArgument(command: Token | undefined): Explanation {
  return {
    message: `${command?.text ?? 'a command'} lacks an argument`,
    hint: 'write an empty group {} where nothing shall stand',
    at: command,
  };
}

export function noSize(size: string, scene: Scene): Explanation {
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

export function unreadable(character: string): Explanation {
  if (character === '\\')
    return { message: 'a backslash has nothing behind it', hint: 'write \\backslash for the character' };
  return { message: `TeX cannot read the character ${nameOf(character)}`, hint: 'delete it' };
}

export const endless: Explanation = {
  code: 'math/expansion',
  message: 'macros expand without end, or to more than fits',
  hint: 'see whether one of them uses itself',
};
