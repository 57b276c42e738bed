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
const bareKey = new RegExp(`^${key}:$`);
const isItem = /^ *- /;
const itemLine = new RegExp(`^(?<indent> *)- (?<text>${text})$`, 'u');

/** The fields of a text that consists of such lines; undefined for any other. */
export function readLines(text: string, locate: Locate): Fields | undefined {
  const fields = new Map<string, Field>();
  const lines = text.split('\n');
  let start = 0;
  for (let index = 0; index < lines.length; ) {
    const written = lines[index] as string;
    const items = bareKey.test(written) ? itemsAfter(lines, index) : [];
    if (written !== '' && !comment.test(written)) {
      const field = readLine(written, items, start, locate);
      if (!field || fields.has(field.key)) return undefined;
      fields.set(field.key, field);
    }
    for (const one of [written, ...items]) start += one.length + 1;
    index += 1 + items.length;
  }
  return fields.size === 0 ? undefined : fields;
}

/** The lines of a list below a line. */
function itemsAfter(lines: readonly string[], index: number): readonly string[] {
  const rest = lines.slice(index + 1);
  const end = rest.findIndex((line) => !isItem.test(line));
  return end < 0 ? rest : rest.slice(0, end);
}

function readLine(
  written: string,
  items: readonly string[],
  start: number,
  locate: Locate,
): Field | undefined {
  const { key, text, list } = line.exec(written)?.groups ?? {};
  if (key === undefined) return undefined;
  const at = start + key.length + 2;
  let value: Value | undefined;
  if (text !== undefined) value = textAt(text, at, locate);
  else if (list !== undefined) value = listAt(list, at, locate);
  else value = listOf(items, start + written.length + 1, locate);
  return value && { key, value, place: locate(start, key.length) };
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

/** A list of one item a line, all of which begin in one column; the first line at `at`. */
function listOf(lines: readonly string[], at: number, locate: Locate): Value | undefined {
  const items: TextValue[] = [];
  const column = lines[0]?.indexOf('-') ?? 0;
  let start = at;
  for (const written of lines) {
    const { indent, text } = itemLine.exec(written)?.groups ?? {};
    if (indent?.length !== column || text === undefined) return undefined;
    items.push(textAt(text, start + column + 2, locate));
    start += written.length + 1;
  }
  const length = (lines[0]?.length ?? 0) - column;
  return items.length === 0 ? undefined : { type: 'list', items, place: locate(at + column, length) };
}
