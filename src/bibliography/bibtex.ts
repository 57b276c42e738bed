// The one module that imports latex-utensils, whose grammar of BibTeX tells where everything stands. It stops at the
// first mistake, so it is given one entry at a time, and mistakes are explained here.
import { bibtexParser } from 'latex-utensils';
import { nearest } from '../diagnostic.js';
import { explain } from './explain.js';
import { type Block, type Report, reportOpen, splitBlocks } from './split.js';

/** An entry as it is written, before its TeX is read. */
export interface RawEntry {
  /** Lower-case. */
  readonly type: string;
  /** Of the type, behind the `@`. */
  readonly typeOffset: number;
  /** NFC. */
  readonly key: string;
  readonly keyOffset: number;
  /** As written, where it may not be NFC. */
  readonly keyLength: number;
  readonly fields: ReadonlyMap<string, RawField>;
  /** Of the whole entry. */
  readonly start: number;
  readonly end: number;
}

export interface RawField {
  readonly offset: number;
  readonly value: Value;
}

/** Text put together from literals and `@string`s; `pieces` tell where each part of it stands in the file. */
export interface Value {
  readonly text: string;
  readonly pieces: readonly { readonly index: number; readonly offset: number }[];
}

type Strings = Map<string, Value>;

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** The place in the file of a character of a value. */
export function offsetIn(value: Value, index: number): number {
  const piece = value.pieces.findLast((one) => one.index <= index) ?? { index: 0, offset: 0 };
  return piece.offset + index - piece.index;
}

/**
 * Reads the entries of a `.bib` file. An entry that is broken comes back without fields, so that citing it is not a
 * second mistake; one without a key does not come back.
 */
export function readBibtex(text: string, report: Report): RawEntry[] {
  const strings: Strings = new Map(months.map((month) => [month, { text: month, pieces: [] }]));
  return splitBlocks(text, report).flatMap((block) => {
    if (block.type === 'preamble') return [];
    if (block.type !== 'string') return readEntry(block, text, strings, report) ?? [];
    readString(block, text, strings, report);
    return [];
  });
}

function readString(block: Block, text: string, strings: Strings, report: Report): void {
  const [entry] = block.closed ? parse(block, plainly(block, text), text, report) : [];
  if (entry === undefined) return;
  if (!bibtexParser.isStringEntry(entry) || entry.abbreviation === undefined) {
    const hint = 'write @string{name = {text}}';
    report('error', 'bibliography/syntax', 'an @string is one name with one value', block.start, 7, hint);
    return;
  }
  strings.set(entry.abbreviation.toLowerCase(), readValue(entry.value, block.start, text, strings, report));
}

function readEntry(block: Block, text: string, strings: Strings, report: Report): RawEntry | undefined {
  const found = readKey(block, text, report);
  if (found === undefined) return undefined;
  const { key, offset, sound } = found;
  const whole = plainly(block, text);
  const at = offset - block.start;
  const source = whole.slice(0, at) + 'k'.repeat(key.length) + whole.slice(at + key.length);
  const [parsed] = block.closed && sound ? parse(block, source, text, report) : [];
  const fields = new Map<string, RawField>();
  for (const field of parsed && bibtexParser.isEntry(parsed) ? parsed.content : []) {
    const fieldName = field.name.toLowerCase();
    const at = block.start + field.location.start.offset;
    if (!fields.has(fieldName)) {
      fields.set(fieldName, {
        offset: at,
        value: readValue(field.value, block.start, text, strings, report),
      });
    } else {
      const hint = 'remove one of the two; the first one counts';
      report(
        'warning',
        'bibliography/duplicate-field',
        `${key} has ${fieldName} twice`,
        at,
        fieldName.length,
        hint,
      );
    }
  }
  const typeOffset = block.start + text.slice(block.start, block.open).search(/[a-z]/i);
  const { type, start, end } = block;
  const keyLength = key.length;
  return { type, typeOffset, key: key.normalize('NFC'), keyOffset: offset, keyLength, fields, start, end };
}

/**
 * The key, which is read here because BibTeX allows it more characters than the parser does. `sound` is false when
 * what follows it has been reported as an error.
 */
function readKey(
  { open, closed }: Block,
  text: string,
  report: Report,
): { key: string; offset: number; sound: boolean } | undefined {
  const pattern = /(\s*)([^\s,{}=]*)\s*/y;
  pattern.lastIndex = open + 1;
  const [whole = '', space = '', key = ''] = pattern.exec(text) ?? [];
  const offset = open + 1 + space.length;
  const next = open + 1 + whole.length;
  const sound = { key, offset, sound: true };
  const fails = (
    code: 'bibliography/missing-comma' | 'bibliography/syntax',
    message: string,
    hint: string,
  ) => {
    report('error', code, message, offset, Math.max(1, key.length), hint);
    return { key, offset, sound: false };
  };
  if (key === '' || text[next] === '=') {
    const hint = 'the word that posts cite it by stands first: @article{key, …}';
    if (closed) report('error', 'bibliography/missing-key', 'the entry has no key', open, 1, hint);
    return undefined;
  }
  if (text[next] === ',' || !closed) return sound;
  if (/[})]/.test(text.charAt(next)) || (text[open] === '(' && key.endsWith(')'))) {
    return fails(
      'bibliography/syntax',
      `${key} has no fields`,
      'give it at least a title: @article{key, title = {…}}',
    );
  }
  if (/[\w-]+\s*=/y.test(text.slice(next, next + 100))) {
    return fails(
      'bibliography/missing-comma',
      `there is no comma after the key ${key}`,
      'end the key with a comma',
    );
  }
  return fails('bibliography/syntax', 'a key has no spaces or braces in it', 'end the key with a comma');
}

/** The block with no space before its brace, and no parentheses for it: the parser does not expect them everywhere. */
function plainly({ type, start, open, end }: Block, text: string): string {
  return `${`@${type}`.padStart(open - start)}{${text.slice(open + 1, end - 1)}}`;
}

/** What the parser makes of one block; nothing if it cannot read it, which is then reported. */
function parse(block: Block, source: string, text: string, report: Report) {
  try {
    const { content } = bibtexParser.parse(source);
    if (content.length > 0) return content;
    report(
      'error',
      'bibliography/syntax',
      'this cannot be read as BibTeX',
      block.start,
      1,
      'write @type{key, name = {value}}',
    );
    return content;
  } catch (error) {
    if (!bibtexParser.isSyntaxError(error)) throw error;
    if (block.suspect !== undefined) {
      reportOpen(text, block.suspect, report);
      return [];
    }
    const { offset, length, code, message, hint } = explain(source, error.location.start.offset);
    report('error', code, message, block.start + offset, length, hint);
    return [];
  }
}

function readValue(
  value: bibtexParser.FieldValue,
  start: number,
  text: string,
  strings: Strings,
  report: Report,
): Value {
  const offset = start + value.location.start.offset;
  if (value.kind === 'concat') {
    return value.content.map((part) => readValue(part, start, text, strings, report)).reduce(join);
  }
  if (value.kind === 'text_string')
    return { text: value.content, pieces: [{ index: 0, offset: offset + 1 }] };
  if (value.kind === 'number') return { text: value.content, pieces: [{ index: 0, offset }] };
  const known = strings.get(value.content.toLowerCase());
  if (known !== undefined) return known;
  const written = text.slice(offset, offset + value.content.length);
  const near = nearest(written, [...strings.keys()]);
  const hint = `${near === undefined ? '' : `did you mean ${near}? `}Put text into braces: {${written}}`;
  report(
    'warning',
    'bibliography/unknown-string',
    `no @string is named ${written}`,
    offset,
    written.length,
    hint,
  );
  return { text: written, pieces: [{ index: 0, offset }] };
}

function join(a: Value, b: Value): Value {
  const moved = b.pieces.map(({ index, offset }) => ({ index: index + a.text.length, offset }));
  return { text: a.text + b.text, pieces: [...a.pieces, ...moved] };
}
