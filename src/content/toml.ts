// TOML front matter as texts, lists and maps with their places. smol-toml decides what is valid, but it keeps no
// positions and turns `1.10` into 1.1 and February 30 into March 1: so the valid text is read again, for its tokens.
import { parse, TomlError } from 'smol-toml';
import type { Locate } from '../place.js';
import type { Fault, Field, Parsed, Value } from '../value.js';

/** Parses one TOML document. `locate` gives the place of an offset in `text`. */
export function parseToml(text: string, locate: Locate): Parsed {
  try {
    parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return { fields: new Map(), faults: [explain(error, text, locate)] };
  }
  return { fields: readToml(text, locate), faults: [] };
}

type Table = Map<string, Field>;
interface KeyPart {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
}

const tokens = {
  blank: /(?:[ \t\r\n]|#[^\n]*)*/y,
  space: /[ \t]*/y,
  bareKey: /[A-Za-z0-9_-]+/y,
  // The longest form first: `"""` also begins like an empty text.
  text: /"""(?:[^"\\]|\\[\s\S]|"(?!""))*"{3,5}|'''(?:[^']|'(?!''))*'{3,5}|"(?:[^"\\]|\\.)*"|'[^']*'/y,
  bareValue: /\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]*|[^\s,\]}#]+/y,
} as const;

/** Reads a text that is known to be valid TOML. */
function readToml(text: string, locate: Locate): Table {
  let at = 0;
  const root: Table = new Map();

  function take(token: RegExp): string {
    token.lastIndex = at;
    const [found = ''] = token.exec(text) ?? [];
    at += found.length;
    return found;
  }

  function takeKey(): KeyPart[] {
    const parts: KeyPart[] = [];
    do {
      if (parts.length > 0) at += 1;
      take(tokens.space);
      const offset = at;
      const raw = text[at] === '"' || text[at] === "'" ? take(tokens.text) : take(tokens.bareKey);
      parts.push({ name: unquote(raw), offset, length: raw.length });
      take(tokens.space);
    } while (text[at] === '.');
    return parts;
  }

  function takePair(table: Table): void {
    const { parent, last } = parentOf(table, takeKey());
    at += 1;
    take(tokens.space);
    parent.set(last.name, { key: last.name, value: takeValue(), place: spot(last) });
  }

  function takeValue(): Value {
    const offset = at;
    if (text[at] === '[') {
      const items = takeAll(']', () => takeValue());
      return { type: 'list', items, place: locate(offset, 1) };
    }
    if (text[at] === '{') {
      const fields: Table = new Map();
      takeAll('}', () => takePair(fields));
      return { type: 'map', fields, place: locate(offset, 1) };
    }
    const quoted = text[at] === '"' || text[at] === "'";
    const raw = take(quoted ? tokens.text : tokens.bareValue);
    if (raw === '') throw new Error(`no TOML value at ${offset}`);
    return { type: 'text', text: quoted ? unquote(raw) : raw, raw, place: locate(offset, raw.length) };
  }

  function takeAll<Item>(end: string, takeOne: () => Item): Item[] {
    const items: Item[] = [];
    at += 1;
    for (take(tokens.blank); text[at] !== end; take(tokens.blank)) {
      items.push(takeOne());
      take(tokens.blank);
      if (text[at] === ',') at += 1;
    }
    at += 1;
    return items;
  }

  /** The table that the next pairs go to; a header in `[[…]]` appends one to a list. */
  function takeHeader(): Table {
    const brackets = text.startsWith('[[', at) ? 2 : 1;
    at += brackets;
    const key = takeKey();
    at += brackets;
    if (brackets === 1) return descend(root, key);
    const { parent, last } = parentOf(root, key);
    const before = parent.get(last.name)?.value;
    const fields: Table = new Map();
    const item: Value = { type: 'map', fields, place: spot(last) };
    const items = before?.type === 'list' ? [...before.items, item] : [item];
    parent.set(last.name, {
      key: last.name,
      value: { type: 'list', items, place: spot(last) },
      place: spot(last),
    });
    return fields;
  }

  function parentOf(table: Table, key: readonly KeyPart[]): { parent: Table; last: KeyPart } {
    const last = key.at(-1);
    if (last === undefined) throw new Error('a TOML key without a name');
    return { parent: descend(table, key.slice(0, -1)), last };
  }

  function descend(table: Table, key: readonly KeyPart[]): Table {
    return key.reduce((inner, part) => {
      const field = inner.get(part.name) ?? {
        key: part.name,
        value: { type: 'map', fields: new Map(), place: spot(part) },
        place: spot(part),
      };
      inner.set(part.name, field);
      return tableOf(field.value);
    }, table);
  }

  function spot(part: KeyPart) {
    return locate(part.offset, part.length);
  }

  let table = root;
  for (take(tokens.blank); at < text.length; take(tokens.blank)) {
    if (text[at] === '[') table = takeHeader();
    else takePair(table);
  }
  return root;
}

/** The table itself, or the last one of a list of tables. It was made here, so it may be added to. */
function tableOf(value: Value | undefined): Table {
  if (value?.type === 'list') return tableOf(value.items.at(-1));
  return value?.type === 'map' ? (value.fields as Table) : new Map();
}

function unquote(raw: string): string {
  if (/^(?:"[^"\\]*"|'[^']*')$/.test(raw)) return raw.slice(1, -1);
  if (!/^["']/.test(raw)) return raw;
  const { value } = parse(`value = ${raw}`);
  return typeof value === 'string' ? value : '';
}

const quoteIt = 'put text in quotes: key = "…"';

/** Our words for smol-toml's errors, by the beginning of its message. */
const explanations: readonly (readonly [RegExp, string, string])[] = [
  [/^invalid value|numeric|leading zero|underscore|lossless/, 'this is not a value of TOML', quoteIt],
  [/^invalid date/, 'this is not a date or time that exists', 'write a date as 2019-02-05'],
  [/redefine/, 'this key is given twice', 'remove one of the two'],
  [/escape/, 'this is not an escape of TOML', "use single quotes: in '…' a backslash is only a backslash"],
  [/^each key-value/, 'there is text after the end of the value', quoteIt],
  [/^control characters/, 'a quote is not closed on its line', 'close it with the same quote'],
  [/^unfinished string/, 'this quote is never closed', 'close it with the same quote'],
  [/^expected comma|^unfinished/, 'a comma or the closing bracket is missing', 'write a list as ["a", "b"]'],
  [/key/, 'this is not a key and a value', 'write each line as key = value'],
  [/nested/, 'lists or tables are nested too deeply', 'use fewer levels'],
];

function explain(error: TomlError, text: string, locate: Locate): Fault {
  const reason = error.message.split('\n', 1)[0]?.replace('Invalid TOML document: ', '') ?? '';
  const stop = lineStart(text, error.line) + error.column - 1;
  const offset = text[stop - 1] === '\\' ? stop - 1 : stop;
  if (text[offset] === ':' && /key/.test(reason)) {
    const hint = 'write key = value, or open and close YAML front matter with ---';
    return { message: 'TOML has = between a key and its value', hint, place: locate(offset, 1) };
  }
  const [, message = reason, hint] = explanations.find(([pattern]) => pattern.test(reason)) ?? [];
  return { message, ...(hint && { hint }), place: locate(offset, 1) };
}

function lineStart(text: string, line: number): number {
  let start = 0;
  for (let seen = 1; seen < line; seen += 1) start = text.indexOf('\n', start) + 1;
  return start;
}
