// Bytes to text, or to words for what is wrong with them. Nothing but UTF-8 is read: a guess that is wrong would
// publish garbled text.
import { isAscii } from 'node:buffer';
import { type Code, diagnostic } from '../diagnostic.js';
import { placesIn } from '../place.js';
import type { Diagnostic } from '../types.js';

export type Decoded = { readonly text: string } | NotUtf8;

export interface NotUtf8 {
  /** Of the first wrong byte, from 0 on. */
  readonly offset: number;
  readonly byte: number;
  /** What stands before it. */
  readonly before: string;
  /** Another encoding in which the bytes make sense. */
  readonly looksLike?: string;
}

/**
 * Decodes UTF-8 without its byte order mark. A lone CR, which old Macs wrote, becomes the LF that every other part
 * takes for the end of a line.
 */
export function decodeUtf8(bytes: Uint8Array): Decoded {
  // Most files are ASCII alone, which takes a fraction of the time.
  if (isAscii(bytes) && !bytes.includes(0))
    return {
      text: withLineFeeds(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')),
    };
  const wide = utf16(bytes);
  if (wide !== undefined) {
    // The byte order mark has bytes that UTF-8 never has.
    const offset = (bytes[0] ?? 0) >= 0xfe ? 0 : bytes.indexOf(0);
    return { offset, byte: bytes[offset] ?? 0, before: '', looksLike: wide };
  }
  try {
    return { text: withLineFeeds(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch {
    const before = longestValid(bytes);
    const offset = Buffer.byteLength(before);
    const looksLike = encodings.find(({ decodes }) => decodes(bytes))?.name;
    return { offset, byte: bytes[offset] ?? 0, before, ...(looksLike && { looksLike }) };
  }
}

function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r(?!\n)/g, '\n') : text;
}

/** UTF-16 by its byte order mark, or by the zero bytes that it has in ASCII letters. */
function utf16(bytes: Uint8Array): string | undefined {
  const [first = 0, second = 0] = bytes;
  if (first === 0xff && second === 0xfe) return 'UTF-16 LE';
  if (first === 0xfe && second === 0xff) return 'UTF-16 BE';
  const start = bytes.subarray(0, 64);
  const zeros = (parity: number) => start.filter((byte, index) => index % 2 === parity && byte === 0).length;
  const many = Math.max(1, start.length / 4);
  if (zeros(1) > many && zeros(0) === 0) return 'UTF-16 LE';
  if (zeros(0) > many && zeros(1) === 0) return 'UTF-16 BE';
  return undefined;
}

/** The text before the first wrong byte. Whether the first n bytes are good is monotone in n: a binary search. */
function longestValid(bytes: Uint8Array): string {
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (decodesAs('utf-8', bytes.subarray(0, middle), true) !== undefined) good = middle;
    else bad = middle;
  }
  return decodesAs('utf-8', bytes.subarray(0, good), true) ?? '';
}

function decodesAs(encoding: string, bytes: Uint8Array, stream = false): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes, { stream });
  } catch {
    return undefined;
  }
}

/** Most bytes decode in several encodings; the letters that come out tell which one was meant. */
const encodings: readonly { readonly name: string; readonly decodes: (bytes: Uint8Array) => boolean }[] = [
  { name: 'CP949 (EUC-KR)', decodes: (bytes) => mostly(/\p{Script=Hangul}/gu, decodesAs('euc-kr', bytes)) },
  {
    name: 'Shift_JIS',
    decodes: (bytes) => /[\u3041-\u30fe]/.test(decodesAs('shift_jis', bytes) ?? ''),
  },
  { name: 'Latin-1 (Windows-1252)', decodes: (bytes) => mostly(/\p{Script=Latin}/gu, latin1(bytes)) },
];

function latin1(bytes: Uint8Array): string | undefined {
  return decodesAs('windows-1252', bytes);
}

/** Whether at least half of what is not ASCII is of the kind. */
function mostly(kind: RegExp, text: string | undefined): boolean {
  const beyond = text?.replace(/[\0-\x7f]/g, '') ?? '';
  return beyond !== '' && (beyond.match(kind)?.length ?? 0) * 2 >= beyond.length;
}

/** Says at which byte and place a file stops to be UTF-8, and what to do. */
export function notUtf8(code: Code, file: string, { offset, byte, before, looksLike }: NotUtf8): Diagnostic {
  const value = byte.toString(16).toUpperCase().padStart(2, '0');
  const guess = looksLike === undefined ? '' : `; it looks like ${looksLike}`;
  const message = `this file is not UTF-8: byte ${offset} (from 0) is 0x${value}${guess}`;
  const place = placesIn(file, before)(before.length);
  return diagnostic(
    'error',
    code,
    message,
    place,
    'save it as UTF-8 in your editor, or convert it with iconv',
  );
}
