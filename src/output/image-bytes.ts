// Image files as bytes: what they are, how large, and without what cameras and editors noted in them. Nothing
// is decoded, so not a pixel changes; what is not built as its format demands is given back as it is.
import { imageSize } from 'image-size';

export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'svg';

export interface ImageFile {
  readonly format: ImageFormat;
  readonly isAnimated: boolean;
}

const pngSignature = Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1');

/** What the bytes are, whatever the file is called; undefined for what no browser shows. */
export function identifyImage(bytes: Buffer): ImageFile | undefined {
  const text = (from: number, to: number) => bytes.toString('latin1', from, to);
  if (text(0, 3) === '\u00ff\u00d8\u00ff') return { format: 'jpeg', isAnimated: false };
  if (bytes.subarray(0, 8).equals(pngSignature))
    return { format: 'png', isAnimated: [...pngChunks(bytes)].some(({ type }) => type === 'acTL') };
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP')
    return { format: 'webp', isAnimated: [...riffChunks(bytes)].some(({ type }) => type === 'ANIM') };
  // The first brand says what the file is, the others what it can be read as.
  if (text(4, 8) === 'ftyp' && /^avi[fs]|^mif1.*avif/s.test(text(8, bytes.readUInt32BE(0))))
    return { format: 'avif', isAnimated: text(8, 12) === 'avis' };
  // Some do not move, but that is what they are for.
  if (/^GIF8[79]a$/.test(text(0, 6))) return { format: 'gif', isAnimated: true };
  return sizeOf(bytes)?.type === 'svg' ? { format: 'svg', isAnimated: false } : undefined;
}

/** Width and height as the image is shown; nothing for what is not an image. */
export function measureImage(bytes: Buffer): { readonly width?: number; readonly height?: number } {
  const size = sizeOf(bytes);
  if (size === undefined) return {};
  const width = Math.round(size.width);
  const height = Math.round(size.height);
  const isTurned = size.orientation !== undefined && size.orientation >= 5;
  return isTurned ? { width: height, height: width } : { width, height };
}

function sizeOf(bytes: Buffer) {
  try {
    return imageSize(bytes);
  } catch {
    return undefined;
  }
}

/**
 * The same image without places, cameras, names, texts and previews: of a JPEG, PNG or WebP only what a decoder
 * needs is kept, colour profiles among that. How it is turned is lost too.
 */
export function withoutMetadata(bytes: Buffer): Buffer {
  const format = identifyImage(bytes)?.format;
  if (format === 'jpeg') return cleanJpeg(bytes);
  if (format === 'png') return cleanPng(bytes);
  return format === 'webp' ? cleanWebp(bytes) : bytes;
}

/** By ITU T.81, B.1: markers, of which most open a segment, and compressed data after each start of a scan. */
function cleanJpeg(bytes: Buffer): Buffer {
  const kept = [bytes.subarray(0, 2)];
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes.readUInt8(at + 1);
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    const next = marker === 0xda ? endOfScan(bytes, end) : end;
    if (isKept(marker, bytes.subarray(at + 4, end))) kept.push(bytes.subarray(at, next));
    at = next;
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at += 1;
    // What follows the end of the image is no part of it: previews and films of some phones.
    if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return Buffer.concat([...kept, endOfImage]);
  }
  return bytes;
}

const endOfImage = Buffer.from([0xff, 0xd9]);

/** Of the segments for applications: JFIF, colour profiles, and Adobe's, which says how colours are stored. */
function isKept(marker: number, content: Buffer): boolean {
  if (marker === 0xe2) return content.toString('latin1', 0, 12) === 'ICC_PROFILE\0';
  return marker === 0xe0 || marker === 0xee || !((marker >= 0xe0 && marker <= 0xef) || marker === 0xfe);
}

/** The next marker, apart from those that stand in compressed data: stuffed zeros and restarts. */
function endOfScan(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0 && at + 1 < bytes.length) {
    const marker = bytes.readUInt8(at + 1);
    if (marker !== 0 && marker !== 0xff && !(marker >= 0xd0 && marker <= 0xd7)) return at;
    at = bytes.indexOf(0xff, marker === 0xff ? at + 1 : at + 2);
  }
  return bytes.length;
}

interface Chunk {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** By the PNG specification, 5.3; ends where the file does not go on as it demands. */
function* pngChunks(bytes: Buffer): Generator<Chunk> {
  let start = pngSignature.length;
  while (start + 12 <= bytes.length) {
    const end = start + 12 + bytes.readUInt32BE(start);
    if (end > bytes.length) return;
    const type = bytes.toString('latin1', start + 4, start + 8);
    yield { type, start, end };
    if (type === 'IEND') return;
    start = end;
  }
}

/** All that begin with a capital letter, and these, which say how colours and pixels are meant. */
const pngKept = /^[A-Z]|^(?:tRNS|gAMA|cHRM|sRGB|iCCP|cICP|mDCV|cLLI|sBIT|bKGD|pHYs|sPLT|hIST)$/;

function cleanPng(bytes: Buffer): Buffer {
  const chunks = [...pngChunks(bytes)];
  if (chunks.at(-1)?.type !== 'IEND') return bytes;
  const kept = chunks.filter(({ type }) => pngKept.test(type));
  return Buffer.concat([pngSignature, ...kept.map(({ start, end }) => bytes.subarray(start, end))]);
}

/** Chunks of a WebP file: https://developers.google.com/speed/webp/docs/riff_container */
function* riffChunks(bytes: Buffer): Generator<Chunk> {
  const total = Math.min(bytes.length, 8 + bytes.readUInt32LE(4));
  let start = 12;
  while (start + 8 <= total) {
    const size = bytes.readUInt32LE(start + 4);
    const end = start + 8 + size + (size % 2);
    if (start + 8 + size > total) return;
    yield { type: bytes.toString('latin1', start, start + 4), start, end };
    start = end;
  }
}

const webpKept = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ICCP']);

function cleanWebp(bytes: Buffer): Buffer {
  const chunks = [...riffChunks(bytes)];
  if (!chunks.some(({ type }) => type === 'VP8 ' || type === 'VP8L')) return bytes;
  const kept = chunks.filter(({ type }) => webpKept.has(type));
  const clean = Buffer.concat([
    bytes.subarray(0, 12),
    ...kept.map(({ start, end }) => bytes.subarray(start, end)),
  ]);
  clean.writeUInt32LE(clean.length - 8, 4);
  // The flags say that there are EXIF and XMP.
  if (clean.toString('latin1', 12, 16) === 'VP8X') clean.writeUInt8(clean.readUInt8(20) & ~0b1100, 20);
  return clean;
}
