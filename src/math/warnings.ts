// What KaTeX sets but its author may not have meant: characters that it has no font for, commands that do nothing.
import { type Fault, fault, type Range } from './fault.js';
import { argumentAt, nameOf, tokenize } from './tex.js';

export interface Warnings {
  /** A complaint of KaTeX's `strict` mode, by its code, about a character. */
  readonly strict: (code: string, character: string, range: Range) => void;
  readonly list: () => readonly Fault[];
}

/** Han, Kana, Hangul, and the full-width forms. */
const eastAsian =
  /^[\u1100-\u11ff\u2e80-\u30ff\u3130-\u318f\u31f0-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3ffff}]/u;

/** What nobody sees: it came along with something copied. */
const invisible = /^[\p{Cf}\p{Zs}]$/u;

/** Neighbouring characters of one kind. */
interface Run {
  readonly kind: 'east-asian' | 'invisible' | 'unknown';
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
      const kind = isEastAsian ? 'east-asian' : invisible.test(character) ? 'invisible' : 'unknown';
      const last = runs.at(-1);
      // Those of one macro have one place.
      if (last?.kind === kind && (last.end === start || last.start === start)) {
        last.end = end;
        last.characters += character;
      } else {
        runs.push({ kind, start, end, characters: character });
      }
    },
    list: () => [...runs.map(describe), ...ignoredCommands(tex)],
  };
}

function describe(run: Run): Fault {
  const shown = [...run.characters].slice(0, 20);
  const text = shown.join('');
  if (run.kind === 'east-asian') {
    return fault(
      'warning',
      'math/cjk-outside-text',
      `${text} stands outside \\text`,
      run,
      'put it into \\text{…}',
    );
  }
  if (run.kind === 'invisible') {
    const names = [...new Set(shown.map(nameOf))].join(', ');
    const hint = /\p{Zs}/u.test(text) ? 'write a plain blank, or ~ for one that is seen' : 'delete it';
    return fault(
      'warning',
      'math/unknown-character',
      `the invisible ${names} stands in the formula`,
      run,
      hint,
    );
  }
  const hint = text === '’' ? "write ' for a prime" : 'readers see it in whatever font they have';
  return fault('warning', 'math/unknown-character', `KaTeX has no metrics for ${text}`, run, hint);
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
