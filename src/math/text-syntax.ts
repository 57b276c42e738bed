// Formulas in a sentence. micromark hands a paragraph over line by line, so the first delimiter in it makes the
// tokenizer run ahead to its end; from then on the grammar answers for every delimiter from the whole text.
import type { Code, Construct, Effects, Point, State, TokenizeContext } from 'micromark-util-types';
import { dollarsAt } from './delimiters.js';
import { formulaAt, type MathOptions } from './formula.js';
import { allChunks, consumeFormula, serialize } from './tokens.js';
import { unclosedAt } from './unclosed.js';

interface Paragraph {
  readonly text: string;
  readonly indexOf: (point: Point) => number;
}

/**
 * The constructs for `$` and `\` in a text: a formula, else a delimiter without a partner or a run of dollars, in
 * whose middle no formula begins.
 */
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

  const literal: Construct = {
    name: 'mathLiteral',
    tokenize(effects, ok, nok) {
      return ahead(this, effects, ({ text }, index) => {
        const unclosed = unclosedAt(text, index);
        const length = unclosed?.delimiter.length ?? dollarsAt(text, index);
        if (!unclosed && length < 2) return nok;
        const type = unclosed ? 'mathUnclosed' : 'data';
        return (code) => {
          effects.enter(type, unclosed ? { _unclosed: unclosed } : {});
          return consumeSome(effects, length, (next) => {
            effects.exit(type);
            return ok(next);
          })(code);
        };
      });
    },
  };

  return [formula, literal];
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
      if (effects.consumeChunk) effects.consumeChunk(code);
      else effects.consume(code);
      return inside;
    }
  },
};

function paragraphOf(context: TokenizeContext): Paragraph {
  const starts: number[] = [];
  let start = 0;
  for (const chunk of allChunks(context)) {
    starts.push(start);
    start += typeof chunk === 'string' ? chunk.length : 1;
  }
  const indexOf = ({ _index, _bufferIndex }: Point) => (starts[_index] ?? start) + Math.max(_bufferIndex, 0);
  return { text: serialize(context, true), indexOf };
}

/** Consumes `count` codes of one line. */
function consumeSome(effects: Effects, count: number, then: State): State {
  let left = count;
  const inside: State = (code) => {
    if (left-- === 0) return then(code);
    effects.consume(code);
    return inside;
  };
  return inside;
}
