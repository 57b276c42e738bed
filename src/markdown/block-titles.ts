// Titles without brackets: `:::info Results`, as Docusaurus has them. The tokenizer of the package reads the block, and
// finds in its first line the tokens of `:::info[Results]`, but for the brackets.
import type { Construct, Effects, State, TokenizeContext } from 'micromark-util-types';
import { restOfLine } from '../math/hiding.js';
import { calloutKinds, isStatement } from './block-kinds.js';

// Words that end with a brace may be attributes: what is meant by them is not certain.
const opening = /^(:{3,}([a-z]+)[ \t]+)[^\s[{](?:.*[^\s}])?[ \t]*$/i;

/** The construct for containers, which also takes titles without brackets of the kinds that exist. */
export function withBareTitles(container: Construct): Construct {
  return {
    ...container,
    tokenize(effects, ok, nok) {
      const start = container.tokenize.call(this, effects, ok, nok);
      return (code) => {
        const index = titleIn(this);
        return (index === undefined ? start : takeTitle(start, index, effects))(code);
      };
    },
  };
}

/** Where the title begins on the line; undefined if there is none. */
function titleIn(context: TokenizeContext): number | undefined {
  const [, before, kind = ''] = opening.exec(restOfLine(context)) ?? [];
  return isKnown(kind) ? before?.length : undefined;
}

const isKnown = (kind: string) => isStatement(kind) || calloutKinds.has(kind.toLowerCase());

/** Lets the tokenizer read the line up to the title, and then its end. */
function takeTitle(container: State, start: number, effects: Effects): State {
  let index = 0;
  return before(container);

  function before(state: State | undefined): State {
    return (code) => {
      // For the package a tab is a part of the name.
      if (code === null || code < 0) return state?.(code);
      if (index < start) {
        index += 1;
        return before(state?.(code));
      }
      effects.enter('directiveContainerLabel');
      effects.enter('directiveContainerLabelString');
      effects.enter('chunkText', { contentType: 'text' });
      return inside(state)(code);
    };
  }

  function inside(state: State | undefined): State {
    return (code) => {
      // Line endings are below -2.
      if (code !== null && code >= -2) {
        effects.consume(code);
        return inside(state);
      }
      effects.exit('chunkText');
      effects.exit('directiveContainerLabelString');
      effects.exit('directiveContainerLabel');
      return state?.(code);
    };
  }
}
