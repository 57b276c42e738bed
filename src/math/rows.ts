// The rows of a formula that can carry a number, as amsmath sees them, with their labels and tags. Works on the
// source alone: what LaTeX numbers has to be known before anything is set, because references point forwards too.

import type { ReferenceForm } from '../types.js';
import { mayDefine } from './definitions.js';
import { expandMacros } from './expand.js';
import { type Macros, usedMacros } from './macros.js';
import { referenceCommands, referenceForms, referenceNames } from './reference-commands.js';
import { argumentAt, skipSpaces, type Token, textOf, tokenize, untokenize } from './tex.js';

/** A name in the source: of a label, or of what is referred to. */
export interface Mark {
  /** NFC. */
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
  readonly tag?: Tag;
  readonly labels: readonly Mark[];
  /** Index of the `subequations` that it is in. */
  readonly group?: number;
}

interface Tag {
  readonly tex: string;
  readonly bare: boolean;
  /** What it refers to. */
  readonly references: readonly Mark[];
}

export interface Rows {
  /** Rows of `equation`, `align` and the like, in the order of their ends. */
  readonly rows: readonly Row[];
  /** Labels of each `subequations`, without those of its rows. */
  readonly groups: readonly (readonly Mark[])[];
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

/** Environments whose rows can have numbers; `equation` and `multline` are one row. */
const environments = /^(equation|multline|align|gather|alignat|flalign|eqnarray)(\*?)$/;
const structural = new RegExp(
  String.raw`\\(?:(?:begin|end|tag|label|nonumber|notag|cr|${referenceCommands.join('|')})(?![a-zA-Z@])|\\)`,
);

/** Spares formulas without any of this the work; most have none. */
export function mayHaveRows(tex: string, macros: Macros): boolean {
  return structural.test(tex) || mayDefine(tex) || isStructural(tex, macros);
}

/** Whether macros hold, at first or second hand, what rows are made of; all others can stay unexpanded. */
function isStructural(tex: string, macros: Macros): boolean {
  return usedMacros(tex, macros).some((name) => structural.test(macros.get(name)?.body ?? ''));
}

interface OpenRow {
  numbered: boolean;
  empty: boolean;
  tag?: Tag;
  readonly labels: Mark[];
}

/** Something begun and not ended: a group, `\left`, an environment (with a row if it can have numbers). */
interface Frame {
  readonly closer: '}' | '\\right' | '\\end';
  readonly numbers?: Numbers;
  readonly group?: Group;
}

interface Group {
  readonly index: number;
  readonly row: OpenRow;
}

interface Numbers {
  readonly hasRows: boolean;
  readonly numbered: boolean;
  count: number;
  row: OpenRow;
}

interface State {
  readonly tokens: readonly Token[];
  readonly frames: Frame[];
  readonly rows: Row[];
  readonly groups: OpenRow[];
  readonly whole: OpenRow;
  readonly references: Mark[];
  starred: boolean;
}

/**
 * Reads a formula's rows. An environment inside braces, `\left…\right` or another environment numbers nothing, as
 * with MathJax (LaTeX refuses it), but its tags count. A last row with nothing in it (behind a final `\\`) is none.
 */
export function readRows(tex: string, macros: Macros): Rows {
  const expansion = expandMacros(tokenize(tex), macros, isStructural);
  const { tokens } = expansion;
  const state: State = {
    tokens,
    frames: [],
    rows: [],
    groups: [],
    whole: newRow(true),
    references: [],
    starred: false,
  };
  for (let at = 0; at < tokens.length; ) at = readToken(state, at);
  const { empty, ...whole } = state.whole;
  return {
    rows: state.rows,
    groups: state.groups.map(({ labels }) => labels),
    whole: { ...whole, end: tex.length },
    starred: state.starred,
    blank: empty && state.rows.length === 0 && whole.labels.length === 0,
    references: state.references,
    macros: expansion.macros,
  };
}

/** Takes in what begins at a token; gives the index behind it. */
function readToken(state: State, at: number): number {
  const { type, text } = state.tokens[at] as Token;
  if (type === 'command' && Object.hasOwn(commands, text)) return commands[text]?.(state, at) ?? at + 1;
  if (type === 'open') state.frames.push({ closer: '}' });
  else if (type === 'close') close(state, at, '}');
  else if (type !== 'space') currentRow(state).empty = false;
  return at + 1;
}

const commands: Readonly<Record<string, (state: State, at: number) => number>> = {
  '\\left': ({ frames }, at) => {
    frames.push({ closer: '\\right' });
    return at + 1;
  },
  '\\right': (state, at) => close(state, at, '\\right'),
  '\\begin': begin,
  '\\end': (state, at) => {
    close(state, at, '\\end');
    return argumentAt(state.tokens, at + 1)?.next ?? at + 1;
  },
  '\\\\': endRow,
  '\\cr': endRow,
  '\\newline': endRow,
  '\\tag': readTag,
  '\\nonumber': suppress,
  '\\notag': suppress,
  '\\label': (state, at) => readMark(state, at, currentRow(state).labels),
  ...Object.fromEntries(
    referenceCommands.map((name) => [
      `\\${name}`,
      (state: State, at: number) => {
        const { marks, next } = readReference(state, at, referenceForms[name]);
        state.references.push(...marks);
        return next;
      },
    ]),
  ),
};

function newRow(numbered: boolean): OpenRow {
  return { numbered, empty: true, labels: [] };
}

function currentRow({ frames, whole }: State): OpenRow {
  const frame = frames.findLast(({ numbers, group }) => numbers ?? group);
  return frame?.numbers?.row ?? frame?.group?.row ?? whole;
}

function begin(state: State, at: number): number {
  const argument = argumentAt(state.tokens, at + 1);
  const written = argument ? textOf(state.tokens, argument) : '';
  const [, name, star] = environments.exec(written) ?? [];
  if (written === 'subequations' && state.frames.length === 0) {
    const row = newRow(true);
    state.frames.push({ closer: '\\end', group: { index: state.groups.push(row) - 1, row } });
  } else if (name === undefined) {
    state.frames.push({ closer: '\\end' });
  } else {
    const numbered = star === '' && state.frames.every(({ group }) => group);
    if (numbered) state.whole.numbered = false;
    if (star === '*') state.starred = true;
    const hasRows = name !== 'equation' && name !== 'multline';
    state.frames.push({ closer: '\\end', numbers: { hasRows, numbered, count: 0, row: newRow(numbered) } });
  }
  return argument?.next ?? at + 1;
}

/** Ends the innermost frame if this is what ends it; what is wrongly nested is KaTeX's to report. */
function close(state: State, at: number, closer: Frame['closer']): number {
  const frame = state.frames.at(-1);
  if (frame?.closer !== closer) return at + 1;
  state.frames.pop();
  if (frame.numbers) addRow(state, at, frame.numbers, true);
  else if (!frame.group) currentRow(state).empty = false;
  return at + 1;
}

function endRow(state: State, at: number): number {
  const numbers = state.frames.at(-1)?.numbers;
  if (numbers?.hasRows) {
    addRow(state, at, numbers, false);
    numbers.row = newRow(numbers.numbered);
  }
  return at + 1;
}

function addRow({ tokens, rows, frames }: State, at: number, numbers: Numbers, isLast: boolean): void {
  const { empty, ...row } = numbers.row;
  const isNone = isLast && empty && numbers.count > 0 && row.labels.length === 0;
  const group = frames.find((frame) => frame.group)?.group?.index;
  rows.push({
    ...row,
    numbered: row.numbered && !isNone,
    end: (tokens[at] as Token).start,
    ...(group === undefined ? {} : { group }),
  });
  numbers.count++;
}

function readTag(state: State, at: number): number {
  const { tokens } = state;
  const star = skipSpaces(tokens, at + 1);
  const bare = tokens[star]?.text === '*';
  const argument = argumentAt(tokens, bare ? star + 1 : at + 1);
  if (!argument) return at + 1;
  const tex = untokenize(tokens.slice(argument.from, argument.to).map(({ text }) => text));
  const references = tokens.slice(argument.from, argument.to).flatMap(({ text }, index) => {
    const name = referenceCommands.find((one) => text === `\\${one}`);
    return name ? readReference(state, argument.from + index, referenceForms[name]).marks : [];
  });
  Object.assign(currentRow(state), { tag: { tex, bare, references }, empty: false });
  return argument.next;
}

function readReference(
  state: State,
  at: number,
  form: ReferenceForm,
): { readonly marks: readonly Mark[]; readonly next: number } {
  const written: Mark[] = [];
  const next = readMark(state, at, written);
  const marks = written.flatMap((mark) => referenceNames(mark.name, form).map((name) => ({ ...mark, name })));
  return { marks, next };
}

function suppress(state: State, at: number): number {
  currentRow(state).numbered = false;
  return at + 1;
}

function readMark({ tokens }: State, at: number, marks: Mark[]): number {
  const argument = argumentAt(tokens, at + 1);
  const first = argument && tokens[argument.from];
  if (!argument || !first || argument.to === argument.from) return argument?.next ?? at + 1;
  const name = textOf(tokens, argument).trim().normalize('NFC');
  const end = tokens[argument.to - 1]?.end ?? first.end;
  marks.push({ name, offset: first.start, length: end - first.start });
  return argument.next;
}
