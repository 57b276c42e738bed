// Displays: formulas with their lines to themselves. Such a construct must be sure to end before it begins, because
// while it is open no list or quote can begin in its lines (they may start with `-`, `+`, `>`). So a construct of
// the document, which is given the whole text, notes that text in its first line and fails; the construct of the
// flow looks ahead in it. Later documents of a parser are those inside containers such as directives.
import type { Construct, ParseContext, State } from 'micromark-util-types';
import { displayAt } from './formula.js';
import { consumeFormula, serialize } from './tokens.js';

export interface DisplayConstructs {
  readonly document: Construct;
  readonly flow: Construct;
}

/** The constructs for `$$`, `\[`, `\\[`, `\begin{…}` and ```` ```math ````. */
export function displayConstructs(): DisplayConstructs {
  const texts = new WeakMap<ParseContext, string>();
  return {
    document: {
      name: 'mathLookahead',
      tokenize(_, __, nok) {
        return (code) => {
          if (!texts.has(this.parser)) texts.set(this.parser, serialize(this, false));
          return nok(code);
        };
      },
    },
    flow: {
      name: 'math',
      concrete: true,
      tokenize(effects, ok, nok) {
        return (code) => {
          const found = displayAt(texts.get(this.parser) ?? '', this.now().offset);
          if (!found) return nok(code);
          if (this.interrupt) return ok(code);
          const before = this.events.at(-1)?.[1];
          const reader = {
            position: () => this.now().offset,
            perCode: false,
            indent: before?.type === 'linePrefix' ? this.sliceSerialize(before, true).length : 0,
            goesOn: () => !this.parser.lazy[this.now().line],
          };
          const done: State = (next) => {
            effects.exit('math');
            return ok(next);
          };
          effects.enter('math', { _formula: found });
          return consumeFormula(effects, found, reader, done, nok)(code);
        };
      },
    },
  };
}
