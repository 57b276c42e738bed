// TeX in the fields of a bibliography to text. Formulas stay as they are, grouping braces go, and of a command that
// is not known only the name is left out: no words are lost.
import { accents, hiddenArguments, ligatures, looks, symbols } from './latex-symbols.js';

export interface LatexText {
  readonly parts: readonly (string | LatexFormula)[];
  readonly unknown: readonly { readonly command: string; readonly index: number }[];
}

interface LatexFormula {
  readonly tex: string;
  /** Of the formula's first character in the source, behind the dollar. */
  readonly index: number;
}

interface Reading {
  readonly source: string;
  at: number;
  readonly parts: (string | LatexFormula)[];
  readonly unknown: { command: string; index: number }[];
}

/** Reads TeX as BibTeX and LaTeX would set it. Never fails: what cannot be read becomes text. */
export function readLatex(source: string): LatexText {
  const reading: Reading = { source, at: 0, parts: [], unknown: [] };
  while (reading.at < source.length) readToken(reading);
  return { parts: tidy(reading.parts), unknown: reading.unknown };
}

/** The text alone, formulas with their dollars. */
export function latexToText(source: string): string {
  return readLatex(source)
    .parts.map((part) => (typeof part === 'string' ? part : `$${part.tex}$`))
    .join('');
}

/** Addresses and identifiers: only what TeX makes people write around `_`, `%`, `~` and the like is taken off. */
export function latexToAddress(source: string): string {
  return source
    .replace(/\\(?:url|path|nolinkurl)(?![a-zA-Z])/g, '')
    .replace(/\{?\\textasciitilde(?![a-zA-Z])(?:\s|\{\})*\}?|\\~\{\}/g, '~')
    .replace(/\\textunderscore(?![a-zA-Z])(?:\s|\{\})*/g, '_')
    .replace(/[{}]/g, '')
    .replace(/\\([_&%#$~-])/g, '$1')
    .replace(/\s+/g, '');
}

const lexeme = /\\(?:([a-zA-Z]+)\*?[ \t\r\n]*|(.))|\$\$?|[{}]|[^\\${}]+|\\/suy;
const ligature = new RegExp(ligatures.map(([written]) => written.replace(/[?]/g, '\\$&')).join('|'), 'g');
const ligatureTable = new Map(ligatures);

function readToken(reading: Reading): void {
  const start = reading.at;
  const match = at(lexeme, reading.source, start);
  const [written, word, sign] = match ?? [reading.source.charAt(start)];
  reading.at += written.length;
  const command = word ?? sign;
  if (command !== undefined) readCommand(reading, command, start);
  else if (written.startsWith('$')) readFormula(reading, written, written, start);
  else if (written !== '{' && written !== '}') {
    reading.parts.push(written.replace(ligature, (found) => ligatureTable.get(found) ?? found));
  }
}

function readCommand(reading: Reading, command: string, start: number): void {
  const accent = own(accents, command);
  const symbol = own(symbols, command);
  const hidden = own(hiddenArguments, command);
  if (accent !== undefined)
    reading.parts.push(accented(command, accent, latexToText(argument(reading).text)));
  else if (symbol !== undefined) reading.parts.push(symbol);
  else if (hidden !== undefined) for (let count = 0; count < hidden; count++) argument(reading);
  else if (command === '(') readFormula(reading, '\\(', '\\)', start);
  else if (Object.hasOwn(special, command)) special[command]?.(reading);
  else if (!looks.has(command)) reading.unknown.push({ command: `\\${command}`, index: start });
}

const special: Readonly<Record<string, (reading: Reading) => void>> = {
  ensuremath(reading) {
    const { text, index } = argument(reading);
    reading.parts.push({ tex: text, index });
  },
  enquote: quote,
  mkbibquote: quote,
  url: address,
  path: address,
  nolinkurl: address,
};

function quote(reading: Reading): void {
  const { text, index } = argument(reading);
  const { parts, unknown } = readLatex(text);
  const shifted = parts.map((part) =>
    typeof part === 'string' ? part : { ...part, index: part.index + index },
  );
  reading.parts.push('“', ...shifted, '”');
  reading.unknown.push(...unknown.map((found) => ({ ...found, index: found.index + index })));
}

function address(reading: Reading): void {
  reading.parts.push(latexToAddress(argument(reading).text));
}

/** A formula from the delimiter at `start` to its partner, or the delimiter as text when it has none. */
function readFormula(reading: Reading, open: string, close: string, start: number): void {
  const { source } = reading;
  const from = start + open.length;
  const end = formulaEnd(source, from, close);
  reading.parts.push(
    end === undefined ? open.replace('\\', '') : { tex: source.slice(from, end), index: from },
  );
  reading.at = end === undefined ? from : end + close.length;
}

/** Where a formula is closed: not inside a group, so that `$\text{if $x$}$` is one. */
function formulaEnd(source: string, from: number, close: string): number | undefined {
  let depth = 0;
  for (let index = from; index < source.length; index++) {
    if (depth === 0 && source.startsWith(close, index)) return index;
    if (source[index] === '\\') index++;
    else if (source[index] === '{') depth++;
    else if (source[index] === '}' && --depth < 0) return undefined;
  }
  return undefined;
}

/** Takes the argument that comes next: the inside of a group, a command, or one character. */
function argument(reading: Reading): { text: string; index: number } {
  const { source } = reading;
  while (/\s/.test(source.charAt(reading.at))) reading.at++;
  const start = reading.at;
  if (source[start] === '{') {
    const end = closingBrace(source, start);
    reading.at = end + 1;
    return { text: source.slice(start + 1, end), index: start + 1 };
  }
  const text = /\\(?:[a-zA-Z]+[ \t]*|.)|[^}]|/suy;
  const [taken = ''] = at(text, source, start) ?? [];
  reading.at += taken.length;
  return { text: taken, index: start };
}

/** Where the group opened at `open` is closed: braces count even behind a backslash, as in BibTeX. */
export function closingBrace(source: string, open: number): number {
  let depth = 0;
  for (let index = open; index < source.length; index++) {
    if (source[index] === '{') depth++;
    else if (source[index] === '}' && --depth === 0) return index;
  }
  return source.length;
}

/** The accent goes on the first character; a dotless i or j below one above it gets its dot back. */
function accented(command: string, mark: string, base: string): string {
  const [first = '', ...rest] = base.trim();
  if (first === '') return /[~^]/.test(command) ? command : '';
  const isBelow = /[bcdk]/.test(command);
  const letter = isBelow ? first : ({ ı: 'i', ȷ: 'j' }[first] ?? first);
  return (letter + mark).normalize('NFC') + rest.join('');
}

/** Joins neighbouring texts; spaces and line ends become one space, none at the ends. */
function tidy(parts: readonly (string | LatexFormula)[]): (string | LatexFormula)[] {
  const joined: (string | LatexFormula)[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else joined.push(part);
  }
  return joined
    .map((part, index) => {
      if (typeof part !== 'string') return part;
      const text = part.normalize('NFC').replace(/[ \t\r\n]+/g, ' ');
      return text.slice(
        index === 0 && text.startsWith(' ') ? 1 : 0,
        index === joined.length - 1 && text.endsWith(' ') ? -1 : undefined,
      );
    })
    .filter((part) => part !== '');
}

/** A match of a sticky pattern at an index. */
function at(pattern: RegExp, source: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(source);
}

/** A table's own entry: a command may be named `constructor`. */
function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
