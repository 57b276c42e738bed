// The one place that knows sharp, which makes images of images. It is loaded when an image has to be made:
// loading takes longer than all else that a build does with an image it knows.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { SharpOptions } from 'sharp';
import type { ImageFormat } from './image-bytes.js';

/** What makes images of images. What it throws says that an image cannot be read or made. */
export interface ImageTool {
  /** Reads the whole image. */
  readonly inspect: (bytes: Buffer) => Promise<ImageFacts>;
  readonly encode: (bytes: Buffer, encoding: Encoding) => Promise<Buffer>;
}

export interface ImageFacts {
  /** As it is shown. */
  readonly width: number;
  readonly height: number;
  /** Whether it is stored otherwise than it is shown. */
  readonly isTurned: boolean;
  readonly hasMetadata: boolean;
}

/** How to make an image of another: upright, without metadata, in sRGB, and as JPEG on white. */
export interface Encoding {
  readonly format: Exclude<ImageFormat, 'gif' | 'svg'>;
  readonly width: number;
  readonly height: number;
  /** From 1 to 100, in the format's own measure; PNG is without loss. */
  readonly quality: number;
}

/** A tool that is not loaded yet. */
export interface ImageToolSource {
  /** Another one could make other bytes. Throws when there is no such tool. */
  readonly version: () => Promise<string>;
  /** Throws when the tool does not run here. */
  readonly load: () => Promise<ImageTool>;
}

/** A file of a few bytes can claim to be an image that no memory holds. Phones make 108 million. */
export const mostPixels = 120_000_000;

/** AVIF's effort is that from which on files hardly get smaller, but take five times as long. */
const settings = {
  avif: { effort: 2 },
  webp: { smartSubsample: true },
  jpeg: { chromaSubsampling: '4:4:4', mozjpeg: true },
  png: { compressionLevel: 9 },
} as const;

/** Damaged files are refused, slips that every browser overlooks are not. */
const reading: SharpOptions = { autoOrient: true, failOn: 'error', limitInputPixels: mostPixels };

export const sharpSource: ImageToolSource = {
  version: async () => {
    // It names the exact libvips that comes with it.
    const program = createRequire(import.meta.url).resolve('sharp');
    return (
      (await readFile(join(dirname(program), '../package.json'), 'utf8')) +
      JSON.stringify([settings, reading])
    );
  },
  load: async () => {
    const { default: sharp } = await import('sharp');
    // The bytes of an AVIF depend on the number of threads; images are made side by side instead.
    sharp.concurrency(1);
    sharp.cache(false);
    return {
      inspect: async (bytes) => {
        const { autoOrient, orientation = 1, exif, xmp, iptc } = await sharp(bytes, reading).metadata();
        // What is cut off shows only when all of it is read.
        await sharp(bytes, reading).resize({ width: 8, height: 8, fit: 'fill' }).raw().toBuffer();
        const hasMetadata = [exif, xmp, iptc].some((one) => one !== undefined);
        return { width: autoOrient.width, height: autoOrient.height, isTurned: orientation > 1, hasMetadata };
      },
      encode: (bytes, { format, width, height, quality }) => {
        const image = sharp(bytes, reading).resize({ width, height, fit: 'fill' });
        if (format === 'jpeg') image.flatten({ background: '#fff' });
        // A quality would make the colours of a PNG fewer.
        return image
          .toFormat(format, { ...settings[format], ...(format !== 'png' && { quality }) })
          .toBuffer();
      },
    };
  },
};
