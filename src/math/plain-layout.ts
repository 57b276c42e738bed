// What is laid out in two dimensions, in a line of text: environments with their cells and rows.
import { positionAt } from './dialect-edits.js';
import { argumentAt, groupEnd, optionAt, skipSpaces, type Token, textOf } from './tex.js';

/** An environment that begins at a token. */
export interface Environment {
  /** What stands inside, cells parted by commas where they are those of a table. */
  readonly inside: readonly Token[];
  readonly isTable: boolean;
  readonly open: string;
  readonly close: string;
  /** The index behind its `\end{name}`. */
  readonly next: number;
}

const delimiters: Readonly<Record<string, readonly [string, string]>> = {
  pmatrix: ['(', ')'],
  bmatrix: ['[', ']'],
  Bmatrix: ['{', '}'],
  vmatrix: ['|', '|'],
  Vmatrix: ['‖', '‖'],
  cases: ['{ ', ''],
  dcases: ['{ ', ''],
  rcases: ['', ' }'],
  drcases: ['', ' }'],
};

/** Reads the environment whose `\begin` is at `index`; one that never ends takes all the rest. */
export function environmentAt(tokens: readonly Token[], index: number): Environment {
  const argument = argumentAt(tokens, index + 1);
  const name = argument ? textOf(tokens, argument).replace('*', '') : '';
  let from = argument?.next ?? index + 1;
  from = positionAt(tokens, from, name)?.next ?? from;
  if (/^(?:d?array|subarray|alignat|alignedat)$/.test(name)) from = argumentAt(tokens, from)?.next ?? from;
  const to = environmentEnd(tokens, from);
  const isTable = /matrix$|^d?r?cases$|array$/.test(name);
  const [open = '', close = ''] = (Object.hasOwn(delimiters, name) && delimiters[name]) || [];
  const inside = tokens.slice(from, to);
  const next = argumentAt(tokens, to + 1)?.next ?? to + 1;
  return { inside: isTable ? cells(inside) : inside, isTable, open, close, next };
}

function environmentEnd(tokens: readonly Token[], index: number): number {
  let depth = 1;
  const end = tokens.findIndex(({ text }, at) => {
    if (at >= index && text === '\\begin') depth++;
    return at >= index && text === '\\end' && --depth === 0;
  });
  return end === -1 ? tokens.length : end;
}

/** Commas for the `&` outside groups and inner environments. */
function cells(tokens: readonly Token[]): readonly Token[] {
  let depth = 0;
  return tokens.map((token) => {
    if (token.type === 'open' || token.text === '\\begin') depth++;
    else if (token.type === 'close' || token.text === '\\end') depth--;
    return token.text === '&' && depth === 0 ? { ...token, text: ',' } : token;
  });
}

/** Behind the `\\` at `index` with its space; whether anything follows, so that a row has ended. */
export function rowEndAt(
  tokens: readonly Token[],
  index: number,
): { readonly isLast: boolean; readonly next: number } {
  const next = optionAt(tokens, index + 1)?.next ?? index + 1;
  return { isLast: skipSpaces(tokens, next) >= tokens.length, next };
}

/** Behind the length at `index`, as in `\kern1em`, `\hskip -2pt`, `\mkern{3mu}`. */
export function lengthEnd(tokens: readonly Token[], index: number): number {
  const start = skipSpaces(tokens, index);
  if (tokens[start]?.type === 'open') return groupEnd(tokens, start) + 1;
  let at = start;
  while (/^[-+.\d\s]+$/.test(tokens[at]?.text ?? '')) at++;
  return /^[a-z]{2}$/.test(textOf(tokens, { from: at, to: at + 2 })) ? at + 2 : at;
}
