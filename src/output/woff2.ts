// A TrueType font as WOFF2: https://www.w3.org/TR/WOFF2/, sections 4 and 5. Every table is stored as it is, none
// transformed: that costs a few hundred bytes a font, and Node.js has all it takes.
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

interface Table {
  readonly tag: string;
  readonly bytes: Buffer;
}

/** Throws when it is no TrueType font. */
export async function toWoff2(sfnt: Buffer): Promise<Buffer> {
  const tables = tablesOf(sfnt);
  const directory = Buffer.concat(tables.map(entryOf));
  const data = await compress(Buffer.concat(tables.map(({ bytes }) => bytes)), {
    // The highest, 11, takes twice the time for one percent less.
    params: { [constants.BROTLI_PARAM_QUALITY]: 10 },
  });
  const header = Buffer.alloc(48);
  const length = padded(header.length + directory.length + data.length);
  header.write('wOF2', 0, 'latin1');
  sfnt.copy(header, 4, 0, 4);
  header.writeUInt32BE(length, 8);
  header.writeUInt16BE(tables.length, 12);
  header.writeUInt32BE(
    tables.reduce((sum, { bytes }) => sum + padded(bytes.length), 12 + 16 * tables.length),
    16,
  );
  header.writeUInt32BE(data.length, 20);
  // The version of the font, 1.0: it means nothing to a browser.
  header.writeUInt16BE(1, 24);
  return Buffer.concat([header, directory, data], length);
}

const compress = promisify(brotliCompress);

/** The tables in the order of their tags. */
function tablesOf(sfnt: Buffer): readonly Table[] {
  const tables = Array.from({ length: sfnt.readUInt16BE(4) }, (_, index) => {
    const at = 12 + 16 * index;
    const offset = sfnt.readUInt32BE(at + 8);
    const bytes = Buffer.from(sfnt.subarray(offset, offset + sfnt.readUInt32BE(at + 12)));
    return { tag: sfnt.toString('latin1', at, at + 4), bytes };
  });
  const head = tables.find(({ tag }) => tag === 'head');
  if (!head) throw new Error('the font has no table called head');
  // Says that the file has been through a compressor that loses nothing.
  head.bytes.writeUInt16BE(head.bytes.readUInt16BE(16) | (1 << 11), 16);
  return tables;
}

/** Tables that an entry names by number, the first of the specification's list; others are named by their tags. */
const known = [
  ...['cmap', 'head', 'hhea', 'hmtx', 'maxp', 'name', 'OS/2', 'post', 'cvt ', 'fpgm', 'glyf', 'loca', 'prep'],
  ...['CFF ', 'VORG', 'EBDT', 'EBLC', 'gasp'],
];

/** A table's entry: which it is, how it is transformed, how long it is. */
function entryOf({ tag, bytes }: Table): Buffer {
  const number = known.indexOf(tag);
  // Of these two, version 0 is a transform and version 3 is none; of all others version 0 is none.
  const version = tag === 'glyf' || tag === 'loca' ? 3 : 0;
  const name = number === -1 ? [63, ...Buffer.from(tag, 'latin1')] : [number];
  return Buffer.from([(name[0] as number) | (version << 6), ...name.slice(1), ...base128(bytes.length)]);
}

/** `UIntBase128`: seven bits a byte, the highest first; all bytes but the last have their top bit set. */
function base128(value: number): readonly number[] {
  const rest = Math.floor(value / 128);
  return [...(rest > 0 ? base128(rest).map((byte) => byte | 128) : []), value % 128];
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}
