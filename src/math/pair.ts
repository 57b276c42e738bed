// The pairs of delimiters that may enclose a formula, by where they stand; whether one is there is for
// `formula.ts` to say.
import { closingBracket, closingDollars, dollarsAt, type Search } from './delimiters.js';
import { environmentAt, environmentEnd } from './environments.js';

/**
 * What encloses a formula: `$`, `` $` `` (GitHub's), `$$` or more, `\(`, `\[`, the same as kramdown needs them (`\\(`,
 * `\\[`), kramdown's `\$$ … $$`, nothing but the environment itself, a code fence.
 */
export type Delimiter =
  | '$'
  | '$`'
  | '$$'
  | '\\$$'
  | '\\('
  | '\\['
  | '\\\\('
  | '\\\\['
  | 'environment'
  | 'fence';

/** Offsets of the body and of the end of the closing delimiter. */
export interface Pair {
  readonly delimiter: Delimiter;
  readonly body: number;
  readonly bodyEnd: number;
  readonly close: number;
  /** MyST's `:label: name`, from its first colon to the end of the name. */
  readonly option?: { readonly start: number; readonly end: number } | undefined;
}

/** The pair that opens at `index`, or undefined. */
export function pairAt(text: string, index: number, search: Search): Pair | undefined {
  switch (text[index]) {
    case '$':
      return findDollars(text, index, search);
    case '\\':
      return findBackslash(text, index, search);
    case '`':
    case '~':
      return search.inParagraph ? undefined : findFence(text, index);
    default:
      return undefined;
  }
}

function findDollars(text: string, index: number, search: Search): Pair | undefined {
  const size = dollarsAt(text, index);
  if (size === 1 && text[index + 1] === '`') {
    const bodyEnd = text.indexOf('`', index + 2);
    const code =
      bodyEnd > index + 2 && text[bodyEnd + 1] === '$' && !/\n[ \t]*\r?\n/.test(text.slice(index, bodyEnd));
    if (code) return { delimiter: '$`', body: index + 2, bodyEnd, close: bodyEnd + 2 };
  }
  const body = index + size;
  const bodyEnd = closingDollars(text, body, size, search);
  if (bodyEnd === undefined) return undefined;
  return { delimiter: size === 1 ? '$' : '$$', body, bodyEnd, close: bodyEnd + size };
}

function findBackslash(text: string, index: number, search: Search): Pair | undefined {
  const slashes = text[index + 1] === '\\' ? 2 : 1;
  const open = text[index + slashes];
  if (open === '(' || open === '[') {
    const delimiter = `${slashes === 2 ? '\\\\' : '\\'}${open}` as const;
    const body = index + slashes + 1;
    const bodyEnd = closingBracket(text, body, open === '(' ? ')' : ']', slashes, search);
    return bodyEnd === undefined ? undefined : { delimiter, body, bodyEnd, close: bodyEnd + slashes + 1 };
  }
  if (open === '$') {
    const body = index + 3;
    const bodyEnd =
      slashes === 1 && dollarsAt(text, index + 1) === 2 ? closingDollars(text, body, 2, search) : undefined;
    return bodyEnd === undefined ? undefined : { delimiter: '\\$$', body, bodyEnd, close: bodyEnd + 2 };
  }
  const name = slashes === 1 ? environmentAt(text, index) : undefined;
  const close = name === undefined ? undefined : environmentEnd(text, index, name);
  if (close === undefined) return undefined;
  if (search.inParagraph && /\n[ \t]*\r?\n/.test(text.slice(index, close))) return undefined;
  return { delimiter: 'environment', body: index, bodyEnd: close, close };
}

const fenceOpening = /(`{3,}|~{3,})[ \t]*(?:math|(\{math\}))[ \t]*(?=[\r\n])/y;

/** ```` ```math ````, or MyST's ```` ```{math} ````, up to the next fence of the same kind and at least the same length. */
function findFence(text: string, index: number): Pair | undefined {
  fenceOpening.lastIndex = index;
  const [, fence, directive] = fenceOpening.exec(text) ?? [];
  if (fence === undefined) return undefined;
  const start = fenceOpening.lastIndex;
  const { body, option } = directive === undefined ? { body: start } : pastOptions(text, start);
  const next = new RegExp(`[\\r\\n][ \\t>]*(${fence}${fence.charAt(0)}*)`, 'g');
  next.lastIndex = body;
  const match = next.exec(text);
  if (!match?.[1]) return undefined;
  const close = next.lastIndex;
  return { delimiter: 'fence', body, bodyEnd: close - match[1].length, close, option };
}

const option = /(?:\r\n?|\n)[ \t>]*(:([a-z][\w-]*):(?:[ \t]*([^\s{}\\]+))?)[^\r\n]*(?=[\r\n])/y;

/** Options of a directive, such as `:label: name` and `:nowrap:`, stand each on a line right below its fence. */
function pastOptions(text: string, start: number): Pick<Pair, 'body' | 'option'> {
  let body = start;
  let found: Pair['option'];
  option.lastIndex = start;
  for (let match = option.exec(text); match; match = option.exec(text)) {
    const [all, written = '', key, value] = match;
    const from = match.index + all.indexOf(written);
    if (/^(?:label|name)$/.test(key ?? '') && value !== undefined)
      found ??= { start: from, end: from + written.length };
    body = option.lastIndex;
  }
  return { body, option: found };
}
