// Which characters of KaTeX's fonts formulas are set in, found by walking KaTeX's HTML with KaTeX's own style
// sheet, as a browser does: cascade, inheritance, choice of a face. Nothing is rendered.
import type { Compound, Face, Font, FontRule, KatexStyle } from './katex-style.js';

/**
 * Characters by font file, sorted, each once. A font with no character is there too when an element has it: browsers
 * take the height of lines from it, and fetch it.
 */
export type Glyphs = Readonly<Record<string, string>>;

/** An element of a formula. Equal paths are one value, so that each is looked up in the style sheet once. */
interface Element {
  readonly tag: string;
  readonly classes: readonly string[];
  readonly parent: Element | undefined;
  /** Undefined outside of formulas. */
  readonly font: Font | undefined;
  readonly file: string | undefined;
  readonly content: string;
  readonly children: Map<string, Element>;
}

/** Reads formulas as KaTeX's HTML. What it has learnt about the style sheet is kept from call to call. */
export function glyphReader(style: KatexStyle): (formulas: Iterable<string>) => Glyphs {
  const root: Element = {
    tag: '',
    classes: [],
    parent: undefined,
    font: undefined,
    file: undefined,
    content: '',
    children: new Map(),
  };
  return (formulas) => {
    const found: Texts = new Map();
    for (const html of formulas) read(html, root, style, found);
    const characters = new Map<string, Set<string>>();
    for (const [file, texts] of found) {
      add(characters, file, '');
      for (const text of texts) add(characters, file, drawn(text));
    }
    return toGlyphs(characters);
  };
}

/** Texts by font file. Most are single letters, so there are few of them. */
type Texts = Map<string, Set<string>>;

/** The characters of several pages together. */
export function mergeGlyphs(pages: Iterable<Glyphs>): Glyphs {
  const found = new Map<string, Set<string>>();
  for (const glyphs of pages) {
    for (const [file, characters] of Object.entries(glyphs)) add(found, file, characters);
  }
  return toGlyphs(found);
}

function toGlyphs(found: ReadonlyMap<string, ReadonlySet<string>>): Glyphs {
  const files = [...found.keys()].sort();
  return Object.fromEntries(files.map((file) => [file, [...(found.get(file) ?? [])].sort().join('')]));
}

function add(found: Map<string, Set<string>>, file: string, characters: string): void {
  const known = found.get(file) ?? new Set();
  found.set(file, known);
  for (const character of characters) known.add(character);
}

/** Adds the texts of a formula, as they are written, to those of the fonts that they are set in. */
function read(html: string, root: Element, style: KatexStyle, found: Texts): void {
  let element = root;
  let texts = textsOf(found, element);
  for (let at = 0; at < html.length; ) {
    if (html.charCodeAt(at) !== lessThan) {
      const end = indexOr(html, '<', at);
      texts?.add(html.slice(at, end));
      at = end;
    } else if (html.charCodeAt(at + 1) === slash) {
      element = element.parent ?? root;
      texts = textsOf(found, element);
      at = indexOr(html, '>', at) + 1;
    } else if (html.startsWith('<math', at)) {
      // MathML is not drawn.
      at = indexOr(html, '</math>', at) + '</math>'.length;
    } else {
      const end = indexOr(html, '>', at) + 1;
      if (html.charCodeAt(end - 2) !== slash) {
        element = open(element, html, at, end, style);
        texts = textsOf(found, element);
        if (element.content !== '') texts?.add(element.content);
      }
      at = end;
    }
  }
}

const lessThan = '<'.charCodeAt(0);
const slash = '/'.charCodeAt(0);

function indexOr(html: string, searched: string, at: number): number {
  const index = html.indexOf(searched, at);
  return index < 0 ? html.length : index;
}

function textsOf(found: Texts, { file }: Element): Set<string> | undefined {
  if (file === undefined) return undefined;
  const texts = found.get(file) ?? new Set();
  if (texts.size === 0) found.set(file, texts);
  return texts;
}

const spanStart = '<span class="';

/** The element of the tag from `start` to `end`; tags that differ only in their styles are one. */
function open(parent: Element, html: string, start: number, end: number, style: KatexStyle): Element {
  const isSpan = html.startsWith(spanStart, start);
  const key = isSpan
    ? html.slice(start + spanStart.length, html.indexOf('"', start + spanStart.length))
    : html.slice(start, end).replace(/ (?!class=)[\w:-]+="[^"]*"/g, '');
  const known = parent.children.get(key);
  if (known) return known;
  const own = copyOf(key);
  const [, name = '', list = ''] = isSpan
    ? ['', 'span', own]
    : (/^<(\w+)(?:[^>]*? class="([^"]*)")?/.exec(own) ?? []);
  const place = { tag: name, classes: list.split(/\s+/), parent };
  const rules = style.rules.filter(({ selector }) => matches(selector, 0, place));
  const font = inPageFont(place.classes) ? undefined : inherit(parent.font, rules);
  const element: Element = {
    ...place,
    font,
    file: font && faceFor(font, style.faces)?.file,
    content: rules.map(({ content }) => content).join(''),
    children: new Map(),
  };
  parent.children.set(own, element);
  return element;
}

/** A piece of a string keeps all of it in memory: what stays has to be a string of its own. */
function copyOf(piece: string): string {
  return [...piece].join('');
}

/** Letters for which KaTeX has no glyphs: the theme gives them the page's font. */
function inPageFont(classes: readonly string[]): boolean {
  return classes.includes('hangul_fallback') || classes.includes('cjk_fallback');
}

function inherit(parent: Font | undefined, rules: readonly FontRule[]): Font | undefined {
  const {
    family,
    slope = 'normal',
    weight = 'normal',
  }: Partial<Font> = Object.assign({}, parent, ...rules.map(({ font }) => font));
  return family ? { family, slope, weight } : undefined;
}

/** The face that a browser takes: the slope is decided first, then the weight (CSS Fonts 4, section 5.2). */
function faceFor({ family, slope, weight }: Font, faces: readonly Face[]): Face | undefined {
  const inFamily = faces.filter((face) => face.family === family);
  const sloped = inFamily.filter((face) => face.slope === slope);
  const candidates = sloped.length > 0 ? sloped : inFamily;
  return candidates.find((face) => face.weight === weight) ?? candidates[0];
}

type Position = Pick<Element, 'tag' | 'classes' | 'parent'>;

function matches(selector: readonly Compound[], index: number, element: Position): boolean {
  const compound = selector[index];
  if (compound === undefined) return true;
  if (compound.tag && compound.tag !== element.tag) return false;
  if (!compound.classes.every((name) => element.classes.includes(name))) return false;
  if (index + 1 === selector.length) return true;
  for (let outer = element.parent; outer; outer = outer.parent) {
    if (matches(selector, index + 1, outer)) return true;
    if (compound.child) return false;
  }
  return false;
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', nbsp: '\u00a0' };

/** The characters that text is drawn with. Where a font lacks é, browsers put it together, and the other way round. */
function drawn(text: string): string {
  const plain = text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name) return entities[name] ?? whole;
    return String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal));
  });
  return plain + plain.normalize('NFD') + plain.normalize('NFC');
}
