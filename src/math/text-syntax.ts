// Formulas in a sentence. micromark hands a paragraph over line by line, so the first delimiter in it makes the
// tokenizer run ahead to its end; from then on the grammar answers for every delimiter from the whole text.
import type { Code, Construct, Effects, Point, State, TokenizeContext } from 'micromark-util-types';
import { dollarsAt } from './delimiters.js';
import { environmentAt } from './environments.js';
import { formulaAt, type MathOptions, startsLine } from './formula.js';
import { consumeFormula, isLineEnding, serialize } from './tokens.js';

interface Paragraph {
  readonly text: string;
  readonly indexOf: (point: Point) => number;
}

/** The constructs for text: `$` and `\` with what they may begin. */
export function textConstructs(options: MathOptions): readonly Construct[] {
  const paragraphs = new WeakMap<TokenizeContext, Paragraph>();

  /** Calls `then` with the paragraph and the place in it. */
  function ahead(
    context: TokenizeContext,
    effects: Effects,
    then: (paragraph: Paragraph, index: number) => State,
  ): State {
    const answer: State = (code) => {
      const paragraph = paragraphs.get(context) ?? paragraphOf(context);
      paragraphs.set(context, paragraph);
      return then(paragraph, paragraph.indexOf(context.now()))(code);
    };
    return (code) => (paragraphs.has(context) ? answer(code) : effects.check(runAhead, answer, answer)(code));
  }

  const formula: Construct = {
    name: 'inlineMath',
    tokenize(effects, ok, nok) {
      return ahead(this, effects, ({ text, indexOf }, index) => {
        const found = formulaAt(text, index, options);
        if (!found) return nok;
        const done: State = (code) => {
          effects.exit('inlineMath');
          return ok(code);
        };
        const reader = {
          position: () => indexOf(this.now()),
          perCode: true,
          indent: Number.POSITIVE_INFINITY,
          goesOn: () => true,
        };
        return (code) => {
          effects.enter('inlineMath', { _formula: found });
          return consumeFormula(effects, found, reader, done, nok)(code);
        };
      });
    },
  };

  const unclosed: Construct = {
    name: 'mathUnclosed',
    tokenize(effects, ok, nok) {
      return ahead(this, effects, ({ text }, index) => {
        const found = unclosedAt(text, index);
        if (!found) return nok;
        const { length, ...fields } = found;
        const type = 'delimiter' in fields ? 'mathUnclosed' : 'data';
        return (code) => {
          effects.enter(type, 'delimiter' in fields ? { _unclosed: fields } : {});
          return consumeSome(effects, length, (next) => {
            effects.exit(type);
            return ok(next);
          })(code);
        };
      });
    },
  };

  return [formula, unclosed];
}

/** Runs to the end of the paragraph; used in a check, so nothing of it stays. */
const runAhead: Construct = {
  partial: true,
  tokenize(effects, ok) {
    return (code) => {
      effects.enter('data');
      return inside(code);
    };

    function inside(code: Code): State | undefined {
      if (code === null) {
        effects.exit('data');
        return ok(code);
      }
      effects.consume(code);
      return inside;
    }
  },
};

function paragraphOf(context: TokenizeContext): Paragraph {
  const text = serialize(context, true);
  const starts: number[] = [];
  let start = 0;
  const everything = { start: startOfChunks, end: { ...startOfChunks, _index: Number.POSITIVE_INFINITY } };
  for (const chunk of context.sliceStream(everything)) {
    starts.push(start);
    start += typeof chunk === 'string' ? chunk.length : 1;
  }
  return {
    text,
    indexOf: ({ _index, _bufferIndex }) => (starts[_index] ?? text.length) + Math.max(_bufferIndex, 0),
  };
}

const startOfChunks: Point = { _index: 0, _bufferIndex: -1, line: 0, column: 0, offset: 0 };

function consumeSome(effects: Effects, count: number, then: State): State {
  let left = count;
  const inside: State = (code) => {
    if (left-- === 0 || code === null || isLineEnding(code)) return then(code);
    effects.consume(code);
    return inside;
  };
  return inside;
}

interface Unclosed {
  readonly delimiter: string;
  readonly hint: string;
  /** It stands between blanks, as `$$` for a price range does. */
  readonly isWord: boolean;
}

/**
 * The delimiter at `index`, which begins no formula, if an author would take it for one. More than two dollars
 * are a price range; they come without a delimiter, so that no formula begins in their middle.
 */
function unclosedAt(
  text: string,
  index: number,
): (Unclosed & { length: number }) | { length: number } | undefined {
  if (text[index] === '$') {
    const length = dollarsAt(text, index);
    if (length === 1) return undefined;
    if (length > 2 && !standsAlone(text, index, length)) return { length };
    const delimiter = '$'.repeat(length);
    const isWord = !/\S/.test(text.charAt(index - 1) + text.charAt(index + length));
    return {
      delimiter,
      length,
      isWord,
      hint: `close it with ${delimiter} in the same paragraph; write \\$\\$ for two dollar signs`,
    };
  }
  const name = startsLine(text, index) ? environmentAt(text, index) : undefined;
  if (name !== undefined) {
    return { delimiter: `\\begin{${name}}`, length: 6, isWord: false, hint: `close it with \\end{${name}}` };
  }
  const length = text[index + 1] === '\\' ? 3 : 2;
  if (text[index + length - 1] !== '[' || !standsAlone(text, index, length)) return undefined;
  const delimiter = text.slice(index, index + length);
  return {
    delimiter,
    length,
    isWord: false,
    hint: `close it with ${delimiter.replace('[', ']')} in the same paragraph`,
  };
}

function standsAlone(text: string, index: number, length: number): boolean {
  return (
    startsLine(text, index) && /^[ \t]*(?:[\r\n]|$)/.test(text.slice(index + length, index + length + 80))
  );
}
