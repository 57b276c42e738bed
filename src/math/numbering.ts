// Which equations of a post have which number, label and id. Pure, over the post's formulas in document order and
// before any of them is set, because references point forwards too.
import { nearest } from '../diagnostic.js';
import type { Config } from '../types.js';
import { type Fault, fault } from './fault.js';
import { type Macros, noMacros } from './macros.js';
import { toPlainText } from './plain-text.js';
import { equationText } from './reference-commands.js';
import { type Mark, mayHaveRows, type Row, type Rows, readRows } from './rows.js';

export interface FormulaSource {
  readonly tex: string;
  readonly display: boolean;
}

export interface NumberingOptions {
  /** `auto`: rows that LaTeX numbers, and displays with a label. `all`: every display. `none`: tags only. */
  readonly mode: Config['math']['numbering'];
  /** Of the site and of the post's front matter. */
  readonly macros?: Macros;
  /** Whether something else has the label that a formula refers to: a figure, a theorem. */
  readonly isLabel?: (name: string) => boolean;
}

/** A row, or a whole display, as it is to be set. */
export interface RowNumber {
  /** The offset in the formula before what ends the row. */
  readonly end: number;
  /** What stands beside it: `(3)`, `(A)`, `∗`. Missing: nothing. */
  readonly text?: string;
  /** Whether the formula says so itself, by `\tag`. */
  readonly tagged: boolean;
  readonly id?: string;
}

/** All that setting a formula has to know of its numbers. */
export interface FormulaNumbers {
  readonly rows: readonly RowNumber[];
  /** The number of a display without numbered rows. */
  readonly whole?: RowNumber;
  /** Of the whole display: what links to its labels lead to, unless a row with a number has them. */
  readonly id?: string;
}

export interface Label {
  /** As written, NFC: `eq:mvn`. */
  readonly name: string;
  /** The `id` in the page: `eq-mvn`. */
  readonly id: string;
  /** What `\ref` shows: `3`; `\eqref` puts it in brackets. Missing: the equation has no number. */
  readonly text?: string;
  /** Index of the formula, and where in it the label is written. */
  readonly formula: number;
  readonly offset: number;
  readonly length: number;
}

export interface Numbering {
  /** For each formula. */
  readonly formulas: readonly FormulaNumbers[];
  readonly labels: ReadonlyMap<string, Label>;
  /** Duplicate and ambiguous labels, references to nothing; with the index of the formula. */
  readonly faults: readonly (Fault & { readonly formula: number })[];
}

const nothing: FormulaNumbers = { rows: [] };

/** Numbers the formulas of a post, which are given in document order. */
export function numberFormulas(formulas: readonly FormulaSource[], options: NumberingOptions): Numbering {
  const { isLabel = () => false } = options;
  let state = newState(options, new Map());
  let numbered = formulas.map((formula, index) => numberFormula(state, formula, index));
  // `\tag{\ref{eq:x}$'$}`: such a tag has the number of an equation before or behind it, or its tag.
  for (let round = 0; state.isTaggedByReference && round < mostTagsInTags; round++) {
    state = newState(options, state.labels);
    numbered = formulas.map((formula, index) => numberFormula(state, formula, index));
  }
  const { labels, references, tagReferences, faults } = state;
  for (const reference of tagReferences) {
    const isElsewhere = reference.name.includes('#') || isLabel(reference.name);
    const wrong = isElsewhere ? notInTag(reference) : unresolved(reference, labels);
    if (wrong) faults.push({ ...wrong, formula: reference.formula });
  }
  for (const reference of references) {
    const wrong = isLabel(reference.name) ? undefined : unresolved(reference, labels);
    if (wrong) faults.push({ ...wrong, formula: reference.formula });
  }
  return { formulas: numbered, labels, faults };
}

const mostTagsInTags = 4;

function newState({ mode, macros = noMacros }: NumberingOptions, known: State['known']): State {
  return {
    mode,
    known,
    macros,
    count: 0,
    labels: new Map(),
    ids: new Set(),
    references: [],
    tagReferences: [],
    faults: [],
    isTaggedByReference: false,
  };
}

interface State {
  readonly mode: NumberingOptions['mode'];
  /** The labels that are known from the round before. */
  readonly known: ReadonlyMap<string, Label>;
  macros: Macros;
  count: number;
  readonly labels: Map<string, Label>;
  readonly ids: Set<string>;
  /** The `\ref` and `\eqref` inside formulas, with the index of the formula. */
  readonly references: (Mark & { readonly formula: number })[];
  /** Those inside of a `\tag`. */
  readonly tagReferences: (Mark & { readonly formula: number })[];
  readonly faults: (Fault & { readonly formula: number })[];
  isTaggedByReference: boolean;
}

function numberFormula(state: State, { tex, display }: FormulaSource, formula: number): FormulaNumbers {
  const { mode } = state;
  if (!mayHaveRows(tex, state.macros) && !(display && mode === 'all')) return nothing;
  const read = readRows(tex, state.macros);
  state.macros = read.macros;
  state.references.push(...read.references.map((reference) => ({ ...reference, formula })));
  return display ? numberDisplay(state, read, formula) : numberInline(state, read, formula);
}

/** An inline formula has labels at most, and no number. */
function numberInline(state: State, { rows, whole }: Rows, formula: number): FormulaNumbers {
  const id = enterLabels(state, [...whole.labels, ...rows.flatMap((row) => row.labels)], formula);
  return id === undefined ? nothing : { rows: [], id };
}

function numberDisplay(state: State, read: Rows, formula: number): FormulaNumbers {
  const { rows, groups, whole } = read;
  const wholeIsNumbered = isWholeNumbered(read, state.mode);
  // `$$ \label{x} \begin{align}…`: the label means the equation behind it.
  const heir = wholeIsNumbered || whole.tag ? undefined : rows.find((row) => row.tag || row.numbered);
  const parents = groups.map((): Parent => ({ rows: 0 }));
  const numbers = rows.map((row) => {
    const labels = row === heir ? [...whole.labels, ...row.labels] : row.labels;
    const parent = row.group === undefined ? undefined : parents[row.group];
    const numbered = row.numbered && state.mode !== 'none';
    return numberRow(state, { ...row, labels, numbered }, formula, parent);
  });
  const groupIds = groups.map((marks, index) => enterLabels(state, marks, formula, parents[index]?.number));
  const labels = heir ? [] : whole.labels;
  const { id: wholeId, ...number } = numberRow(
    state,
    { ...whole, labels, numbered: wholeIsNumbered },
    formula,
  );
  const id = wholeId ?? groupIds.find(Boolean) ?? numbers.find((row) => row.text === undefined && row.id)?.id;
  return {
    rows: numbers,
    ...(number.text === undefined ? {} : { whole: number }),
    ...(id === undefined ? {} : { id }),
  };
}

/** A `subequations`: its number, once one of its rows has it, and how many have. */
interface Parent {
  number?: string;
  rows: number;
}

/** Gives a row its number, or the text of its tag, and enters its labels. */
function numberRow(
  state: State,
  { end, tag, numbered, labels }: Row,
  formula: number,
  parent?: Parent,
): RowNumber {
  for (const reference of tag?.references ?? []) state.tagReferences.push({ ...reference, formula });
  const bare = tag ? tagText(state, tag.tex) : numbered ? nextNumber(state, parent) : undefined;
  const text = bare === undefined || tag?.bare ? bare : `(${bare})`;
  const id = enterLabels(state, labels, formula, bare);
  return {
    end,
    tagged: tag !== undefined,
    ...(text === undefined ? {} : { text }),
    ...(id === undefined ? {} : { id }),
  };
}

/** `3`, or in `subequations` `3a`, `3b`; behind `3z` LaTeX ends, and `3aa` comes here. */
function nextNumber(state: State, parent: Parent | undefined): string {
  if (!parent) return String(++state.count);
  parent.number ??= String(++state.count);
  let letters = '';
  for (let rest = ++parent.rows; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(97 + ((rest - 1) % 26)) + letters;
  return parent.number + letters;
}

function tagText(state: State, tex: string): string {
  return toPlainText(`\\text{${tex}}`, state.macros, (name, form) => {
    state.isTaggedByReference = true;
    const number = state.known.get(name)?.text;
    return number === undefined ? undefined : equationText(number, form);
  }).text;
}

/** Enters a row's labels; gives the id that they share. */
function enterLabels(
  state: State,
  marks: readonly Mark[],
  formula: number,
  text?: string,
): string | undefined {
  const [first] = marks;
  if (!first) return undefined;
  const id = unusedId(first.name, state.ids);
  for (const mark of marks) {
    if (mark !== first) state.faults.push({ ...ambiguous(mark, first), formula });
    if (state.labels.has(mark.name)) state.faults.push({ ...duplicate(mark), formula });
    else state.labels.set(mark.name, { ...mark, id, formula, ...(text === undefined ? {} : { text }) });
  }
  return id;
}

function isWholeNumbered({ whole, starred, blank }: Rows, mode: NumberingOptions['mode']): boolean {
  if (mode === 'none' || whole.tag || !whole.numbered || blank) return false;
  return whole.labels.length > 0 || (mode === 'all' && !starred);
}

/** `eq:MVN law` gives `eq-mvn-law`; an id that is taken gets a number. */
function unusedId(name: string, taken: Set<string>): string {
  const slug = name
    .replace(/^(?:eq|eqn|equation)[:._-]+/i, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}_]+/gu, '-')
    .replace(/^-|-$/g, '');
  const base = `eq-${slug || 'label'}`;
  let id = base;
  for (let copy = 2; taken.has(id); copy++) id = `${base}-${copy}`;
  taken.add(id);
  return id;
}

function ambiguous(mark: Mark, first: Mark): Fault {
  const message = `the row has two labels, ${first.name} and ${mark.name}`;
  return fault('error', 'math/ambiguous-label', message, range(mark), 'keep one of them');
}

function duplicate(mark: Mark): Fault {
  const message = `another equation of this post has the label ${mark.name}`;
  return fault('error', 'math/duplicate-label', message, range(mark), 'rename one of the two');
}

/** Its text is a number as others are, and has to be known before anything else is. */
function notInTag(mark: Mark): Fault {
  return fault(
    'error',
    'math/unknown-reference',
    `a \\tag cannot refer to ${mark.name}, but only to equations of the same post`,
    range(mark),
    'write the number itself, or refer to it in the text',
  );
}

function unresolved(mark: Mark, labels: ReadonlyMap<string, Label>): Fault | undefined {
  const label = labels.get(mark.name);
  // A label of another post is looked for when all posts are known.
  if (mark.name.includes('#') || label?.text !== undefined) return undefined;
  if (label) {
    const hint = 'take a numbered environment such as align, or give the equation a \\tag';
    return fault(
      'error',
      'math/unnumbered-label',
      `the equation with the label ${mark.name} has no number`,
      range(mark),
      hint,
    );
  }
  const near = nearest(mark.name, [...labels.keys()]);
  const hint =
    near === undefined
      ? `write \\label{${mark.name}} into the equation that is meant`
      : `did you mean ${near}?`;
  return fault(
    'error',
    'math/unknown-reference',
    `no equation of this post has the label ${mark.name}`,
    range(mark),
    hint,
  );
}

function range({ offset, length }: Mark): { start: number; end: number } {
  return { start: offset, end: offset + length };
}
