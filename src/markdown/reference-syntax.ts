// `\eqref{eq:V*a}` in prose as a piece of text: what is in a label is no emphasis.
import type { Construct, Extension, State } from 'micromark-util-types';
import { referenceCommands } from '../math/reference-commands.js';

const backslash = 92;
const openBrace = 123;
const closeBrace = 125;
const ampersand = 38;

/** A reference whose label could be taken for emphasis. Its end is there. With escapes in it, it is Markdown. */
export const markedReference = String.raw`\\(?:${referenceCommands.join('|')})\{[^{}\\&\n]*[*_~][^{}\\&\n]*\}`;

const reference: Construct = {
  name: 'reference',
  tokenize(effects, ok, nok) {
    let name = '';
    const label: State = (code) => {
      if (code === null || code < 0 || code === backslash || code === openBrace || code === ampersand)
        return nok(code);
      effects.consume(code);
      if (code !== closeBrace) return label;
      effects.exit('data');
      return ok;
    };
    const command: State = (code) => {
      const letter = code === null || code < 0 ? '' : String.fromCharCode(code);
      const isNamed = code === openBrace && referenceCommands.some((known) => known === name);
      if (!isNamed && !/[a-zA-Z]/.test(letter)) return nok(code);
      name += letter;
      effects.consume(code);
      return isNamed ? label : command;
    };
    return (code) => {
      effects.enter('data');
      effects.consume(code);
      return command;
    };
  },
};

/** The extension of micromark. */
export function referenceSyntax(): Extension {
  return { text: { [backslash]: reference } };
}
