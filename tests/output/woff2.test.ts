import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { brotliDecompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { toWoff2 } from '../../src/output/woff2.js';

const path = createRequire(import.meta.url).resolve('katex/dist/fonts/KaTeX_Main-Regular.ttf');
const sfnt = readFileSync(path);

/** The bytes of each table of a TrueType font, by tag, in order. */
function tablesOf(font: Buffer): readonly (readonly [string, Buffer])[] {
  return Array.from({ length: font.readUInt16BE(4) }, (_, index) => {
    const at = 12 + 16 * index;
    const [offset, length] = [font.readUInt32BE(at + 8), font.readUInt32BE(at + 12)];
    return [font.toString('latin1', at, at + 4), font.subarray(offset, offset + length)];
  });
}

/** A table's entry: its first byte, its tag where the byte does not say it, its length. */
function entriesOf(woff2: Buffer): { flags: number; tag: string; length: number }[] & { end: number } {
  let at = 48;
  const entries = Array.from({ length: woff2.readUInt16BE(12) }, () => {
    const flags = woff2.readUInt8(at++);
    const named = (flags & 63) === 63;
    const tag = named ? woff2.toString('latin1', at, at + 4) : '';
    if (named) at += 4;
    let length = 0;
    let byte: number;
    do {
      byte = woff2.readUInt8(at++);
      length = length * 128 + (byte & 127);
    } while (byte & 128);
    return { flags, tag, length };
  });
  return Object.assign(entries, { end: at });
}

it('keeps every table of a font as it is, but says in it that the font was compressed', async () => {
  const woff2 = await toWoff2(sfnt);
  const entries = entriesOf(woff2);
  const data = brotliDecompressSync(woff2.subarray(entries.end, entries.end + woff2.readUInt32BE(20)));
  const expected = tablesOf(sfnt).map(([tag, bytes]) => {
    const changed = Buffer.from(bytes);
    if (tag === 'head') changed.writeUInt8(changed.readUInt8(16) | 0b1000, 16);
    return changed;
  });
  expect(data).toEqual(Buffer.concat(expected));
  expect(entries.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
});

it('names each table by its number or its tag, and none as transformed', async () => {
  const unusual = Buffer.from(sfnt);
  unusual.write('zzzz', 12 + 16 * 13, 'latin1');
  const tags = tablesOf(unusual).map(([tag]) => tag);
  const named = entriesOf(await toWoff2(unusual)).map(({ flags, tag }) => [flags & 63, flags >> 6, tag]);
  expect(named[tags.indexOf('cmap')]).toEqual([0, 0, '']);
  expect(named[tags.indexOf('glyf')]).toEqual([10, 3, '']);
  expect(named[tags.indexOf('loca')]).toEqual([11, 3, '']);
  expect(named[tags.indexOf('zzzz')]).toEqual([63, 0, 'zzzz']);
});

it('tells the length of the file and of the font in it', async () => {
  const woff2 = await toWoff2(sfnt);
  expect(woff2.toString('latin1', 0, 4)).toBe('wOF2');
  expect(woff2.readUInt32BE(8)).toBe(woff2.length);
  expect(woff2.readUInt32BE(16)).toBe(sfnt.length);
  expect(woff2.length % 4).toBe(0);
});

it.each([
  ['cut off', sfnt.subarray(0, 100)],
  ['empty', Buffer.alloc(0)],
  ['of zeros', Buffer.alloc(100)],
])('refuses a font that is %s', async (_, font) => {
  await expect(toWoff2(font)).rejects.toThrow();
});
