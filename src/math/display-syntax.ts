// Displays: formulas with their lines to themselves. Such a construct must be sure to end before it begins, because
// while it is open no list or quote can begin in its lines (they may start with `-`, `+`, `>`). micromark hands texts
// over line by line, so the construct is given the whole text beforehand and looks ahead in it.
import type { Construct, State } from 'micromark-util-types';
import { displayAt } from './formula.js';
import { consumeFormula } from './tokens.js';

/** The construct for `$$`, `\[`, `\\[`, `\begin{…}` and ```` ```math ````, ```` ```{math} ```` in a text. */
export function displayConstruct(markdown: string): Construct {
  // micromark does not count this one.
  const text = markdown.replace(/^\ufeff/, '');
  return {
    name: 'math',
    concrete: true,
    tokenize(effects, ok, nok) {
      return (code) => {
        const found = displayAt(text, this.now().offset);
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
  };
}
