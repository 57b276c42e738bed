// Hugo's `{{<figure src="a.png">}}`, with no blank behind the bracket: to Markdown the rest would be an HTML element, in
// which all that follows would come to lie.
import type { Construct, Extension } from 'micromark-util-types';

const brace = 123;
const lessThan = 60;

/** Takes the `{<` of `{{<` for text. */
const opening: Construct = {
  name: 'shortcode',
  previous: (code) => code === brace,
  tokenize: (effects, ok, nok) => (code) => {
    effects.enter('data');
    effects.consume(code);
    return (next) => {
      if (next !== lessThan) return nok(next);
      effects.consume(next);
      effects.exit('data');
      return ok;
    };
  },
};

/** The micromark extension under which no HTML begins behind two braces. */
export const shortcodeSyntax: Extension = { text: { [brace]: opening } };
