// The terms that the schemas of `site.yaml` and of front matter are written in, and how a file is held against
// one. Values arrive as texts; each term turns them into what it describes.
import * as z from 'zod';
import { nearest } from './diagnostic.js';
import type { Place } from './types.js';
import { type Fields, keyPlaceOf, placeOf, plainFields } from './value.js';

/** What is wrong with one value or key. */
export interface Problem {
  /** From the outermost key on. */
  readonly path: readonly PropertyKey[];
  /** The end of a sentence that begins with the key: `must be true or false`. */
  readonly message: string;
  readonly place?: Place;
  /** For a key that means nothing: the known key that is spelled nearly so, if there is one. */
  readonly unknownKey?: { readonly nearest?: string };
}

export interface Checked<T> {
  /** Without the outermost keys in which something is wrong; missing when one of them is needed. */
  readonly data?: T;
  readonly problems: readonly Problem[];
}

/** Holds the values of a file against a schema. */
export function check<Schema extends z.ZodType>(schema: Schema, fields: Fields): Checked<z.output<Schema>> {
  const result = schema.safeParse(plainFields(fields));
  if (result.success) return { data: result.data, problems: [] };
  const problems = result.error.issues.flatMap((issue) => problemsOf(issue, schema, fields));
  const wrong = new Set(problems.map(({ path }) => path[0]));
  const rest = schema.safeParse(plainFields(new Map([...fields].filter(([name]) => !wrong.has(name)))));
  return { ...(rest.success && { data: rest.data }), problems };
}

function problemsOf(issue: z.core.$ZodIssue, schema: z.ZodType, fields: Fields): Problem[] {
  const inside = issue.code === 'invalid_union' ? insideUnion(issue) : undefined;
  if (inside) return inside.flatMap((one) => problemsOf(one, schema, fields));
  if (issue.code !== 'unrecognized_keys') {
    const place = placeOf(fields, issue.path);
    return [{ path: issue.path, message: issue.message, ...(place && { place }) }];
  }
  const known = knownKeys(schema, issue.path);
  return issue.keys.map((key) => {
    const path = [...issue.path, key];
    const place = keyPlaceOf(fields, path);
    const near = nearest(key, known);
    return {
      path,
      message: 'is not known',
      ...(place && { place }),
      unknownKey: near ? { nearest: near } : {},
    };
  });
}

/** A map of which only a value is wrong is the one of several kinds that was meant. */
function insideUnion({ errors, path }: z.core.$ZodIssueInvalidUnion): z.core.$ZodIssue[] | undefined {
  return errors
    .find((issues) => issues.length > 0 && issues.every((issue) => issue.path.length > 0))
    ?.map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
}

/** The keys of the map that `path` leads to in a schema. */
function knownKeys(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  const { def } = schema._zod as { def: z.core.$ZodTypes['_zod']['def'] };
  const [first, ...rest] = path;
  switch (def.type) {
    case 'default':
    case 'prefault':
    case 'optional':
      return knownKeys(def.innerType, path);
    case 'pipe':
      return knownKeys(def.in._zod.def.type === 'transform' ? def.out : def.in, path);
    case 'record':
      return knownKeys(def.valueType, rest);
    case 'array':
      return knownKeys(def.element, rest);
    case 'object': {
      const inner = first === undefined ? undefined : def.shape[String(first)];
      return inner === undefined ? Object.keys(def.shape) : knownKeys(inner, rest);
    }
    default:
      return [];
  }
}

/** Words for a value that is missing or has another type. */
export function must(be: string): { error: (issue: { readonly input?: unknown }) => string } {
  return { error: ({ input }) => (input === undefined ? 'is missing' : `must be ${be}`) };
}

/** Text on one line, NFC. A control character (which YAML can write as an escape) fits in no page or feed. */
export const line = z.string(must('a text')).transform((text) =>
  text
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\p{Cc}\p{Cs}]/gu, '\uFFFD'),
);

const flags: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes', 'on'].map((word) => [word, true] as const),
  ...['false', 'no', 'off'].map((word) => [word, false] as const),
]);

/** True or false, in all the words that YAML and TOML have had for them. */
export function readFlag(value: unknown): unknown {
  return typeof value === 'string' ? (flags.get(value.toLowerCase()) ?? value) : value;
}

export const flag = z.preprocess(readFlag, z.boolean(must('true or false')));

/** A list of texts; a single text is a list of one. */
export const lines = z.preprocess(
  (value) => (typeof value === 'string' ? [value] : value),
  z.array(line, must('a list of texts')),
);
