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

/** Events of a text by micromark, whose first character stands at `from`. */
export type Rest = (markdown: string, from: Point) => Event[];

declare module 'micromark-util-types' {
  interface Token {
    /** On a text that has been looked at in vain. */
    _isForMicromark?: boolean;
  }
}

interface AtOnce {
  /** The events of a whole text, before what is inside of texts has been tokenized. */
  readonly document: (markdown: string, parser: ParseContext, rest: Rest) => Event[];
  /** The events of each line of a text, from a linked list of its tokens; undefined if only micromark can tell. */
  readonly text: (first: Token, context: TokenizeContext) => Event[][] | undefined;
}

/** Extensions in form alone, which hand `AtOnce` over, by what `$$…$$` in a text is; `none` knows no formulas. */
export const atOnce: Readonly<Record<'none' | MathOptions['doubleDollarInText'], Extension>> = {
  none: extension(undefined),
  inline: extension({ doubleDollarInText: 'inline' }),
  display: extension({ doubleDollarInText: 'display' }),
};

function extension(math: MathOptions | undefined): Extension {
  const functions: AtOnce = {
    document: (markdown, parser, rest) => documentEvents(markdown, math, parser, rest),
    text(first, context) {
      if (first._isForMicromark) return undefined;
      const lines = linesOf(first, context);
      return lines && tokenizeText(lines, context, math);
    },
  };
  return { atOnce: { null: functions } } as unknown as Extension;
}

function documentEvents(
  markdown: string,
  math: MathOptions | undefined,
  parser: ParseContext,
  rest: Rest,
): Event[] {
  const blocks = blocksOf(markdown, math !== undefined);
  if (blocks.every(({ type }) => type === 'rest')) return rest(markdown, pointAt(1, 1, 0));
  const context = contextOf(markdown, parser);
  // The root reaches from the first event to the last but one.
  const events = leaf(context, 'whitespace', pointAt(1, 1, 0), pointAt(1, 1, 0));
  for (const block of blocks) {
    for (const event of blockEvents(block, markdown, math, context, rest)) events.push(event);
  }
  const last = blocks.at(-1);
  if (last?.type !== 'rest' || last.end < markdown.length) {
    const lines = markdown.split('\n');
    const end = pointAt(lines.length, (lines.at(-1)?.length ?? 0) + 1, markdown.length);
    events.push(...leaf(context, 'whitespace', end, end));
  }
  return events;
}

function pointAt(line: number, column: number, offset: number): Point {
  return { line, column, offset, _index: 0, _bufferIndex: 0 };
}

/** What the parser and the tree ask of a tokenizer. */
function contextOf(markdown: string, parser: ParseContext): TokenizeContext {
  const sliceSerialize = ({ start, end }: Pick<Token, 'start' | 'end'>) =>
    markdown.slice(start.offset, end.offset);
  const sliceStream = (token: Pick<Token, 'start' | 'end'>): Chunk[] => {
    const text = sliceSerialize(token);
    return text.endsWith('\n') ? [text.slice(0, -1), lineFeed] : [text];
  };
  return { parser, sliceSerialize, sliceStream } as TokenizeContext;
}

function leaf(context: TokenizeContext, type: TokenType, start: Point, end: Point): Event[] {
  const token: Token = { type, start, end };
  return [
    ['enter', token, context],
    ['exit', token, context],
  ];
}

function blockEvents(
  { type, start, end, line, formula }: Block,
  markdown: string,
  math: MathOptions | undefined,
  context: TokenizeContext,
  rest: Rest,
): Event[] {
  if (type === 'rest') return rest(markdown.slice(start, end), pointAt(line, 1, start));
  const lines = linesFrom(markdown, start, end, line);
  const last = lines.at(-1) as Line;
  const token: Token = {
    type: { paragraph: 'paragraph', heading: 'atxHeading', code: 'codeFenced', math: 'math' }[
      type
    ] as TokenType,
    start: pointAt(line, 1, start),
    end: pointAt(line + lines.length - 1, last.text.length + 1, end),
  };
  if (formula) token._formula = formula;
  const inside = (): Event[] => {
    switch (type) {
      case 'paragraph':
        return textEvents(lines, math, context);
      case 'heading':
        return headingEvents(lines, math, context);
      case 'code':
        return codeEvents(lines, context);
      case 'math':
        return formula ? formulaEvents(formula, lines, context) : [];
    }
  };
  return [['enter', token, context], ...inside(), ['exit', token, context]];
}

function linesFrom(markdown: string, start: number, end: number, line: number): Line[] {
  return markdown
    .slice(start, end)
    .split('\n')
    .reduce<Line[]>((lines, text) => {
      const before = lines.at(-1);
      const offset = before ? before.start + before.text.length + 1 : 0;
      lines.push({
        start: offset,
        point: pointAt(line + lines.length, 1, start + offset),
        text,
        ending: lineFeed,
      });
      return lines;
    }, []);
}

function textEvents(
  lines: readonly Line[],
  math: MathOptions | undefined,
  context: TokenizeContext,
): Event[] {
  const first = lines[0]?.text[0];
  const last = lines.at(-1)?.text.at(-1);
  const known = first === ' ' || last === ' ' ? undefined : tokenizeText(lines, context, math);
  return known ? known.flat() : tokensForMicromark(lines, context);
}

/** The tokens in which micromark hands texts over to itself. */
function tokensForMicromark(lines: readonly Line[], context: TokenizeContext): Event[] {
  let previous: Token | undefined;
  return lines.flatMap(({ point, text }, index) => {
    const next = lines[index + 1];
    const end = next?.point ?? pointAt(point.line, point.column + text.length, point.offset + text.length);
    const token: Token = {
      type: 'chunkText',
      contentType: 'text',
      start: point,
      end,
      previous,
      _isForMicromark: true,
    };
    if (previous) previous.next = token;
    previous = token;
    return [
      ['enter', token, context],
      ['exit', token, context],
    ] satisfies Event[];
  });
}

function headingEvents(
  [line]: readonly Line[],
  math: MathOptions | undefined,
  context: TokenizeContext,
): Event[] {
  if (!line) return [];
  const depth = line.text.indexOf(' ');
  const { point } = line;
  const after = (count: number) => pointAt(point.line, point.column + count, point.offset + count);
  const text = { ...line, point: after(depth + 1), text: line.text.slice(depth + 1) };
  return [...leaf(context, 'atxHeadingSequence', point, after(depth)), ...textEvents([text], math, context)];
}

function codeEvents(lines: readonly Line[], context: TokenizeContext): Event[] {
  const [first, last] = [lines[0], lines.at(-1)];
  if (!first || !last) return [];
  const { point } = first;
  const after = (count: number) => pointAt(point.line, point.column + count, point.offset + count);
  const fence: Token = { type: 'codeFencedFence', start: point, end: after(first.text.length) };
  const [, run = '', language = '', between = ''] = /^([`~]+)([^ ]*)( *)/.exec(first.text) ?? [];
  const infoStart = run.length;
  const infoEnd = infoStart + language.length;
  const field = (type: TokenType, start: number, end: number): Event[] => {
    if (start === end) return [];
    const token: Token = { type, start: after(start), end: after(end) };
    return [
      ['enter', token, context],
      ...leaf(context, 'data', token.start, token.end),
      ['exit', token, context],
    ];
  };
  return [
    ['enter', fence, context],
    ...field('codeFencedFenceInfo', infoStart, infoEnd),
    ...field('codeFencedFenceMeta', infoEnd + between.length, first.text.length),
    ['exit', fence, context],
    ...leaf(context, 'codeFlowValue', fence.end, last.point),
  ];
}

function formulaEvents(formula: Formula, lines: readonly Line[], context: TokenizeContext): Event[] {
  const offset = lines[0]?.point.offset ?? 0;
  const part = (type: TokenType, start: number, end: number): Event[] =>
    lines.flatMap(({ point, text, start: lineStart }) => {
      const from = Math.max(start - offset - lineStart, 0);
      const to = Math.min(end - offset - lineStart, text.length);
      const place = (at: number) => pointAt(point.line, 1 + at, point.offset + at);
      return from < to ? leaf(context, type, place(from), place(to)) : [];
    });
  const { body, bodyEnd, punctuation } = formula;
  return [
    ...part('mathData', body, bodyEnd),
    ...(punctuation === undefined ? [] : part('mathPunctuation', punctuation, punctuation + 1)),
  ];
}
