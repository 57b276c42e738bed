// What KaTeX sets but its author may not have meant: characters that it has no font for, commands that do nothing.
import { type Fault, fault, type Range } from './fault.js';

export interface Warnings {
  /** A complaint of KaTeX's `strict` mode, by its code. */
  readonly strict: (code: string, range: Range) => void;
  readonly ignored: (command: string) => void;
  readonly list: () => readonly Fault[];
}

/** Han, Kana, Hangul, and the full-width forms. */
const eastAsian =
  /^[\u1100-\u11ff\u2e80-\u30ff\u3130-\u318f\u31f0-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3ffff}]/u;

/** Collects warnings about one formula. */
export function createWarnings(tex: string): Warnings {
  const runs: { code: 'math/cjk-outside-text' | 'math/unknown-character'; start: number; end: number }[] = [];
  const ignored: Fault[] = [];
  return {
    strict(strictCode, { start, end }) {
      const isEastAsian = eastAsian.test(tex.slice(start, end));
      if (!isEastAsian && strictCode !== 'unknownSymbol') return;
      const code = isEastAsian ? 'math/cjk-outside-text' : 'math/unknown-character';
      const last = runs.at(-1);
      // Neighbouring characters make one warning.
      if (last?.code === code && last.end === start) last.end = end;
      else runs.push({ code, start, end });
    },
    ignored(command) {
      const start = Math.max(0, tex.indexOf(command));
      const range = { start, end: start + command.length };
      ignored.push(
        fault('note', 'math/ignored-command', `${command} is not needed and is left out`, range, 'delete it'),
      );
    },
    list: () => [...runs.map((run) => describe(run.code, run, tex)), ...ignored],
  };
}

function describe(
  code: 'math/cjk-outside-text' | 'math/unknown-character',
  range: Range,
  tex: string,
): Fault {
  const shown = [...tex.slice(range.start, range.end)].slice(0, 20).join('');
  if (code === 'math/cjk-outside-text')
    return fault('warning', code, `${shown} stands outside \\text`, range, 'put it into \\text{…}');
  const hint = shown === '’' ? "write ' for a prime" : 'readers see it in whatever font they have';
  return fault('warning', code, `KaTeX has no metrics for ${shown}`, range, hint);
}
