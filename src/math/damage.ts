// What formatters, converters and other dialects of Markdown leave in formulas, and KaTeX mostly sets without a word:
// each with the text that mends it.
import { isKnownCommand } from './commands.js';
import { texts } from './dialect-edits.js';
import { type Lint, lint, type Range } from './fault.js';
import type { Macros } from './macros.js';
import { referenceCommands } from './reference-commands.js';
import { argumentAt, type Token, textOf, tokenize } from './tex.js';

/** The damage in a formula. */
export function damageIn(tex: string, display: boolean, macros: Macros): readonly Lint[] {
  if (!/[\\&*]/.test(tex)) return [];
  const tokens = tokenize(tex);
  const places = placesOf(tokens, macros);
  return [
    ...starsForScripts(tex),
    ...doubledRowEnds(tex),
    ...entities(tex),
    ...doubledBraces(tokens),
    ...tokens.flatMap((token, at) => {
      const site: Site = { tex, display, tokens, at, token, place: places[at] ?? outside, macros };
      return [escapedUnderscore, escapedStar, doubledBackslash, doubledEscape, halvedRowEnd].flatMap((rule) =>
        rule(site),
      );
    }),
  ];
}

function damage(message: string, range: Range, fix: string): Lint {
  return lint('math/formatter-damage', message, range, { hint: `write ${fix}; check --fix does it`, fix });
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

function doubledRowEnds(tex: string): Lint[] {
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
  readonly tex: string;
  readonly display: boolean;
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
  tokens.forEach((token, at) => {
    const here = round.at(-1) ?? outside;
    places.push(here);
    if (token.type === 'open') {
      round.push(insideGroup(here, commandOf(tokens, at), macros));
    } else if (token.text === '\\begin') {
      const name = argumentAt(tokens, at + 1);
      const hasRows = !withoutRows.test(name ? textOf(tokens, name) : '');
      round.push({ isWords: false, isRow: hasRows, mayBeRow: here.mayBeRow || hasRows });
    } else if (token.type === 'close' || token.text === '\\end') {
      round.pop();
    } else if (token.text === '$' && round.length > 0) {
      round[round.length - 1] = { ...here, isWords: !here.isWords };
    }
  });
  return places;
}

/** The command whose argument the group at an index is, if it is the first one. */
function commandOf(tokens: readonly Token[], index: number): string {
  let at = index - 1;
  while (tokens[at]?.type === 'space' || tokens[at]?.text === '*') at--;
  return tokens[at]?.type === 'command' ? (tokens[at] as Token).text : '';
}

/** What an author's macro does with its argument is not known: it may be words, or rows. */
function insideGroup(here: Place, command: string, macros: Macros): Place {
  const isOwn = macros.has(command) || (/^\\[a-zA-Z]/.test(command) && !isKnownCommand(command));
  const hasRows = isOwn || rowCommands.test(command);
  return {
    isWords: here.isWords || isOwn || texts.test(command) || wordCommands.test(command),
    isRow: rowCommands.test(command),
    mayBeRow: here.mayBeRow || hasRows,
  };
}

const letter = /^[a-zA-Z]$/;
/** What a subscript can belong to, and what it can begin with. */
const base = /^(?:[\p{L}\p{N})\]}'|]|\\[a-zA-Z}|]+)$/u;
const script = /^(?:[\p{L}\p{N}{]|\\[a-zA-Z]+)$/u;

/** `V\_h`, `\sum\_{k}`, but not `\text{user\_id}`, `\_\_init\_\_`, `snake\_case`. */
function escapedUnderscore({ tokens, at, token, place }: Site): Lint[] {
  if (token.text !== '\\_' || place.isWords) return [];
  const [beforeLast, last, next, afterNext] = [at - 2, at - 1, at + 1, at + 2].map(
    (index) => tokens[index]?.text ?? '',
  ) as [string, string, string, string];
  const isWord = [beforeLast, last, next, afterNext].every((text) => letter.test(text));
  const isName = texts.test(next) || wordCommands.test(next);
  const isScript = next === '{' || (base.test(last) && script.test(next) && !isWord && !isName);
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

/** `\\,`, where no row can end: a line break and a comma. */
function doubledEscape(site: Site): Lint[] {
  const { tex, display, token } = site;
  const escaped = tex.charAt(token.end);
  if (!isNoRowEnd(site) || !/[,;:!|_&#%]/.test(escaped)) return [];
  // In a display a line may be broken before a bar; norms have two of them.
  if (display && escaped === '|' && tex.indexOf('\\\\|') === tex.lastIndexOf('\\\\|')) return [];
  const command = `\\${escaped}`;
  return [damage(doubled(command), { start: token.start, end: token.end + 1 }, command)];
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
