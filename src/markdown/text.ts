// The readable text of a post's HTML tree: for search, reading time and cards. Formulas stay placeholders here.
import type { Element, ElementContent, Root } from 'hast';

type Node = Root | Root['children'][number] | ElementContent;

/** Han, Hangul and Kana: counted by characters, because words are not set apart by spaces or hold much more. */
const cjk = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;

const blocks = new Set(
  'address article aside blockquote br dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);

/** Text of a tree with one space between blocks; `skip` leaves elements out. */
export function textOf(node: Node, skip: (element: Element) => boolean = () => false): string {
  const pieces: string[] = [];
  collect(node, skip, pieces);
  return pieces.join('').replace(/\s+/g, ' ').trim();
}

function collect(node: Node, skip: (element: Element) => boolean, pieces: string[]): void {
  if (node.type === 'text') {
    pieces.push(node.value);
  } else if (node.type === 'root') {
    for (const child of node.children) collect(child, skip, pieces);
  } else if (node.type === 'element' && !skip(node)) {
    const block = blocks.has(node.tagName);
    if (block) pieces.push(' ');
    for (const child of node.children) collect(child, skip, pieces);
    if (block) pieces.push(' ');
  }
}

/** Minutes to read a text: 200 words a minute plus 500 characters of Han, Hangul or Kana, rounded up. */
export function readingMinutes(text: string): number {
  const { words, characters } = measure(text);
  return Math.max(1, Math.ceil(words / 200 + characters / 500));
}

function measure(text: string): { words: number; characters: number } {
  const characters = text.match(cjk)?.length ?? 0;
  const words = text.replace(cjk, ' ').match(/\S*[\p{L}\p{N}]\S*/gu)?.length ?? 0;
  return { words, characters };
}

/** What a cut may not divide: a word, or one character of a script that sets no spaces. */
const units =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu;

/**
 * The beginning of a text: 70 words or 140 characters of Han, Hangul or Kana, or a mixture that fills the same
 * room, cut between words.
 */
export function beginning(text: string): string {
  let room = 1;
  let end = 0;
  for (const unit of text.matchAll(units)) {
    const { words, characters } = measure(unit[0]);
    room -= words / 70 + characters / 140;
    if (room < -1e-9 && end > 0) return `${text.slice(0, end).replace(/[\s.,;:·…]+$/u, '')}…`;
    end = unit.index + unit[0].length;
  }
  return text.slice(0, end);
}
