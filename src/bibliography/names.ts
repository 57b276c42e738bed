// Lists of names as BibTeX reads them: `First von Last`, `von Last, First`, `von Last, Jr, First`, joined by `and`;
// a name in braces is taken whole. The rules are those of BibTeX's own documentation (Patashnik 1988, "Designing
// BibTeX styles"; Markey 2009, "Tame the BeaST").
import { closingBrace, latexToText } from './latex.js';

export interface Name {
  /** With its particle: `van der Maaten`. A name that is not divided (an organisation, 홍길동) is all family. */
  readonly family: string;
  readonly given: string;
  /** `Jr.` */
  readonly suffix: string;
}

export interface Names {
  readonly people: readonly Name[];
  /** The list ends with `and others`. */
  readonly others: boolean;
}

export const noNames: Names = { people: [], others: false };

/** A stretch of a list of names: `index` is that of its first character. */
interface Part {
  readonly text: string;
  readonly index: number;
}

/**
 * `doubtful` names cannot be what the author meant: they have a semicolon, an `&` between blanks, more than two commas,
 * or between two something else than `Jr.` and its like (Portuguese has `Filho`, French `fils`).
 */
export function parseNames(source: string): Names & { readonly doubtful: readonly Part[] } {
  const parts = splitOutsideBraces(source, /(?<!\s)\s+and(?=\s)\s*/iy)
    .map(trim)
    .filter(({ text }) => text !== '');
  const others = parts.at(-1)?.text.toLowerCase() === 'others';
  const names = others ? parts.slice(0, -1) : parts;
  return {
    people: names.map(({ text }) => parseName(text)).filter(({ family }) => family !== ''),
    others,
    doubtful: names.filter(({ text }) => isDoubtful(text)),
  };
}

const behindName =
  /^(?:Jr|Sr|J[uú]nior|Senior|[IVX]+|\d(?:st|nd|rd|th)|Ph\.? ?D|M\.? ?D|Esq|Filho|Neto|Netto|Sobrinho|fils|père)\.?$/iu;

function isDoubtful(name: string): boolean {
  const parts = commas(name);
  if (parts.length > 3 || splitOutsideBraces(name, /;|(?<=\s)\\?&(?=\s)/y).length > 1) return true;
  return parts.length === 3 && !behindName.test(latexToText(parts[1]?.text ?? '').trim());
}

function parseName(source: string): Name {
  if (isWhole(source)) return whole(latexToText(source));
  const [first = '', second = '', ...rest] = commas(source).map(({ text }) => text.trim());
  const given = rest.length > 0 ? rest.join(', ') : second;
  const suffix = rest.length > 0 ? latexToText(second) : '';
  if (isUndivided(latexToText(source))) return whole(latexToText(`${first}${given}`).replace(/\s/g, ''));
  if (second !== '') return { family: latexToText(first), given: latexToText(given), suffix };
  return withoutComma(words(first));
}

function whole(family: string): Name {
  return { family, given: '', suffix: '' };
}

const generation = /^(?:Jr|Sr|II|III|IV)\.?$/;

/** `First von Last`: the particle is what is in lower case, the last word is always the family's. */
function withoutComma(source: readonly string[]): Name {
  const texts = source.map(latexToText);
  const hasSuffix = texts.length > 2 && generation.test(texts.at(-1) ?? '');
  const end = hasSuffix ? texts.length - 1 : texts.length;
  const particle = source.findIndex((word, index) => index < end - 1 && isLowerCase(word));
  const family = particle < 0 ? end - 1 : particle;
  return {
    family: texts.slice(family, end).join(' '),
    given: texts.slice(0, family).join(' '),
    suffix: hasSuffix ? (texts.at(-1) ?? '') : '',
  };
}

function isLowerCase(word: string): boolean {
  return !/^\{[^\\]/.test(word) && /^\P{L}*\p{Ll}/u.test(latexToText(word));
}

/** Chinese, Japanese and Korean names: the family's name comes first, and no space or comma divides them. */
function isUndivided(name: string): boolean {
  return /^[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー・·,\s]+$/u.test(name);
}

/** One group around all of it, as in `{Barnes and Noble, Inc.}`. */
function isWhole(source: string): boolean {
  return source.startsWith('{') && closingBrace(source, 0) === source.length - 1;
}

function commas(source: string): Part[] {
  return splitOutsideBraces(source, /,/y);
}

function words(source: string): string[] {
  return splitOutsideBraces(source, /[\s~]+/y)
    .map(({ text }) => text)
    .filter((word) => word !== '');
}

/** Splits where a sticky pattern matches outside all braces. */
function splitOutsideBraces(source: string, separator: RegExp): Part[] {
  const parts: Part[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < source.length; index++) {
    const character = source[index];
    if (character === '{') depth++;
    else if (character === '}') depth--;
    if (depth > 0) continue;
    separator.lastIndex = index;
    const match = separator.exec(source);
    if (match === null) continue;
    parts.push({ text: source.slice(start, index), index: start });
    start = index + match[0].length;
    index = start - 1;
  }
  parts.push({ text: source.slice(start), index: start });
  return parts;
}

function trim({ text, index }: Part): Part {
  return { text: text.trim(), index: index + text.length - text.trimStart().length };
}
