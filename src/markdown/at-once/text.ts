// Text of a paragraph, heading or cell tokenized in one go. micromark tries constructs at each character that could
// begin one, in a state machine; most texts hold only words, formulas, code, plain links and emphasis, whose tokens
// are known at a glance. Any text with more in it is left to micromark.
import type { Event, Point, Token, TokenizeContext, TokenType } from 'micromark-util-types';
import { dollarsAt } from '../../math/delimiters.js';
import { formulaAt, type MathOptions } from '../../math/formula.js';
import { unclosedAt } from '../../math/unclosed.js';
import { markedReference } from '../reference-syntax.js';

/** A line of a text. */
export interface Line {
  /** Offset in the text. */
  readonly start: number;
  /** The same place in the source. */
  readonly point: Point;
  readonly text: string;
}

const carriageReturnLineFeed = -3;
export const lineFeed = -4;

/** Lines without tabs and characters that are replaced; blanks at either end of the text are micromark's. */
export function linesOf(first: Token, context: TokenizeContext): Line[] | undefined {
  const lines: Line[] = [];
  let start = 0;
  for (let token: Token | undefined = first; token; token = token.next) {
    const stream = context.sliceStream(token);
    const [text, ending] = stream;
    if (typeof text !== 'string' || stream.length !== (token.next ? 2 : 1)) return undefined;
    if (token.next && ending !== lineFeed && ending !== carriageReturnLineFeed) return undefined;
    lines.push({ start, point: token.start, text });
    start += text.length + 1;
  }
  const isBlank = (character: string | undefined) => character === ' ';
  return isBlank(lines[0]?.text[0]) || isBlank(lines.at(-1)?.text.at(-1)) ? undefined : lines;
}

/** Characters that can begin a construct, but for those of bare addresses. */
const special = /[\n!&*<[\\\]_`$~@]/g;
const mayBeAddress = /http|www/i;
/** A link whose text has no constructs, and whose address nothing that would be read in another way. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: addresses without angle brackets end there.
const plainLink = /\[([^\n!&*<>[\\\]_`$~@]+)\]\(([^\s\x00-\x20\x7f()<>\\&]+)\)/y;
const reference = new RegExp(markedReference, 'y');
const backticks = /`+/g;
const punctuation = /[!-/:-@[-`{-~]/;
const wordCharacter = /[A-Za-z0-9]/;
/** What is neither blank nor, outside of ASCII, punctuation. */
const visible = /[!-~\p{L}\p{N}]/u;

/**
 * Adds the events of each line to the list that is given for it, which may be one for all. Returns whether it could;
 * if only micromark can tell what a text holds, what has been added is worth nothing.
 */
export function tokenizeText(
  lines: readonly Line[],
  lists: readonly Event[][],
  context: TokenizeContext,
  math: MathOptions | undefined,
): boolean {
  const text = lines.length === 1 ? (lines[0]?.text ?? '') : lines.map((line) => line.text).join('\n');
  const hasAddress = mayBeAddress.test(text);
  let number = 0;
  let line = lines[0] as Line;
  let events = lists[0] as Event[];
  /** Where the words begin that have not become tokens yet. */
  let from = 0;
  /** Whether micromark has read the whole text by now: then it knows where each line begins. */
  let isRead = false;
  let open: { readonly token: Token; readonly run: string } | undefined;

  for (let index = next(0); index < text.length; ) {
    const after = tokenAt(index);
    if (after === undefined) return false;
    index = next(after);
  }
  return !open && words(text.length);

  function next(start: number): number {
    special.lastIndex = start;
    return special.exec(text)?.index ?? text.length;
  }

  /** Makes the tokens of what begins at `index`, or leaves it to the words. Returns where it ends. */
  function tokenAt(index: number): number | undefined {
    const following = text.charAt(index + 1);
    switch (text[index]) {
      case '\n':
        return lineEnd(index);
      case '$':
        isRead ||= math !== undefined;
        return math ? formula(index) : index + 1;
      case '\\':
        isRead ||= math !== undefined;
        return (math && formulaFrom(index)) ?? referenceEnd(index) ?? characterEscape(index, following);
      case '`':
        return code(index);
      case '*':
      case '_':
        return attention(index);
      case '[':
        return link(index);
      case '!':
        return following === '[' ? undefined : index + 1;
      case '&':
        return following === '' || following === ' ' ? index + 1 : undefined;
      case '<':
        return following === '' || following === ' ' || following === '=' ? index + 1 : undefined;
      default:
        return undefined;
    }
  }

  /** Where a reference ends that is left to the words. */
  function referenceEnd(index: number): number | undefined {
    reference.lastIndex = index;
    return reference.test(text) ? reference.lastIndex : undefined;
  }

  function point(index: number): Point {
    const { start, point } = line;
    const count = index - start;
    return {
      line: point.line,
      column: point.column + count,
      offset: point.offset + count,
      _index: point._index,
      _bufferIndex: Math.max(point._bufferIndex, 0) + count,
    };
  }

  function tokenOf(type: TokenType, start: number, end: number): Token {
    return { type, start: point(start), end: point(end) };
  }

  function enter(token: Token): void {
    events.push(['enter', token, context]);
  }

  function exit(token: Token): void {
    events.push(['exit', token, context]);
  }

  function leaf(type: TokenType, start: number, end: number): void {
    const token = tokenOf(type, start, end);
    enter(token);
    exit(token);
  }

  /** Makes a token of the words before `end`; false if a bare address may be in them. */
  function words(end: number): boolean {
    if (end <= from) return true;
    if (hasAddress && mayBeAddress.test(text.slice(from, end))) return false;
    leaf('data', from, end);
    return true;
  }

  function lineEnd(index: number): number | undefined {
    const isTrailing = text[index - 1] === ' ';
    // More blanks than one are a hard break.
    if (isTrailing && text[index - 2] === ' ') return undefined;
    if (!words(isTrailing ? index - 1 : index)) return undefined;
    const token: Token = {
      type: 'lineEnding',
      start: { ...point(index), _index: line.point._index + 1, _bufferIndex: -1 },
      end: lineStart(number + 1),
    };
    enter(token);
    exit(token);
    toLine(number + 1);
    from = pastBlanks(index + 1);
    return from;
  }

  /** Where a line begins, or what is before it if micromark has not seen it yet. */
  function lineStart(of: number): Point {
    const { point } = lines[of] as Line;
    const { column, offset } = isRead ? point : { column: 1, offset: point.offset - point.column + 1 };
    return { line: point.line, column, offset, _index: line.point._index + 2, _bufferIndex: -1 };
  }

  function toLine(to: number): void {
    number = to;
    line = lines[to] as Line;
    events = lists[to] as Event[];
  }

  function pastBlanks(index: number): number {
    let end = index;
    while (text[end] === ' ') end++;
    return end;
  }

  /** A formula, or a dollar of prose. */
  function formula(index: number): number | undefined {
    const end = formulaFrom(index);
    if (end !== undefined) return end;
    return dollarsAt(text, index) === 1 ? index + 1 : undefined;
  }

  function formulaFrom(index: number): number | undefined {
    const found = math && formulaAt(text, index, math);
    if (!found || !words(index)) return undefined;
    const token: Token = { type: 'inlineMath', start: point(index), end: point(index), _formula: found };
    enter(token);
    formulaData('mathData', found.body, found.bodyEnd);
    if (found.punctuation !== undefined)
      formulaData('mathPunctuation', found.punctuation, found.punctuation + 1);
    if (found.label) formulaData('mathLabel', found.label.start, found.label.end);
    reach(found.end);
    token.end = point(found.end);
    exit(token);
    from = found.end;
    return from;
  }

  /** What stands from `start` to `end`, a token for each line, without the blanks before all but the first. */
  function formulaData(type: TokenType, start: number, end: number): void {
    reach(start);
    for (let at = start; at < end; ) {
      const lineStop = Math.min(end, line.start + line.text.length);
      if (at < lineStop) leaf(type, at, lineStop);
      if (lineStop === end) return;
      toLine(number + 1);
      at = pastBlanks(line.start);
    }
  }

  /** Goes on to the line that `index` is in. */
  function reach(index: number): void {
    while (index > line.start + line.text.length) toLine(number + 1);
  }

  function characterEscape(index: number, following: string): number | undefined {
    // A backslash before the end of a line breaks it.
    if (following === '\n' || (math && unclosedAt(text, index))) return undefined;
    if (!punctuation.test(following)) return index + 1;
    if (following === '`' || !words(index)) return undefined;
    const token = tokenOf('characterEscape', index, index + 2);
    enter(token);
    leaf('characterEscapeValue', index + 1, index + 2);
    exit(token);
    from = index + 2;
    return from;
  }

  /** Code in one line, without blanks at its ends. */
  function code(index: number): number | undefined {
    backticks.lastIndex = index;
    const size = backticks.exec(text)?.[0].length ?? 0;
    for (let match = backticks.exec(text); match; match = backticks.exec(text)) {
      if (match[0].length !== size) continue;
      const start = index + size;
      const body = text.slice(start, match.index);
      if (/^ | $|\n/.test(body) || !words(index)) return undefined;
      const end = match.index + size;
      const token = tokenOf('codeText', index, end);
      enter(token);
      leaf('codeTextData', start, match.index);
      exit(token);
      from = end;
      return from;
    }
    return undefined;
  }

  /** One or two asterisks or underscores that can only open or only close, and do so one after the other. */
  function attention(index: number): number | undefined {
    const marker = text.charAt(index);
    let end = index;
    while (text[end] === marker) end++;
    const run = text.slice(index, end);
    if (run.length > 2) return undefined;
    const before = text.charAt(index - 1);
    const following = text.charAt(end);
    const isAfterBlank = before === '' || before === ' ' || before === '\n';
    const isBeforeBlank = following === '' || following === ' ' || following === '\n';
    if (isAfterBlank && isBeforeBlank) return end;
    if (marker === '_' && wordCharacter.test(before) && wordCharacter.test(following)) return end;
    if (isAfterBlank ? visible.test(following) : punctuation.test(before) && wordCharacter.test(following)) {
      if (open || !words(index)) return undefined;
      open = { token: tokenOf(run.length === 2 ? 'strong' : 'emphasis', index, end), run };
      enter(open.token);
    } else if (
      isBeforeBlank ? visible.test(before) : wordCharacter.test(before) && punctuation.test(following)
    ) {
      if (open?.run !== run || !words(index)) return undefined;
      open.token.end = point(end);
      exit(open.token);
      open = undefined;
    } else return undefined;
    from = end;
    return end;
  }

  function link(index: number): number | undefined {
    plainLink.lastIndex = index;
    const [whole, label, address] = plainLink.exec(text) ?? [];
    if (whole === undefined || label === undefined || address === undefined) return undefined;
    if (label.startsWith('^') || mayBeAddress.test(label) || !words(index)) return undefined;
    const end = index + whole.length;
    const labelEnd = index + 1 + label.length;
    const tokens = [
      tokenOf('link', index, end),
      tokenOf('label', index, labelEnd + 1),
      tokenOf('labelText', index + 1, labelEnd),
    ];
    for (const token of tokens) enter(token);
    leaf('data', index + 1, labelEnd);
    exit(tokens[2] as Token);
    exit(tokens[1] as Token);
    const resource = tokenOf('resource', labelEnd + 1, end);
    const destination = tokenOf('resourceDestinationString', labelEnd + 2, end - 1);
    enter(resource);
    enter(destination);
    leaf('data', labelEnd + 2, end - 1);
    exit(destination);
    exit(resource);
    exit(tokens[0] as Token);
    from = end;
    return end;
  }
}
