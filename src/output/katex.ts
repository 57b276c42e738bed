// KaTeX's style sheet and fonts, from the very package that sets the formulas: its classes change between versions.
// Their names carry a hash of what is in them. Only woff2: every browser that the theme supports reads it.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { diagnostic } from '../diagnostic.js';
import type { Diagnostic, OutputFile, TextRun } from '../types.js';
import { withHash } from './assets.js';
import { cutFonts, type Subsetter } from './fonts.js';
import { type Glyphs, glyphReader } from './katex-glyphs.js';
import { type KatexStyle, parseKatexStyle, printKatexStyle } from './katex-style.js';

/** The installed KaTeX, as far as pages need it. */
export interface Katex {
  readonly folder: string;
  readonly style: KatexStyle;
  /** The characters that formulas need of each font. */
  readonly glyphsOf: (runs: Iterable<TextRun>) => Glyphs;
}

export async function loadKatex(): Promise<Katex> {
  const path = createRequire(import.meta.url).resolve('katex/dist/katex.min.css');
  const style = parseKatexStyle(await readFile(path, 'utf8'));
  return { folder: dirname(path), style, glyphsOf: glyphReader(style) };
}

export interface KatexFiles {
  readonly files: readonly OutputFile[];
  /** Site path of the style sheet. */
  readonly style: string;
  /** Site paths of the fonts that a page with these glyphs needs at once. */
  readonly preload: (glyphs: Glyphs) => readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface KatexFilesOptions {
  /** All glyphs of the site. */
  readonly glyphs: Glyphs;
  /** `full`: every font, uncut. */
  readonly fonts: 'subset' | 'full';
  /** Where cut fonts are kept between builds; nowhere if undefined. */
  readonly cacheFolder: string | undefined;
  readonly subset?: Subsetter;
}

/**
 * What a site with formulas ships: KaTeX's style sheet and the fonts in use, cut to the glyphs in use. Where they
 * cannot be cut they are shipped whole, with a warning.
 */
export async function katexFiles(katex: Katex, options: KatexFilesOptions): Promise<KatexFiles> {
  const names = katex.style.faces
    .map(({ file }) => file)
    .filter((file) => options.fonts === 'full' || Object.hasOwn(options.glyphs, file));
  const { fonts, diagnostics } = await cut(katex, names, options);
  const files = names.map((name, index) => {
    const content = fonts[index] as Buffer;
    return { name, path: withHash(`${base}/${name}`, content), content };
  });
  const addresses = new Map(files.map(({ name, path }) => [name, path.slice(base.length + 1)]));
  const style = Buffer.from(printKatexStyle(katex.style, addresses));
  const stylePath = withHash(`${base}/katex.css`, style);
  return {
    files: [{ path: stylePath, content: style }, ...files.map(({ path, content }) => ({ path, content }))],
    style: `/${stylePath}`,
    preload: (glyphs) =>
      files.filter(({ name }) => Object.hasOwn(glyphs, name)).map(({ path }) => `/${path}`),
    diagnostics,
  };
}

const base = 'assets/katex';

async function cut(
  katex: Katex,
  names: readonly string[],
  options: KatexFilesOptions,
): Promise<{ fonts: readonly Buffer[]; diagnostics: readonly Diagnostic[] }> {
  const read = (name: string) => readFile(join(katex.folder, 'fonts', name));
  const whole = () => Promise.all(names.map(read));
  if (options.fonts === 'full') return { fonts: await whole(), diagnostics: [] };
  try {
    // What is cut are the same fonts before they were compressed.
    const uses = names.map(async (name) => ({
      name,
      font: await read(name.replace(/woff2$/, 'ttf')),
      characters: options.glyphs[name] ?? '',
    }));
    const fonts = await cutFonts(await Promise.all(uses), options.cacheFolder, options.subset);
    return { fonts, diagnostics: [] };
  } catch (error) {
    return { fonts: await whole(), diagnostics: [uncut(error)] };
  }
}

function uncut(error: unknown): Diagnostic {
  const [reason] = String(error instanceof Error ? error.message : error).split('\n');
  return diagnostic(
    'warning',
    'fonts/uncut',
    `KaTeX’s fonts cannot be cut to the glyphs in use and are shipped whole: ${reason}`,
    undefined,
    'pages are only heavier for it; write fonts: full into site.yaml if that is meant',
  );
}
