// The readable text of a post's HTML tree: for search, reading time and cards. Formulas stay placeholders here.
import type { Element, ElementContent, Root } from 'hast';
import { isAscii } from '../ascii.js';
import { strip } from './sanitize.js';

type Node = Root | Root['children'][number] | ElementContent;

/** Han, Hangul and Kana: counted by characters, because words are not set apart by spaces or hold much more. */
const cjk = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;

const blocks = new Set(
  'address article aside blockquote br dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);

/** Where an author's HTML is trusted, these are in the tree, and still no text to read. */
const unread = new Set(strip);

interface Bounds {
  /** Elements that are left out. */
  readonly skip?: (element: Element) => boolean;
  /** Where the text ends. */
  readonly end?: (node: Node) => boolean;
}

/** Text of a tree with one space between blocks. */
export function textOf(node: Node, bounds: Bounds = {}): string {
  const pieces: string[] = [];
  collect(node, bounds, pieces);
  return pieces
    .join('')
    .replace(/\s{2,}|[^\S ]/g, ' ')
    .trim();
}

/** Whether the end has been reached. */
function collect(node: Node, bounds: Bounds, pieces: string[]): boolean {
  if (bounds.end?.(node)) return true;
  if (node.type === 'text') pieces.push(node.value);
  if (node.type !== 'root' && node.type !== 'element') return false;
  if (node.type === 'element' && (unread.has(node.tagName) || bounds.skip?.(node))) return false;
  const space = node.type === 'element' && blocks.has(node.tagName) ? ' ' : '';
  pieces.push(space);
  let ended = false;
  for (const child of node.children) {
    ended = collect(child, bounds, pieces);
    if (ended) break;
  }
  pieces.push(space);
  return ended;
}

/** Minutes to read a text: 200 words a minute plus 500 characters of Han, Hangul or Kana, rounded up. */
export function readingMinutes(text: string): number {
  const { words, characters } = measure(text);
  return Math.max(1, Math.ceil(words / 200 + characters / 500));
}

function measure(text: string): { words: number; characters: number } {
  // What is found below, and quicker.
  if (isAscii(text)) return { words: count(/[a-zA-Z0-9]\S*/g, text), characters: 0 };
  const rest = text.replace(cjk, ' ');
  return {
    words: count(/[\p{L}\p{N}]\S*/gu, rest),
    characters: rest === text ? 0 : count(cjk, text),
  };
}

/** How often an expression, which is global, matches. */
function count(expression: RegExp, text: string): number {
  expression.lastIndex = 0;
  let found = 0;
  while (expression.test(text)) found += 1;
  return found;
}

/** What a cut may not divide: a word, or one character of a script that sets no spaces. */
const units =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu;

interface Beginning {
  readonly text: string;
  /** How much of the whole has been looked at. */
  readonly seen: number;
}

/**
 * The beginning of a text: 70 words or 140 characters of Han, Hangul or Kana, or a mixture that fills the same
 * room, cut between words.
 */
export function beginning(text: string): Beginning {
  let room = 1;
  let end = 0;
  for (const unit of text.matchAll(units)) {
    const { words, characters } = measure(unit[0]);
    room -= words / 70 + characters / 140;
    const unitEnd = unit.index + unit[0].length;
    if (room < -1e-9 && end > 0) return { text: `${withoutPunctuation(text.slice(0, end))}…`, seen: unitEnd };
    end = unitEnd;
  }
  return { text: text.slice(0, end), seen: text.length };
}

/** A loop, since a search for the same at the end of a long text takes the square of its length. */
function withoutPunctuation(text: string): string {
  let end = text.length;
  while (/[\s.,;:·…]/.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
