// The rows of a formula that can carry a number, as amsmath sees them, with their labels and tags. Works on the
// source alone: what LaTeX numbers has to be known before anything is set, because references point forwards too.
import { mayDefine } from './definitions.js';
import { expandMacros } from './expand.js';
import { type Macros, usedMacros } from './macros.js';
import { argumentAt, skipSpaces, type Token, textOf, tokenize, untokenize } from './tex.js';

/** A name in the source: of a label, or of what is referred to. */
export interface Mark {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
}

export interface Row {
  /** Before the `\\` or `\end` that ends the row; for the whole formula, its end. */
  readonly end: number;
  /** Whether LaTeX numbers it: not in a starred environment, no `\nonumber`. */
  readonly numbered: boolean;
  /** From `\tag{…}` or, without the brackets, `\tag*{…}`. */
  readonly tag?: { readonly tex: string; readonly bare: boolean };
  readonly labels: readonly Mark[];
}

export interface Rows {
  /** Rows of `equation`, `align` and the like, in the order of their ends. */
  readonly rows: readonly Row[];
  /** What stands outside such environments; `numbered` unless it says `\nonumber` or holds numbered rows. */
  readonly whole: Row;
  /** Whether it holds an environment that says it wants no numbers: `align*`. */
  readonly starred: boolean;
  /** Whether nothing is left once definitions are carried out. */
  readonly blank: boolean;
  readonly references: readonly Mark[];
  /** The macros, with the ones that the formula defines. */
  readonly macros: Macros;
}

/** Environments whose rows can have numbers; `multline` and `equation` are one row. */
const environments = /^(equation|multline|align|gather|alignat|flalign|eqnarray)(\*?)$/;
const structural = /\\(?:(?:begin|end|tag|label|nonumber|notag|ref|eqref|cr)(?![a-zA-Z@])|\\)/;

/** Spares formulas without any of this the work; most have none. */
export function mayHaveRows(tex: string, macros: Macros): boolean {
  return (
    structural.test(tex) ||
    mayDefine(tex) ||
    usedMacros(tex, macros).some((name) => isStructural(name, macros))
  );
}

interface OpenRow {
  numbered: boolean;
  empty: boolean;
  tag?: NonNullable<Row['tag']>;
  labels: Mark[];
}

/** Something begun and not ended: a group, `\left`, an environment (with a row if it can have numbers). */
interface Frame {
  readonly closer: '}' | '\\right' | '\\end';
  readonly numbers?: { readonly rows: boolean; readonly numbered: boolean; count: number; row: OpenRow };
}

/**
 * Reads a formula's rows. An environment inside braces, `\left…\right` or another environment numbers nothing, as
 * with MathJax (LaTeX refuses it), but its tags count. A last row with nothing in it (behind a final `\\`) is none.
 */
export function readRows(tex: string, macros: Macros): Rows {
  const expansion = expandMacros(tokenize(tex), macros, isStructural);
  const { tokens } = expansion;
  const rows: Row[] = [];
  const references: Mark[] = [];
  const frames: Frame[] = [];
  const whole = newRow(true);
  let starred = false;
  const current = () => frames.findLast((frame) => frame.numbers)?.numbers?.row ?? whole;

  const commands: Record<string, (at: number, token: Token) => number> = {
    '\\left': (at) => open(at, { closer: '\\right' }),
    '\\right': (at, token) => close(at, token, '\\right'),
    '\\begin': (at) => {
      const argument = argumentAt(tokens, at + 1);
      const [, name, star] = environments.exec(argument ? textOf(tokens, argument) : '') ?? [];
      const next = argument?.next ?? at + 1;
      if (name === undefined) return open(next - 1, { closer: '\\end' });
      const numbered = star === '' && frames.length === 0;
      if (numbered) whole.numbered = false;
      if (star === '*') starred = true;
      const oneRow = name === 'equation' || name === 'multline';
      return open(next - 1, {
        closer: '\\end',
        numbers: { rows: !oneRow, numbered, count: 0, row: newRow(numbered) },
      });
    },
    '\\end': (at, token) => {
      const next = argumentAt(tokens, at + 1)?.next ?? at + 1;
      close(at, token, '\\end');
      return next;
    },
    '\\tag': (at) => {
      const bare = tokens[skipSpaces(tokens, at + 1)]?.text === '*';
      const argument = argumentAt(tokens, bare ? skipSpaces(tokens, at + 1) + 1 : at + 1);
      if (!argument) return at + 1;
      const texts = tokens.slice(argument.from, argument.to).map(({ text }) => text);
      Object.assign(current(), { tag: { tex: untokenize(texts), bare }, empty: false });
      return argument.next;
    },
    '\\label': (at) => mark(at, (name) => current().labels.push(name)),
    '\\ref': (at) => mark(at, (name) => references.push(name)),
    '\\eqref': (at) => mark(at, (name) => references.push(name)),
    '\\nonumber': (at) => suppress(at),
    '\\notag': (at) => suppress(at),
    '\\\\': (at, token) => endRow(at, token),
    '\\cr': (at, token) => endRow(at, token),
    '\\newline': (at, token) => endRow(at, token),
  };

  const open = (at: number, frame: Frame) => {
    frames.push(frame);
    return at + 1;
  };
  const close = (at: number, token: Token, closer: Frame['closer']) => {
    // Wrongly nested input is KaTeX's to report: here only the innermost frame can end.
    const frame = frames.at(-1);
    if (frame?.closer !== closer) return at + 1;
    frames.pop();
    if (frame.numbers) push(frame.numbers, token, true);
    else current().empty = false;
    return at + 1;
  };
  const endRow = (at: number, token: Token) => {
    const numbers = frames.at(-1)?.numbers;
    if (!numbers?.rows) return at + 1;
    push(numbers, token, false);
    numbers.row = newRow(numbers.numbered);
    return at + 1;
  };
  const push = (numbers: NonNullable<Frame['numbers']>, token: Token, last: boolean) => {
    const { empty, ...row } = numbers.row;
    const nothing = last && empty && numbers.count > 0 && row.labels.length === 0;
    rows.push({ ...row, numbered: row.numbered && !nothing, end: token.start });
    numbers.count++;
  };
  const mark = (at: number, use: (mark: Mark) => void) => {
    const argument = argumentAt(tokens, at + 1);
    if (!argument) return at + 1;
    const name = textOf(tokens, argument).trim().normalize('NFC');
    const first = tokens[argument.from] as Token;
    const last = tokens[argument.to - 1] ?? first;
    if (argument.to > argument.from) use({ name, offset: first.start, length: last.end - first.start });
    return argument.next;
  };
  const suppress = (at: number) => {
    current().numbered = false;
    return at + 1;
  };

  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at] as Token;
    if (token.type === 'command' && Object.hasOwn(commands, token.text)) {
      at = commands[token.text]?.(at, token) ?? at + 1;
    } else {
      if (token.type === 'open') open(at, { closer: '}' });
      else if (token.type === 'close') close(at, token, '}');
      else if (token.type !== 'space') current().empty = false;
      at++;
    }
  }
  const { empty, ...rest } = whole;
  const blank = empty && rows.length === 0 && whole.labels.length === 0;
  return { rows, whole: { ...rest, end: tex.length }, starred, blank, references, macros: expansion.macros };
}

function newRow(numbered: boolean): OpenRow {
  return { numbered, empty: true, labels: [] };
}

/** Whether a macro holds, at first or second hand, what rows are made of; all others can stay unexpanded. */
function isStructural(name: string, macros: Macros): boolean {
  return usedMacros(name, macros).some((used) => structural.test(macros.get(used)?.body ?? ''));
}
