// The images that posts show: measured, without what cameras noted, and with smaller files beside the original.
// The same bytes make the same files, however many are made at once; the cache has what was made before.
import { readFile, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { diagnostic } from '../diagnostic.js';
import { readingFault } from '../environment.js';
import type { ShownImage } from '../site/shown-images.js';
import type { Asset, Diagnostic, OutputFile } from '../types.js';
import { identifyImage, measureImage } from './image-bytes.js';
import { type RememberingTool, rememberingTool } from './image-cache.js';
import { type ImageFiles, makeImageFiles } from './image-files.js';
import { type ImageToolSource, mostPixels, sharpSource } from './sharp.js';

export interface ImagesOptions {
  /** Where files are read. */
  readonly absolute: (path: string) => string;
  /** Whether covers are made smaller for other sites, too. */
  readonly previews: boolean;
  /** Where what is made is kept between builds; nowhere if undefined. */
  readonly cacheFolder: string | undefined;
  /** What was made for the last build of this process: files that have not changed since are not read again. */
  readonly memory?: ImageMemory | undefined;
  readonly onImage?: (done: number) => void;
  readonly source?: ImageToolSource;
}

/** By path. */
export type ImageMemory = Map<string, { readonly state: string; readonly made: MadeImage }>;

export interface SiteImages {
  /** What is known of the images now, by path. */
  readonly assets: ReadonlyMap<string, Asset>;
  /** Their contents as they are published, by path. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
  /** What was made of them. */
  readonly files: readonly OutputFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Makes what a site needs to show these images. One that cannot be read is published as it is, with a warning; so
 * are all where the tool does not run.
 */
export async function makeImages(shown: readonly ShownImage[], options: ImagesOptions): Promise<SiteImages> {
  const tool = rememberingTool(options.source ?? sharpSource, options.cacheFolder);
  let done = 0;
  const made = await mapAtOnce(shown, async (image) => {
    const one = await makeOrRecall(image, options, tool);
    done += 1;
    options.onImage?.(done);
    return one;
  });
  await tool.prune();
  // Copies of an image have the same files.
  const files = new Map(made.flatMap((one) => one.files.map((file) => [file.path, file])));
  const failure = tool.failure();
  return {
    assets: new Map(made.map(({ asset }) => [asset.path, asset])),
    contents: new Map(made.map(({ asset, content }) => [asset.path, content])),
    files: [...files.values()],
    diagnostics: [
      ...made.flatMap(({ fault }) => fault ?? []),
      ...(failure === undefined ? [] : [unavailable(failure)]),
    ],
  };
}

interface MadeImage extends ImageFiles {
  readonly fault?: Diagnostic;
}

/** A file that cannot be read ends the build, with a word about it. */
async function makeOrRecall(
  image: ShownImage,
  { absolute, previews, memory }: ImagesOptions,
  tool: RememberingTool,
): Promise<MadeImage> {
  const { path } = image.asset;
  try {
    const { size, ino, mtimeNs, ctimeNs } = await stat(absolute(path), { bigint: true });
    const state = [size, ino, mtimeNs, ctimeNs, image.isCover, previews].join();
    const before = memory?.get(path);
    if (before?.state === state) return before.made;
    const made = await makeImage(image, await readFile(absolute(path)), previews, tool);
    // What is wrong is told at the place where the image is shown, which can change.
    if (made.fault === undefined && tool.failure() === undefined) memory?.set(path, { state, made });
    return made;
  } catch (error) {
    return { asset: image.asset, content: Buffer.alloc(0), files: [], fault: readingFault(error, path) };
  }
}

async function makeImage(
  image: ShownImage,
  content: Buffer,
  previews: boolean,
  tool: RememberingTool,
): Promise<MadeImage> {
  const size = measureImage(content);
  const plain = { asset: { ...image.asset, ...size }, content, files: [] };
  const broken = (why: string, hint: string): MadeImage => ({
    ...plain,
    fault: diagnostic('warning', 'image/broken', `${image.asset.path} ${why}`, image.place, hint),
  });
  const file = identifyImage(content);
  if (file === undefined) {
    if (!/\.(?:jpe?g|png|webp|avif|gif)$/i.test(image.asset.path)) return plain;
    return content.toString('latin1', 0, 20) === 'version https://git-'
      ? broken('is only what Git LFS puts in the place of an image', 'run git lfs pull')
      : broken('is no image that browsers can show', 'export it again, as JPEG, PNG, WebP or AVIF');
  }
  const isPicture = file.format !== 'svg' && !file.isAnimated;
  const hasPreview = image.isCover && previews;
  if (!isPicture && !hasPreview) return plain;
  if ((size.width ?? 0) * (size.height ?? 0) > mostPixels)
    return broken(`has more than ${mostPixels / 1e6} million pixels`, 'put a smaller one in its place');
  const model = {
    asset: plain.asset,
    content,
    format: file.format,
    isPicture,
    isCover: image.isCover,
    hasPreview,
  };
  try {
    return await makeImageFiles(model, tool);
  } catch {
    if (tool.failure() !== undefined) return plain;
    // The words of libvips can be those for another image, at work at the same time.
    return broken(
      'is damaged, or of an unusual kind',
      'export it again; until then it is published as it is',
    );
  }
}

function unavailable(failure: unknown): Diagnostic {
  return diagnostic(
    'warning',
    'image/unavailable',
    `images are published as they are, since sharp does not run here: ${reasonOf(failure)}`,
    undefined,
    'run npm install --include=optional; until then pages are heavier, and photos tell where they were taken',
  );
}

/** The first line: the others give advice that does not fit here. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0] ?? '';
}

/** As many at once as there are threads to do it. Results are in the order of the items. */
async function mapAtOnce<Item, Result>(
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const work = async () => {
    for (const [index, item] of queue) results[index] = await run(item);
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work));
  return results;
}
