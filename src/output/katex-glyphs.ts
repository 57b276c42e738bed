// Which characters of KaTeX's fonts formulas are set in, found by holding KaTeX's style sheet against the elements of
// formulas, as a browser does: cascade, inheritance, choice of a face. Nothing is rendered.
import type { FormulaBox, TextRun } from '../types.js';
import type { Compound, Face, Font, FontRule, KatexStyle } from './katex-style.js';

/**
 * Characters by font file, sorted, each once. A font with no character is there too when an element has it: browsers
 * take the height of lines from it, and fetch it.
 */
export type Glyphs = Readonly<Record<string, string>>;

/** How the style sheet has an element drawn. */
interface Look {
  /** Undefined outside of formulas. */
  readonly font: Font | undefined;
  readonly file: string | undefined;
  /** What the style sheet itself puts into the element. */
  readonly content: string;
}

/** What runs are drawn with: one for all that are drawn with the same. */
interface Drawn {
  readonly file: string | undefined;
  readonly characters: string;
  /** The last call that has met it. */
  call: object | undefined;
}

/** Reads what formulas consist of. What it has learnt about the style sheet is kept from call to call. */
export function glyphReader(style: KatexStyle): (runs: Iterable<TextRun>) => Glyphs {
  const looks = new WeakMap<FormulaBox, Look>();
  const drawnRuns = new WeakMap<TextRun, Drawn>();
  const known = new Map<string, Drawn>();
  const lookOf = (box: FormulaBox): Look => {
    const seen = looks.get(box);
    if (seen) return seen;
    const rules = style.rules.filter(({ selector }) => matches(selector, 0, box));
    const outer = box.parent && lookOf(box.parent);
    const font = inPageFont(box.classes) ? undefined : inherit(outer?.font, rules);
    const file = font && faceFor(font, style.faces)?.file;
    const look = { font, file, content: rules.map(({ content }) => content).join('') };
    looks.set(box, look);
    return look;
  };
  const drawnOf = (run: TextRun) => {
    const { file, content } = lookOf(run.box);
    const characters = charactersOf(run.text === '' ? content : run.text);
    const name = `${file} ${characters}`;
    const drawn = known.get(name) ?? { file, characters, call: undefined };
    known.set(name, drawn);
    drawnRuns.set(run, drawn);
    return drawn;
  };
  return (runs) => {
    const found = new Map<string, Set<string>>();
    for (const run of runs) {
      const drawn = drawnRuns.get(run) ?? drawnOf(run);
      if (drawn.call === found || drawn.file === undefined) continue;
      drawn.call = found;
      add(found, drawn.file, drawn.characters);
    }
    return toGlyphs(found);
  };
}

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

function matches(selector: readonly Compound[], index: number, element: FormulaBox): boolean {
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

/**
 * The characters that text is drawn with. Where a font lacks é, browsers put it together, and the other way round; for
 * what the join fills in (`FormulaHole`) it needs what numbers consist of.
 */
function charactersOf(text: string): string {
  const shown = text.replace(/[\u{f0000}-\u{ffffd}]/gu, '(0123456789.)');
  return [...new Set(shown + shown.normalize('NFD') + shown.normalize('NFC'))].join('');
}
