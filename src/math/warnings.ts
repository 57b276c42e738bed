// What KaTeX sets but its author may not have meant: characters that it has no font for, commands that do nothing.
import { type Fault, fault, type Range } from './fault.js';
import { argumentAt, tokenize } from './tex.js';

export interface Warnings {
  /** A complaint of KaTeX's `strict` mode, by its code, about a character. */
  readonly strict: (code: string, character: string, range: Range) => void;
  readonly list: () => readonly Fault[];
}

/** Han, Kana, Hangul, and the full-width forms. */
const eastAsian =
  /^[\u1100-\u11ff\u2e80-\u30ff\u3130-\u318f\u31f0-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3ffff}]/u;

/** Neighbouring characters of one kind. */
interface Run {
  readonly code: 'math/cjk-outside-text' | 'math/unknown-character';
  readonly start: number;
  end: number;
  characters: string;
}

/** Collects warnings about one formula. */
export function createWarnings(tex: string): Warnings {
  const runs: Run[] = [];
  return {
    strict(strictCode, character, { start, end }) {
      const isEastAsian = eastAsian.test(character);
      if (!isEastAsian && strictCode !== 'unknownSymbol') return;
      const code = isEastAsian ? 'math/cjk-outside-text' : 'math/unknown-character';
      const last = runs.at(-1);
      // Those of one macro have one place.
      if (last?.code === code && (last.end === start || last.start === start)) {
        last.end = end;
        last.characters += character;
      } else {
        runs.push({ code, start, end, characters: character });
      }
    },
    list: () => [...runs.map(describe), ...ignoredCommands(tex)],
  };
}

function describe(run: Run): Fault {
  const shown = [...run.characters].slice(0, 20).join('');
  if (run.code === 'math/cjk-outside-text') {
    return fault('warning', run.code, `${shown} stands outside \\text`, run, 'put it into \\text{…}');
  }
  const hint = shown === '’' ? "write ' for a prime" : 'readers see it in whatever font they have';
  return fault('warning', run.code, `KaTeX has no metrics for ${shown}`, run, hint);
}

/** MathJax loads extensions by `\require{…}`; here all there is is there. */
function ignoredCommands(tex: string): readonly Fault[] {
  if (!tex.includes('\\require')) return [];
  const tokens = tokenize(tex);
  return tokens.flatMap((token, index) => {
    const argument = token.text === '\\require' ? argumentAt(tokens, index + 1) : undefined;
    const last = argument && tokens[argument.next - 1];
    if (!last) return [];
    const range = { start: token.start, end: last.end };
    const message = `${tex.slice(range.start, range.end)} is not needed and is left out`;
    return [fault('note', 'math/ignored-command', message, range, 'delete it')];
  });
}
