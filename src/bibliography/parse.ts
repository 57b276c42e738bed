// A `.bib` file to entries. A broken entry is an error at its place in the file and takes no other with it.
import { diagnostic, nearest } from '../diagnostic.js';
import { type Locate, placesIn } from '../place.js';
import type { Diagnostic } from '../types.js';
import { offsetIn, type RawEntry, type RawField, readBibtex, type Value } from './bibtex.js';
import { type Entry, type FieldName, fieldNames } from './entry.js';
import { canonicalType, entryTypes, isEntryType } from './entry-types.js';
import { latexToText, readLatex } from './latex.js';
import { findLinks, webAddress } from './links.js';
import { type Names, noNames, parseNames } from './names.js';
import { plainText, type Rich } from './rich.js';
import type { Report } from './split.js';

export type Entries = ReadonlyMap<string, Entry>;

export interface ParsedBibliography {
  readonly entries: Entries;
  readonly diagnostics: readonly Diagnostic[];
}

/** What reading one file shares. */
interface Reading {
  readonly locate: Locate;
  readonly report: Report;
  /** What has been reported, each thing once, by the offset at which it is. */
  readonly found: Map<string, { readonly offset: number; readonly diagnostic: Diagnostic }>;
}

/**
 * Reads the text of a BibTeX or biblatex file; `file` is its path. Errors are returned, and warnings about what no
 * entry holds; those about an entry are its remarks. Nothing is thrown for content.
 */
export function parseBibliography(text: string, file: string): ParsedBibliography {
  const locate = placesIn(file, text);
  const found: Reading['found'] = new Map();
  const report: Report = (severity, code, message, offset, length, hint) => {
    found.set(`${code} ${offset}`, {
      offset,
      diagnostic: diagnostic(severity, code, message, locate(offset, length), hint),
    });
  };
  const reading = { locate, report, found };
  const raw = withoutDuplicates(readBibtex(text, report), reading);
  const entries = [...raw.values()].map((entry) => makeEntry(entry, inherited(entry, raw, report), reading));
  const remarks = new Set(entries.flatMap((entry) => entry.remarks));
  return {
    entries: new Map(entries.map((entry) => [entry.key, entry])),
    diagnostics: [...found.values()]
      .sort((a, b) => a.offset - b.offset)
      .map((one) => one.diagnostic)
      .filter((one) => !remarks.has(one)),
  };
}

function withoutDuplicates(raw: readonly RawEntry[], { locate, report }: Reading): Map<string, RawEntry> {
  const entries = new Map<string, RawEntry>();
  for (const entry of raw) {
    const { key, keyOffset, keyLength, type, typeOffset } = entry;
    const first = entries.get(key);
    if (first !== undefined) {
      const message = `${key} is given twice, first on line ${locate(first.keyOffset).line}`;
      report(
        'error',
        'bibliography/duplicate-key',
        message,
        keyOffset,
        keyLength,
        'remove one of the two, or give it another key',
      );
      continue;
    }
    entries.set(key, entry);
    const near = isEntryType(type) ? undefined : nearest(type, entryTypes);
    if (near !== undefined) {
      report(
        'warning',
        'bibliography/unknown-type',
        `there is no type @${type}`,
        typeOffset,
        type.length,
        `did you mean @${near}?`,
      );
    }
  }
  return entries;
}

/** `crossref`: what an entry lacks is taken from the collection that it names, whose title becomes its booktitle. */
function inherited(entry: RawEntry, all: ReadonlyMap<string, RawEntry>, report: Report): RawEntry['fields'] {
  const crossref = entry.fields.get('crossref');
  if (crossref === undefined) return entry.fields;
  const key = crossref.value.text.trim().normalize('NFC');
  const parent =
    all.get(key) ?? [...all.values()].find((other) => other.key.toLowerCase() === key.toLowerCase());
  if (parent === undefined) {
    const near = nearest(key, [...all.keys()]);
    const hint =
      near === undefined ? 'crossref names the key of another entry of this file' : `did you mean ${near}?`;
    const offset = offsetIn(crossref.value, 0);
    report('warning', 'bibliography/unknown-crossref', `there is no entry ${key}`, offset, key.length, hint);
    return entry.fields;
  }
  const fields = [...parent.fields].flatMap(([name, field]): [string, RawField][] => {
    if (name === 'title') return [['booktitle', field]];
    return notInherited.has(name) ? [] : [[name, field]];
  });
  return new Map([...fields, ...entry.fields]);
}

const notInherited = new Set([
  'booktitle',
  'crossref',
  'doi',
  'eprint',
  'ids',
  'note',
  'pages',
  'subtitle',
  'url',
]);

/** Where a field is looked for, beside its own name. */
const otherNames: Readonly<Partial<Record<FieldName, readonly string[]>>> = {
  journal: ['journaltitle'],
  number: ['issue'],
  kind: ['type'],
  institution: ['school'],
  publisher: ['organizer'],
};

function makeEntry(raw: RawEntry, source: RawEntry['fields'], reading: Reading): Entry {
  const text = (name: string) => source.get(name)?.value.text.trim() ?? '';
  const { type, kind } = canonicalType(raw.type);
  const fields: Partial<Record<FieldName, Rich>> = {};
  for (const name of fieldNames) {
    const field = [name, ...(otherNames[name] ?? [])]
      .map((one) => source.get(one))
      .find((one) => one !== undefined);
    const content =
      field === undefined || webAddress(field.value.text) !== undefined
        ? []
        : readField(field.value, reading);
    if (content.length > 0) fields[name] = content;
  }
  const subtitle = source.get('subtitle');
  if (fields.title && subtitle) fields.title = [...fields.title, ': ', ...readField(subtitle.value, reading)];
  if (kind !== undefined) fields.kind ??= [kind];
  const shown = plainText(fields.title ?? []) + text('author');
  const entry: Omit<Entry, 'remarks'> = {
    key: raw.key,
    place: reading.locate(raw.keyOffset, raw.keyLength),
    type,
    language: /\p{Script=Hangul}/u.test(shown) ? 'ko' : 'en',
    authors: readNames(source.get('author'), reading),
    editors: readNames(source.get('editor'), reading),
    year: latexToText(text('year')) || (/^\s*(-?\d{4})/.exec(text('date'))?.[1] ?? ''),
    fields,
    links: findLinks(text),
  };
  const remarks = [...reading.found.values()].filter(
    (one) => one.offset >= raw.start && one.offset < raw.end && one.diagnostic.severity === 'warning',
  );
  return { ...entry, remarks: remarks.map((one) => one.diagnostic) };
}

function readField(value: Value, { locate, report }: Reading): Rich {
  const { parts, unknown } = readLatex(value.text);
  for (const { command, index } of unknown) {
    const hint = 'write the character itself, or put a formula between dollars';
    report(
      'warning',
      'bibliography/unknown-command',
      `${command} is not known and is left out`,
      offsetIn(value, index),
      command.length,
      hint,
    );
  }
  return parts.map((part) =>
    typeof part === 'string'
      ? part
      : { type: 'formula', tex: part.tex, place: locate(offsetIn(value, part.index), part.tex.length) },
  );
}

function readNames(field: RawField | undefined, { report }: Reading): Names {
  if (field === undefined) return noNames;
  const { people, others, doubtful } = parseNames(field.value.text);
  for (const { text, index } of doubtful) {
    const hint = 'join names by and: Kim, Ada and Lee, Bo. Put an organisation into braces: {…, Inc.}';
    report(
      'warning',
      'bibliography/names',
      'this is not one name',
      offsetIn(field.value, index),
      firstLine(text),
      hint,
    );
  }
  return { people, others };
}

/** A place ends with its line. */
function firstLine(text: string): number {
  return text.split(/\r?\n/, 1)[0]?.length ?? 1;
}
