// The HTML of an image: an `<img>` with the size of its file, so that the page does not move when it arrives, and
// a `<picture>` round it where there are smaller files of it.
import { escapeHtml } from '../escape.js';
import type { Asset, ImageHole, ImageSource } from '../types.js';

/** `source` is its address, `asset` its file if it is one of this site; `address` gives that of other files. */
export function imageHtml(
  hole: ImageHole,
  source: string,
  asset: Asset | undefined,
  address: (output: string) => string,
): string {
  const isFirst = hole.at === 'top';
  const img = element('img', {
    src: source,
    alt: hole.alt,
    title: hole.title,
    ...dimensions(hole, asset),
    loading: isFirst ? 'eager' : 'lazy',
    fetchpriority: isFirst ? 'high' : undefined,
    decoding: 'async',
  });
  if (!asset?.sources || hole.bare) return img;
  const sizes = shownSize(hole, asset);
  const sources = asset.sources.map(({ type, files }) =>
    element('source', { type, ...candidates(files, address, sizes) }),
  );
  return `<picture>${sources.join('')}${img}</picture>`;
}

/** Where there is only one file, its width is no matter of choice. */
function candidates(files: ImageSource['files'], address: (output: string) => string, sizes: string) {
  const [only] = files;
  if (files.length === 1 && only) return { srcset: address(only.output) };
  return { srcset: files.map(({ output, width }) => `${address(output)} ${width}w`).join(', '), sizes };
}

/** Of the theme, in pixels of the style sheet: the text's column at its widest, and what is left beside it. */
const column = 648;
const margins = 40;

/** How wide it will be on the screen: a browser has to choose a file before it knows the style. */
function shownSize(hole: ImageHole, asset: Asset): string {
  const narrow = `calc(100vw - ${margins}px)`;
  if (hole.at === 'card') return `(min-width: 36em) 140px, ${narrow}`;
  const own = pixels(dimensions(hole, asset).width);
  const widest = Math.min(column, own ?? column);
  return `(min-width: ${widest + margins}px) ${widest}px, ${narrow}`;
}

/** What the author gives, the other one with it if that can be told, else those of the file. */
function dimensions({ width, height }: ImageHole, asset: Asset | undefined) {
  if (!asset?.width || !asset.height) return { width, height };
  if (width === undefined && height === undefined) return { width: asset.width, height: asset.height };
  const wide = pixels(width);
  const high = pixels(height);
  return {
    width: width ?? (high && Math.round((high * asset.width) / asset.height)),
    height: height ?? (wide && Math.round((wide * asset.height) / asset.width)),
  };
}

/** Of an attribute that says it in pixels, as by HTML's rule for dimensions. */
function pixels(attribute: string | number | undefined): number | undefined {
  return /^\d+(?:\.\d*)?(?:px)?$/.test(String(attribute)) ? Number.parseFloat(String(attribute)) : undefined;
}

function element(name: string, attributes: Readonly<Record<string, string | number | undefined>>): string {
  const written = Object.entries(attributes).map(([key, value]) =>
    value === undefined ? '' : ` ${key}="${escapeHtml(String(value))}"`,
  );
  return `<${name}${written.join('')}>`;
}
