// What YAML and TOML say, before a schema gives it a meaning: texts as they are written (`010`, `1.10`, `yes`),
// lists and maps, each with its place in the file.
import type { Place } from './types.js';

export type Value = TextValue | ListValue | MapValue;

export interface TextValue {
  readonly type: 'text';
  readonly text: string;
  /** As it stands in the file, with its quotes. */
  readonly raw: string;
  /** A YAML comment behind the text, without its `#`. */
  readonly comment?: string;
  readonly place: Place;
}

interface ListValue {
  readonly type: 'list';
  readonly items: readonly Value[];
  readonly place: Place;
}

interface MapValue {
  readonly type: 'map';
  readonly fields: Fields;
  readonly place: Place;
}

export interface Field {
  /** As written. */
  readonly key: string;
  readonly value: Value;
  /** Of the key. */
  readonly place: Place;
}

/** By key; front matter whose keys have other names in other systems is kept by our names. */
export type Fields = ReadonlyMap<string, Field>;

/** What a parser has to say about a text it cannot read. */
export interface Fault {
  readonly message: string;
  readonly hint?: string;
  readonly place: Place;
}

/** Either `faults` is empty or `fields` is not to be used. */
export interface Parsed {
  readonly fields: Fields;
  readonly faults: readonly Fault[];
}

/** The value as strings, arrays and objects; an empty text is `undefined`: a key without a value is not set. */
export function plain(value: Value): unknown {
  if (value.type === 'text') return value.text.trim() === '' ? undefined : value.text;
  if (value.type === 'list') return filledItems(value).map(plain);
  return plainFields(value.fields);
}

/** The same for the fields of a map. `__proto__` becomes a key like any other. */
export function plainFields(fields: Fields): Record<string, unknown> {
  return Object.fromEntries([...fields].map(([name, { value }]) => [name, plain(value)]));
}

/** The place of the value that `path` leads to in the plain data, or of the nearest value around it. */
export function placeOf(fields: Fields, path: readonly PropertyKey[]): Place | undefined {
  const value = valueAt(fields, path);
  if (value !== undefined && !isEmpty(value)) return value.place;
  return keyPlaceOf(fields, path) ?? (path.length > 1 ? placeOf(fields, path.slice(0, -1)) : undefined);
}

/** The place of the last key of `path`; undefined where that is no key of a map. */
export function keyPlaceOf(fields: Fields, path: readonly PropertyKey[]): Place | undefined {
  const outer = path.length === 1 ? fields : valueAt(fields, path.slice(0, -1));
  if (outer === undefined) return undefined;
  const map = 'get' in outer ? outer : outer.type === 'map' ? outer.fields : undefined;
  return map?.get(String(path.at(-1)))?.place;
}

function valueAt(fields: Fields, path: readonly PropertyKey[]): Value | undefined {
  const [first, ...rest] = path;
  let value = fields.get(String(first))?.value;
  for (const key of rest) {
    if (value?.type === 'map') value = value.fields.get(String(key))?.value;
    else value = value?.type === 'list' ? filledItems(value)[Number(key)] : undefined;
  }
  return value;
}

/** The items of a list, and in their places those of the lists in it. */
export function itemsOf({ items }: ListValue): readonly Value[] {
  return items.flatMap((item) => (item.type === 'list' ? itemsOf(item) : [item]));
}

function filledItems(list: ListValue): readonly Value[] {
  return list.items.filter((item) => !isEmpty(item));
}

function isEmpty(value: Value): boolean {
  return value.type === 'text' && value.text.trim() === '';
}
