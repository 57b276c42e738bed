// Bodies of posts as bytes, for the cache and on their way from a worker.
import type { Body } from '../types.js';

/** A line of JSON with the numbers, then both texts. */
export function packBody({ html, holesAt, formulas, text }: Body): Buffer {
  return Buffer.from(`${JSON.stringify([html.length, holesAt, formulas])}\n${html}${text}`);
}

export function unpackBody(bytes: Buffer): Body {
  const end = bytes.indexOf(10);
  const [length, holesAt, formulas] = JSON.parse(bytes.toString('latin1', 0, end));
  const texts = bytes.toString('utf8', end + 1);
  return { html: texts.slice(0, length), holesAt, formulas, text: texts.slice(length) };
}
