// Which parts of a text are blocks that can be told at a glance: paragraphs, headings, code between fences, displays, and
// lists of nothing but words, that stand in no quote or other container. All else is `rest`, which micromark reads. Pure.
import { displayAt, type Formula } from '../../math/formula.js';

/** `start` and `end` are offsets in the text; `end` lies before a line's end. `line` counts from 1. */
export interface Block {
  readonly type: 'paragraph' | 'heading' | 'code' | 'math' | 'list' | 'rest';
  readonly start: number;
  readonly end: number;
  readonly line: number;
  /** Of `math`. */
  readonly formula?: Formula;
}

/** A text with lines that end in anything but line feeds, or with characters that micromark replaces. */
const isUncommon = /[\0\r\ufeff]/;

/** The blocks of a text in their order. `hasMath`: whether there are displays. */
export function blocksOf(text: string, hasMath: boolean): Block[] {
  if (isUncommon.test(text)) return [{ type: 'rest', start: 0, end: text.length, line: 1 }];
  const blocks: Block[] = [];
  let rest: { readonly start: number; readonly line: number } | undefined;
  /** Whether a block that begins here is no part of another one. */
  let isFree = true;
  /** Whether a line begins afresh. */
  let isAfterBlank = true;
  /** How far the content of a list's last item is indented, if a line can belong to one. */
  let indent = 0;
  for (let at = 0, line = 1; at < text.length; ) {
    const end = lineEnd(text, at);
    if (isBlank(text, at, end)) {
      // After blanks micromark ends code that nothing closes in another place.
      isFree = !rest || at === end;
      isAfterBlank = true;
    } else {
      const block = isFree ? blockAt(text, at, line, hasMath, rest === undefined) : undefined;
      if (block) {
        if (rest) blocks.push({ type: 'rest', ...rest, end: at - 1 });
        rest = undefined;
        blocks.push(block);
        line += lineFeeds(text, at, block.end) + 1;
        at = block.end + 1;
        isAfterBlank = true;
        continue;
      }
      if (!rest) indent = 0;
      rest ??= { start: at, line };
      indent = indentAfter(indent, text, at, end, isAfterBlank);
      if (staysOpen(text, at, end, indent, hasMath)) break;
      isFree = false;
      isAfterBlank = false;
    }
    line++;
    at = end + 1;
  }
  if (rest) blocks.push({ type: 'rest', ...rest, end: text.length });
  return blocks;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function isBlank(text: string, at: number, end: number): boolean {
  let index = at;
  while (text[index] === ' ' || text[index] === '\t') index++;
  return index >= end;
}

function lineFeeds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** `startsList`: whether items that begin here cannot be those of a list before them. */
function blockAt(
  text: string,
  at: number,
  line: number,
  hasMath: boolean,
  startsList: boolean,
): Block | undefined {
  return (
    ownLinesAt(text, at, line, hasMath) ??
    (startsList ? listAt(text, at, line) : undefined) ??
    paragraphAt(text, at, line, hasMath)
  );
}

const heading = /#{1,6} (?![ \t#])[^\n\t]*(?<![ \t#])(?=\n|$)/y;
/** The fence and what stands after it. */
const fence = /(?:(`{3,})([^`\n]*)|(~{3,})([^\n]*))(?=\n)/y;
/** The language and the rest, without what a backslash or an entity would change. */
const information = /^(?:[^\s\\&]+(?: +[^\s\\&](?:[^\\&\t]*[^\s\\&])?)?)?$/;

/** A block that no paragraph before it can take in. */
function ownLinesAt(text: string, at: number, line: number, hasMath: boolean): Block | undefined {
  switch (text[at]) {
    case '#':
      heading.lastIndex = at;
      return heading.test(text) ? { type: 'heading', start: at, end: heading.lastIndex, line } : undefined;
    case '$':
    case '\\':
      return hasMath ? mathAt(text, at, line) : undefined;
    case '`':
    case '~':
      return (hasMath ? mathAt(text, at, line) : undefined) ?? codeAt(text, at, line);
    case ':':
      return containerAt(text, at, line);
    default:
      return undefined;
  }
}

function mathAt(text: string, at: number, line: number): Block | undefined {
  const formula = displayAt(text, at);
  if (!formula) return undefined;
  const { end } = formula;
  const isPlain = !formula.option && !text.slice(at, end).includes('\t');
  return isPlain ? { type: 'math', start: at, end, line, formula } : { type: 'rest', start: at, end, line };
}

function codeAt(text: string, at: number, line: number): Block | undefined {
  fence.lastIndex = at;
  const match = fence.exec(text);
  if (!match || !information.test(match[2] ?? match[4] ?? '')) return undefined;
  const end = endOfFenced(text, fence.lastIndex + 1, match[1] ?? match[3] ?? '');
  return end === undefined ? undefined : { type: 'code', start: at, end, line };
}

const container = /(:{3,})[a-zA-Z]+(?:\[[^[\]\\\n]*\])?(?:\{(?:[#.][a-zA-Z][\w:-]*| )*\})?(?=\n)/y;

/** A `:::` block with all that it holds. Micromark reads it, but what comes after it is free again. */
function containerAt(text: string, at: number, line: number): Block | undefined {
  container.lastIndex = at;
  const [opening, run = ''] = container.exec(text) ?? [];
  if (opening === undefined) return undefined;
  const end = endOfFenced(text, at + opening.length + 1, run);
  return end === undefined ? undefined : { type: 'rest', start: at, end, line };
}

/** The end of the line that closes a fence, from the line at `from` on. */
function endOfFenced(text: string, from: number, run: string): number | undefined {
  for (let start = from; start < text.length; ) {
    const end = lineEnd(text, start);
    if (closesFence(text, start, end, run)) return end;
    start = end + 1;
  }
  return undefined;
}

function closesFence(text: string, start: number, end: number, run: string): boolean {
  let index = start;
  while (text[index] === ' ') index++;
  if (index - start > 3 || !text.startsWith(run, index)) return false;
  while (text[index] === run[0]) index++;
  return isBlank(text, index, end);
}

/** What a line may begin with that belongs to a paragraph and to nothing else. */
const plainStart =
  /(?:[^\s#>+\-*_=~<|`$\\[:\d]|\*{1,2}[^\s*]|_{1,2}[^\s_]|`[^`\n]|\$(?!\$)|\[[^[\]\\\n^]+\](?!:)|:(?!:|[ \t]*-)|\d+(?!\d|[.)](?:\s|$)))/y;
/** Items with words and quotes end a paragraph. */
const interruption = /(?:(?:[-*+]|1[.)]) +|> ?)[^\s*+\-\d>[]/y;

function paragraphAt(text: string, at: number, line: number, hasMath: boolean): Block | undefined {
  let start = at;
  let end = at;
  while (start < text.length) {
    const stop = lineEnd(text, start);
    if (isBlank(text, start, stop)) break;
    if (start > at && endsParagraph(text, start, line, hasMath)) break;
    if (!isPlainStart(text, start, hasMath)) return undefined;
    end = stop;
    start = stop + 1;
  }
  const hasTabs = text.slice(at, end).includes('\t');
  return hasTabs ? undefined : { type: 'paragraph', start: at, end, line };
}

function isPlainStart(text: string, at: number, hasMath: boolean): boolean {
  plainStart.lastIndex = at;
  if (plainStart.test(text)) return true;
  // No display begins there, or it would be one already.
  return hasMath && (text[at] === '\\' || text.startsWith('$$', at));
}

function endsParagraph(text: string, at: number, line: number, hasMath: boolean): boolean {
  interruption.lastIndex = at;
  return interruption.test(text) || ownLinesAt(text, at, line, hasMath) !== undefined;
}

/** A marker, not of a task. */
const plainItem = /(?:([-*+])|\d{1,9}([.)])) (?!\[[\sxX]\])/y;

/** A list whose items are paragraphs one below the other, their lines indented as the first ones. */
function listAt(text: string, at: number, line: number): Block | undefined {
  let kind: string | undefined;
  let indent = '';
  let end = at;
  for (let start = at; start < text.length; ) {
    const stop = lineEnd(text, start);
    if (isBlank(text, start, stop)) break;
    plainItem.lastIndex = start;
    const match = plainItem.exec(text);
    const own = match?.[1] ?? match?.[2];
    kind ??= own;
    if (kind === undefined || (match ? own !== kind : !text.startsWith(indent, start))) return undefined;
    if (match) indent = ' '.repeat(match[0].length);
    plainStart.lastIndex = start + indent.length;
    if (!plainStart.test(text)) return undefined;
    end = stop;
    start = stop + 1;
  }
  if (goesOn(text, end) || text.slice(at, end).includes('\t')) return undefined;
  return { type: 'list', start: at, end, line };
}

const marker = /(?:[-*+]|\d{1,9}[.)])(?:\s|$)/y;

/** Whether a list may go on behind the blank lines after `end`. */
function goesOn(text: string, end: number): boolean {
  let start = end;
  let index = end;
  for (; index < text.length && ' \t\n'.includes(text.charAt(index)); index++)
    if (text[index] === '\n') start = index + 1;
  if (index === text.length) return false;
  marker.lastIndex = start;
  return index > start || marker.test(text);
}

const item = /(?:[-*+]|(\d{1,9})[.)]) {1,4}(?=\S)/y;
const thematicBreak = /^([-*])(?:[ \t]*\1){2,}[ \t]*$/;

/** How far the content of items is indented after the line at `at`, in which an item begins or goes on; 0 after all. */
function indentAfter(indent: number, text: string, at: number, end: number, isAfterBlank: boolean): number {
  let depth = 0;
  while (text[at + depth] === ' ') depth++;
  // A line that is less indented ends the item, but not in a paragraph of it.
  if (depth > 0) return isAfterBlank && depth < indent ? 0 : indent;
  if (text[at] === '\t') return isAfterBlank ? 0 : indent;
  item.lastIndex = at;
  const match = item.exec(text);
  if (!match || thematicBreak.test(text.slice(at, end))) return 0;
  const own = match[0].length;
  // Of numbers only 1 ends a paragraph: others may be words of one, in an item or not.
  const isSure = isAfterBlank || match[1] === undefined || match[1] === '1';
  if (isSure) return own;
  return indent === 0 ? 0 : Math.max(indent, own);
}

const blockThatMayHoldBlankLines = /`{3}|~{3}|:{3}|<(?:script|pre|style|textarea|!--|\?|!\[CDATA|![a-z])/iy;

/** Whether a line that is no block of its own may begin one that goes on after blank lines. */
function staysOpen(text: string, at: number, end: number, indent: number, hasMath: boolean): boolean {
  let index = at;
  while (text[index] === ' ') index++;
  const depth = index - at;
  // Code, or inside of an item that ends with the first line that is less indented.
  if (depth > 3 || (indent > 0 && depth >= indent)) return false;
  if (text[index] === '$' || text[index] === '\\') {
    const formula = hasMath ? displayAt(text, index) : undefined;
    return formula !== undefined && /\n[ \t]*\n/.test(text.slice(at, formula.end));
  }
  if (text[index] === '\t') return true;
  blockThatMayHoldBlankLines.lastIndex = index;
  return blockThatMayHoldBlankLines.test(text) && index < end;
}
