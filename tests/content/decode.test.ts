// Bytes to text: UTF-8, or words for what else it is.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeUtf8, notUtf8 } from '../../src/content/decode.js';

const bytes = (...values: number[]) => Uint8Array.from(values);
const ascii = (text: string) => [...Buffer.from(text)];

it.each([
  ['', ''],
  ['한글 😀\n', '한글 😀\n'],
  ['\uFEFFtext', 'text'],
  ['a\r\nb\rc\n\rd', 'a\r\nb\nc\n\nd'],
  ['가\r\n나\r다\n\r라', '가\r\n나\n다\n\n라'],
  ['a\0b', 'a\0b'],
  ['\t\x01~\x7f', '\t\x01~\x7f'],
  ['a\uFFFDb', 'a\uFFFDb'],
])('%j is read as %j.', (written, text) => {
  expect(decodeUtf8(Buffer.from(written))).toEqual({ text });
});

// 제목 in CP949; 日本語です in Shift_JIS.
const korean = [0xc1, 0xa6, 0xb8, 0xf1];
const japanese = [0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea, 0x82, 0xc5, 0x82, 0xb7];

it.each([
  ['CP949', bytes(...ascii('title: '), ...korean), 7, 'CP949 (EUC-KR)'],
  ['CP949 beyond KS X 1001', bytes(0x8c, 0x63, 0x20, ...korean), 0, 'CP949 (EUC-KR)'],
  ['Shift_JIS', bytes(...ascii('a\n'), ...japanese), 2, 'Shift_JIS'],
  ['Latin-1', bytes(...ascii('caf'), 0xe9, ...ascii(' au lait')), 3, 'Latin-1 (Windows-1252)'],
  ['UTF-16 LE with its mark', Buffer.from('\uFEFFtitle', 'utf16le'), 0, 'UTF-16 LE'],
  ['UTF-16 LE without', Buffer.from('title: x', 'utf16le'), 1, 'UTF-16 LE'],
  ['UTF-16 BE', bytes(0xfe, 0xff, 0, 0x61, 0, 0x62), 0, 'UTF-16 BE'],
  ['a byte that begins nothing', bytes(0x61, 0xff), 1, undefined],
  ['a character cut off at the end', bytes(0x61, 0xed, 0x95), 1, undefined],
  ['half a surrogate pair', bytes(0x61, 0xed, 0xa0, 0x80), 1, undefined],
  ['a long form of /', bytes(0x61, 0xc0, 0xaf), 1, undefined],
])('%s is not UTF-8.', (_name, input, offset, looksLike) => {
  const decoded = decodeUtf8(input);
  expect(decoded).toMatchObject({ offset, byte: input[offset] });
  if (looksLike !== undefined) expect(decoded).toMatchObject({ looksLike });
});

it('The first wrong byte is found wherever it is.', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (before, after) => {
      const good = Buffer.from(before);
      // What follows has no zero bytes, which would look like UTF-16.
      const rest = Buffer.from(after.replaceAll('\0', ''));
      const decoded = decodeUtf8(
        Buffer.concat([Buffer.from(`xx${before.replaceAll('\0', '')}`), bytes(0xff), rest]),
      );
      expect(decoded).toMatchObject({
        offset: Buffer.byteLength(`xx${before.replaceAll('\0', '')}`),
        byte: 0xff,
      });
      expect(good.length).toBeGreaterThanOrEqual(0);
    }),
    { seed: 7 },
  );
});

it('A diagnostic says the byte, the place and what to do.', () => {
  const decoded = decodeUtf8(bytes(...ascii('a\nbc'), ...korean));
  if ('text' in decoded) throw new Error('decoded');
  expect(notUtf8('content/not-utf8', 'posts/x.md', decoded)).toEqual({
    severity: 'error',
    code: 'content/not-utf8',
    message: 'this file is not UTF-8: byte 4 (from 0) is 0xC1; it looks like CP949 (EUC-KR)',
    hint: 'save it as UTF-8 in your editor, or convert it with iconv',
    file: 'posts/x.md',
    line: 2,
    column: 3,
  });
});
