// What formatters, converters and other dialects of Markdown leave in formulas, and KaTeX mostly sets without a word:
// each with the text that mends it.
import { isKnownCommand } from './commands.js';
import { texts } from './dialect-edits.js';
import { type Lint, lint, type Range } from './fault.js';
import type { Macros } from './macros.js';
import { referenceCommands } from './reference-commands.js';
import { argumentAt, type Token, textOf, tokenize } from './tex.js';
import { isTextArgument } from './text-arguments.js';

/** The damage in a formula. */
export function damageIn(tex: string, display: boolean, macros: Macros): readonly Lint[] {
  if (!/[\\&*]/.test(tex)) return [];
  const tokens = tokenize(tex);
  const places = placesOf(tokens, macros);
  const sites = tokens.map(
    (token, at): Site => ({ tokens, at, token, place: places[at] ?? outside, macros }),
  );
  return [
    ...starsForScripts(tex),
    ...doubledRowEnds(tex),
    ...entities(tex),
    ...doubledBraces(tokens),
    ...doubledEscapes(sites, tex, display),
    ...sites.flatMap((site) =>
      [escapedUnderscore, escapedStar, doubledBackslash, halvedRowEnd].flatMap((rule) => rule(site)),
    ),
  ];
}

function damage(message: string, range: Range, fix: string): Lint {
  return lint('math/formatter-damage', message, range, { hint: `write ${fix}; check --fix does it`, fix });
}

/** What may be meant as it stands is for its author to mend. */
export function withoutFix({ fix, ...rest }: Lint): Lint {
  return fix === undefined ? rest : { ...rest, hint: `if it is damage, write ${fix}` };
}

/** Operators whose limits a formatter turns into a product: `\sum_{k}` and another `_` become emphasis. */
const limits =
  'sum|prod|coprod|int|oint|iint|lim|limsup|liminf|max|min|sup|inf|bigcup|bigcap|bigoplus|bigotimes|argmax|argmin';
const starred = new RegExp(`\\\\(?:${limits})(?:\\\\limits)?\\*(?=\\{)`, 'g');

function starsForScripts(tex: string): Lint[] {
  return [...tex.matchAll(starred)].map(({ 0: { length }, index }) => {
    const end = index + length;
    return damage(
      'a * where a subscript begins: a formatter took _ for emphasis',
      { start: end - 1, end },
      '_',
    );
  });
}

/** Where backslashes have to be doubled, those of every row end are; else two row ends are an empty row. */
const plainRowEnd = /(?<!\\)\\{2}(?=[\s[*&]|$)/;

function doubledRowEnds(tex: string): Lint[] {
  if (plainRowEnd.test(tex)) return [];
  return [...tex.matchAll(/(?<!\\)\\{4}(?!\\)(?=\s|$)/g)].map(({ index }) =>
    damage(
      'a row end written twice, as other Markdown dialects need it',
      { start: index, end: index + 4 },
      '\\\\',
    ),
  );
}

const characters: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&nbsp;': '~',
  '&#39;': "'",
  '&#x27;': "'",
};

/** Whole, since `a &lt b` is a cell that begins with two letters; and no `\&`. */
const entity = /(?<!(?<!\\)(?:\\\\)*\\)&(?:amp|lt|gt|nbsp|#39|#x27);/g;

function entities(tex: string): Lint[] {
  // Of characters that are shown as they are written, blanks stand here.
  const read = tex.replace(/\\verb\*?(.).*?\1/g, (verbatim) => ' '.repeat(verbatim.length));
  return [...read.matchAll(entity)].map(({ 0: written, index }) => {
    const message = `${written} is a character to HTML alone`;
    return damage(message, { start: index, end: index + written.length }, characters[written] ?? '');
  });
}

/** The entity of HTML around an offset, and its character. */
export function entityAt(
  tex: string,
  offset: number,
): (Range & { readonly written: string; readonly character: string }) | undefined {
  const match = [...tex.matchAll(entity)].find(
    ({ 0: { length }, index }) => index <= offset && offset < index + length,
  );
  if (!match) return undefined;
  const [written] = match;
  return {
    written,
    character: characters[written] ?? '',
    start: match.index,
    end: match.index + written.length,
  };
}

/** What is round a token. */
interface Place {
  /** It is part of words, in which `\_` is an underscore. */
  readonly isWords: boolean;
  /** Rows can end right here. */
  readonly isRow: boolean;
  /** Rows can end here, or in something round it. */
  readonly mayBeRow: boolean;
}

const outside: Place = { isWords: false, isRow: false, mayBeRow: false };

interface Site {
  readonly tokens: readonly Token[];
  readonly at: number;
  readonly token: Token;
  readonly place: Place;
  readonly macros: Macros;
}

/** Commands that take a name or words set in a typeface. */
const wordCommands = new RegExp(
  String.raw`^\\(?:math(?:rm|tt|sf|it|bf|normal)|operatorname|label|tag|${referenceCommands.join('|')}|[a-zA-Z]*color|ce|pu)$`,
);
const rowCommands = /^\\(?:substack|[pbBvV]?matrix|cases|eqalign|displaylines|subarray)$/;
const withoutRows = /^(?:equation\*?|displaymath|math)$/;

/** The surroundings of each token. */
function placesOf(tokens: readonly Token[], macros: Macros): readonly Place[] {
  const places: Place[] = [];
  const round: Place[] = [];
  /** Where the groups began that have ended, by the place of their end. */
  const begun = new Map<number, number>();
  const open: number[] = [];
  tokens.forEach((token, at) => {
    const here = round.at(-1) ?? outside;
    places.push(here);
    if (token.type === 'open') {
      round.push(insideGroup(here, argumentOf(tokens, at, begun), macros));
      open.push(at);
    } else if (token.text === '\\begin') {
      const name = argumentAt(tokens, at + 1);
      const hasRows = !withoutRows.test(name ? textOf(tokens, name) : '');
      round.push({ isWords: false, isRow: hasRows, mayBeRow: here.mayBeRow || hasRows });
    } else if (token.type === 'close' || token.text === '\\end') {
      round.pop();
      if (token.type === 'close') begun.set(at, open.pop() ?? at);
    } else if (token.text === '$' && round.length > 0) {
      round[round.length - 1] = { ...here, isWords: !here.isWords };
    }
  });
  return places;
}

interface Argument {
  readonly command: string;
  /** The first is 1. */
  readonly number: number;
}

const mostArguments = 9;

/** The command whose argument the group at an index is, if groups alone stand between them. */
function argumentOf(tokens: readonly Token[], index: number, begun: ReadonlyMap<number, number>): Argument {
  let at: number | undefined = index;
  let number = 0;
  let before = index;
  while (at !== undefined && number < mostArguments) {
    number++;
    before = at - 1;
    while (tokens[before]?.type === 'space' || tokens[before]?.text === '*') before--;
    at = begun.get(before);
  }
  const token = tokens[before];
  return { command: token?.type === 'command' ? token.text : '', number };
}

/** What an author's macro does with its arguments is not known: they may be words, or rows. */
function insideGroup(here: Place, { command, number }: Argument, macros: Macros): Place {
  const isOwn = macros.has(command) || (/^\\[a-zA-Z]/.test(command) && !isKnownCommand(command));
  const isFirst = number === 1;
  const hasRows = isFirst && rowCommands.test(command);
  return {
    isWords:
      here.isWords ||
      isOwn ||
      isTextArgument(command, number) ||
      (isFirst && (texts.test(command) || wordCommands.test(command))),
    isRow: hasRows,
    mayBeRow: here.mayBeRow || isOwn || hasRows,
  };
}

const letter = /^[a-zA-Z]$/;
/** What a subscript can belong to, and what it can begin with. */
const base = /^(?:[\p{L}\p{N})\]}'|]|\\[a-zA-Z}|]+)$/u;
const script = /^(?:[\p{L}\p{N}{]|\\[a-zA-Z]+)$/u;

/** `V\_h`, `\sum\_{k}`, but not `\text{user\_id}`, `\_\_init\_\_`, `X\_train`, `user\_{}id`. */
function escapedUnderscore({ tokens, at, token, place }: Site): Lint[] {
  if (token.text !== '\\_' || place.isWords) return [];
  const [last, next, afterNext] = [at - 1, at + 1, at + 2].map((index) => tokens[index]?.text ?? '') as [
    string,
    string,
    string,
  ];
  const isWord = letter.test(next) && letter.test(afterNext);
  const isName = texts.test(next) || wordCommands.test(next);
  const isScript =
    next === '{' ? afterNext !== '}' : base.test(last) && script.test(next) && !isWord && !isName;
  return isScript ? [damage('an escaped _ where a subscript begins', token, '_')] : [];
}

function escapedStar({ token, macros }: Site): Lint[] {
  return token.text === '\\*' && !macros.has('\\*') ? [damage('an escaped *', token, '*')] : [];
}

/** `\\{ … \\}`, which is two line breaks and a group; and `\left\\{`, which is nothing. */
function doubledBraces(tokens: readonly Token[]): Lint[] {
  const found: number[] = [];
  const open: number[] = [];
  tokens.forEach(({ type }, at) => {
    if (type !== 'open' && type !== 'close') return;
    if (isDoubled(tokens, at) && isDelimiter(tokens, at - 1)) found.push(at);
    else if (type === 'open') open.push(at);
    else {
      const opener = open.pop();
      if (opener !== undefined && isDoubled(tokens, opener) && isDoubled(tokens, at)) found.push(opener, at);
    }
  });
  return found.map((at) => {
    const { start, end, text } = tokens[at] as Token;
    return damage(doubled(`\\${text}`), { start: start - 2, end }, `\\${text}`);
  });
}

const doubled = (command: string) =>
  `the backslash of ${command} written twice, as other Markdown dialects need it`;

/** Whether two backslashes, and no more, stand before a token. */
function isDoubled(tokens: readonly Token[], at: number): boolean {
  const slashes = tokens[at - 1];
  return slashes?.text === '\\\\' && slashes.end === tokens[at]?.start && !isRowEnd(tokens[at - 2], slashes);
}

function isRowEnd(token: Token | undefined, next: Token): boolean {
  return token?.text === '\\\\' && token.end === next.start;
}

function isDelimiter(tokens: readonly Token[], at: number): boolean {
  let before = at - 1;
  while (tokens[before]?.type === 'space') before--;
  return /^\\(?:left|right|middle|[bB]igg?[lmr]?)$/.test(tokens[before]?.text ?? '');
}

/** `\\alpha`, where no row can end: it reads “alpha”. */
function doubledBackslash(site: Site): Lint[] {
  const { tokens, at, token, macros } = site;
  if (!isNoRowEnd(site)) return [];
  let next = at + 1;
  while (letter.test(tokens[next]?.text ?? '')) next++;
  const name = `\\${textOf(tokens, { from: at + 1, to: next })}`;
  // A letter behind a line break is likelier than `\\P`.
  if (name.length < 3 || !(isKnownCommand(name) || macros.has(name))) return [];
  return [damage(doubled(name), { start: token.start, end: tokens[next - 1]?.end ?? token.end }, name)];
}

/** `\\,`, where no row can end: a line break and a comma. In a display a line may be broken there all the same. */
function doubledEscapes(sites: readonly Site[], tex: string, display: boolean): Lint[] {
  if (!/\\\\[,;:!|_&#%]/.test(tex)) return [];
  const hasRows = display && plainRowEnd.test(tex);
  const mayBeBars = display && !hasDoubledNorms(tex);
  return sites.filter(isNoRowEnd).flatMap(({ token }) => {
    const escaped = tex.charAt(token.end);
    if (!/[,;:!|_&#%]/.test(escaped)) return [];
    const command = `\\${escaped}`;
    const found = damage(doubled(command), { start: token.start, end: token.end + 1 }, command);
    if (escaped === '|') return mayBeBars ? [] : [found];
    if (!display || !/[,;:!%]/.test(escaped)) return [found];
    return hasRows ? [] : [withoutFix(found)];
  });
}

/** Norms have two bars each; where lines are broken before absolute values, other bars end these. */
function hasDoubledNorms(tex: string): boolean {
  const parts = tex.split('\\\\|');
  return parts.length > 2 && !parts.some((part) => /(?<!\\)\|/.test(part));
}

/** Whether the two backslashes at a place can end no row. */
function isNoRowEnd({ tokens, at, token, place }: Site): boolean {
  return token.text === '\\\\' && !place.mayBeRow && !isRowEnd(tokens[at - 1], token);
}

/** A `\` at the end of a line between rows: the other one was taken for an escape. */
function halvedRowEnd({ token, place }: Site): Lint[] {
  if (!place.isRow || !/^\\[\r\n]$/.test(token.text)) return [];
  const range = { start: token.start, end: token.start + 1 };
  return [damage('half of a row end: a formatter took \\\\ for an escaped backslash', range, '\\\\')];
}
