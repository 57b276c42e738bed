// KaTeX's style sheet, read as data: which fonts it brings, and which classes set text in which of them. Only the
// selectors that KaTeX uses for fonts are understood: classes, a tag, descendants and children.

/** KaTeX's style sheet, and what it says about fonts. */
export interface KatexStyle {
  readonly text: string;
  readonly faces: readonly Face[];
  /** In the order in which they apply: a later one wins. */
  readonly rules: readonly FontRule[];
}

/** One `@font-face`. */
export interface Face extends Font {
  /** `KaTeX_Main-Regular.woff2` */
  readonly file: string;
}

export interface Font {
  readonly family: string;
  readonly slope: 'normal' | 'italic';
  readonly weight: 'normal' | 'bold';
}

/** What a selector says about the font of an element, or the text that it puts before or after its contents. */
export interface FontRule {
  /** From the element itself outwards. */
  readonly selector: readonly Compound[];
  readonly font: Partial<Font>;
  /** Every character that the generated text can have. */
  readonly content: string;
}

export interface Compound {
  readonly tag?: string;
  readonly classes: readonly string[];
  /** Whether the next one outwards is the parent, and not just any ancestor. */
  readonly child: boolean;
}

/** Reads the style sheet. It is KaTeX's own, minified: no at-rules around rules, no comments, no escapes. */
export function parseKatexStyle(text: string): KatexStyle {
  const blocks = [...text.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, head = '', body = '']) => ({
    head,
    body,
  }));
  const faces = blocks.filter(({ head }) => head === '@font-face').flatMap(({ body }) => parseFace(body));
  const rules = blocks
    .filter(({ head }) => !head.startsWith('@'))
    .flatMap(({ head, body }) => parseRule(head, body));
  return { text, faces, rules: rules.toSorted((a, b) => specificity(a) - specificity(b)) };
}

function parseFace(body: string): Face[] {
  const { family, slope = 'normal', weight = 'normal' } = parseFont(body);
  const file = /url\(fonts\/([\w-]+\.woff2)\)/.exec(body)?.[1];
  return family && file ? [{ family, slope, weight, file }] : [];
}

function parseRule(head: string, body: string): FontRule[] {
  const font = parseFont(body);
  const content = parseContent(body);
  if (Object.keys(font).length === 0 && content === '') return [];
  return head.split(',').map((selector) => ({ selector: parseSelector(selector), font, content }));
}

/** The font that declarations set; only KaTeX's own families count, because only they are shipped. */
function parseFont(body: string): Partial<Font> {
  const font: { -readonly [Key in keyof Font]?: Font[Key] } = {};
  for (const declaration of body.split(';')) {
    const [property = '', value = ''] = declaration.split(/:(.*)/s);
    const family = /KaTeX_\w+/.exec(value)?.[0];
    const isShorthand = property === 'font';
    if (family && (isShorthand || property === 'font-family')) font.family = family;
    if (isShorthand || property === 'font-style') font.slope = /\bitalic\b/.test(value) ? 'italic' : 'normal';
    if (isShorthand || property === 'font-weight')
      font.weight = /\b(?:700|bold)\b/.test(value) ? 'bold' : 'normal';
  }
  return font;
}

/** `"(" counter(katexEqnNo) ")"` can show parentheses and every digit. */
function parseContent(body: string): string {
  const value = /(?:^|;)content:([^;]*)/.exec(body)?.[1] ?? '';
  const texts = [...value.matchAll(/"([^"]*)"/g)].map(([, quoted]) => quoted);
  return texts.join('') + (value.includes('counter(') ? '0123456789' : '');
}

function parseSelector(selector: string): Compound[] {
  const outwards = selector
    .trim()
    .split(/(?=[ >])/)
    .toReversed();
  return outwards.map((part) => {
    const [, combinator, tag, classes = '', rest] = /^([ >]?)(\w*)((?:\.[\w-]+)*)(.*)$/s.exec(part) ?? [];
    if (rest !== '' && !/^::?(?:before|after)$/.test(rest ?? '')) {
      throw new Error(`KaTeX’s style sheet has a selector for fonts that is not understood: ${selector}`);
    }
    return { ...(tag ? { tag } : {}), classes: classes.split('.').slice(1), child: combinator === '>' };
  });
}

/** Classes count more than tags; equal rules keep their order. */
function specificity({ selector }: FontRule): number {
  return selector.reduce((sum, { tag, classes }) => sum + classes.length * 100 + (tag ? 1 : 0), 0);
}

/**
 * The style sheet with woff2 fonts alone, and only those that `addresses` names: by file, what to write into `url()`.
 * `font-display: block` is left as KaTeX has it: another font would not only look different, it would lack the
 * pieces of large brackets and show ℒ as L, so for the moment that a preloaded font takes nothing is better.
 */
export function printKatexStyle({ text }: KatexStyle, addresses: ReadonlyMap<string, string>): string {
  return text.replace(/@font-face\{[^}]*\}/g, (block) => {
    const file = /url\(fonts\/([\w-]+\.woff2)\)/.exec(block)?.[1] ?? '';
    const address = addresses.get(file);
    return address === undefined ? '' : block.replace(/src:[^;}]*/, `src:url(${address}) format("woff2")`);
  });
}
