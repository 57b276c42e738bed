// Splits a file into front matter and body. gray-matter splits, but only after our own look at the marks: left
// alone it runs code after `---js`, takes `---x` for a closing line, and an open front matter for the whole file.
import matter from 'gray-matter';
import { diagnostic } from '../diagnostic.js';
import { type Locate, placesIn } from '../place.js';
import type { Diagnostic, Source } from '../types.js';
import type { Fields, Parsed } from '../value.js';
import { parseYaml } from '../yaml.js';
import { parseToml } from './toml.js';

export interface FrontMatter {
  readonly fields: Fields;
  /** What follows the front matter; the whole text where there is none. */
  readonly body: string;
  /** Line of the file on which the body begins. */
  readonly bodyLine: number;
  /** With an error in them `fields` and `body` are not to be used. */
  readonly diagnostics: readonly Diagnostic[];
}

// gray-matter looks for comments with a regular expression that is quadratic in the length of a run of blank
// lines, so both limits are needed.
const longest = { characters: 65_536, lines: 1000 };

const formats = {
  '---': { name: 'YAML', parse: parseYaml, code: 'front-matter/yaml', closing: /\n---[ \t]*(?=\r?\n|\r?$)/ },
  '+++': {
    name: 'TOML',
    parse: parseToml,
    code: 'front-matter/toml',
    closing: /\n\+\+\+[ \t]*(?=\r?\n|\r?$)/,
  },
} as const;

type Mark = keyof typeof formats;

/**
 * Reads the front matter of a file: YAML between lines `---`, TOML between lines `+++`, both from the first line
 * on. A file that begins otherwise has none.
 */
export function parseFrontMatter(source: Source): FrontMatter {
  const text = source.text.replace(/^\uFEFF/, '');
  const [, mark, rest = ''] = /^(---|\+\+\+)([^\r\n]*)/.exec(text) ?? [];
  // `-----` is a rule across the page.
  if (!isMark(mark) || rest.startsWith(mark.charAt(0))) return withoutFrontMatter(source.path, text);
  const closing = formats[mark].closing.exec(text);
  const head = closing === null ? text : text.slice(0, closing.index + closing[0].length);
  const locate = placesIn(source.path, head);
  const fault = faultOfMarks({ mark, rest: rest.trim(), head, closed: closing !== null, locate });
  if (fault !== undefined) return { fields: new Map(), body: '', bodyLine: 1, diagnostics: [fault] };
  const { parsed, body } = split(text, mark, head, locate);
  const diagnostics = parsed.faults.map(({ message, hint, place }) =>
    diagnostic('error', formats[mark].code, message, place, hint),
  );
  return { fields: parsed.fields, body, bodyLine: (locate(head.length).line ?? 0) + 1, diagnostics };
}

function isMark(mark: string | undefined): mark is Mark {
  return mark !== undefined && mark in formats;
}

interface Marks {
  readonly mark: Mark;
  /** What follows the mark on the first line. */
  readonly rest: string;
  /** From the opening mark to the closing one. */
  readonly head: string;
  readonly closed: boolean;
  readonly locate: Locate;
}

function faultOfMarks({ mark, rest, head, closed, locate }: Marks): Diagnostic | undefined {
  if (rest !== '') {
    const message = `front matter opens with a line ${mark} and nothing else, but ${rest.slice(0, 40)} follows`;
    const hint = `remove what follows ${mark}; it is always read as ${formats[mark].name}`;
    return diagnostic('error', 'front-matter/opening-line', message, locate(3, rest.length), hint);
  }
  if (!closed) {
    const hint = `put a line ${mark} behind the last key; for a rule across the page write *** instead`;
    const message = 'the front matter that opens here is never closed';
    return diagnostic('error', 'front-matter/never-closed', message, locate(0, 3), hint);
  }
  const first = head.indexOf(`\n${mark}`);
  if (first < head.lastIndexOf('\n')) {
    const message = `a line inside the front matter begins with ${mark}, which closes it`;
    const hint = `write the closing line as ${mark} and nothing else`;
    return diagnostic('error', 'front-matter/closing-line', message, locate(first + 1, 3), hint);
  }
  if (head.length > longest.characters || (locate(head.length).line ?? 0) > longest.lines) {
    const message = `front matter is longer than ${longest.lines} lines or ${longest.characters} characters`;
    const hint = 'move what readers shall read into the body';
    return diagnostic('error', 'front-matter/too-long', message, locate(0, 3), hint);
  }
  return undefined;
}

/** Hands the text to gray-matter, whose engine for `mark` is our own parser. */
function split(text: string, mark: Mark, head: string, locate: Locate): { parsed: Parsed; body: string } {
  const { parse } = formats[mark];
  // The text that the engine gets begins right behind the opening mark.
  const read = (inside: string) =>
    // The CR of a CRLF before the closing line stays behind.
    parse(inside.replace(/\r$/, ''), (offset, length) => locate(offset + mark.length, length));
  const closingLine = head.slice(head.lastIndexOf('\n') + 1);
  // Options also switch off gray-matter's cache, which forgets the errors of a file that it has seen before.
  const { data, content } = matter(text, {
    delimiters: [mark, closingLine],
    language: 'ours',
    engines: { ours: read },
  });
  const parsed = 'faults' in data ? (data as Parsed) : { fields: new Map(), faults: [] };
  return { parsed, body: content };
}

function withoutFrontMatter(path: string, text: string): FrontMatter {
  const fault = faultOfBeginning(text, placesIn(path, text));
  return { fields: new Map(), body: text, bodyLine: 1, diagnostics: fault ? [fault] : [] };
}

/** Front matter below empty lines, or without its opening line. */
function faultOfBeginning(text: string, locate: Locate): Diagnostic | undefined {
  const start = /\S/.exec(text)?.index ?? 0;
  const [late] = /^\s+(?:---|\+\+\+)[ \t]*\r?\n[A-Za-z_]+[ \t]*[:=]/.exec(text) ?? [];
  if (late !== undefined) {
    const [message, hint] = /^[ \t]+[-+]/.test(late)
      ? ['front matter begins with the first character of a file', 'remove the blanks before it']
      : ['front matter begins on the first line of a file', 'remove the empty lines above it'];
    return diagnostic('error', 'front-matter/not-first', message, locate(start, 3), hint);
  }
  const key = keyOfBareLines(text.slice(start, start + longestHead));
  if (key === undefined) return undefined;
  const message = 'these lines look like front matter, and are part of the text';
  const hint = 'put a line --- above the first of them and one below the last';
  return diagnostic('warning', 'front-matter/not-first', message, locate(start, key.length), hint);
}

/** Of the lines that may be front matter without a line above it. */
const longestHead = 5000;

const pair = /^([A-Za-z][\w-]*):(?:[ \t]|$)/;

/**
 * The first key of a text that begins with lines as of front matter: Hexo needs no line above them, Pelican none at
 * all. Prose has a line such as `Note: …`, but not two of them, one with a title or a date.
 */
function keyOfBareLines(text: string): string | undefined {
  const [, first] = pair.exec(text.split(/\r?\n/, 1)[0] ?? '') ?? [];
  if (first === undefined) return undefined;
  const [head = ''] = text.split(/\r?\n(?:[ \t]*\r?\n|-{3})/, 1);
  const lines = head.split(/\r?\n/);
  const keys = lines.flatMap((line) => pair.exec(line)?.[1] ?? []);
  const isHead = lines.every((line) => pair.test(line) || /^(?:[ \t]|- |#)/.test(line));
  return isHead && keys.length > 1 && keys.some((key) => /^(?:title|date)$/i.test(key)) ? first : undefined;
}
