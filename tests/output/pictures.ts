// Images for tests, made by sharp: noise, which no format makes small, and the corners in four colours.
import sharp, { type Sharp } from 'sharp';

export type Format = 'jpeg' | 'png' | 'webp' | 'avif';

/** Noise is the same in every run: the sizes of files must not be a matter of luck. */
export function noise(width: number, height: number): Sharp {
  let seed = 1;
  const pixels = Buffer.alloc(width * height * 3);
  for (let index = 0; index < pixels.length; index += 1) {
    seed = (seed * 48_271) % 2_147_483_647;
    pixels[index] = 64 + (seed % 128);
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

const corners = { topLeft: '#f00', topRight: '#0f0', bottomLeft: '#00f', bottomRight: '#fff' };

/** 48 by 24 pixels, each corner of its own colour. */
export function fourCorners(): Sharp {
  const at = (left: number, top: number, background: string) => ({
    left,
    top,
    input: { create: { width: 24, height: 12, channels: 3 as const, background } },
  });
  const whole = sharp({ create: { width: 48, height: 24, channels: 3, background: '#000' } });
  return whole.composite([
    at(0, 0, corners.topLeft),
    at(24, 0, corners.topRight),
    at(0, 12, corners.bottomLeft),
    at(24, 12, corners.bottomRight),
  ]);
}

/** The colours of the corners as they are stored, line by line: `red green blue white`. */
export async function cornersOf(bytes: Uint8Array): Promise<string> {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const name = (x: number, y: number) => {
    const start = (y * width + x) * channels;
    const bits = [...data.subarray(start, start + 3)].map((value) => (value > 127 ? 1 : 0)).join('');
    return { '100': 'red', '010': 'green', '001': 'blue', '111': 'white' }[bits] ?? bits;
  };
  const x = width - 4;
  const y = height - 4;
  return [name(3, 3), name(x, 3), name(3, y), name(x, y)].join(' ');
}

/** What a phone notes: who, and where. */
const noted = {
  IFD0: { Artist: 'Ada Secret', Model: 'Secretphone' },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' },
};

/** With metadata of all kinds, and turned as EXIF counts it from 1 to 8. */
export function withNotes(image: Sharp, format: Format, orientation = 1): Promise<Buffer> {
  return image
    .withMetadata({ orientation })
    .withExifMerge(noted)
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">Secret place</x:xmpmeta>')
    .withIccProfile('p3')
    .toFormat(format, { quality: 90 })
    .toBuffer();
}

/** Two frames. */
export async function animation(format: 'gif' | 'webp'): Promise<Buffer> {
  const frames = await Promise.all(
    ['#f00', '#00f'].map((background) =>
      sharp({ create: { width: 20, height: 10, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  return sharp(frames, { join: { animated: true } })
    .toFormat(format)
    .toBuffer();
}
