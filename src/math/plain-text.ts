// Formulas as readable text, for where nothing else fits: titles, search, ids. `O(n^2 \log n)` is `O(n² log n)`.
// Never fails and never loses a symbol: what has no readable form is shown by its name, and the result says so.
import { styled } from './alphabets.js';
import { expandMacros } from './expand.js';
import { type Macros, noMacros } from './macros.js';
import { accented, accents, type ScriptKind, unicodeScript } from './scripts.js';
import { symbols } from './symbols.js';
import { argumentAt, groupEnd, optionAt, skipSpaces, type Span, type Token, textOf, tokenize } from './tex.js';

export interface PlainText {
  readonly text: string;
  /** Whether the text says all that the formula says: no `_(…)`, no names of commands, no rows in one line. */
  readonly exact: boolean;
}

/** A formula as readable Unicode text. */
export function toPlainText(tex: string, macros: Macros = noMacros): PlainText {
  const scene = { id: false, exact: true };
  return { text: read(tex, macros, scene), exact: scene.exact };
}

/** A formula for ids and slugs: as `toPlainText`, with sub- and superscripts as plain characters: `O(n2)`. */
export function toIdText(tex: string, macros: Macros = noMacros): string {
  return read(tex, macros, { id: true, exact: true });
}

interface Scene {
  /** For an id: no small characters, no bold ones. */
  readonly id: boolean;
  exact: boolean;
}

type Kind = 'relation' | 'binary' | 'operator' | 'function' | 'open' | 'close' | 'ordinary' | 'punctuation' | 'space';

interface Piece {
  readonly text: string;
  readonly kind: Kind;
  /** Made of several terms, so that it needs brackets as a denominator or under a root. */
  readonly loose?: boolean;
}

/** What a command is, and the index behind its arguments. */
interface Atom {
  readonly pieces: readonly Piece[];
  readonly next: number;
}

interface Reader {
  readonly tokens: readonly Token[];
  readonly scene: Scene;
  /** The alphabet, by MathML's name. */
  readonly style: string | undefined;
}

function read(tex: string, macros: Macros, scene: Scene): string {
  const { tokens } = expandMacros(tokenize(tex), macros);
  return join(pieces({ tokens, scene, style: undefined }), false).trim();
}

const ordinary = (text: string, loose = false): Piece => ({ text, kind: 'ordinary', loose });
const space: Piece = { text: ' ', kind: 'space' };

/** The pieces of a list of tokens, scripts put on what they belong to. */
function pieces(reader: Reader): readonly Piece[] {
  const infix = infixAt(reader);
  if (infix) return [infix];
  const found: Piece[] = [];
  let current = reader;
  for (let at = 0; at < reader.tokens.length; ) {
    const { text, type } = reader.tokens[at] as Token;
    const style = switches[text];
    if (style !== undefined) {
      current = { ...reader, style };
      at++;
    } else if (text === '_' || text === '^' || text === "'") {
      const scripts = scriptsAt(current, at);
      const base = found.at(-1)?.kind === 'space' ? undefined : found.pop();
      found.push(withScripts(base ?? ordinary(''), scripts, current));
      at = scripts.next;
    } else if (type === 'space') {
      at++;
    } else {
      const atom = atomAt(current, at);
      found.push(...atom.pieces);
      at = Math.max(atom.next, at + 1);
    }
  }
  return found;
}

/** `a \over b`, which takes the whole group. */
function infixAt(reader: Reader): Piece | undefined {
  let depth = 0;
  const at = reader.tokens.findIndex(({ type, text }) => {
    if (type === 'open' || text === '\\begin') depth++;
    else if (type === 'close' || text === '\\end') depth--;
    return depth === 0 && /^\\(?:over|choose|atop|brace|brack|above)$/.test(text);
  });
  if (at === -1) return undefined;
  const part = (from: number, to: number) => pieces({ ...reader, tokens: reader.tokens.slice(from, to) });
  const name = reader.tokens[at]?.text;
  const [above, below] = [part(0, at), part(at + 1, reader.tokens.length)];
  return name === '\\over' || name === '\\above' ? fraction(above, below) : choose(above, below, reader.scene);
}

interface Scripts {
  readonly primes: number;
  readonly lower?: string;
  readonly upper?: string;
  readonly next: number;
}

function scriptsAt(reader: Reader, index: number): Scripts {
  const scripts: { -readonly [K in keyof Scripts]: Scripts[K] } = { primes: 0, next: index };
  for (let at = index; ; ) {
    at = skipSpaces(reader.tokens, at);
    const text = reader.tokens[at]?.text;
    if (text === "'") {
      scripts.primes++;
      at++;
    } else if (text === '_' || text === '^') {
      const start = skipSpaces(reader.tokens, at + 1);
      const atom = start < reader.tokens.length ? atomAt(reader, start) : { pieces: [], next: start };
      const script = join(atom.pieces, true);
      if (text === '_') scripts.lower = (scripts.lower ?? '') + script;
      else scripts.upper = (scripts.upper ?? '') + script;
      at = Math.max(atom.next, at + 1);
    } else if (text !== '\\limits' && text !== '\\nolimits') {
      return scripts;
    } else {
      at++;
    }
    scripts.next = at;
  }
}

function withScripts(base: Piece, { primes, lower, upper }: Scripts, { scene }: Reader): Piece {
  const prime = ['', '′', '″', '‴'][primes] ?? '′'.repeat(primes);
  const written = [script(lower, '_', scene), script(upper, '^', scene)];
  // `x_y²` would read as x with the index y²: the script that has a form of its own goes first.
  if (written[0]?.startsWith('_') && written[1] && !written[1].startsWith('^')) written.reverse();
  const text = base.loose && base.text.includes('/') ? `(${base.text})` : base.text;
  return { ...base, text: text + prime + written.join('') };
}

function script(text: string | undefined, kind: ScriptKind, scene: Scene): string {
  if (text === undefined || text === '') return '';
  if (scene.id) return text;
  const small = unicodeScript(text, kind);
  if (small !== undefined) return small;
  scene.exact = false;
  const single = [...text.matchAll(/\P{M}\p{M}*/gu)].length === 1;
  return single || /^\([^()]*\)$/.test(text) ? `${kind}${text}` : `${kind}(${text})`;
}

/** Joins pieces with the spaces that TeX would show; `compact`, as in scripts, with hardly any. */
function join(list: readonly Piece[], compact: boolean): string {
  let text = '';
  let before: Kind | 'sign' | undefined;
  let wanted = false;
  for (const [index, piece] of list.entries()) {
    if (piece.kind === 'space') {
      wanted = true;
      continue;
    }
    const kind = kindAt(list, index, before);
    const touching = /[\p{L}\p{N}]$/u.test(text) && /^[\p{L}\p{N}]/u.test(piece.text);
    const gap = before !== undefined && (compact ? touching && named(before, kind) : wanted ? fits(before, kind) : isGap(before, kind));
    text += gap ? ` ${piece.text}` : piece.text;
    before = kind;
    wanted = false;
  }
  return wanted && !compact ? `${text} ` : text;
}

/** A binary operator with nothing on one side is a sign: `-x`, `x^+`. */
function kindAt(list: readonly Piece[], index: number, before: Kind | 'sign' | undefined): Kind | 'sign' {
  const kind = (list[index] as Piece).kind;
  if (kind !== 'binary') return kind;
  if (before === undefined || ['relation', 'binary', 'open', 'punctuation', 'sign'].includes(before)) return 'sign';
  return list.slice(index + 1).every((piece) => piece.kind === 'space') ? 'ordinary' : 'binary';
}

function fits(before: Kind | 'sign', kind: Kind | 'sign'): boolean {
  return before !== 'open' && kind !== 'close' && kind !== 'punctuation';
}

function isGap(before: Kind | 'sign', kind: Kind | 'sign'): boolean {
  if (before === 'sign' || !fits(before, kind)) return false;
  if ([before, kind].some((one) => one === 'relation' || one === 'binary') || before === 'punctuation') return true;
  return named(kind, kind) || (named(before, before) && kind !== 'open');
}

function named(one: Kind | 'sign', other: Kind | 'sign'): boolean {
  return [one, other].some((kind) => kind === 'function' || kind === 'operator');
}

/** Whether a text is one thing: a number, a letter with what is on it, something in brackets, a function's value. */
function isUnit(list: readonly Piece[], text: string): boolean {
  if (list.some(({ kind, loose }) => loose || ['relation', 'binary', 'function', 'operator', 'punctuation', 'space'].includes(kind))) {
    return /^\P{M}\p{M}*\([^()]*\)$/u.test(text);
  }
  return list.length <= 1 || /^(?:[\d.]+|[d∂]\P{M}\p{M}*|[^()]\p{M}*\([^()]*\)|\([^()]*\))$/u.test(text);
}

function fraction(above: readonly Piece[], below: readonly Piece[]): Piece {
  const [over, under] = [join(above, false).trim(), join(below, false).trim()];
  const loose = above.some(({ kind, loose: terms }) => terms || ['relation', 'binary', 'function', 'operator', 'punctuation'].includes(kind));
  return ordinary(`${loose ? `(${over})` : over}/${isUnit(below, under) ? under : `(${under})`}`, true);
}

function choose(above: readonly Piece[], below: readonly Piece[], scene: Scene): Piece {
  scene.exact = false;
  return ordinary(`(${join(above, false).trim()} choose ${join(below, false).trim()})`);
}

function root(body: readonly Piece[], degree: string): Piece {
  const text = join(body, false).trim();
  const sign = { '': '√', '2': '√', '3': '∛', '4': '∜' }[degree] ?? `${unicodeScript(degree, '^') ?? degree}√`;
  return ordinary(`${sign}${isUnit(body, text) ? text : `(${text})`}`);
}

/** The thing that begins at `index`: a character, a group, a command with its arguments. */
function atomAt(reader: Reader, index: number): Atom {
  const token = reader.tokens[index] as Token;
  if (token.type === 'open') {
    const end = groupEnd(reader.tokens, index);
    return { pieces: groupPieces(reader, { from: index + 1, to: end }), next: end + 1 };
  }
  if (token.type === 'close') return { pieces: [], next: index + 1 };
  if (token.type === 'command') return commandAt(reader, index);
  return { pieces: [character(token.text, reader)], next: index + 1 };
}

/** A group is an ordinary thing to its neighbours, whatever is in it. */
function groupPieces(reader: Reader, span: Pick<Span, 'from' | 'to'>): readonly Piece[] {
  const list = pieces({ ...reader, tokens: reader.tokens.slice(span.from, span.to) });
  const [only] = list;
  if (list.length === 1 && only) return [{ ...only, kind: only.kind === 'function' || only.kind === 'operator' ? only.kind : 'ordinary' }];
  const loose = list.some(({ kind }) => kind === 'binary' || kind === 'relation');
  return [ordinary(join(list, false).trim(), loose)];
}

const characterKinds: Readonly<Record<string, Kind>> = {
  ...Object.fromEntries([...symbols.values()].map(({ text, kind }) => [text, kind])),
  ...{ '=': 'relation', '<': 'relation', '>': 'relation', ':': 'relation', '+': 'binary', '-': 'binary', '*': 'binary' },
  ...{ ',': 'punctuation', ';': 'punctuation', '(': 'open', '[': 'open', ')': 'close', ']': 'close', '|': 'ordinary', '‖': 'ordinary' },
  ...{ '~': 'space', '&': 'space', '\u00a0': 'space' },
};

function character(text: string, { style, scene }: Reader): Piece {
  const kind = (Object.hasOwn(characterKinds, text) ? characterKinds[text] : undefined) ?? 'ordinary';
  if (text === '-') return { text: '−', kind };
  return { text: (style && inStyle(text, style, scene)) || text, kind };
}

function inStyle(text: string, style: string, scene: Scene): string | undefined {
  return scene.id && style.startsWith('bold') && style !== 'bold-script' ? undefined : styled(text, style);
}

const switches: Readonly<Record<string, string>> = { '\\bf': 'bold', '\\cal': 'script', '\\rm': '', '\\it': '', '\\sf': '', '\\tt': '' };

const styles: Readonly<Record<string, string>> = {
  '\\mathbb': 'double-struck',
  '\\Bbb': 'double-struck',
  '\\mathcal': 'script',
  '\\mathscr': 'script',
  '\\mathfrak': 'fraktur',
  '\\frak': 'fraktur',
  '\\mathbf': 'bold',
  '\\bold': 'bold',
  '\\boldsymbol': 'bold',
  '\\bm': 'bold',
  '\\pmb': 'bold',
};

/** Commands that show their last argument, after so many that say how. */
const wrappers: Readonly<Record<string, number>> = {
  ...Object.fromEntries(['mathit', 'mathrm', 'mathsf', 'mathtt', 'mathnormal', 'mathsfit', 'mathord', 'mathinner'].map((name) => [`\\${name}`, 0])),
  ...Object.fromEntries(['mathop', 'mathopen', 'mathclose', 'mathpunct', 'boxed', 'fbox', 'smash', 'vcenter'].map((name) => [`\\${name}`, 0])),
  ...Object.fromEntries(['mathllap', 'mathrlap', 'mathclap', 'llap', 'rlap', 'clap', 'angl', 'phase'].map((name) => [`\\${name}`, 0])),
  ...Object.fromEntries(['overbrace', 'underbrace', 'overbracket', 'underbracket'].map((name) => [`\\${name}`, 0])),
  ...Object.fromEntries(['textcolor', 'colorbox', 'raisebox', 'href', 'class', 'style', 'cssId'].map((name) => [`\\${name}`, 1])),
  '\\fcolorbox': 2,
};

/** Commands that show nothing, with the number of their arguments. */
const invisible: Readonly<Record<string, number>> = {
  ...Object.fromEntries(['label', 'color', 'phantom', 'hphantom', 'vphantom', 'require'].map((name) => [`\\${name}`, 1])),
  ...Object.fromEntries(['displaystyle', 'textstyle', 'scriptstyle', 'scriptscriptstyle', 'limits', 'nolimits'].map((name) => [`\\${name}`, 0])),
  ...Object.fromEntries(['nonumber', 'notag', 'relax', 'allowbreak', 'nobreak', 'mathstrut', 'strut', 'hline', 'hdashline'].map((name) => [`\\${name}`, 0])),
  ...Object.fromEntries(['tiny', 'scriptsize', 'small', 'normalsize', 'large', 'Large', 'LARGE', 'huge', 'Huge'].map((name) => [`\\${name}`, 0])),
  ...Object.fromEntries(['begingroup', 'endgroup', 'left', 'right', 'middle', 'displaybreak', '!', '/'].map((name) => [`\\${name}`, 0])),
  ...Object.fromEntries(['negthinspace', 'negmedspace', 'negthickspace', 'xspace', 'noindent'].map((name) => [`\\${name}`, 0])),
  '\\rule': 2,
};

const spaces = /^\\(?:[,:;> ]|quad|qquad|enspace|enskip|space|nobreakspace|thinspace|medspace|thickspace|hfill|par|newline)$/;
const sizes = /^\\(?:left|right|middle|[bB]igg?[lrm]?)$/;
const fractions = /^\\[dtc]?frac$/;
const texts = /^\\(?:text(?:rm|sf|tt|normal|bf|md|it|up|sc|sl)?|emph|mbox|hbox|TextOrMath)$/;
