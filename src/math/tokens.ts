// The tokens of formulas and how they are made once the grammar has said where a formula ends.
import type { Chunk, Code, Effects, State, TokenizeContext, TokenType } from 'micromark-util-types';
import type { Formula } from './formula.js';
import type { Unclosed } from './unclosed.js';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    /** A formula on its own lines, in a sentence; what they consist of. */
    math: 'math';
    inlineMath: 'inlineMath';
    mathMarker: 'mathMarker';
    mathOption: 'mathOption';
    mathData: 'mathData';
    mathPunctuation: 'mathPunctuation';
    mathLabel: 'mathLabel';
    /** A delimiter that nothing closes: text, and an error. */
    mathUnclosed: 'mathUnclosed';
  }
  interface Effects {
    /** Consumes more of the text of a line at once, up to a code that breaks it. Only in the bundle: see scripts/patches.mjs. */
    consumeChunk?: (code: Code, isBreak?: (code: number, previous: number) => boolean) => void;
  }
  interface Token {
    /** On `math` and `inlineMath`. */
    _formula?: Pick<Formula, 'delimiter' | 'display'>;
    /** On `mathUnclosed`. */
    _unclosed?: Unclosed;
  }
}

/** All that a tokenizer has been given so far. */
export function allChunks(context: TokenizeContext): readonly Chunk[] {
  const start = { _index: 0, _bufferIndex: -1, line: 0, column: 0, offset: 0 };
  return context.sliceStream({ start, end: { ...start, _index: Number.POSITIVE_INFINITY } });
}

/** The same as text. `perCode`: one character for each code; otherwise as long as the source. */
export function serialize(context: TokenizeContext, perCode: boolean): string {
  return allChunks(context)
    .map((chunk) => (typeof chunk === 'string' ? chunk : characters(chunk, perCode)))
    .join('');
}

function characters(code: Code, perCode: boolean): string {
  switch (code) {
    case null:
      return '';
    case -1:
      return perCode ? ' ' : '';
    case -2:
      return '\t';
    case -3:
      return perCode ? '\n' : '\r\n';
    case -4:
      return '\n';
    case -5:
      return '\r';
    default:
      return String.fromCharCode(code);
  }
}

function isLineEnding(code: Code): boolean {
  return code !== null && code < -2;
}

function isBlank(code: Code): boolean {
  return code === -2 || code === -1 || code === 32;
}

interface Part {
  readonly type: TokenType;
  readonly end: number;
}

/** A formula as a row of tokens, each up to its end. */
function partsOf({ option, body, bodyEnd, close, punctuation, label, end }: Formula): readonly Part[] {
  const parts: Part[] = [
    ...(option
      ? ([
          { type: 'mathMarker', end: option.start },
          { type: 'mathOption', end: option.end },
        ] as const)
      : []),
    { type: 'mathMarker', end: body },
    { type: 'mathData', end: bodyEnd },
    { type: 'mathMarker', end: close },
  ];
  if (punctuation !== undefined) {
    parts.push({ type: 'whitespace', end: punctuation }, { type: 'mathPunctuation', end: punctuation + 1 });
  }
  if (label) {
    parts.push(
      { type: 'whitespace', end: label.mark },
      { type: 'mathMarker', end: label.start },
      { type: 'mathLabel', end: label.end },
      { type: 'mathMarker', end: label.end + 1 },
    );
  }
  return [...parts, { type: 'whitespace', end }];
}

export interface Reader {
  /** The current place, in the formula's own offsets. */
  readonly position: () => number;
  /** Whether these count codes; otherwise the characters of the source. */
  readonly perCode: boolean;
  /** Columns that are no part of the formula at the start of its lines. */
  readonly indent: number;
  /** Whether the line that begins here still belongs to the formula's container. */
  readonly goesOn: () => boolean;
}

/** Consumes a formula, line by line. Fails where its container ends too early. */
export function consumeFormula(
  effects: Effects,
  formula: Formula,
  reader: Reader,
  ok: State,
  nok: State,
): State {
  const parts = partsOf(formula);
  let index = 0;
  let indent = 0;
  let position = formula.start;
  return part;

  function part(code: Code): State | undefined {
    while (index < parts.length && position >= (parts[index]?.end ?? 0)) index++;
    const current = parts[index];
    if (!current) return ok(code);
    if (code === null) return nok(code);
    if (isLineEnding(code)) {
      effects.enter('lineEnding');
      effects.consume(code);
      effects.exit('lineEnding');
      return lineStart;
    }
    effects.enter(current.type);
    return inside(code);
  }

  function inside(code: Code): State | undefined {
    const current = parts[index];
    if (!current) return nok(code);
    if (code === null || isLineEnding(code) || (position >= current.end && width(code) > 0)) {
      effects.exit(current.type);
      return part(code);
    }
    consumeUpTo(code, current.end);
    return inside;
  }

  function lineStart(code: Code): State | undefined {
    if (!reader.goesOn()) return nok(code);
    position = reader.position();
    indent = 0;
    if (!isPrefix(code)) return part(code);
    effects.enter('linePrefix');
    return prefix(code);
  }

  function prefix(code: Code): State | undefined {
    if (!isPrefix(code)) {
      effects.exit('linePrefix');
      return part(code);
    }
    indent++;
    consume(code);
    return prefix;
  }

  function consume(code: Code): void {
    position += width(code);
    effects.consume(code);
  }

  function consumeUpTo(code: Code, end: number): void {
    position += width(code);
    if (effects.consumeChunk) effects.consumeChunk(code, () => position >= end || position++ < 0);
    else effects.consume(code);
  }

  // The virtual spaces after a tab belong to it.
  function width(code: Code): number {
    return code === -1 && !reader.perCode ? 0 : 1;
  }

  // A virtual space stands for a part of a tab that its container has taken: it is not in the source.
  function isPrefix(code: Code): boolean {
    return code === -1 || (isBlank(code) && indent < reader.indent);
  }
}
