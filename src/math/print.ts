// KaTeX's tree printed: as KaTeX prints it, with numbers in the MathML, ids, links, and the source as the author wrote
// it. In the same walk the fonts' part is noted: which text stands in which element. KaTeX's own printing, and reading
// its HTML again for that, took longer than parsing the formulas.
import katex from 'katex';
import { escapeHtml } from '../escape.js';
import type { FormulaBox, TextRun } from '../types.js';
import type { FormulaNumbers } from './numbering.js';
import type { ReferenceTarget } from './own-macros.js';

export interface Printed {
  readonly html: string;
  /** Each once. */
  readonly runs: readonly TextRun[];
}

interface Finish {
  /** The formula's source, when KaTeX was given another. */
  readonly tex?: string;
  readonly numbers?: FormulaNumbers | undefined;
  readonly links: readonly ReferenceTarget[];
}

export type Printer = (tree: KatexTree, finish: Finish) => Printed;

/** The address of a link until it is put in. */
export function linkAddress(index: number): string {
  return `${linkStart}${index}`;
}

const linkStart = '#postulate-';

// What of KaTeX's tree is read here. Its other nodes print themselves.

/** The root of a formula, as `katex.__renderToDomTree` gives it. */
export type KatexTree = SpanNode;

type Attributes = Readonly<Record<string, unknown>>;

interface SpanNode {
  readonly classes: readonly string[];
  readonly style: Attributes;
  readonly attributes: Attributes;
  readonly children: readonly VisibleNode[];
}

interface SymbolNode {
  readonly text: string;
  readonly classes: readonly string[];
  readonly style: Attributes;
  /** Italic correction, in em. */
  readonly italic: number;
}

interface OtherNode {
  readonly children?: readonly VisibleNode[];
  readonly toMarkup: () => string;
}

type VisibleNode = SpanNode | SymbolNode | MathNode | OtherNode;

interface MathNode {
  readonly type: string;
  readonly attributes: Attributes;
  readonly classes: readonly string[];
  readonly children: readonly (MathNode | TextNode | OtherNode)[];
}

interface TextNode {
  readonly text: string;
}

const { Span, Anchor, SymbolNode, SvgNode } = (
  katex as unknown as {
    readonly __domTree: Readonly<Record<'Span' | 'Anchor' | 'SymbolNode' | 'SvgNode', new () => object>>;
  }
).__domTree;

interface KnownBox extends FormulaBox {
  /** The start tag, without attributes other than the classes, and without its end. */
  readonly start: string;
  readonly self: KnownRun;
  readonly runs: Map<string, KnownRun>;
  /** Few, and those that come often before the others. */
  readonly children: KnownBox[];
}

interface KnownRun extends TextRun {
  box: FormulaBox;
  /** The last collection that it came into. */
  collection: object | undefined;
  /** The text as an element of its own, if it is one, without any style but `italic`. */
  markup: string;
  italic: number;
}

/** An element of MathML by its name, and those without attributes by the text in them. */
interface KnownElement {
  readonly start: string;
  readonly end: string;
  readonly leaves: Map<string, string>;
}

/** Leaves of one name: numbers are as many as one likes. */
const mostLeaves = 2000;

/** Makes a printer. What it has learnt about KaTeX's classes is kept from formula to formula. */
export function createPrinter(): Printer {
  const ems = new Map<number, string>();
  const properties = new Map<string, string>();
  const elements = new Map<string, KnownElement>();
  const root = makeBox('', [], undefined);
  // Of the formula that is being printed. One list of pieces, since joined step by step they would be a string each.
  let out: string[] = [];
  let runs: TextRun[] = [];
  let finish: Finish = { links: [] };
  let numbers: readonly string[] = [];
  let row = 0;
  let background: string | undefined;
  /** Of the reference at hand, until its text begins. */
  let link: string | undefined;

  const note = (run: KnownRun): void => {
    if (run.collection === runs) return;
    run.collection = runs;
    runs.push(run);
  };

  const noteText = (box: KnownBox, text: string): KnownRun => {
    let run = box.runs.get(text);
    if (!run) {
      run = { box, text, collection: undefined, markup: '', italic: 0 };
      box.runs.set(text, run);
    }
    note(run);
    return run;
  };

  const inside = (parent: KnownBox, tag: 'span' | 'a', classes: readonly string[]): KnownBox => {
    const { children } = parent;
    const [first] = classes;
    for (let index = 0; index < children.length; index++) {
      const child = children[index] as KnownBox;
      if (child.classes[0] !== first || child.tag !== tag || !areSame(child.classes, classes)) continue;
      if (index > 0) {
        children[index] = children[index - 1] as KnownBox;
        children[index - 1] = child;
      }
      note(child.self);
      return child;
    }
    const box = makeBox(tag, [...classes], parent);
    children.push(box);
    note(box.self);
    return box;
  };

  const propertyOf = (key: string): string => {
    let property = properties.get(key);
    if (property === undefined) {
      property = `${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}:`;
      properties.set(key, property);
    }
    return property;
  };

  const em = (length: number): string => {
    let text = ems.get(length);
    if (text === undefined) {
      text = `${+length.toFixed(4)}em`;
      ems.set(length, text);
    }
    return text;
  };

  /** `italic` comes first, in em. */
  const style = (declarations: Attributes, italic: number): void => {
    let isOpen = italic > 0;
    if (isOpen) out.push(' style="margin-right:', em(italic), ';');
    for (const key in declarations) {
      const value = declarations[key];
      if (!value) continue;
      if (!isOpen) out.push(' style="');
      isOpen = true;
      out.push(propertyOf(key), escapeHtml(String(value)), ';');
    }
    if (isOpen) out.push('"');
  };

  const attribute = (name: string, value: unknown): void => {
    out.push(' ', name, '="', escapeHtml(String(value)), '"');
  };

  const visible = (node: VisibleNode, parent: KnownBox): void => {
    if (node instanceof SymbolNode) symbol(node as SymbolNode, parent);
    else if (node instanceof Span) span(node as SpanNode, parent);
    else if (node instanceof Anchor) anchor(node as SpanNode, parent);
    else if ('type' in node) mathml(node);
    else {
      const other = node as OtherNode;
      // A fragment is nothing but its children.
      if (other.children && !(node instanceof SvgNode))
        for (const child of other.children) visible(child, parent);
      else out.push(other.toMarkup());
    }
  };

  const symbol = ({ text, classes, italic, style: declarations }: SymbolNode, parent: KnownBox): void => {
    const isPlain = isEmpty(declarations);
    if (classes.length === 0 && !(italic > 0) && isPlain) {
      if (text !== '') noteText(parent, text);
      out.push(escapeHtml(text));
      return;
    }
    const box = inside(parent, 'span', classes);
    const run = text === '' ? undefined : noteText(box, text);
    if (run && isPlain && run.italic === italic && run.markup !== '') {
      out.push(run.markup);
      return;
    }
    const from = out.length;
    out.push(box.start);
    style(declarations, italic);
    out.push('>', escapeHtml(text), '</span>');
    if (!run || !isPlain) return;
    run.italic = italic;
    run.markup = out.splice(from).join('');
    out.push(run.markup);
  };

  const span = ({ classes, style: declarations, attributes, children }: SpanNode, parent: KnownBox): void => {
    // What a macro has hidden from us gets no number at all, instead of one that is counted in CSS.
    const isCounter = classes.length === 1 && classes[0] === 'eqn-num';
    const box = inside(parent, 'span', isCounter ? [] : classes);
    out.push(box.start);
    // What stands on a background is the next padded box. The style sheet chooses its ink.
    if (background !== undefined && classes.includes('boxpad')) {
      style({ ...declarations, '--background': background }, 0);
      background = undefined;
    } else style(declarations, 0);
    if (declarations.backgroundColor) background = opaque(declarations.backgroundColor);
    for (const name in attributes) attribute(name, attributes[name]);
    out.push('>');
    for (const child of children) visible(child, box);
    out.push('</span>');
  };

  /**
   * The visible HTML is hidden from assistive technology, so a link in it must not take the focus; its twin is in the
   * MathML, inside of a text, where HTML may stand: an `href` of MathML's own no keyboard reaches in Chromium.
   */
  const anchor = (
    { classes, style: declarations, attributes, children }: SpanNode,
    parent: KnownBox,
  ): void => {
    const box = inside(parent, 'a', classes);
    out.push(box.start);
    style(declarations, 0);
    for (const name in attributes) {
      const link = linkOf(name, attributes[name]);
      attribute(name, link ?? attributes[name]);
      if (link !== undefined) out.push(' tabindex="-1"');
    }
    out.push('>');
    for (const child of children) visible(child, box);
    out.push('</a>');
  };

  const linkOf = (name: string, value: unknown): string | undefined =>
    name === 'href' && typeof value === 'string' && value.startsWith(linkStart)
      ? (finish.links[Number(value.slice(linkStart.length))]?.href ?? '')
      : undefined;

  const mathml = (node: MathNode | TextNode | OtherNode): void => {
    if ('type' in node) mathElement(node);
    else if ('text' in node) out.push(escapeHtml(String(node.text)));
    else if (node.children) for (const child of node.children) mathml(child as MathNode);
    // A space. Inside `mo`, HTML ignores the slash of an empty element, and the rest of the page would be hidden MathML.
    else out.push(node.toMarkup().replace(/^<mspace([^>]*)\/>/, '<mspace$1></mspace>'));
  };

  const mathElement = ({ type, attributes, classes, children }: MathNode): void => {
    // KaTeX puts all that `\overset{…}{=}` gives into one `mo`. There HTML parsers expect text, and would take MathML
    // for unknown elements of HTML: such an `mo` becomes an `mrow`.
    const isRow = (type === 'mo' || type === 'mi' || type === 'mn') && beginsWithElement(children);
    const isNumber = type === 'mtd' && classes[0] === 'mml-eqn-num' && children.length === 0;
    const { start, end, leaves } = elementOf(isRow ? 'mrow' : type);
    const only = children.length === 1 && type !== 'annotation' ? children[0] : undefined;
    if (only && !('type' in only) && 'text' in only && classes.length === 0 && !link && hasNone(attributes)) {
      let leaf = leaves.get(only.text);
      if (leaf === undefined) {
        leaf = `${start}>${escapeHtml(String(only.text))}${end}`;
        if (leaves.size < mostLeaves) leaves.set(only.text, leaf);
      }
      out.push(leaf);
      return;
    }
    out.push(start);
    const own = linkOf('href', attributes.href);
    if (own !== undefined) link = own;
    const inside = type === 'mtext' ? link : undefined;
    if (inside !== undefined) link = undefined;
    if (!isRow) {
      for (const key in attributes) if (key !== 'href' || own === undefined) attribute(key, attributes[key]);
      if (classes.length > 0 && !isNumber) out.push(' class="', escapeHtml(classes.join(' ')), '"');
    }
    out.push('>');
    if (inside !== undefined) out.push('<a href="', escapeHtml(inside), '">');
    if (isNumber) numberCell();
    else if (type === 'annotation' && finish.tex !== undefined) out.push(escapeHtml(finish.tex));
    else for (const child of children) mathml(child);
    if (inside !== undefined) out.push('</a>');
    if (own !== undefined) link = undefined;
    out.push(end);
  };

  const elementOf = (name: string): KnownElement => {
    let known = elements.get(name);
    if (!known) {
      known = { start: `<${name}`, end: `</${name}>`, leaves: new Map() };
      elements.set(name, known);
    }
    return known;
  };

  /**
   * KaTeX leaves the cells for numbers of the MathML empty and counts in CSS; a `\tag` in `align` is lost there. The
   * numbers in the HTML are tags already.
   */
  const numberCell = (): void => {
    const text = numbers[row++];
    if (text !== undefined) out.push('<mtext>', escapeHtml(text), '</mtext>');
  };

  return (tree, given) => {
    out = [];
    runs = [];
    finish = given;
    numbers = (given.numbers?.rows ?? []).flatMap(({ text }) => text ?? []);
    row = 0;
    background = undefined;
    const id = given.numbers?.id;
    visible(tree, root);
    if (id !== undefined) out[0] += ` id="${id}"`;
    return { html: out.join(''), runs };
  };
}

/** The runs of several formulas, each once. */
export function distinctRuns(formulas: Iterable<readonly TextRun[]>): readonly TextRun[] {
  const distinct: TextRun[] = [];
  for (const runs of formulas) {
    for (const run of runs as readonly KnownRun[]) {
      if (run.collection === distinct) continue;
      run.collection = distinct;
      distinct.push(run);
    }
  }
  return distinct;
}

function makeBox(tag: string, classes: readonly string[], parent: KnownBox | undefined): KnownBox {
  const self: KnownRun = {
    box: { tag, classes, parent },
    text: '',
    collection: undefined,
    markup: '',
    italic: 0,
  };
  const names = classes.filter(Boolean).join(' ');
  const start = names === '' ? `<${tag}` : `<${tag} class="${escapeHtml(names)}"`;
  const box: KnownBox = { tag, classes, parent, start, self, runs: new Map(), children: [] };
  self.box = box;
  return box;
}

/** A colour, but none through which the page's own is seen: `transparent`, `#rgba` and `#rrggbbaa`. */
function opaque(colour: unknown): string | undefined {
  return /^(?!transparent$|currentcolor$)([a-z]+|#.{3}|#.{6})$/i.exec(String(colour))?.[0];
}

function areSame(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false;
  return true;
}

function hasNone(attributes: Attributes): boolean {
  for (const _ in attributes) return false;
  return true;
}

function isEmpty(style: Attributes): boolean {
  for (const key in style) if (style[key]) return false;
  return true;
}

function beginsWithElement(children: MathNode['children']): boolean {
  const first = children.find((child) => !('text' in child) || child.text !== '');
  if (first === undefined || 'text' in first) return false;
  if ('type' in first || !first.children) return true;
  return beginsWithElement(first.children as MathNode['children']);
}
