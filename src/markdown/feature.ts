// What a Markdown construct may bring along, and what it is given while one post is rendered.
import type { Root as HastRoot } from 'hast';
import type { Root as MdastRoot } from 'mdast';
import type { Extension as FromMarkdownExtension } from 'mdast-util-from-markdown';
import type { Handlers } from 'mdast-util-to-hast';
import type { Extension as MicromarkExtension } from 'micromark-util-types';
import type { Bibliography } from '../bibliography/cite.js';
import type { Code } from '../diagnostic.js';
import type { FormulaResult } from '../math/katex.js';
import type { Macros } from '../math/macros.js';
import type { PlainText } from '../math/plain-text.js';
import type { Printer } from '../math/print.js';
import type { Config, Fix, Hole, Place, Post, Severity, TextHole, TextRun, WrittenMacro } from '../types.js';
import type { Surroundings } from './inline.js';
import type { Labels } from './labels.js';

/** One construct. The parts run in the order of the fields; within a part, in the order of `features.ts`. */
export interface Feature {
  readonly name: string;
  /**
   * What is in every text that holds the construct, and in few others. Where it is missing, `syntax` and `tree` are
   * left out of the parser; so it has to be sure. Without `g` and `y`.
   */
  readonly needs?: RegExp;
  /** Characters to tokens: the same for all texts, which is faster, or for a text that is given. */
  readonly syntax?: MicromarkExtension | ((options: RenderOptions, text: string) => MicromarkExtension);
  /** Whether `at-once/` knows the constructs of `syntax`. A text that may hold others is micromark's, which is slower. */
  readonly isKnownAtOnce?: true;
  /** Tokens to the Markdown tree. */
  readonly tree?: FromMarkdownExtension;
  /** Changes the Markdown tree. */
  readonly transform?: (tree: MdastRoot, context: Context) => void;
  /** Markdown nodes to HTML nodes. */
  readonly handlers?: (context: Context) => Handlers;
  /** Changes the HTML tree, raw HTML of the author included, before it is sanitised. */
  readonly finish?: (tree: HastRoot, context: Context) => void;
}

/** Everything beside the post that its HTML depends on: part of the cache's key. */
export interface RenderOptions {
  readonly markdown: Config['markdown'];
  readonly math: Config['math'];
  /** Macros of the site. */
  readonly macros: Macros;
  /** Interface texts of the post's language. */
  readonly texts: Readonly<Record<string, string>>;
  /** Whether theorems, lemmas and the like count together or each on their own. */
  readonly theorems: 'own' | 'shared';
  /** What the post can cite. */
  readonly bibliography?: Bibliography;
  /** Shows formulas that KaTeX refuses as text, with a warning, instead of failing. */
  readonly draftMath: boolean;
  /** Looks closer, for `check`. */
  readonly lint: boolean;
  /** Whether somebody asks for the post's readable text. */
  readonly searchable: boolean;
  /** Present when the post has code. */
  readonly highlight?: Highlighter;
  /** Formulas of this post and others; nothing depends on it. */
  readonly formulas?: FormulaMemo;
  /** One that has printed formulas of other posts is faster. */
  readonly print?: Printer;
}

/** Formulas as they have been set, by everything that they depend on. Half of those of a site come more than once. */
export interface FormulaMemo {
  readonly get: (key: string) => SetFormula | undefined;
  readonly set: (key: string, formula: SetFormula) => void;
}

export interface SetFormula {
  readonly result: FormulaResult;
  readonly text: () => PlainText;
}

/** Turns source code into HTML, line by line, or says that the language is not known. */
export type Highlighter = (code: string, language: string) => readonly string[] | undefined;

/** Something that stands in the HTML as a placeholder until sanitising is over. */
export interface Reserved {
  /** What comes into the page: HTML of our own making, or a hole that the join fills. */
  readonly content: string | Hole;
  readonly forms?: ReadableForms | LateForms;
}

/** Makes forms that are seldom asked for, one at a time. */
export type LateForms = (form: keyof ReadableForms) => string | undefined;

/** How something reads where only text fits, in ids, and on a card (HTML). */
export interface ReadableForms {
  /** That of a reference may be found later. */
  text: string;
  /** The text where it depends on other posts: U+F0000 + n for the n-th of the content's references. */
  readonly openText?: string;
  readonly idText: string;
  readonly excerptHtml: string;
}

export interface Context {
  readonly post: Post;
  readonly options: RenderOptions;
  /** The body, as it is in the file. */
  readonly body: string;
  readonly reserve: (content: Reserved['content'], forms?: ReadableForms | LateForms) => string;
  readonly reserved: readonly Reserved[];
  /** What texts that have been read leave to the join. */
  readonly textHoles: TextHole[];
  /** Delimits placeholders: a character that the post has nowhere. */
  readonly mark: string;
  readonly place: (node: { position?: NodePosition | undefined }, length?: number) => Place;
  readonly labels: Labels;
  /** Citations so far, with the ids that the list of references links back to. */
  readonly cited: { readonly key: string; readonly id?: string }[];
  readonly lint: Lint;
  readonly work: Work;
  readonly report: (severity: Severity, code: Code, message: string, place: Place, hint?: string) => void;
  /** Parses Markdown inside an attribute, such as a caption. */
  readonly parseInline: (text: string, surroundings: Surroundings) => MdastRoot;
}

/** Counted while a post is rendered. */
export interface Work {
  /** Formulas that KaTeX was asked for; others were known. */
  katexCalls: number;
  /** What is in the formulas so far. */
  readonly runs: (readonly TextRun[])[];
}

/** Collected while a post is rendered for `check`. */
export interface Lint {
  readonly usedLabels: Set<string>;
  readonly usedMacros: Set<string>;
  /** Those that formulas define. */
  readonly macros: WrittenMacro[];
  readonly fixes: Fix[];
}

interface NodePosition {
  readonly start: { readonly line: number; readonly column: number };
}
