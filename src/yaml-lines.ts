// YAML as most front matter is written, a key and a value on each line, read without a parser: for thousands of short
// posts that takes as long as their Markdown. Whatever is not certainly the same in YAML is left to the parser.
import type { Locate } from './place.js';
import type { Field, Fields, TextValue, Value } from './value.js';

const key = '[A-Za-z_][A-Za-z0-9_-]*';
/** A text that begins with a letter, a digit or a slash, and that holds nothing that could mean something else. */
const plain = (inside: string, end: string) =>
  `[\\p{L}\\p{N}/](?:(?:[\\p{L}\\p{N} ${inside}]|:(?=[\\p{L}\\p{N}/]))*[\\p{L}\\p{N}${end}])?`;
const quoted = `"(?:(?!["\\\\])[\\p{L}\\p{N}\\p{P}\\p{S} ])*"|'(?:(?!')[\\p{L}\\p{N}\\p{P}\\p{S} ])*'`;
const text = `${plain(",._/()+\\-'?!&", ")./?!'+")}|${quoted}`;

const line = new RegExp(`^(?<key>${key}):(?: (?:(?<text>${text})|\\[(?<list>[^\\[\\]{}]*)\\]))?$`, 'u');
const item = new RegExp(`^(?:${plain('._+\\-', '+')}|"[\\p{L}\\p{N} ]*")$`, 'u');
const comment = /^#[\p{L}\p{N}\p{P}\p{S} ]*$/u;
const itemLine = new RegExp(`^(?<indent> *)- (?<text>${text})$`, 'u');

/** The fields of a text that consists of such lines; undefined for any other. */
export function readLines(text: string, locate: Locate): Fields | undefined {
  const fields = new Map<string, Field>();
  const lines = text.split('\n');
  let start = 0;
  for (let index = 0; index < lines.length; index++) {
    const written = lines[index] as string;
    const next = start + written.length + 1;
    if (written === '' || comment.test(written)) {
      start = next;
      continue;
    }
    const { key, text, list } = line.exec(written)?.groups ?? {};
    if (key === undefined || fields.has(key)) return undefined;
    const at = start + key.length + 2;
    let value: Value | undefined;
    start = next;
    if (text !== undefined) value = textAt(text, at, locate);
    else if (list !== undefined) value = listAt(list, at, locate);
    else {
      const items = itemsIn(lines, index + 1);
      value = listOf(items, start, locate);
      for (const one of items) start += one.length + 1;
      index += items.length;
    }
    if (!value) return undefined;
    fields.set(key, { key, value, place: locate(at - key.length - 2, key.length) });
  }
  return fields.size === 0 ? undefined : fields;
}

function textAt(raw: string, at: number, locate: Locate): TextValue {
  const text = /^["']/.test(raw) ? raw.slice(1, -1) : raw;
  return { type: 'text', text, raw, place: locate(at, raw.length) };
}

/** `inside` is what stands between the brackets, the first of which is at `at`. */
function listAt(inside: string, at: number, locate: Locate): Value | undefined {
  const items: TextValue[] = [];
  let start = at + 1;
  for (const part of /[^ ]/.test(inside) ? inside.split(',') : []) {
    const raw = part.replace(/^ +| +$/g, '');
    if (!item.test(raw)) return undefined;
    items.push(textAt(raw, start + part.indexOf(raw), locate));
    start += part.length + 1;
  }
  return { type: 'list', items, place: locate(at, inside.length + 2) };
}

/** The lines of a list from here on, all of which begin in one column. */
function itemsIn(lines: readonly string[], from: number): readonly string[] {
  const column = lines[from]?.search(/- /);
  let end = from;
  while (lines[end]?.search(/[^ ]/) === column && lines[end]?.startsWith('- ', column)) end++;
  return lines.slice(from, end);
}

/** `at` is where the first line begins. */
function listOf(lines: readonly string[], at: number, locate: Locate): Value | undefined {
  const items: TextValue[] = [];
  let start = at;
  for (const written of lines) {
    const { indent, text } = itemLine.exec(written)?.groups ?? {};
    if (indent === undefined || text === undefined) return undefined;
    items.push(textAt(text, start + indent.length + 2, locate));
    start += written.length + 1;
  }
  const first = lines[0]?.trimStart();
  if (first === undefined) return undefined;
  return {
    type: 'list',
    items,
    place: locate(at + (lines[0] as string).length - first.length, first.length),
  };
}
