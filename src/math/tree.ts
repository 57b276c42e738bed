// Tokens of formulas to nodes of the Markdown tree: `math` and `inlineMath` as remark-math names them.
import type { Data, Literal, Root } from 'mdast';
import type { CompileContext, Extension, Handle } from 'mdast-util-from-markdown';
import type { Token } from 'micromark-util-types';
import { foreignCharacters } from './escapes.js';
import { joinPieces, type Piece, type SourceMap } from './source.js';
import './tokens.js';

export interface FormulaData extends Data {
  /** Where the formula's characters stand; read it with `pointAt`. */
  source: SourceMap;
  /** Whether it is set as a display. Always true for `math`. */
  readonly display: boolean;
  /** What stands for the formula once it has been set. */
  placeholder: string;
  /** Nothing is shown: it only defines macros. */
  isBlank?: true;
}

/** A formula with its lines to itself. A `.`, `,` or `;` after it has become its last character. */
export interface DisplayMath extends Literal {
  type: 'math';
  data: FormulaData;
}

/** A formula in a sentence, a heading or a table. */
export interface InlineMath extends Literal {
  type: 'inlineMath';
  data: FormulaData;
}

/** A delimiter of a formula that nothing closes. It stays in the tree as text. */
export interface UnclosedMath {
  /** Where it stands in the text that was parsed. */
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly message: string;
  readonly hint: string;
}

declare module 'mdast' {
  interface BlockContentMap {
    math: DisplayMath;
  }
  interface RootContentMap {
    math: DisplayMath;
    inlineMath: InlineMath;
  }
  interface PhrasingContentMap {
    inlineMath: InlineMath;
  }
  interface RootData {
    unclosedMath?: UnclosedMath[];
  }
}

declare module 'mdast-util-from-markdown' {
  interface CompileData {
    mathPieces?: Piece[];
    mathPunctuation?: Piece | undefined;
    mathLabel?: Piece | undefined;
    inTable?: boolean | undefined;
  }
}

/** The extension of mdast-util-from-markdown for the tokens of `mathSyntax`. */
export function mathFromMarkdown(): Extension {
  return {
    enter: { math: enterMath, inlineMath: enterInlineMath, mathUnclosed: enterUnclosed },
    exit: {
      mathOption: exitOption,
      mathData: exitPiece,
      mathPunctuation: exitPunctuation,
      mathLabel: exitLabel,
      math: exitFormula,
      inlineMath: exitFormula,
      mathUnclosed: exitUnclosed,
    },
  };
}

/** The delimiters without a partner in a tree, in their order: errors. */
export function unclosedMath(tree: Root): readonly UnclosedMath[] {
  return tree.data?.unclosedMath ?? [];
}

const enterMath: Handle = function (token) {
  begin(this);
  this.enter({ type: 'math', value: '', data: { source: [], display: true, placeholder: '' } }, token);
};

const enterInlineMath: Handle = function (token) {
  begin(this);
  // An image keeps of its text only the characters: with the delimiters `scanMath` finds the formula again.
  const inImage = this.stack.some((node) => node.type === 'image');
  const display = token._formula?.display ?? false;
  this.enter(
    inImage
      ? { type: 'text', value: this.sliceSerialize(token) }
      : { type: 'inlineMath', value: '', data: { source: [], display, placeholder: '' } },
    token,
  );
};

const exitPiece: Handle = function (token) {
  this.data.mathPieces?.push(pieceOf(this, token));
};

/** `:label: name` is `\label{name}`, and each part of it stands where it is written. */
const exitOption: Handle = function (token) {
  const { text, line, column } = pieceOf(this, token);
  const [name = ''] = /\S+$/.exec(text) ?? [];
  const end = column + text.length;
  this.data.mathPieces?.push(
    { text: '\\label{', line, column },
    { text: name, line, column: end - name.length },
    { text: '}', line, column: end },
  );
};

const exitPunctuation: Handle = function (token) {
  this.data.mathPunctuation = pieceOf(this, token);
};

const exitLabel: Handle = function (token) {
  this.data.mathLabel = pieceOf(this, token);
};

function begin({ data }: CompileContext): void {
  data.mathPieces = [];
  data.mathPunctuation = undefined;
  data.mathLabel = undefined;
}

function pieceOf(context: CompileContext, token: Token): Piece {
  return { text: context.sliceSerialize(token), line: token.start.line, column: token.start.column };
}

const exitFormula: Handle = function (token) {
  const node = this.stack.at(-1);
  if (node?.type === 'math' || node?.type === 'inlineMath') {
    const delimiter = token._formula?.delimiter ?? '$';
    const inTable = this.data.inTable ?? false;
    const { value, source } = joinPieces(
      {
        pieces: this.data.mathPieces ?? [],
        punctuation: this.data.mathPunctuation,
        label: this.data.mathLabel,
      },
      (text) => foreignCharacters(text, delimiter, inTable),
      { line: token.start.line, column: token.start.column },
    );
    node.value = value;
    node.data.source = source;
  }
  this.exit(token);
};

const enterUnclosed: Handle = function (token) {
  const unclosed = token._unclosed;
  const root = this.stack[0];
  // In a table `$$` alone is a price range.
  if (unclosed && root?.type === 'root' && !(unclosed.isWord && this.data.inTable)) {
    root.data ??= {};
    root.data.unclosedMath ??= [];
    root.data.unclosedMath.push({
      line: token.start.line,
      column: token.start.column,
      length: unclosed.delimiter.length,
      message: `this ${unclosed.delimiter} is never closed`,
      hint: unclosed.hint,
    });
  }
  this.config.enter.data?.call(this, token);
};

const exitUnclosed: Handle = function (token) {
  this.config.exit.data?.call(this, token);
};
