// YAML as most front matter is written, a key and a value on each line, read without a parser: for thousands of short
// posts that takes as long as their Markdown. Whatever is not certainly the same in YAML is left to the parser.
import type { Locate } from './place.js';
import type { Field, Fields, TextValue, Value } from './value.js';

const key = '[A-Za-z_][A-Za-z0-9_-]*';
/** A text that begins with a letter or a digit, and that holds nothing that could mean something else. */
const plain = (inside: string, end: string) =>
  `[\\p{L}\\p{N}](?:(?:[\\p{L}\\p{N} ${inside}]|:(?=[\\p{L}\\p{N}]))*[\\p{L}\\p{N}${end}])?`;
const quoted = '"(?:(?!["\\\\])[\\p{L}\\p{N}\\p{P}\\p{S} ])*"';

const line = new RegExp(
  `^(?<key>${key}): (?:(?<text>${plain(",._/()+\\-'?!&", ").?!'+")}|${quoted})|\\[(?<list>[^\\[\\]{}]+)\\])$`,
  'u',
);
const item = new RegExp(`^(?:${plain('._+\\-', '+')}|"[\\p{L}\\p{N} ]*")$`, 'u');

/** The fields of a text that consists of such lines; undefined for any other. */
export function readLines(text: string, locate: Locate): Fields | undefined {
  const fields = new Map<string, Field>();
  let start = 0;
  for (const written of text.split('\n')) {
    if (written !== '') {
      const field = readLine(written, start, locate);
      if (!field || fields.has(field.key)) return undefined;
      fields.set(field.key, field);
    }
    start += written.length + 1;
  }
  return fields.size === 0 ? undefined : fields;
}

function readLine(written: string, start: number, locate: Locate): Field | undefined {
  const { key, text, list } = line.exec(written)?.groups ?? {};
  if (key === undefined) return undefined;
  const at = start + key.length + 2;
  const value = text !== undefined ? textAt(text, at, locate) : listAt(list ?? '', at, locate);
  return value && { key, value, place: locate(start, key.length) };
}

function textAt(raw: string, at: number, locate: Locate): TextValue {
  const text = raw.startsWith('"') ? raw.slice(1, -1) : raw;
  return { type: 'text', text, raw, place: locate(at, raw.length) };
}

/** `inside` is what stands between the brackets, the first of which is at `at`. */
function listAt(inside: string, at: number, locate: Locate): Value | undefined {
  const items: TextValue[] = [];
  let start = at + 1;
  for (const part of inside.split(',')) {
    const raw = part.replace(/^ +| +$/g, '');
    if (!item.test(raw)) return undefined;
    items.push(textAt(raw, start + part.indexOf(raw), locate));
    start += part.length + 1;
  }
  return { type: 'list', items, place: locate(at, inside.length + 2) };
}
