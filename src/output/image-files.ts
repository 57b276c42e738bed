// What is made of one image: the original without what the camera noted, smaller files of it, and for a cover
// the picture that other sites show. Nothing is made larger, neither in pixels nor in bytes.
import { basename, extname } from 'node:path/posix';
import type { Asset, ImageSource, OutputFile } from '../types.js';
import { withHash } from './assets.js';
import { type ImageFormat, withoutMetadata } from './image-bytes.js';
import type { Encoding, ImageFacts, ImageTool } from './sharp.js';

/** An image to make files of. */
export interface Model {
  readonly asset: Asset;
  readonly content: Buffer;
  readonly format: ImageFormat;
  /** Is made of pixels, and does not move. */
  readonly isPicture: boolean;
  /** Is shown on cards. */
  readonly isCover: boolean;
  /** Is shown by other sites. */
  readonly hasPreview: boolean;
}

export interface ImageFiles {
  readonly asset: Asset;
  /** The original as it is published. */
  readonly content: Buffer;
  readonly files: readonly OutputFile[];
}

/** The text's column is up to 650 pixels wide, of which dense screens make two or three each. */
const widths = [480, 720, 1080, 1440];

/** For cards. */
const cardWidth = 320;

/** What sites that show previews recommend. */
const previewWidth = 1200;

/** In bytes: of what is smaller, a `<picture>` would be longer than what it saves. */
const worthIt = 1024;

/** No side of a WebP can be longer, nor that of an AVIF which sharp makes. */
const longestSide = 16_383;

/** Drawings, which mostly are PNG, show losses sooner than photos do. */
const qualities = { webp: { drawing: 90, photo: 80 }, avif: { drawing: 65, photo: 60 } };

type Encode = (format: Encoding['format'], width: number, quality: number) => Promise<Buffer>;

/** Makes all files of an image. Throws what the tool throws: that the image cannot be read. */
export async function makeImageFiles(model: Model, tool: ImageTool): Promise<ImageFiles> {
  const { asset, content, isPicture, isCover, hasPreview } = model;
  const facts = await tool.inspect(content);
  const heightAt = (width: number) => Math.max(1, Math.round((width * facts.height) / facts.width));
  const encode: Encode = (format, width, quality) =>
    tool.encode(content, { format, width, height: heightAt(width), quality });

  const original = await makeOriginal(model, facts, encode);
  const fits = (width: number) => Math.max(width, heightAt(width)) <= longestSide;
  const wanted = isPicture ? widthsOf(facts.width, isCover).filter(fits) : [];
  const sources = await makeSources(model, wanted, original.length, encode);

  const preview = hasPreview ? await makePreview(model, facts, encode) : undefined;
  return {
    asset: {
      ...asset,
      ...(isPicture && { width: facts.width, height: facts.height }),
      ...(sources.length > 0 && { sources: sources.map(({ source }) => source) }),
      ...(preview && {
        preview: { output: preview.file.path, width: preview.width, height: heightAt(preview.width) },
      }),
    },
    content: original,
    files: [...sources.flatMap(({ files }) => files), ...(preview ? [preview.file] : [])],
  };
}

/** Upright and without metadata. Pixels are made anew only where they must be turned, or cannot be kept. */
async function makeOriginal(
  { content, format, isPicture }: Model,
  { width, isTurned, hasMetadata }: ImageFacts,
  encode: Encode,
): Promise<Buffer> {
  if (!isPicture || format === 'gif' || format === 'svg') return content;
  if (isTurned || (format === 'avif' && hasMetadata)) return encode(format, width, 85);
  return withoutMetadata(content);
}

/** From narrow to wide; the widest is the original's own width, where that is not too much. */
function widthsOf(width: number, isCover: boolean): number[] {
  const widest = Math.min(width, widths.at(-1) ?? width);
  // What is nearly as wide as the next is not worth a file.
  return [...(isCover ? [cardWidth] : []), ...widths].filter((one) => one < 0.95 * widest).concat(widest);
}

interface MadeSource {
  readonly source: ImageSource;
  readonly files: readonly OutputFile[];
}

/**
 * A browser takes the first source that it knows, and of it what fits the screen. So each format has to be smaller
 * than the next at its widest, or it is left out as a whole, and each file smaller than the wider ones.
 */
async function makeSources(
  { asset, format }: Model,
  wanted: readonly number[],
  originalSize: number,
  encode: Encode,
): Promise<readonly MadeSource[]> {
  if (originalSize < worthIt) return [];
  const sources: MadeSource[] = [];
  let limit = originalSize;
  for (const to of ['webp', 'avif'] as const) {
    const quality = qualities[to][format === 'png' ? 'drawing' : 'photo'];
    const made: { readonly width: number; readonly file: OutputFile }[] = [];
    for (const width of wanted.toReversed()) {
      const content = await encode(to, width, quality);
      const smallest = made[0]?.file.content.length ?? limit;
      if (content.length < smallest) made.unshift({ width, file: named(asset, `${width}`, to, content) });
      else if (made.length === 0) break;
    }
    const widest = made.at(-1);
    if (widest === undefined) continue;
    limit = widest.file.content.length;
    const files = made.map(({ width, file }) => ({ output: file.path, width }));
    sources.unshift({ source: { type: `image/${to}`, files }, files: made.map(({ file }) => file) });
  }
  return sources;
}

/** Drawings of vectors have no width of their own that would be too small. */
async function makePreview({ asset, format }: Model, facts: ImageFacts, encode: Encode) {
  const width = format === 'svg' ? previewWidth : Math.min(previewWidth, facts.width);
  return { width, file: named(asset, 'preview', 'jpg', await encode('jpeg', width, 85)) };
}

/** A file whose name says what it is, in characters that need no care in an address. */
function named({ path }: Asset, part: string, ending: string, content: Buffer): OutputFile {
  const stem = basename(path, extname(path));
  const plain = [...stem.replace(/[^\p{L}\p{N}]+/gu, '-')].slice(0, 40).join('');
  return { path: withHash(`assets/images/${plain}-${part}.${ending}`, content), content };
}
