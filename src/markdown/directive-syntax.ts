// Blocks between `:::`. In their titles formulas bind tighter than brackets: `:::theorem[On $[0, 1)$]`. Only containers
// are read, because the inline directives of the same proposal take `12:30` and `a:b` for their own.
import { directive } from 'micromark-extension-directive';
import type { Code, Construct, Effects, Extension, State, TokenizeContext } from 'micromark-util-types';
import { formulaAt } from '../math/formula.js';
import { withBareTitles } from './block-titles.js';

const colon = 58;
/** Any character that means nothing to a title. */
const hidden = 97;

/** The syntax of blocks for a text, which has to be known before. */
export function directiveSyntax(text: string): Extension {
  const [container] = [directive().flow?.[colon] ?? []].flat();
  if (!container) throw new Error('micromark-extension-directive has no construct for flow.');
  // micromark does not count this one.
  const tokenize = tokenizeHidingBrackets(withBareTitles(container), text.replace(/^\ufeff/, ''));
  return { flow: { [colon]: { ...container, tokenize } } };
}

function tokenizeHidingBrackets(container: Construct, text: string): Construct['tokenize'] {
  return function (effects, ok, nok) {
    return (code) => {
      const brackets = bracketsInFormulas(text, this.now().offset);
      if (brackets.size === 0) return container.tokenize.call(this, effects, ok, nok)(code);
      const reading: Reading = { context: this, brackets, code, isDone: false };
      const leave =
        (state: State): State =>
        (next) => {
          reading.isDone = true;
          return state(next);
        };
      const inner = blind(effects, reading);
      return hiding(container.tokenize.call(this, inner, leave(ok), leave(nok)), reading)?.(code);
    };
  };
}

interface Reading {
  readonly context: TokenizeContext;
  /** Offsets. */
  readonly brackets: ReadonlySet<number>;
  /** What really stands where the tokenizer is. */
  code: Code;
  isDone: boolean;
}

/** Gives a tokenizer another character for each bracket in a formula. */
function hiding(state: State | undefined, reading: Reading): State | undefined {
  if (reading.isDone || !state) return state;
  return (code) => {
    reading.code = code;
    return hiding(state(reading.brackets.has(reading.context.now().offset) ? hidden : code), reading);
  };
}

/** Tokens are made of the real text, in what the tokenizer tries, too. */
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

/** Where brackets stand in formulas of the line that begins at an offset. */
function bracketsInFormulas(text: string, start: number): ReadonlySet<number> {
  const brackets = new Set<number>();
  const end = text.indexOf('\n', start);
  const line = text.slice(start, end < 0 ? undefined : end);
  if (!/\[.*[$\\]/.test(line)) return brackets;
  for (let index = line.indexOf('['); index < line.length; index++) {
    if (line[index] !== '$' && line[index] !== '\\') continue;
    const formula = formulaAt(line, index, { doubleDollarInText: 'inline' });
    const close = formula?.close ?? index + 1;
    for (let at = index; formula && at < close; at++)
      if (/[[\]]/.test(line.charAt(at))) brackets.add(start + at);
    index = formula || line[index] === '$' ? close - 1 : close;
  }
  return brackets;
}
