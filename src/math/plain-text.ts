// Formulas as readable text, for where nothing else fits: titles, search, ids. `O(n^2 \log n)` is `O(n² log n)`.
// Never fails and never loses a symbol: what has no readable form is shown by its name, and the result says so.
import { styled } from './alphabets.js';
import { expandMacros } from './expand.js';
import { type Macros, noMacros } from './macros.js';
import { type Arguments, commandPieces, type ReferenceText } from './plain-commands.js';
import { environmentAt, lengthEnd, rowEndAt } from './plain-layout.js';
import { accented, accents, type ScriptKind, unicodeScript } from './scripts.js';
import { fraction, join, type Kind, ordinary, type Piece, space } from './spacing.js';
import { symbols } from './symbols.js';
import { argumentAt, groupEnd, optionAt, skipSpaces, type Token, textOf, tokenize } from './tex.js';

export interface PlainText {
  readonly text: string;
  /** Whether the text says all that the formula says: no `_(…)`, no names of commands, no rows in one line. */
  readonly exact: boolean;
}

/** A formula as readable Unicode text. A reference of which nothing is known shows the name of its label. */
export function toPlainText(
  tex: string,
  macros: Macros = noMacros,
  reference: ReferenceText = unknown,
): PlainText {
  const scene = { id: false, stacked: false, exact: true, reference };
  const text = read(tex, macros, scene);
  return { text, exact: scene.exact };
}

/** A formula for ids and slugs: as `toPlainText`, with sub- and superscripts as plain characters: `O(n2)`. */
export function toIdText(tex: string, macros: Macros = noMacros): string {
  return read(tex, macros, { id: true, stacked: false, exact: true, reference: unknown });
}

/** The length of a formula's readable text without the brackets round fractions, which no fraction has that is set. */
export function plainWidth(tex: string): number {
  return read(tex, noMacros, { id: false, stacked: true, exact: true, reference: unknown }).length;
}

/** An id must not change with the numbers. */
const unknown: ReferenceText = () => undefined;

interface Scene {
  /** For an id: no small characters, no bold ones. */
  readonly id: boolean;
  /** Fractions stand apart from their neighbours by themselves. */
  readonly stacked: boolean;
  exact: boolean;
  readonly reference: ReferenceText;
}

interface Reader {
  readonly tokens: readonly Token[];
  readonly scene: Scene;
  /** The alphabet, by MathML's name; empty for upright letters. */
  readonly style: string;
  readonly depth: number;
}

/** What was read, and the index behind it. */
interface Atom {
  readonly pieces: readonly Piece[];
  readonly next: number;
}

/** What is nested deeper is shown as it is written: no reader could follow it, and the stack has an end. */
const maxDepth = 200;

function read(tex: string, macros: Macros, scene: Scene): string {
  const { tokens } = expandMacros(tokenize(tex), macros);
  return join(piecesOf({ tokens, scene, style: '', depth: 0 }))
    .replace(/\s+/g, ' ')
    .trim();
}

/** The same reader a level further down, or undefined where that is too deep. */
function deeper(reader: Reader): Reader | undefined {
  const { tokens, scene, style, depth } = reader;
  if (depth < maxDepth) return { tokens, scene, style, depth: depth + 1 };
  scene.exact = false;
  return undefined;
}

function asWritten(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text.replace(/^[\\{}]/, '')).join('');
}

/** The pieces of a list of tokens, with scripts put on what they belong to. */
function piecesOf(outer: Reader): readonly Piece[] {
  const reader = deeper(outer);
  if (!reader) return [ordinary(asWritten(outer.tokens))];
  const whole = infix(reader);
  if (whole) return inScene([whole], reader);
  const pieces: Piece[] = [];
  let current = reader;
  for (let at = 0; at < reader.tokens.length; ) {
    const { text, type } = reader.tokens[at] as Token;
    if (Object.hasOwn(switches, text)) {
      current = { ...reader, style: switches[text] ?? '' };
      at++;
    } else if (text === '_' || text === '^' || text === "'") {
      const scripts = scriptsAt(current, at);
      const base = pieces.at(-1)?.kind === 'space' ? undefined : pieces.pop();
      pieces.push(withScripts(base ?? ordinary(''), scripts, reader.scene));
      at = scripts.next;
    } else if (type === 'space') {
      at++;
    } else {
      const atom = atomAt(current, at);
      pieces.push(...atom.pieces);
      at = atom.next;
    }
  }
  return pieces;
}

const switches: Readonly<Record<string, string>> = {
  '\\bf': 'bold',
  '\\cal': 'script',
  '\\rm': '',
  '\\it': '',
  '\\sf': '',
  '\\tt': '',
};

const infixes = new Set(['\\over', '\\above', '\\atop', '\\choose', '\\brace', '\\brack']);

/** `a \over b`, which takes in the whole group. */
function infix(reader: Reader): Piece | undefined {
  let depth = 0;
  const at = reader.tokens.findIndex(({ type, text }) => {
    if (type === 'open' || text === '\\begin') depth++;
    else if (type === 'close' || text === '\\end') depth--;
    return depth === 0 && infixes.has(text);
  });
  if (at === -1) return undefined;
  const above = piecesOf({ ...reader, tokens: reader.tokens.slice(0, at) });
  const below = piecesOf({ ...reader, tokens: reader.tokens.slice(at + 1) });
  if (/^\\(?:over|above)$/.test(reader.tokens[at]?.text ?? '')) return fraction(above, below);
  reader.scene.exact = false;
  return ordinary(`(${join(above)} choose ${join(below)})`);
}

/** The thing that begins at `index`: a character, a group, a command with its arguments. */
function atomAt(outer: Reader, index: number): Atom {
  const reader = deeper(outer);
  const token = outer.tokens[index] as Token;
  if (!reader) return { pieces: [ordinary(asWritten([token]))], next: index + 1 };
  switch (token.type) {
    case 'open': {
      const end = groupEnd(reader.tokens, index);
      return { pieces: groupPieces(reader, index + 1, end), next: end + 1 };
    }
    case 'command':
      return commandAt(reader, index);
    case 'character':
      return { pieces: [character(token.text, reader)], next: index + 1 };
    default:
      return { pieces: [], next: index + 1 };
  }
}

/** A group is one ordinary thing to its neighbours, whatever is in it: `1{,}000`, `{=}`. */
function groupPieces(reader: Reader, from: number, to: number): readonly Piece[] {
  const pieces = piecesOf({ ...reader, tokens: reader.tokens.slice(from, to) });
  const [only] = pieces;
  if (only === undefined) return [ordinary('')];
  const isLoose = pieces.some(({ kind }) => kind === 'binary' || kind === 'relation');
  if (pieces.length > 1) return [ordinary(join(pieces), isLoose)];
  const keepsKind = only.kind === 'function' || only.kind === 'operator' || only.kind === 'space';
  return [keepsKind ? only : { ...only, kind: 'ordinary' }];
}

const kinds: Readonly<Record<string, Kind>> = {
  ...Object.fromEntries(
    [...symbols.values()].filter(({ text }) => /^[^\w|.]$/u.test(text)).map(({ text, kind }) => [text, kind]),
  ),
  ...Object.fromEntries([...'=<>:'].map((text) => [text, 'relation' as const])),
  ...Object.fromEntries([...'+-*'].map((text) => [text, 'binary' as const])),
  ...Object.fromEntries([...',;'].map((text) => [text, 'punctuation' as const])),
  ...Object.fromEntries([...'(['].map((text) => [text, 'open' as const])),
  ...Object.fromEntries([...')]'].map((text) => [text, 'close' as const])),
  ...Object.fromEntries([...'~&\u00a0'].map((text) => [text, 'space' as const])),
};

function character(text: string, { style, scene }: Reader): Piece {
  const kind = (Object.hasOwn(kinds, text) && kinds[text]) || 'ordinary';
  return { text: text === '-' ? '−' : inStyle(text, style, scene), kind };
}

function inStyle(text: string, style: string, scene: Scene): string {
  return (scene.id && style === 'bold' ? undefined : styled(text, style)) ?? text;
}

function commandAt(reader: Reader, index: number): Atom {
  const { text: name } = reader.tokens[index] as Token;
  if (name === '\\begin') return environment(reader, index);
  if (name === '\\\\' || name === '\\cr') return rowEnd(reader, index);
  if (/^\\[hm]?(?:skip|kern)$/.test(name))
    return { pieces: [space], next: lengthEnd(reader.tokens, index + 1) };
  if (name.startsWith('\\verb')) return { pieces: [ordinary(verbatim(name))], next: index + 1 };
  const symbol = symbols.get(name);
  if (symbol) {
    const text = symbol.kind === 'function' ? symbol.text : inStyle(symbol.text, reader.style, reader.scene);
    return { pieces: [{ text, kind: name === '\\colon' ? 'punctuation' : symbol.kind }], next: index + 1 };
  }
  const { args, next } = argumentReader(reader, index + 1);
  const pieces = commandPieces(name, args);
  const isDelimiter = /^\\(?:left|right|middle|[bB]igg?[lrm]?)$/.test(name);
  if (isDelimiter && pieces) return delimiterAt(reader, index + 1);
  if (pieces) return { pieces: inScene(pieces, reader), next: next() };
  reader.scene.exact = false;
  return { pieces: [{ text: name.slice(1), kind: 'function' }], next: index + 1 };
}

function inScene(pieces: readonly Piece[], { scene }: Reader): readonly Piece[] {
  return scene.stacked ? pieces.map((piece) => ({ ...piece, isFraction: false })) : pieces;
}

/** `x_y` of `\verb|x_y|`. */
function verbatim(token: string): string {
  return token.replace(/^\\verb\*?./su, '').slice(0, -1);
}

/** Behind `\left` and the like: a point shows nothing, a stroke opens or closes nothing. */
function delimiterAt(reader: Reader, index: number): Atom {
  const at = skipSpaces(reader.tokens, index);
  if (at >= reader.tokens.length) return { pieces: [], next: at };
  return reader.tokens[at]?.text === '.' ? { pieces: [], next: at + 1 } : atomAt(reader, at);
}

function argumentReader(
  reader: Reader,
  index: number,
): { readonly args: Arguments; readonly next: () => number } {
  const { tokens, scene } = reader;
  let at = index;
  const take = (): readonly Token[] => {
    const argument = argumentAt(tokens, at);
    at = argument?.next ?? at;
    return argument ? tokens.slice(argument.from, argument.to) : [];
  };
  const takeAtom = (style: string): readonly Piece[] => {
    const start = skipSpaces(tokens, at);
    if (start >= tokens.length || tokens[start]?.type === 'close') return [];
    const isGroup = tokens[start]?.type === 'open';
    if (isGroup) return piecesOf({ ...reader, style, tokens: take() });
    const atom = atomAt({ ...reader, style }, start);
    at = atom.next;
    return atom.pieces;
  };
  return {
    next: () => at,
    args: {
      formula: (style = reader.style) => takeAtom(style),
      option: () => {
        const option = optionAt(tokens, at);
        at = option?.next ?? at;
        return option && piecesOf({ ...reader, tokens: tokens.slice(option.from, option.to) });
      },
      text: () => readText(take(), reader),
      source: () => textOf(take(), { from: 0, to: Number.POSITIVE_INFINITY }),
      star: () => {
        const start = skipSpaces(tokens, at);
        const isStar = tokens[start]?.text === '*';
        if (isStar) at = start + 1;
        return isStar;
      },
      inexact: () => {
        scene.exact = false;
      },
      reference: scene.reference,
    },
  };
}

interface Scripts {
  readonly primes: number;
  readonly lower: string;
  readonly upper: string;
  readonly next: number;
}

function scriptsAt(reader: Reader, index: number): Scripts {
  let [primes, lower, upper, next] = [0, '', '', index];
  for (;;) {
    const at = skipSpaces(reader.tokens, next);
    const text = reader.tokens[at]?.text;
    if (text === "'") {
      primes++;
      next = at + 1;
    } else if (text === '_' || text === '^') {
      const { args, next: end } = argumentReader(reader, at + 1);
      const script = join(args.formula(), true);
      if (text === '_') lower += script;
      else upper += script;
      next = end();
    } else if (text === '\\limits' || text === '\\nolimits') {
      next = at + 1;
    } else {
      return { primes, lower, upper, next };
    }
  }
}

function withScripts(base: Piece, { primes, lower, upper }: Scripts, scene: Scene): Piece {
  const prime = ['', '′', '″', '‴'][primes] ?? '′'.repeat(primes);
  const written = [script(lower, '_', scene), script(upper, '^', scene)];
  // `x_y²` would read as an x with the index y²: what has a form of its own goes first.
  if (written[0]?.startsWith('_') && written[1] && !written[1].startsWith('^')) written.reverse();
  const marks = prime + written.join('');
  if (marks === '') return base;
  return { ...base, text: (base.loose ? `(${base.text})` : base.text) + marks, isFraction: false };
}

function script(text: string, kind: ScriptKind, scene: Scene): string {
  if (text === '' || scene.id) return text;
  const small = unicodeScript(text, kind);
  if (small !== undefined) return small;
  scene.exact = false;
  return /^(?:\P{M}\p{M}*|\([^()]*\))$/u.test(text) ? `${kind}${text}` : `${kind}(${text})`;
}

/** The inside of `\text{…}`: characters as they are, dollars and commands as they would be set. */
function readText(tokens: readonly Token[], outer: Reader): string {
  const reader = deeper(outer);
  if (!reader) return asWritten(tokens);
  let text = '';
  for (let at = 0; at < tokens.length; at++) {
    const { text: written, type } = tokens[at] as Token;
    const dollar = written === '$' || written === '\\(';
    const end = dollar
      ? tokens.findIndex((token, index) => index > at && (token.text === '$' || token.text === '\\)'))
      : -1;
    if (end !== -1) {
      text += join(piecesOf({ ...reader, tokens: tokens.slice(at + 1, end) }));
      at = end;
    } else if (type === 'command') {
      const command = textCommand(tokens, at, reader);
      text += command.text;
      at = command.next - 1;
    } else if (type !== 'open' && type !== 'close') {
      text += type === 'space' || written === '~' ? ' ' : written;
    }
  }
  return text
    .replaceAll('---', '—')
    .replaceAll('--', '–')
    .replaceAll('``', '“')
    .replaceAll("''", '”')
    .replaceAll('`', '‘')
    .replaceAll("'", '’');
}

function textCommand(
  tokens: readonly Token[],
  at: number,
  reader: Reader,
): { readonly text: string; readonly next: number } {
  const name = tokens[at]?.text ?? '';
  const accent = Object.hasOwn(accents, name) ? accents[name] : undefined;
  if (accent !== undefined) {
    const argument = argumentAt(tokens, at + 1);
    const base = argument ? readText(tokens.slice(argument.from, argument.to), reader) : '';
    return { text: accented(base, accent) ?? base + accent, next: argument?.next ?? at + 1 };
  }
  const atom = atomAt({ ...reader, tokens }, at);
  const blank = atom.pieces.every(({ kind }) => kind === 'space');
  // A control word swallows the blanks behind it.
  const next = /^\\[a-zA-Z]+$/.test(name) && atom.next === at + 1 ? skipSpaces(tokens, atom.next) : atom.next;
  return { text: blank && atom.pieces.length > 0 ? ' ' : join(atom.pieces), next };
}

/** An environment with its rows one after the other. */
function environment(reader: Reader, index: number): Atom {
  const { inside, isTable, open, close, next } = environmentAt(reader.tokens, index);
  if (isTable) reader.scene.exact = false;
  const text = join(piecesOf({ ...reader, tokens: inside }));
  return { pieces: [ordinary(`${open}${text}${close}`, true)], next };
}

/** A semicolon between rows; nothing behind the last. */
function rowEnd(reader: Reader, index: number): Atom {
  const { isLast, next } = rowEndAt(reader.tokens, index);
  if (isLast) return { pieces: [], next };
  reader.scene.exact = false;
  return { pieces: [{ text: ';', kind: 'punctuation' }], next };
}
