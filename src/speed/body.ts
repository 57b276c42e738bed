// Bodies of posts as bytes, for the cache and on their way from a worker.
import type { BodyParts } from '../site/body.js';
import type { Body } from '../types.js';

type Head = readonly [
  length: number,
  holesAt: readonly number[],
  formulas: readonly number[],
  /** Where in the bytes of the HTML each hole is, and where it ends. */
  bytesAt: readonly number[],
  /** `formulas` in bytes. */
  formulaBytes: readonly number[],
];

/** Gives the function that makes bytes of a body: a line of JSON with the numbers, then both texts. */
export function bodyPacker(): (body: BodyParts) => Buffer {
  let room = Buffer.allocUnsafe(200_000);
  return ({ html, holesAt, formulas, text }) => {
    const characters = html.reduce((sum, part) => sum + part.length, 0);
    const most = 3 * (characters + text.length);
    if (room.length < most) room = Buffer.allocUnsafe(most);
    const bytesAt: number[] = [];
    const formulaBytes: number[] = [];
    let at = 0;
    let length = 0;
    for (const part of html) {
      while (holesAt[bytesAt.length] === length) bytesAt.push(at);
      const begin = at;
      at += room.write(part, at);
      const [start, end] = [formulas[formulaBytes.length], formulas[formulaBytes.length + 1]];
      if (start === length && end === length + part.length) formulaBytes.push(begin, at);
      length += part.length;
    }
    while (bytesAt.length <= holesAt.length) bytesAt.push(at);
    at += room.write(text, at);
    const head: Head = [length, holesAt, formulas, bytesAt, formulaBytes];
    const line = `${JSON.stringify(head)}\n`;
    const packed = Buffer.allocUnsafe(line.length + at);
    packed.write(line, 0, 'latin1');
    room.copy(packed, line.length, 0, at);
    return packed;
  };
}

export function unpackBody(packed: Buffer): Body {
  const [[length, holesAt, formulas], bytes] = open(packed);
  const texts = bytes.toString('utf8');
  return { html: texts.slice(0, length), holesAt, formulas, text: texts.slice(length) };
}

/** The body with nothing but MathML of its formulas, which is a quarter of them and all that feeds want; without its text. */
export function unpackForFeed(packed: Buffer): Body {
  const [[, , , bytesAt, formulaBytes], bytes] = open(packed);
  const holesAt: number[] = [];
  const formulas: number[] = [];
  let html = '';
  let at = 0;
  const take = (end: number) => {
    html += bytes.toString('utf8', at, end);
    at = end;
  };
  const holes = bytesAt.slice(0, -1);
  const takeHoles = (end: number) => {
    for (let hole = holes[holesAt.length]; hole !== undefined && hole <= end; hole = holes[holesAt.length]) {
      take(hole);
      holesAt.push(html.length);
    }
  };
  for (let index = 0; index < formulaBytes.length; index += 2) {
    const [start = 0, end = 0] = formulaBytes.slice(index, index + 2);
    takeHoles(start);
    take(start);
    formulas.push(html.length);
    const math = bytes.indexOf('<math', start);
    const mathEnd = bytes.indexOf(mathTag, math);
    if (math >= 0 && mathEnd >= 0 && mathEnd < end)
      html += bytes.toString('utf8', math, mathEnd + mathTag.length);
    formulas.push(html.length);
    at = end;
  }
  takeHoles(Number.POSITIVE_INFINITY);
  take(bytesAt.at(-1) ?? 0);
  return { html, holesAt, formulas, text: '' };
}

const mathTag = '</math>';

/** The HTML before, between and after the holes. */
export function unpackPieces(packed: Buffer): readonly Buffer[] {
  const [[, , , bytesAt], bytes] = open(packed);
  return bytesAt.map((end, index) => bytes.subarray(bytesAt[index - 1] ?? 0, end));
}

function open(packed: Buffer): readonly [Head, Buffer] {
  const end = packed.indexOf(10);
  return [JSON.parse(packed.toString('latin1', 0, end)), packed.subarray(end + 1)];
}
