// `@key` as tokens and as a node of the Markdown tree. Whether it is a citation, and how far the key reaches, only the
// bibliography can tell: `features/citations.ts` decides, and turns what is none into the text that it was.
import type { Literal } from 'mdast';
import type { Extension as FromMarkdownExtension } from 'mdast-util-from-markdown';
import type { Code, Construct, Effects, Extension, State } from 'micromark-util-types';

/** `@key` or `@{key}`; `value` is as it is written. */
export interface CitationKey extends Literal {
  type: 'citationKey';
  key: string;
}

declare module 'mdast' {
  interface PhrasingContentMap {
    citationKey: CitationKey;
  }
  interface RootContentMap {
    citationKey: CitationKey;
  }
}

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    citationKey: 'citationKey';
  }
}

const at = 64;
const slash = 47;
const openBrace = 123;
const closeBrace = 125;

/** Letters of all scripts: a Korean particle may follow a key, and a key may be Korean. */
function isKeyCharacter(code: Code): boolean {
  return code !== null && code > 0 && /[\p{L}\p{M}\p{N}]/u.test(String.fromCharCode(code));
}

/** Inside a key, as in `DBLP:conf/nips/2017` and `kim_2017.a`; never its end: a full stop and `_…_` are none of it. */
function isInnerPunctuation(code: Code): boolean {
  return code !== null && code > 0 && ':.+/-_'.includes(String.fromCharCode(code));
}

const innerPunctuation: Construct = {
  partial: true,
  tokenize(effects, ok, nok) {
    return (code) => {
      if (!isInnerPunctuation(code)) return nok(code);
      effects.consume(code);
      return (next) => (isKeyCharacter(next) ? ok(next) : nok(next));
    };
  },
};

const citationKey: Construct = {
  name: 'citationKey',
  /** Not in `a@b` and not behind `/`, where it belongs to an address. */
  previous: (code) => !isKeyCharacter(code) && code !== at && code !== slash,
  tokenize(effects, ok, nok) {
    return (code) => {
      effects.enter('citationKey');
      effects.consume(code);
      return (next) => {
        if (next === openBrace) return bracedKey(effects, ok, nok)(next);
        return isKeyCharacter(next) ? plainKey(effects, ok)(next) : nok(next);
      };
    };
  },
};

function plainKey(effects: Effects, ok: State): State {
  const end: State = (code) => {
    effects.exit('citationKey');
    return ok(code);
  };
  const inside: State = (code) => {
    if (!isKeyCharacter(code)) return effects.attempt(innerPunctuation, inside, end)(code);
    effects.consume(code);
    return inside;
  };
  return inside;
}

function bracedKey(effects: Effects, ok: State, nok: State): State {
  let isEmpty = true;
  const inside: State = (code) => {
    if (code === closeBrace && !isEmpty) {
      effects.consume(code);
      effects.exit('citationKey');
      return ok;
    }
    // Spaces, line ends and the end are not above 32.
    if (code === null || code <= 32 || code === openBrace || code === closeBrace) return nok(code);
    isEmpty = false;
    effects.consume(code);
    return inside;
  };
  return (code) => {
    effects.consume(code);
    return inside;
  };
}

/** The extension of micromark. */
export function citationSyntax(): Extension {
  return { text: { [at]: citationKey } };
}

/** The extension of mdast-util-from-markdown. */
export function citationFromMarkdown(): FromMarkdownExtension {
  return {
    enter: {
      citationKey(token) {
        const value = this.sliceSerialize(token);
        this.enter(
          { type: 'citationKey', value, key: value.replace(/^@\{?|\}$/g, '').normalize('NFC') },
          token,
        );
      },
    },
    exit: {
      citationKey(token) {
        this.exit(token);
      },
    },
  };
}
