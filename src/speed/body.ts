// Bodies of posts as bytes, for the cache and on their way from a worker.
import type { Body } from '../types.js';

type Head = readonly [
  length: number,
  holesAt: readonly number[],
  formulas: readonly number[],
  /** Where in the bytes of the HTML each hole is, and where it ends. */
  bytesAt: readonly number[],
];

/** A line of JSON with the numbers, then both texts. */
export function packBody({ html, holesAt, formulas, text }: Body): Buffer {
  let at = 0;
  let bytes = 0;
  const bytesAt = [...holesAt, html.length].map((end) => {
    bytes += Buffer.byteLength(html.slice(at, end));
    at = end;
    return bytes;
  });
  const head: Head = [html.length, holesAt, formulas, bytesAt];
  const line = `${JSON.stringify(head)}\n`;
  const packed = Buffer.allocUnsafe(line.length + bytes + Buffer.byteLength(text));
  packed.write(line, 0, 'latin1');
  packed.write(html, line.length);
  packed.write(text, line.length + bytes);
  return packed;
}

export function unpackBody(packed: Buffer): Body {
  const [[length, holesAt, formulas], bytes] = open(packed);
  const texts = bytes.toString('utf8');
  return { html: texts.slice(0, length), holesAt, formulas, text: texts.slice(length) };
}

/** The HTML before, between and after the holes. */
export function unpackPieces(packed: Buffer): readonly Buffer[] {
  const [[, , , bytesAt], bytes] = open(packed);
  return bytesAt.map((end, index) => bytes.subarray(bytesAt[index - 1] ?? 0, end));
}

function open(packed: Buffer): readonly [Head, Buffer] {
  const end = packed.indexOf(10);
  return [JSON.parse(packed.toString('latin1', 0, end)), packed.subarray(end + 1)];
}
