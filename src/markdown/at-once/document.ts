// Tokenizes a post without micromark's state machines where that gives the same: blocks and texts that can be told at
// a glance become events at once, and micromark is asked for the rest. Only the bundle does so: see scripts/patches.mjs.
import type {
  Chunk,
  Event,
  Extension,
  ParseContext,
  Point,
  Token,
  TokenizeContext,
  TokenType,
} from 'micromark-util-types';
import type { Formula, MathOptions } from '../../math/formula.js';
import { type Block, blocksOf } from './blocks.js';
import { type Line, lineFeed, linesOf, tokenizeText } from './text.js';

/** What micromark does. */
interface Micromark {
  /** Events of a text whose first character stands at `from`; what its texts hold is not tokenized yet. */
  readonly tokenize: (markdown: string, from: Point) => Event[];
  /** The same events with what the texts hold. All definitions have to be known. */
  readonly finish: (events: Event[]) => Event[];
}

interface AtOnce {
  /** All events of a text. */
  readonly document: (markdown: string, parser: ParseContext, micromark: Micromark) => Event[];
  /** The events of each line of a text, from a linked list of its tokens; undefined if only micromark can tell. */
  readonly text: (first: Token, context: TokenizeContext) => Event[][] | undefined;
}

declare module 'micromark-util-types' {
  interface Token {
    /** On a text that has been looked at in vain. */
    _isForMicromark?: boolean;
  }
}

/** Extensions in form alone, which hand `AtOnce` over, by what `$$…$$` in a text is; `none` knows no formulas. */
export const atOnce: Readonly<Record<'none' | MathOptions['doubleDollarInText'], Extension>> = {
  none: extension(undefined),
  inline: extension({ doubleDollarInText: 'inline' }),
  display: extension({ doubleDollarInText: 'display' }),
};

function extension(math: MathOptions | undefined): Extension {
  const functions: AtOnce = {
    document: (markdown, parser, micromark) =>
      documentEvents(markdown, contextOf(markdown, parser), math, micromark),
    text(first, context) {
      if (first._isForMicromark) return undefined;
      const lines = linesOf(first, context);
      const lists = lines?.map((): Event[] => []);
      return lines && lists && tokenizeText(lines, lists, context, math) ? lists : undefined;
    },
  };
  return { atOnce: { null: functions } } as unknown as Extension;
}

/** What the parser and the tree ask of a tokenizer. */
function contextOf(markdown: string, parser: ParseContext): TokenizeContext {
  // Where a line ends in a list, the next one begins after blanks.
  const sliceSerialize = ({ type, start, end }: Partial<Token> & Pick<Token, 'start' | 'end'>) =>
    type === 'lineEnding' ? '\n' : markdown.slice(start.offset, end.offset);
  const sliceStream = (token: Pick<Token, 'start' | 'end'>): Chunk[] => {
    const text = sliceSerialize(token);
    return text.endsWith('\n') ? [text.slice(0, -1), lineFeed] : [text];
  };
  return { parser, sliceSerialize, sliceStream } as TokenizeContext;
}

function documentEvents(
  markdown: string,
  context: TokenizeContext,
  math: MathOptions | undefined,
  micromark: Micromark,
): Event[] {
  const blocks = blocksOf(markdown, math !== undefined);
  const first = pointAt(1, 1, 0);
  if (blocks.every(({ type }) => type === 'rest'))
    return micromark.finish(micromark.tokenize(markdown, first));
  /** Finished events, and such as micromark has to finish when all blocks are known. */
  const parts: Part[] = [{ isOpen: false, events: [] }];
  // The root reaches from the first event to the last but one.
  addLeaf(partOf(parts, false), context, 'whitespace', first, first);
  for (const block of blocks) {
    const { type, start, end, line } = block;
    if (type === 'rest')
      parts.push({
        isOpen: true,
        events: micromark.tokenize(markdown.slice(start, end), pointAt(line, 1, start)),
      });
    else addBlock(parts, type, block, markdown, context, math);
  }
  const last = blocks.at(-1);
  if (last?.type !== 'rest' || last.end < markdown.length) {
    const lines = markdown.split('\n');
    const end = pointAt(lines.length, (lines.at(-1)?.length ?? 0) + 1, markdown.length);
    addLeaf(partOf(parts, false), context, 'whitespace', end, end);
  }
  return parts.length === 1 ? (parts[0]?.events ?? []) : joined(parts, micromark);
}

/** Event by event: there are hundreds of thousands, and copying lists of them takes a multiple of the time. */
function joined(parts: readonly Part[], { finish }: Micromark): Event[] {
  const all: Event[] = [];
  for (const { isOpen, events } of parts)
    for (const event of isOpen ? finish(events) : events) all.push(event);
  return all;
}

interface Part {
  readonly isOpen: boolean;
  readonly events: Event[];
}

/** The events of the last part if it is such a one, else of a new one. */
function partOf(parts: Part[], isOpen: boolean): Event[] {
  const last = parts.at(-1);
  if (last?.isOpen === isOpen) return last.events;
  const events: Event[] = [];
  parts.push({ isOpen, events });
  return events;
}

function pointAt(line: number, column: number, offset: number): Point {
  return { line, column, offset, _index: 0, _bufferIndex: 0 };
}

function pointAfter({ line, column, offset }: Point, count: number): Point {
  return pointAt(line, column + count, offset + count);
}

/** Where the next line begins. */
function afterLine({ line, offset }: Point, text: string): Point {
  return pointAt(line + 1, 1, offset + text.length + 1);
}

function addLeaf(events: Event[], context: TokenizeContext, type: TokenType, start: Point, end: Point): void {
  const token: Token = { type, start, end };
  events.push(['enter', token, context], ['exit', token, context]);
}

const tokenTypes: Readonly<Record<Exclude<Block['type'], 'rest'>, TokenType>> = {
  paragraph: 'paragraph',
  heading: 'atxHeading',
  code: 'codeFenced',
  math: 'math',
  list: 'listUnordered',
};

function addBlock(
  parts: Part[],
  type: keyof typeof tokenTypes,
  { start, end, line, formula }: Block,
  markdown: string,
  context: TokenizeContext,
  math: MathOptions | undefined,
): void {
  const lines = linesFrom(markdown, start, end, line);
  const tokenType = type === 'list' && /\d/.test(markdown.charAt(start)) ? 'listOrdered' : tokenTypes[type];
  const token: Token = { type: tokenType, start: pointAt(line, 1, start), end: endOf(lines) };
  if (formula) token._formula = formula;
  addAround(parts, token, context, () => {
    if (type === 'paragraph') addText(parts, lines, context, math);
    else if (type === 'heading') addHeading(parts, lines, context, math);
    else if (type === 'list') addItems(parts, lines, context, math);
    else if (type === 'code') addCode(partOf(parts, false), lines, context);
    else if (formula) addFormula(partOf(parts, false), lines, context, formula);
  });
}

/** The events of a token with those of its content between them. */
function addAround(parts: Part[], token: Token, context: TokenizeContext, addContent: () => void): void {
  partOf(parts, false).push(['enter', token, context]);
  addContent();
  partOf(parts, false).push(['exit', token, context]);
}

function linesFrom(markdown: string, start: number, end: number, line: number): Line[] {
  const lines: Line[] = [];
  for (let at = start; at <= end; ) {
    const feed = markdown.indexOf('\n', at);
    const stop = feed < 0 || feed > end ? end : feed;
    const point = pointAt(line + lines.length, 1, at);
    lines.push({ start: at - start, point, text: markdown.slice(at, stop) });
    at = stop + 1;
  }
  return lines;
}

function addText(
  parts: Part[],
  lines: readonly Line[],
  context: TokenizeContext,
  math: MathOptions | undefined,
): void {
  const events = partOf(parts, false);
  const count = events.length;
  // Blanks at either end are micromark's.
  const isBare = lines[0]?.text[0] !== ' ' && lines.at(-1)?.text.at(-1) !== ' ';
  const lists = lines.map(() => events);
  if (isBare && tokenizeText(lines, lists, context, math)) return;
  events.length = count;
  addTokensForMicromark(partOf(parts, true), lines, context);
}

/** The tokens in which micromark hands texts over to itself. */
function addTokensForMicromark(events: Event[], lines: readonly Line[], context: TokenizeContext): void {
  let previous: Token | undefined;
  for (const [index, { point, text }] of lines.entries()) {
    const token: Token = {
      type: 'chunkText',
      contentType: 'text',
      start: point,
      end: index + 1 < lines.length ? afterLine(point, text) : pointAfter(point, text.length),
      previous,
      _isForMicromark: true,
    };
    if (previous) previous.next = token;
    previous = token;
    events.push(['enter', token, context], ['exit', token, context]);
  }
}

function addHeading(
  parts: Part[],
  [line]: readonly Line[],
  context: TokenizeContext,
  math: MathOptions | undefined,
): void {
  if (!line) return;
  const { point, text } = line;
  const depth = text.indexOf(' ');
  addLeaf(partOf(parts, false), context, 'atxHeadingSequence', point, pointAfter(point, depth));
  const rest = { ...line, point: pointAfter(point, depth + 1), text: text.slice(depth + 1) };
  addText(parts, [rest], context, math);
}

/** The packages make items of what begins with a marker. */
function addItems(
  parts: Part[],
  lines: readonly Line[],
  context: TokenizeContext,
  math: MathOptions | undefined,
): void {
  for (let index = 0; index < lines.length; ) {
    const { point, text } = lines[index] as Line;
    const indent = text.indexOf(' ') + 1;
    let end = index + 1;
    while (lines[end]?.text.startsWith(' ')) end++;
    const start = pointAfter(point, indent);
    const prefix: Token = { type: 'listItemPrefix', start: point, end: start };
    const events = partOf(parts, false);
    events.push(['enter', prefix, context]);
    if (indent > 2) addLeaf(events, context, 'listItemValue', point, pointAfter(start, -2));
    events.push(['exit', prefix, context]);
    const own = withoutIndent(lines.slice(index, end), indent);
    addParagraph(parts, own, context, math);
    const next = lines[end];
    // An item ends before the end of its last line.
    if (next) addLeaf(partOf(parts, false), context, 'lineEnding', endOf(own), next.point);
    index = end;
  }
}

function withoutIndent(lines: readonly Line[], indent: number): Line[] {
  let start = 0;
  return lines.map(({ point, text }) => {
    const line = { start, point: pointAfter(point, indent), text: text.slice(indent) };
    start += line.text.length + 1;
    return line;
  });
}

function endOf(lines: readonly Line[]): Point {
  const last = lines.at(-1) as Line;
  return pointAfter(last.point, last.text.length);
}

function addParagraph(
  parts: Part[],
  lines: readonly Line[],
  context: TokenizeContext,
  math: MathOptions | undefined,
): void {
  const { point } = lines[0] as Line;
  const token: Token = { type: 'paragraph', start: point, end: endOf(lines) };
  addAround(parts, token, context, () => addText(parts, lines, context, math));
}

function addCode(events: Event[], lines: readonly Line[], context: TokenizeContext): void {
  const [first, last] = [lines[0], lines.at(-1)];
  if (!first || !last) return;
  const { point, text } = first;
  const [, run = '', language = '', between = ''] = /^([`~]+)([^ ]*)( *)/.exec(text) ?? [];
  const fence: Token = { type: 'codeFencedFence', start: point, end: pointAfter(point, text.length) };
  const addField = (type: TokenType, start: number, end: number) => {
    if (start === end) return;
    const token: Token = { type, start: pointAfter(point, start), end: pointAfter(point, end) };
    events.push(['enter', token, context]);
    addLeaf(events, context, 'data', token.start, token.end);
    events.push(['exit', token, context]);
  };
  events.push(['enter', fence, context]);
  const languageEnd = run.length + language.length;
  addField('codeFencedFenceInfo', run.length, languageEnd);
  addField('codeFencedFenceMeta', languageEnd + between.length, text.length);
  events.push(['exit', fence, context]);
  addLeaf(events, context, 'codeFlowValue', fence.end, last.point);
}

function addFormula(
  events: Event[],
  lines: readonly Line[],
  context: TokenizeContext,
  { start: offset, body, bodyEnd, punctuation, label }: Formula,
): void {
  const addPart = (type: TokenType, start: number, end: number) => {
    for (const { point, text, start: lineStart } of lines) {
      const from = Math.max(start - offset - lineStart, 0);
      const to = Math.min(end - offset - lineStart, text.length);
      if (from < to) addLeaf(events, context, type, pointAfter(point, from), pointAfter(point, to));
    }
  };
  addPart('mathData', body, bodyEnd);
  if (punctuation !== undefined) addPart('mathPunctuation', punctuation, punctuation + 1);
  if (label) addPart('mathLabel', label.start, label.end);
}
