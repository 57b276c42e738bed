// Packages know nothing of formulas: a bar ends a cell, a bracket a title. Here a tokenizer of theirs reads a letter in
// the place of such a character. Tokens are made of the real text, so every position stays exact.
import type { Chunk, Code, Construct, Effects, State, TokenizeContext } from 'micromark-util-types';

/** Any character that means nothing to the packages. */
const letter = 97;

/** The construct as it is, but for some characters of its first line: `placesIn` says which are to be hidden from it. */
export function hiding(construct: Construct, placesIn: (line: string) => ReadonlySet<number>): Construct {
  return {
    ...construct,
    tokenize(effects, ok, nok) {
      return (code) => {
        const places = placesIn(restOfLine(this));
        if (places.size === 0) return construct.tokenize.call(this, effects, ok, nok)(code);
        const reading: Reading = { context: this, start: this.now().offset, places, code, isDone: false };
        const leave =
          (state: State): State =>
          (next) => {
            reading.isDone = true;
            return state(next);
          };
        const state = construct.tokenize.call(this, blind(effects, reading), leave(ok), leave(nok));
        return hideFrom(state, reading)?.(code);
      };
    },
  };
}

interface Reading {
  readonly context: TokenizeContext;
  /** The offset from which places count. */
  readonly start: number;
  readonly places: ReadonlySet<number>;
  /** What really stands where the tokenizer is. */
  code: Code;
  isDone: boolean;
}

function hideFrom(state: State | undefined, reading: Reading): State | undefined {
  if (reading.isDone || !state) return state;
  const { context, start, places } = reading;
  return (code) => {
    reading.code = code;
    return hideFrom(state(places.has(context.now().offset - start) ? letter : code), reading);
  };
}

/** Effects that consume the real text, in what the tokenizer tries, too. */
function blind(effects: Effects, reading: Reading): Effects {
  return {
    ...effects,
    consume: () => effects.consume(reading.code),
    attempt: (tried, ok, nok) => effects.attempt(isOne(tried) ? blindly(tried, reading) : tried, ok, nok),
  };
}

function isOne(tried: Parameters<Effects['attempt']>[0]): tried is Construct {
  return !Array.isArray(tried) && 'tokenize' in tried;
}

function blindly(construct: Construct, reading: Reading): Construct {
  return {
    ...construct,
    tokenize(effects, ok, nok) {
      return construct.tokenize.call(this, blind(effects, reading), ok, nok);
    },
  };
}

/** What is left of the line that the tokenizer is in, one character for each place. */
export function restOfLine(context: TokenizeContext): string {
  const start = context.now();
  const end = { ...start, _index: Number.POSITIVE_INFINITY, _bufferIndex: -1 };
  let line = '';
  for (const chunk of context.sliceStream({ start, end })) {
    if (typeof chunk === 'number' && chunk < -2) break;
    line += characters(chunk);
  }
  return line;
}

/** A tab is followed by codes that fill its width, and take no place in the text. */
function characters(chunk: Chunk): string {
  if (typeof chunk === 'string') return chunk;
  if (chunk === null || chunk === -1) return '';
  return chunk === -2 ? ' ' : String.fromCharCode(chunk);
}
