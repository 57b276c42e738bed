import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { identifyImage, measureImage, withoutMetadata } from '../../src/output/image-bytes.js';
import { animation, type Format, fourCorners, noise, withNotes } from './pictures.js';

const formats: Format[] = ['jpeg', 'png', 'webp', 'avif'];
const pixelsOf = (bytes: Uint8Array) => sharp(bytes).raw().toBuffer();

/** A chunk of a PNG; nobody reads its check sum here. */
const pngChunk = (type: string, content: string) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, Buffer.from(type + content), Buffer.alloc(4)]);
};

async function apng(): Promise<Buffer> {
  const still = await noise(8, 8).png().toBuffer();
  return Buffer.concat([still.subarray(0, 33), pngChunk('acTL', '\0\0\0\x02\0\0\0\0'), still.subarray(33)]);
}

describe('the bytes of a file', () => {
  it.each(formats)('tell that it is a %s, whatever its name', async (format) => {
    const bytes = await noise(9, 5).toFormat(format).toBuffer();
    expect(identifyImage(bytes)).toEqual({ format, isAnimated: false });
    expect(measureImage(bytes)).toEqual({ width: 9, height: 5 });
  });

  it('tell that it moves', async () => {
    expect(identifyImage(await apng())).toEqual({ format: 'png', isAnimated: true });
    expect(identifyImage(await animation('webp'))).toEqual({ format: 'webp', isAnimated: true });
    expect(identifyImage(await animation('gif'))).toEqual({ format: 'gif', isAnimated: true });
    const still = await noise(8, 8).avif().toBuffer();
    const moving = Buffer.concat([still.subarray(0, 8), Buffer.from('avis'), still.subarray(12)]);
    expect(identifyImage(moving)).toEqual({ format: 'avif', isAnimated: true });
  });

  it('tell a drawing by its text', () => {
    const drawing = Buffer.from(
      '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"/>',
    );
    expect(identifyImage(drawing)).toEqual({ format: 'svg', isAnimated: false });
    expect(measureImage(drawing)).toEqual({ width: 20, height: 10 });
  });

  it.each([
    ['nothing', ''],
    ['a text', 'version https://git-lfs.github.com/spec/v1'],
    ['a page', '<!doctype html><p>404'],
    ['a beginning alone', 'RIFF'],
    ['a film', '\0\0\0\x18ftypmp42\0\0\0\0mp42isom'],
    ['an image for Safari alone', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'],
  ])('tell that it is no image that browsers show: %s', (_, text) => {
    expect(identifyImage(Buffer.from(text, 'latin1'))).toBeUndefined();
    expect(withoutMetadata(Buffer.from(text, 'latin1')).toString('latin1')).toBe(text);
  });
});

describe('an image without what a camera noted', () => {
  it.each(['jpeg', 'png', 'webp'] as const)('has the same pixels and colours: %s', async (format) => {
    const bytes = await withNotes(noise(40, 30), format);
    const before = await sharp(bytes).metadata();
    expect([before.exif, before.xmp, before.icc].map(Boolean)).toEqual([true, true, true]);

    const clean = withoutMetadata(bytes);
    const { exif, xmp, iptc, comments, icc } = await sharp(clean).metadata();
    expect([exif, xmp, iptc, comments]).toEqual([undefined, undefined, undefined, undefined]);
    expect(icc).toEqual(before.icc);
    expect(clean.toString('latin1')).not.toMatch(/Secret|GPS/);
    expect(await pixelsOf(clean)).toEqual(await pixelsOf(bytes));
    expect(withoutMetadata(clean)).toEqual(clean);
  });

  it.each(['jpeg', 'png', 'webp'] as const)(
    'is the very same file if there was nothing: %s',
    async (format) => {
      const bytes = await noise(40, 30).toFormat(format).toBuffer();
      expect(withoutMetadata(bytes)).toEqual(bytes);
    },
  );

  it('has no comments and no texts', async () => {
    const jpeg = await noise(9, 9).jpeg().toBuffer();
    const comment = Buffer.from('\u00ff\u00fe\0\x08Secret', 'latin1');
    expect(withoutMetadata(Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]))).toEqual(jpeg);
    const png = await noise(9, 9).png().toBuffer();
    const text = pngChunk('tEXt', 'Author\0Secret');
    expect(withoutMetadata(Buffer.concat([png.subarray(0, 33), text, png.subarray(33)]))).toEqual(png);
  });

  it.each(['jpeg', 'png', 'webp'] as const)('ends where the image ends: %s', async (format) => {
    const bytes = await noise(9, 9).toFormat(format).toBuffer();
    expect(withoutMetadata(Buffer.concat([bytes, Buffer.from('Secret film')]))).toEqual(bytes);
  });

  it('may be stored in several passes', async () => {
    const bytes = await withNotes(noise(64, 64), 'jpeg');
    const progressive = await sharp(bytes)
      .keepMetadata()
      .jpeg({ progressive: true, mozjpeg: true })
      .toBuffer();
    const clean = withoutMetadata(progressive);
    expect(clean.toString('latin1')).not.toContain('Secret');
    expect(await pixelsOf(clean)).toEqual(await pixelsOf(progressive));
  });

  it.each(formats)('is as it was where it is cut off: %s', async (format) => {
    const bytes = await withNotes(fourCorners(), format);
    for (let length = 0; length < bytes.length; length += 7) {
      const cut = bytes.subarray(0, length);
      const result = withoutMetadata(cut);
      expect(result.length).toBeLessThanOrEqual(cut.length);
    }
  });
});
