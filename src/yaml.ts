// YAML as texts, lists and maps with their places, for front matter and `site.yaml`. The failsafe schema leaves
// every scalar as it is written; nothing that copies, converts or constructs (aliases, tags) is accepted.
import {
  type Document,
  type ErrorCode,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  stringify,
  visit,
  type YAMLError,
} from 'yaml';
import type { Locate } from './place.js';
import type { Place } from './types.js';
import type { Fault, Field, Parsed, TextValue, Value } from './value.js';
import { readLines } from './yaml-lines.js';

const quoteIt = 'put the whole value in quotes: "…"';
const keyAndValue = 'write each line as key: value, with a space after the colon';

/**
 * Parses one YAML document that must be a map (or empty). `locate` gives the place of an offset in `text`.
 * Of several syntax errors the first is returned: the others follow from it.
 */
export function parseYaml(text: string, locate: Locate): Parsed {
  const fields = readLines(text, locate);
  return fields ? { fields, faults: [] } : parseWhole(text, locate);
}

/** The same, always by the parser. @internal */
export function parseWhole(text: string, locate: Locate): Parsed {
  const document = parseDocument(text, {
    schema: 'failsafe',
    resolveKnownTags: false,
    uniqueKeys: false,
    prettyErrors: false,
  });
  const [error] = document.errors;
  if (error !== undefined) return { fields: new Map(), faults: [explain(error, document, text, locate)] };
  const faults: Fault[] = document.warnings.map((warning) => ({
    message: 'a value cannot begin with !, which marks a YAML tag',
    hint: quoteIt,
    place: locate(warning.pos[0], warning.pos[1] - warning.pos[0]),
  }));
  const root = document.contents;
  if (root === null || isEmptyScalar(root)) return { fields: new Map(), faults };
  const reading = { text, locate, faults };
  if (isMap(root)) return { fields: readPairs(root.items, reading), faults };
  const message = isSeq(root) ? 'a list stands where keys are expected' : 'this is not a key and a value';
  return { fields: new Map(), faults: [{ message, hint: keyAndValue, place: spotOf(root, reading) }] };
}

/** A text of one line as the value of a key: as it is where YAML lets it be, else in single quotes. */
export function quoteYaml(text: string): string {
  const isPlain = stringify(text, { lineWidth: 0 }) === `${text}\n`;
  return isPlain ? text : `'${text.replaceAll("'", "''")}'`;
}

interface Reading {
  readonly text: string;
  readonly locate: Locate;
  /** What is found on the way is added here. */
  readonly faults: Fault[];
}

function read(node: unknown, reading: Reading): Value {
  const place = spotOf(node, reading);
  if (isNode(node) && 'anchor' in node && node.anchor !== undefined) {
    const message = 'a value cannot begin with &, which marks a YAML anchor';
    reading.faults.push({ message, hint: quoteIt, place });
  }
  if (isScalar(node)) return readScalar(node, reading);
  if (isSeq(node)) return { type: 'list', items: node.items.map((item) => read(item, reading)), place };
  if (isMap(node)) return { type: 'map', fields: readPairs(node.items, reading), place };
  if (isNode(node)) {
    const message = 'a value cannot begin with *, which marks a YAML alias';
    reading.faults.push({ message, hint: quoteIt, place });
  }
  return { type: 'text', text: '', raw: '', place };
}

function readPairs(
  pairs: readonly { key: unknown; value: unknown }[],
  reading: Reading,
): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>();
  for (const pair of pairs) {
    const field = readPair(pair, reading);
    if (field === undefined) continue;
    const first = fields.get(field.key);
    if (first === undefined) fields.set(field.key, field);
    else {
      const message = `${field.key} is given twice, first on line ${first.place.line}`;
      reading.faults.push({ message, hint: 'remove one of the two', place: field.place });
    }
  }
  return fields;
}

function readPair(pair: { key: unknown; value: unknown }, reading: Reading): Field | undefined {
  const { key } = pair;
  if (isScalar(key) && typeof key.value === 'string' && key.value !== '') {
    const place = spotOf(key, reading);
    // `{a}` is a map with a key and no value at all.
    const value: Value =
      pair.value === null ? { type: 'text', text: '', raw: '', place } : read(pair.value, reading);
    return { key: key.value, value, place };
  }
  const place = spotOf(key, reading);
  reading.faults.push({ message: 'this key is not a text', hint: quoteIt, place });
  return undefined;
}

function readScalar(node: Node & { value: unknown }, reading: Reading): TextValue {
  const [from, to, end] = node.range ?? [0, 0, 0];
  const raw = reading.text.slice(from, to);
  const text = typeof node.value === 'string' ? node.value : '';
  // A comment on the lines below belongs to no value.
  const isBehind = !reading.text.slice(to, end).trimEnd().includes('\n');
  const comment = isBehind && typeof node.comment === 'string' ? node.comment : undefined;
  return {
    type: 'text',
    text,
    raw,
    ...(comment === undefined ? {} : { comment }),
    place: spotOf(node, reading),
  };
}

function spotOf(node: unknown, { text, locate }: Reading): Place {
  const [from, to] = (isNode(node) ? node.range : undefined) ?? [0, 0];
  return spot(from, to, text, locate);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'range' in value;
}

function isEmptyScalar(node: Node): boolean {
  return isScalar(node) && node.value === '';
}

/** Our words for the parser's errors: its code, what its message holds, our message, our hint. */
const explanations: readonly (readonly [ErrorCode, string, string, string])[] = [
  [
    'BAD_DQ_ESCAPE',
    '',
    'this is not an escape of YAML',
    "use single quotes: in '…' a backslash is only a backslash",
  ],
  ['BAD_INDENT', 'end with a', 'a list or map before this is not closed', 'close it with ] or }'],
  [
    'BAD_INDENT',
    '',
    'this line begins in a column where no line above does',
    'let all keys begin in one column',
  ],
  ['BAD_SCALAR_START', '', 'a value cannot begin with this character', quoteIt],
  [
    'BLOCK_AS_IMPLICIT_KEY',
    '',
    'this value holds another key: value',
    `${quoteIt}; let all keys begin in one column`,
  ],
  ['MISSING_CHAR', 'quote', 'this quote is never closed', 'close it with the same quote'],
  ['MISSING_CHAR', '', 'this key has no colon', keyAndValue],
  ['MULTILINE_IMPLICIT_KEY', '', 'this line is not a key and a value', keyAndValue],
  ['MULTIPLE_DOCS', '', 'a second YAML document begins here', 'keep one, without --- and ... between'],
  ['RESOURCE_EXHAUSTION', '', 'lists or maps are nested too deeply', 'use fewer levels'],
  ['TAB_AS_INDENT', '', 'a tab indents this line', 'indent YAML with spaces'],
  [
    'UNEXPECTED_TOKEN',
    'block-seq-ind',
    'a list cannot begin on the line of its key',
    'begin it on the next line, or write [a, b]',
  ],
  ['UNEXPECTED_TOKEN', '', 'there is text after the end of the value', quoteIt],
];

function explain(error: YAMLError, document: Document, text: string, locate: Locate): Fault {
  const found = explanations.find(([code, part]) => code === error.code && error.message.includes(part));
  const [, , message = error.message, hint] = found ?? [];
  const from = message.includes('quote is never closed') ? openQuote(error, document) : error.pos[0];
  return { message, ...(hint === undefined ? {} : { hint }), place: spot(from, error.pos[1], text, locate) };
}

/** The parser reports an open quote where the text ends. */
function openQuote(error: YAMLError, document: Document): number {
  let from = error.pos[0];
  visit(document, {
    Scalar(_key, node) {
      if (node.type?.startsWith('QUOTE') && node.range?.[1] === error.pos[0]) from = node.range[0];
    },
  });
  return from;
}

/** A place ends with its line at the latest. */
function spot(from: number, to: number, text: string, locate: Locate): Place {
  const firstLine = text.slice(from, to).split(/\r?\n/, 1)[0] ?? '';
  return locate(from, Math.max(1, firstLine.trimEnd().length));
}
