// Oniguruma's patterns as JavaScript's, for lines of ASCII that end at their only newline. There `\w`, `\b` and letters
// of both cases are what they are in JavaScript, so that a small translation can be exact. What differs in the two
// engines, or could take JavaScript forever, is not translated. `pattern-engine.ts` says what for.

export interface Translation {
  /** Which group of the translation the pattern's first one is, its second, and so on: there are some of ours between. */
  readonly groups: readonly number[];
  /** Some are outside of the match, in a lookahead. */
  readonly groupsAhead: boolean;
  /** The pattern at the place where a search begins. It differs from the one at all later places by what `\G` is. */
  readonly atStart: string | undefined;
  readonly later: string;
  /** What can stand where a match begins: a bit a character, and one for the end of the text. */
  readonly begins: bigint;
}

/** A part of a pattern. */
interface Part {
  readonly js: string;
  /** Characters with which a match that is not empty can begin. */
  readonly first: bigint;
  /** Characters before which the part can match nothing. */
  readonly pass: bigint;
  /** Characters with which a match can go on where it could have ended. */
  readonly more: bigint;
  /** Each next character leaves one way to go on, so that none is tried in vain. */
  readonly isSure: boolean;
  /** The groups in it, and whether all matches of the part set them. */
  readonly groups: ReadonlyMap<number, boolean>;
}

interface Options {
  readonly ignoreCase: boolean;
  readonly spaced: boolean;
  readonly dotAll: boolean;
}

/** Where in the pattern a part stands. */
interface Place extends Options {
  /** Nothing has been consumed before. */
  readonly isStart: boolean;
  /** Something has been looked at before: more than whether a line begins. */
  readonly isAfter: boolean;
  readonly isBehind: boolean;
  /** Groups that have been set for certain. */
  readonly set: ReadonlySet<number>;
}

interface Reader {
  readonly text: string;
  at: number;
  /** Groups of the pattern, as groups of the translation. */
  readonly groups: number[];
  readonly names: Map<string, number>;
  count: number;
  groupsAhead: boolean;
}

const none = 0n;
const ascii = (1n << 128n) - 1n;
const end = 1n << 128n;
const anything = ascii | end;
const newline = bit(10);
const noGroups: ReadonlyMap<number, boolean> = new Map();

/** Stands for `\G` until it is known where the search begins. */
const searchStart = '\u{F0000}';

/** JavaScript takes longer to compile a list of a thousand names than to look for them. */
const longest = 2000;

/** Undefined if JavaScript's engine would not do the same. */
export function translate(pattern: string): Translation | undefined {
  if (pattern.length > longest) return undefined;
  const reader: Reader = { text: pattern, at: 0, groups: [], names: new Map(), count: 0, groupsAhead: false };
  try {
    const flags = takeLeadingOptions(reader);
    const part = readAlternatives(reader, {
      ...flags,
      isStart: true,
      isAfter: false,
      isBehind: false,
      set: new Set(),
    });
    if (reader.at < pattern.length) return undefined;
    const { js } = part;
    return {
      groups: reader.groups,
      groupsAhead: reader.groupsAhead,
      atStart: js.includes(searchStart) ? js.replaceAll(searchStart, '') : undefined,
      later: js.replaceAll(searchStart, '(?!)'),
      begins: part.first | part.pass,
    };
  } catch (error) {
    if (error !== untranslated) throw error;
    return undefined;
  }
}

const untranslated = new Error('not translated');

function refuse(): never {
  throw untranslated;
}

/** `(?x)` in front of all. Elsewhere it is not told what alternatives it holds for. */
function takeLeadingOptions(reader: Reader): Options {
  const match = /^\(\?([imx]+)\)/.exec(reader.text);
  if (!match) return { ignoreCase: false, spaced: false, dotAll: false };
  reader.at = match[0].length;
  return optionsWith({ ignoreCase: false, spaced: false, dotAll: false }, match[1] ?? '', '');
}

function optionsWith(options: Options, on: string, off: string): Options {
  const is = (name: string, before: boolean) => (on.includes(name) || before) && !off.includes(name);
  return {
    ignoreCase: is('i', options.ignoreCase),
    spaced: is('x', options.spaced),
    dotAll: is('m', options.dotAll),
  };
}

function readAlternatives(reader: Reader, place: Place): Part {
  let all = readSequence(reader, place);
  if (reader.text[reader.at] !== '|') return all;
  while (reader.text[reader.at] === '|') {
    reader.at += 1;
    const next = readSequence(reader, place);
    all = {
      js: `${all.js}|${next.js}`,
      first: all.first | next.first,
      pass: all.pass | next.pass,
      more: all.more | next.more,
      isSure:
        all.isSure &&
        next.isSure &&
        (all.first & next.first) === none &&
        (all.pass === none || next.pass === none),
      groups: unset(both(all.groups, next.groups)),
    };
  }
  return all;
}

const nothing: Part = { js: '', first: none, pass: anything, more: none, isSure: true, groups: noGroups };

function readSequence(reader: Reader, place: Place): Part {
  let all = nothing;
  let here = place;
  for (;;) {
    skip(reader, here);
    const next = reader.text[reader.at];
    if (next === undefined || next === '|' || next === ')') return all;
    const part = readWord(reader, here) ?? readQuantified(reader, here);
    all = all === nothing ? part : followed(all, part);
    if (part.groups === noGroups && here.isAfter && !here.isStart) continue;
    const set = [...part.groups].flatMap(([group, isSet]) => (isSet ? [group] : []));
    here = {
      ...here,
      isStart: here.isStart && part.first === none,
      isAfter: here.isAfter || part.js !== '^',
      set: set.length > 0 ? new Set([...here.set, ...set]) : here.set,
    };
  }
}

function followed(one: Part, two: Part): Part {
  return {
    js: one.js + two.js,
    first: one.first | (one.pass & two.first),
    pass: one.pass & two.pass,
    more: two.pass === none ? two.more : two.more | two.first | one.more,
    isSure:
      one.isSure &&
      two.isSure &&
      (one.more & two.first) === none &&
      (one.pass === none || (one.first & two.first) === none),
    groups: both(one.groups, two.groups),
  };
}

/** Letters that only stand for themselves: most of most patterns. */
function readWord(reader: Reader, { ignoreCase }: Options): Part | undefined {
  if (ignoreCase) return undefined;
  plainWord.lastIndex = reader.at;
  const [js] = plainWord.exec(reader.text) ?? [];
  if (js === undefined) return undefined;
  reader.at += js.length;
  return { ...nothing, js, first: bit(js.charCodeAt(0)), pass: none };
}

/** A sign of how often, after a space, too, would be for the last letter alone. */
const plainWord = /\w+(?![\w\s#(*+?{])/y;

type Groups = Part['groups'];

function both(one: Groups, two: Groups): Groups {
  if (one.size === 0 || two.size === 0) return one.size === 0 ? two : one;
  return new Map([...one, ...two]);
}

function unset(groups: Groups): Groups {
  return groups.size === 0 ? groups : new Map([...groups.keys()].map((group) => [group, false]));
}

const comments = /(?:\(\?#(?:[^)\\]|\\.)*\))*/sy;
const spaceOrComments = /(?:[\t-\r ]|#[^\n]*(?:\n|$)|\(\?#(?:[^)\\]|\\.)*\))*/sy;

function skip(reader: Reader, { spaced }: Options): void {
  const gap = spaced ? spaceOrComments : comments;
  gap.lastIndex = reader.at;
  reader.at += gap.exec(reader.text)?.[0].length ?? 0;
}

function readQuantified(reader: Reader, place: Place): Part {
  const { text } = reader;
  const begin = reader.at;
  const before = { count: reader.count, groups: reader.groups.length };
  const read = readAtom(reader, place);
  skip(reader, place);
  const quantifier = takeQuantifier(reader);
  if (!quantifier) return read;
  let part = read;
  if (quantifier.mode === '+') {
    // It needs a group that opens before those in it.
    const { at } = reader;
    reader.at = begin;
    reader.count = before.count + 1;
    reader.groups.length = before.groups;
    part = readAtom(reader, place);
    reader.at = at;
  }
  skip(reader, place);
  if (takeQuantifier(reader) || isAssertion(text, begin)) refuse();
  const { least, most, mode } = quantifier;
  if (most === 0 || part.js.includes(searchStart)) refuse();
  const whole = `(?:${part.js})`;
  const groups = least > 0 ? part.groups : unset(part.groups);
  const optional = { ...part, groups, pass: least === 0 ? anything : part.pass };
  if (most === 1) {
    if (least === 1) refuse();
    // A JavaScript loop refuses to match nothing, and looks for another way.
    const js = mode === '?' ? `(?:|${part.js})` : `(?:${part.js}|)`;
    const once = { ...optional, js, isSure: part.isSure && part.pass === none };
    return mode === '+' ? atomic(place, before.count + 1, once) : once;
  }
  // Oniguruma looks for these only at the beginning of a line, whatever stands before them.
  if (
    /^\[\^(?:\\x0a)?\]$/.test(part.js) &&
    mode !== '?' &&
    place.isStart &&
    place.isAfter &&
    most === Number.POSITIVE_INFINITY
  )
    refuse();
  // Of the same loops each engine has its own idea which round was the last, and what it has set.
  if (part.pass !== none || [...part.groups.values()].includes(false)) refuse();
  const isSure = part.isSure && (part.more & part.first) === none;
  // With more than one way to go round, a text that does not match is tried in all combinations.
  if (!isSure && most > 4) refuse();
  const counts = `{${least},${most === Number.POSITIVE_INFINITY ? '' : most}}`;
  const sign = counts === '{0,}' ? '*' : counts === '{1,}' ? '+' : counts;
  const single = /^(?:\[(?:[^\\\]]|\\.)*\]|[^\\]|\\[^\d]|\\x..)$/.test(part.js) ? part.js : whole;
  const repeated = {
    ...optional,
    js: `${single}${sign}${mode === '?' ? '?' : ''}`,
    more: part.more | part.first,
    isSure: isSure && (least === most || most === Number.POSITIVE_INFINITY || least === 0),
  };
  return mode === '+' ? atomic(place, before.count + 1, repeated) : repeated;
}

function isAssertion(text: string, at: number): boolean {
  return /^(?:[$^]|\\[AbBGzZ]|\(\?<?[=!])/.test(text.slice(at, at + 4));
}

interface Quantifier {
  readonly least: number;
  readonly most: number;
  readonly mode: string;
}

function takeQuantifier(reader: Reader): Quantifier | undefined {
  const sign = /(?:([?*+])|\{(\d{0,5})(,?)(\d{0,5})\})([?+]?)/y;
  sign.lastIndex = reader.at;
  const match = sign.exec(reader.text);
  if (!match) return undefined;
  const [written, short, from = '', comma, to = '', mode = ''] = match;
  if (!short && from === '' && to === '') return undefined;
  reader.at += written.length;
  if (short)
    return { least: short === '+' ? 1 : 0, most: short === '?' ? 1 : Number.POSITIVE_INFINITY, mode };
  const least = Number(from);
  const most = comma ? (to === '' ? Number.POSITIVE_INFINITY : Number(to)) : least;
  if (most < least || mode === '+' || (mode !== '' && !comma)) refuse();
  return { least, most, mode };
}

function readAtom(reader: Reader, place: Place): Part {
  const { text } = reader;
  const sign = text[reader.at] ?? '';
  switch (sign) {
    case '(':
      return readGroup(reader, place);
    case '[':
      reader.at += 1;
      return ofSet(readClass(reader, place, true));
    case '\\':
      return readEscape(reader, place);
    case '.':
      reader.at += 1;
      return ofSet(place.dotAll ? ascii : ascii & ~newline);
    case '^':
      reader.at += 1;
      return { ...nothing, js: '^' };
    case '$':
      reader.at += 1;
      return { ...nothing, js: '(?![^\\n])', pass: newline | end };
    default: {
      if (takeQuantifier(reader)) refuse();
      return ofCharacter(takeCode(reader), place);
    }
  }
}

function ofCharacter(code: number, { ignoreCase }: Options): Part {
  // Nothing outside of ASCII is in the text. Without its case some of it is: ß is ss.
  if (code > 127) return ignoreCase ? refuse() : ofSet(none);
  return (ignoreCase ? caseless : literals)[code] ?? refuse();
}

function ofSet(set: bigint): Part {
  return { js: printSet(set), first: set, pass: none, more: none, isSure: true, groups: noGroups };
}

function readGroup(reader: Reader, place: Place): Part {
  const { text } = reader;
  const opening = /\((?:\?(?:([imx]*)(?:-([imx]+))?:|([=!>])|(<[=!])|<([A-Za-z_]\w*)>))?/y;
  opening.lastIndex = reader.at;
  const match = opening.exec(text);
  if (!match) return refuse();
  const [written, on, off, ahead, behind, name] = match;
  if (written === '(' && text[reader.at + 1] === '?') refuse();
  reader.at += written.length;
  const before = reader.count;
  if (ahead === '>') reader.count += 1;
  const number = written === '(' || name !== undefined ? openGroup(reader, name) : undefined;
  const options = on === undefined ? place : { ...place, ...optionsWith(place, on, off ?? '') };
  const isBehind = place.isBehind || behind !== undefined;
  const part = readAlternatives(reader, { ...options, isBehind });
  if (text[reader.at] !== ')') refuse();
  reader.at += 1;
  if (number !== undefined) {
    if (place.isBehind) refuse();
    return { ...part, js: `(${part.js})`, groups: new Map([...part.groups, [number, true]]) };
  }
  if (on !== undefined) return { ...part, js: `(?:${part.js})` };
  if (ahead === '>') return atomic(place, before + 1, part);
  if (behind !== undefined || ahead === '!') {
    if (behind !== undefined && part.groups.size > 0) refuse();
    return { ...nothing, js: `(?${behind ?? ahead}${part.js})`, groups: unset(part.groups) };
  }
  if (part.groups.size > 0) reader.groupsAhead = true;
  return { ...nothing, js: `(?=${part.js})`, pass: part.first | part.pass, groups: part.groups };
}

function openGroup(reader: Reader, name: string | undefined): number {
  reader.count += 1;
  const number = reader.groups.push(reader.count);
  if (name !== undefined) {
    if (reader.names.has(name)) refuse();
    reader.names.set(name, number);
  }
  return number;
}

/** A lookahead is never gone back into; what the group in it has seen is then taken. */
function atomic({ isBehind }: Place, group: number, part: Part): Part {
  if (isBehind || part.js.includes(searchStart)) refuse();
  return { ...part, js: `(?:(?=(${part.js}))\\${group}(?:))` };
}

const classes: Readonly<Record<string, bigint>> = {
  w: matching(/\w/),
  d: matching(/\d/),
  s: matching(/\s/),
  h: matching(/[\dA-Fa-f]/),
};

const posix: Readonly<Record<string, bigint>> = {
  alnum: matching(/[\dA-Za-z]/),
  alpha: matching(/[A-Za-z]/),
  ascii,
  blank: matching(/[\t ]/),
  cntrl: matching(/\p{Cc}/u),
  digit: matching(/\d/),
  graph: matching(/[!-~]/),
  lower: matching(/[a-z]/),
  print: matching(/[ -~]/),
  punct: matching(/[!-#%-*,-/:;?@[-\]_{}]/),
  space: matching(/\s/),
  upper: matching(/[A-Z]/),
  xdigit: matching(/[\dA-Fa-f]/),
  word: matching(/\w/),
};

const controls: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, a: 7, e: 27 };

function readEscape(reader: Reader, place: Place): Part {
  const next = reader.text[reader.at + 1] ?? refuse();
  const after = () => {
    reader.at += 2;
    return nothing;
  };
  switch (next) {
    case 'b':
    case 'B':
      return { ...after(), js: `\\${next}` };
    case 'A':
      return { ...after(), js: '^' };
    case 'z':
      return { ...after(), js: '$', pass: end };
    case 'Z':
      return { ...after(), js: '(?=\\n?$)', pass: newline | end };
    case 'G':
      if (!place.isStart || place.isBehind) refuse();
      return { ...after(), js: searchStart };
    default:
  }
  if (/[1-9]/.test(next)) return readReference(reader, place);
  const set = takeSetEscape(reader, place);
  if (set !== undefined) return ofSet(set);
  return ofCharacter(takeCharacterEscape(reader), place);
}

/** What stands in a group again. A group that is not set fails there, and in JavaScript matches nothing. */
function readReference(reader: Reader, { set, isBehind, ignoreCase }: Place): Part {
  const [written = '', digits] = /^\\(\d+)/.exec(reader.text.slice(reader.at, reader.at + 5)) ?? [];
  const group = Number(digits);
  if (!set.has(group) || isBehind || ignoreCase || reader.names.size > 0 || group > 9) refuse();
  reader.at += written.length;
  const js = `(?:\\${reader.groups[group - 1]})`;
  return { js, first: ascii, pass: anything, more: ascii, isSure: false, groups: noGroups };
}

/** `\w` and the like. */
function takeSetEscape(reader: Reader, { ignoreCase }: Options): bigint | undefined {
  const next = reader.text[reader.at + 1] ?? '';
  const named = /\\([pP])\{(\^?)(\w+)\}/y;
  named.lastIndex = reader.at;
  const match = named.exec(reader.text);
  if (match) {
    const [written, letter, not, name = ''] = match;
    if (ignoreCase) refuse();
    reader.at += written.length;
    const set = unicodeSet(name) ?? refuse();
    return (letter === 'P') === (not === '^') ? set : ascii & ~set;
  }
  const set = classes[next.toLowerCase()];
  if (set === undefined || !/[a-z]/i.test(next)) return undefined;
  reader.at += 2;
  return next === next.toLowerCase() ? set : ascii & ~set;
}

function unicodeSet(name: string): bigint | undefined {
  const own = posix[name.toLowerCase()];
  if (own !== undefined) return own;
  if (!/^(?:L[ultmo]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?|M[nce]?|C[cf])$/.test(name)) return undefined;
  return matching(new RegExp(`\\p{${name}}`, 'u'));
}

function takeCharacterEscape(reader: Reader): number {
  const hex = /\\(?:x([\dA-Fa-f]{1,2})(?![\dA-Fa-f{])|x\{([\dA-Fa-f]{1,6})\}|u([\dA-Fa-f]{4}))/y;
  hex.lastIndex = reader.at;
  const match = hex.exec(reader.text);
  if (match) {
    const [written, two, braced, four] = match;
    reader.at += written.length;
    const code = Number.parseInt(two ?? braced ?? four ?? '', 16);
    // From here on `\x80` is a byte, and not a character.
    return two !== undefined && code > 127 ? refuse() : code;
  }
  const next = reader.text[reader.at + 1] ?? refuse();
  if (next > '~') {
    reader.at += 1;
    return takeCode(reader);
  }
  reader.at += 2;
  const control = controls[next];
  if (control !== undefined) return control;
  return /[\dA-Za-z]/.test(next) ? refuse() : next.charCodeAt(0);
}

/** After `[`, up to its `]`. */
function readClass(reader: Reader, place: Place, isOutermost: boolean): bigint {
  const { text } = reader;
  const isNot = text[reader.at] === '^';
  if (isNot) reader.at += 1;
  if (isNot && !isOutermost && place.ignoreCase) refuse();
  if (text[reader.at] === ']') refuse();
  let set = none;
  let others = ascii;
  for (;;) {
    const sign = text[reader.at] ?? refuse();
    if (sign === ']') break;
    if (text.startsWith('&&', reader.at)) {
      others &= set;
      set = none;
      reader.at += 2;
      if (place.ignoreCase || text[reader.at] === ']') refuse();
    } else set |= readMember(reader, place);
  }
  reader.at += 1;
  const members = set & others;
  const both = place.ignoreCase && isOutermost ? bothCases(members) : members;
  return isNot ? ascii & ~both : both;
}

function readMember(reader: Reader, place: Place): bigint {
  const { text } = reader;
  const named = /\[:(\^?)(\w+):\]/y;
  named.lastIndex = reader.at;
  const match = named.exec(text);
  if (match) {
    reader.at += match[0].length;
    if (match[1] && place.ignoreCase) refuse();
    const set = posix[match[2] ?? ''] ?? refuse();
    return match[1] ? ascii & ~set : set;
  }
  if (text[reader.at] === '[') {
    if (text[reader.at + 1] === ':') refuse();
    reader.at += 1;
    return readClass(reader, place, false);
  }
  if (text[reader.at] === '\\') {
    const set = takeSetEscape(reader, place);
    if (set !== undefined) return set;
  }
  const from = takeMember(reader);
  if (text[reader.at] !== '-' || text[reader.at + 1] === ']') return within(from, from, place);
  if (text.startsWith('-&&', reader.at)) refuse();
  // A hyphen that begins no range.
  if (from === 45 && text[reader.at - 1] === '-') refuse();
  reader.at += 1;
  if (text[reader.at] === '[' || /^\\[wWdDsShHpP]/.test(text.slice(reader.at, reader.at + 2))) refuse();
  const to = takeMember(reader);
  if (to < from || text[reader.at] === '-') refuse();
  return within(from, to, place);
}

function takeMember(reader: Reader): number {
  const { text } = reader;
  if (text.startsWith('\\b', reader.at)) {
    reader.at += 2;
    return 8;
  }
  if (text[reader.at] === '\\') return takeCharacterEscape(reader);
  return takeCode(reader);
}

function takeCode(reader: Reader): number {
  const code = reader.text.codePointAt(reader.at) ?? refuse();
  reader.at += code > 0xffff ? 2 : 1;
  return code;
}

function within(from: number, to: number, { ignoreCase }: Options): bigint {
  if (ignoreCase && to > 127) refuse();
  if (from > 127) return none;
  const last = Math.min(to, 127);
  return (1n << BigInt(last + 1)) - (1n << BigInt(from));
}

function bit(code: number): bigint {
  return 1n << BigInt(code);
}

function matching(pattern: RegExp): bigint {
  let set = none;
  for (let code = 0; code < 128; code++) if (pattern.test(String.fromCharCode(code))) set |= bit(code);
  return set;
}

/** A and a are 32 places apart. */
function bothCases(set: bigint): bigint {
  const upper = set & ((1n << 91n) - (1n << 65n));
  const lower = set & ((1n << 123n) - (1n << 97n));
  return set | (upper << 32n) | (lower >> 32n);
}

function printSet(set: bigint): string {
  if (set === none) return '(?!)';
  if (set === ascii) return '[^]';
  const codes = codesIn(set);
  if (codes.length === 1) return printCode(codes[0] ?? 0);
  // A class of all others is printed as such: the engine has its own ways for it.
  return codes.length > 64 ? `[^${printRanges(codesIn(ascii & ~set))}]` : `[${printRanges(codes)}]`;
}

function codesIn(set: bigint): number[] {
  const codes: number[] = [];
  for (let word = 0; word < 4; word++) {
    const bits = Number(BigInt.asIntN(32, set >> BigInt(32 * word)));
    for (let at = 0; at < 32; at++) if ((bits >>> at) & 1) codes.push(32 * word + at);
  }
  return codes;
}

function printRanges(codes: readonly number[]): string {
  let text = '';
  for (let at = 0; at < codes.length; at++) {
    const from = codes[at] ?? 0;
    while (codes[at + 1] === (codes[at] ?? 0) + 1) at++;
    const to = codes[at] ?? 0;
    text += from === to ? printCode(from) : `${printCode(from)}-${printCode(to)}`;
  }
  return text;
}

function printCode(code: number): string {
  const sign = String.fromCharCode(code);
  return /\w/.test(sign) ? sign : `\\x${code.toString(16).padStart(2, '0')}`;
}

const literals = Array.from({ length: 128 }, (_, code) => ofSet(bit(code)));
const caseless = Array.from({ length: 128 }, (_, code) => ofSet(bothCases(bit(code))));
