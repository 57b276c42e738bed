// A .bib file cut into its entries, so that a broken one does not take the others with it. Braces and quotation marks
// count as in BibTeX: a backslash hides neither. What stands outside entries is a comment.
import type { Code } from '../diagnostic.js';
import type { Severity } from '../types.js';
import { isEntryType } from './entry-types.js';

/** `@article{…}` with its delimiters, as offsets in the file. */
export interface Block {
  /** Lower-case. */
  readonly type: string;
  readonly start: number;
  /** Of the opening brace or parenthesis. */
  readonly open: number;
  /** Behind the closing one; of an open block, where the next one begins. */
  readonly end: number;
  readonly closed: boolean;
  /** A brace or quotation mark inside which a line looks like a field: when the block is broken, that is why. */
  readonly suspect?: number;
}

export type Report = (
  severity: Severity,
  code: Code,
  message: string,
  offset: number,
  length: number,
  hint?: string,
) => void;

/** No field needs deeper groups, and what reads them later is recursive. */
const maxDepth = 100;

const blockStart = /@[ \t]*([a-zA-Z]+)\s*([{(])/y;
const entryLine =
  /[ \t]*@[ \t]*(?:(?:string|preamble|comment)\s*[{(]|[a-zA-Z]+\s*[{(]\s*[^\s{}(),="]*\s*,)/iy;
const fieldLine = /[ \t]*[a-zA-Z][\w-]*[ \t]*=[ \t]*["{\d]/y;

/** All blocks but `@comment`, in their order. Reports what is open, too deep, or left over behind an entry. */
export function splitBlocks(text: string, report: Report): Block[] {
  const blocks: Block[] = [];
  let end = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at)) {
    const block = isComment(text, at, end) ? undefined : blockAt(text, at);
    if (block === undefined) {
      reportMissingBrace(text, at, report);
      at++;
      continue;
    }
    end = block.end;
    at = end;
    if (isSound(block, text, report) && block.type !== 'comment') blocks.push(block);
  }
  return blocks;
}

/** In an e-mail address, or behind a `%` on its line: a comment of LaTeX, which people take entries out with. */
function isComment(text: string, at: number, from: number): boolean {
  return /[\w.]$|%/.test(text.slice(Math.max(from, text.lastIndexOf('\n', at) + 1), at));
}

function blockAt(text: string, start: number): Block | undefined {
  blockStart.lastIndex = start;
  const match = blockStart.exec(text);
  if (match === null) return undefined;
  const open = start + match[0].length - 1;
  return { type: (match[1] ?? '').toLowerCase(), start, open, ...findEnd(text, open) };
}

/** Follows braces and quotation marks to the block's end, or to a line on which the next one clearly begins. */
function findEnd(text: string, open: number): Pick<Block, 'end' | 'closed' | 'suspect'> {
  const isRound = text[open] === '(';
  const mark = /[{}()"%\n]/g;
  mark.lastIndex = open + 1;
  const braces: number[] = [];
  let quote: number | undefined;
  let suspect: number | undefined;
  const result = (end: number, closed: boolean) => ({
    end,
    closed,
    ...(suspect === undefined ? {} : { suspect }),
  });
  for (let match = mark.exec(text); match !== null; match = mark.exec(text)) {
    const { index } = match;
    const [sign] = match;
    const isBare = braces.length === 0 && quote === undefined;
    if (sign === '\n') {
      if (matchesAt(entryLine, text, index + 1)) {
        suspect ??= braces[0] ?? quote;
        return result(index + 1, false);
      }
      if (!isBare && matchesAt(fieldLine, text, index + 1)) suspect ??= braces[0] ?? quote;
    } else if (sign === '%') {
      if (isBare) mark.lastIndex = lineEnd(text, index);
    } else if (sign === '{') {
      braces.push(index);
    } else if (sign === '}') {
      if (braces.length > 0) {
        braces.pop();
      } else if (!isRound) {
        suspect ??= quote;
        return result(index + 1, true);
      }
    } else if (sign === '"') {
      if (braces.length === 0) quote = quote === undefined ? index : undefined;
    } else if (sign === ')' && isRound && isBare) {
      return result(index + 1, true);
    }
  }
  suspect ??= braces[0] ?? quote;
  return result(text.length, false);
}

function isSound(block: Block, text: string, report: Report): boolean {
  if (!block.closed) {
    const offset = block.suspect ?? block.open;
    reportOpen(text, offset, report);
    return true;
  }
  const deep = tooDeep(text, block);
  if (deep !== undefined) {
    report(
      'error',
      'bibliography/syntax',
      `braces are nested deeper than ${maxDepth}`,
      deep,
      1,
      'use fewer levels',
    );
    return false;
  }
  reportRest(text, block, report);
  return true;
}

export function reportOpen(text: string, offset: number, report: Report): void {
  const name = { '{': 'brace', '(': 'parenthesis', '"': 'quotation mark' }[text.charAt(offset)] ?? 'brace';
  const hint =
    name === 'quotation mark' ? 'close it with "' : `close it with ${name === 'brace' ? '}' : ')'}`;
  report('error', 'bibliography/never-closed', `this ${name} is never closed`, offset, 1, hint);
}

function tooDeep(text: string, { open, end }: Block): number | undefined {
  let depth = 0;
  for (let index = open; index < end; index++) {
    if (text[index] === '{' && ++depth > maxDepth) return index;
    if (text[index] === '}') depth--;
  }
  return undefined;
}

/** A brace too many ends the entry early, and BibTeX would pass over the rest in silence. */
function reportRest(text: string, { end }: Block, report: Report): void {
  const rest = /\s*([,}])/y;
  rest.lastIndex = end;
  const [whole = '', sign] = rest.exec(text) ?? [];
  const hint = 'remove the brace that is too many, here or before';
  if (sign === ',') {
    report('error', 'bibliography/syntax', 'the entry ends here, but more fields follow', end - 1, 1, hint);
  } else if (sign === '}') {
    report(
      'warning',
      'bibliography/syntax',
      'nothing is open that this brace could close',
      end + whole.length - 1,
      1,
      hint,
    );
  }
}

/** `@article key,`: without its brace the entry would be a comment. */
function reportMissingBrace(text: string, at: number, report: Report): void {
  const line = text.slice(text.lastIndexOf('\n', at) + 1, lineEnd(text, at)).trim();
  const [, type] = /^@([a-zA-Z]+)\s+[^\s,{}()]+\s*,/.exec(line) ?? [];
  if (type === undefined || !isEntryType(type.toLowerCase())) return;
  const hint = `write @${type}{key, …}`;
  report('error', 'bibliography/syntax', `there is no { after @${type}`, at, type.length + 1, hint);
}

function matchesAt(pattern: RegExp, text: string, index: number): boolean {
  pattern.lastIndex = index;
  return pattern.test(text);
}

function lineEnd(text: string, index: number): number {
  const end = text.indexOf('\n', index);
  return end < 0 ? text.length : end;
}
