// What formulas written for MathJax or LaTeX hold and KaTeX does not know, as edits to terms that it does know. Only
// spelling: they change nothing that a reader sees.
import { applyEdits, type Edit } from './edits.js';
import { expandMacros } from './expand.js';
import { type Macros, usedMacros } from './macros.js';
import { referenceCommands } from './reference-commands.js';
import { argumentAt, optionAt, type Span, skipSpaces, type Token, textOf, tokenize } from './tex.js';

/** What stands for `\begin{name}` and for `\end{name}`; the `*` falls away where the name has none. */
const environments: Readonly<Record<string, readonly [string, string]>> = {
  eqnarray: ['\\begin{align*}', '\\end{align*}'],
  flalign: ['\\begin{align*}', '\\end{align*}'],
  multline: ['\\begin{equation*}\\begin{gathered}', '\\end{gathered}\\end{equation*}'],
  displaymath: ['{', '}'],
  // Their numbers are ours.
  subequations: ['', ''],
  math: ['{', '}'],
};

/** `\end{align},` with nothing behind it. */
const punctuated = /\\end\s*\{(?:equation|align|gather|alignat|eqnarray|flalign|multline)\*?\}\s*[.,;]\s*$/;

/** Commands whose argument is a text. */
export const texts = /^\\(?:text(?:rm|sf|tt|normal|bf|md|it|up|sc|sl)?|emph|mbox|hbox|fbox)$/;

/** Environments that say with which row they stand on the line of text: KaTeX sets them at the middle. */
const positioned = /^(?:aligned|gathered|alignedat|d?array)$/;
const relevant =
  /\\(?:begin|end)\s*\{(?:eqnarray|flalign|multline|displaymath|math|subequations|d?array)\*?\}|\\begin\s*\{(?:aligned|gathered|alignedat)\}\[|\\\\\*|\\(?:text|emph|mbox|hbox|fbox)/;

/** Characters that are plain inside `\text` to MathJax and not to KaTeX. */
const plainInText: Readonly<Record<string, string>> = {
  _: '\\_',
  '&': '\\&',
  '#': '\\#',
  '^': '\\textasciicircum{}',
};

/** The edits after which KaTeX reads a formula as MathJax does. `used`: the names of the macros that it uses. */
export function dialectEdits(tex: string, macros: Macros, used: readonly string[]): readonly Edit[] {
  // Perhaps a macro begins the environment, or ends it.
  const hasEqnarray = eqnarray.test(tex) || used.some((name) => eqnarray.test(macros.get(name)?.body ?? ''));
  if (!hasEqnarray && !relevant.test(tex) && !punctuated.test(tex)) return [];
  const tokens = tokenize(tex);
  const cells = hasEqnarray ? cellEdits(expandMacros(tokens, macros, holdsEnvironment).tokens) : [];
  return [
    ...(punctuated.test(tex) ? punctuationEdits(tokens) : []),
    ...environmentEdits(tokens),
    ...cells.filter(({ start, end }) => tex.slice(start, end) === '&'),
    ...starEdits(tokens),
    ...textEdits(tokens, plainInText),
  ];
}

/** The body of a macro as KaTeX is given it; the other half of an environment may lie in another macro. */
export function dialectBody(body: string): string {
  if (!relevant.test(body)) return body;
  const tokens = tokenize(body);
  // A `#` is the place of an argument.
  const { '#': _, ...plainInBody } = plainInText;
  return applyEdits(body, [
    ...environmentEdits(tokens),
    ...cellEdits(tokens),
    ...starEdits(tokens),
    ...textEdits(tokens, plainInBody),
  ]).text;
}

const eqnarray = /\\begin\s*\{eqnarray\*?\}/;

function holdsEnvironment(name: string, macros: Macros): boolean {
  return usedMacros(name, macros).some((used) =>
    /\\(?:begin|end)(?![a-zA-Z@])/.test(macros.get(used)?.body ?? ''),
  );
}

/** Names of environments, and what stands behind them. */
function environmentEdits(tokens: readonly Token[]): Edit[] {
  return tokens.flatMap((token, index) => {
    const argument = /^\\(?:begin|end)$/.test(token.text) ? argumentAt(tokens, index + 1) : undefined;
    if (!argument) return [];
    const name = textOf(tokens, argument);
    return token.text === '\\begin' && positioned.test(name)
      ? optionEdits(tokens, argument.next, name)
      : nameEdits(tokens, index, argument, name);
  });
}

/** `\begin{eqnarray} a &=& b` is `\begin{align} a &= b`: the second `&` of a row goes. */
function cellEdits(tokens: readonly Token[]): Edit[] {
  const edits: Edit[] = [];
  const open: { isEqnarray: boolean; depth: number; columns: number }[] = [];
  let depth = 0;
  tokens.forEach(({ type, text, start, end }, index) => {
    const inner = open.at(-1);
    if (type === 'open') depth++;
    else if (type === 'close') depth--;
    else if (text === '\\begin') {
      const name = argumentAt(tokens, index + 1);
      const isEqnarray = name !== undefined && textOf(tokens, name).startsWith('eqnarray');
      open.push({ isEqnarray, depth, columns: 0 });
    } else if (text === '\\end') open.pop();
    else if (inner?.isEqnarray && inner.depth === depth) {
      if (text === '\\\\') inner.columns = 0;
      else if (text === '&' && ++inner.columns === 2) edits.push({ start, end, text: ' ' });
    }
  });
  return edits;
}

function nameEdits(tokens: readonly Token[], index: number, argument: Span, name: string): Edit[] {
  const bare = name.replace('*', '');
  const pair = Object.hasOwn(environments, bare) ? environments[bare] : undefined;
  if (!pair) return [];
  const text = tokens[index]?.text === '\\begin' ? pair[0] : pair[1];
  return edit(tokens, { from: index, to: argument.next }, text.replace('*', name.endsWith('*') ? '*' : ''));
}

/**
 * A position goes. Columns of `array` that KaTeX lacks: `@{…}` and the like go, `p{2cm}` is `l`, `*{3}{c}` is
 * written out.
 */
function optionEdits(tokens: readonly Token[], index: number, name: string): Edit[] {
  const position = positionAt(tokens, index, name);
  const columns = name.endsWith('array') ? argumentAt(tokens, position?.next ?? index) : undefined;
  return [
    ...(position ? edit(tokens, { from: position.from - 1, to: position.next }, '') : []),
    ...(columns ? edit(tokens, columns, plainColumns(textOf(tokens, columns))) : []),
  ];
}

/** The `[t]` of `\begin{aligned}[t]`, which begins at a token: as in LaTeX, right there, unless columns have to follow. */
export function positionAt(tokens: readonly Token[], index: number, name: string): Span | undefined {
  const option = positioned.test(name) ? optionAt(tokens, index) : undefined;
  const isOne = option && /^[tcb]?$/.test(textOf(tokens, option).trim());
  return isOne && (option.from === index + 1 || name.endsWith('array')) ? option : undefined;
}

function edit(tokens: readonly Token[], { from, to }: Pick<Span, 'from' | 'to'>, text: string): Edit[] {
  const [first, last] = [tokens[from], tokens[to - 1]];
  if (!first || !last || textOf(tokens, { from, to }) === text) return [];
  return [{ start: first.start, end: last.end, text }];
}

function plainColumns(columns: string): string {
  return columns
    .replace(/[@!<>]\{(?:[^{}]|\{[^{}]*\})*\}/g, '')
    .replace(/[pmb]\{[^{}]*\}/g, 'l')
    .replace(/\*\{([1-9]|1[0-9])\}\{([lcr|: ]*)\}/g, (_, count, inside: string) =>
      inside.repeat(Number(count)),
    );
}

/** `\\*` only asks for no page break. */
function starEdits(tokens: readonly Token[]): Edit[] {
  return tokens
    .filter((token, index) => token.text === '*' && tokens[index - 1]?.text === '\\\\')
    .map(({ start, end }) => ({ start, end, text: '' }));
}

/** Behind an environment with numbers KaTeX sets them in mid-line: what ends the sentence goes into the last row. */
function punctuationEdits(tokens: readonly Token[]): Edit[] {
  const mark = tokens.findLast(({ type }) => type !== 'space');
  const end = tokens.findLastIndex(({ text }) => text === '\\end');
  const before = tokens.findLastIndex(({ type }, index) => index < end && type !== 'space');
  const rowEnd = tokens[tokens[before]?.text === '\\\\' ? before : end];
  if (!mark || !rowEnd) return [];
  return [
    { start: rowEnd.start, end: rowEnd.start, text: mark.text },
    { start: mark.start, end: mark.end, text: '' },
  ];
}

function textEdits(tokens: readonly Token[], plain: Readonly<Record<string, string>>): Edit[] {
  // By their place, because a text inside a text is met twice.
  const edits = new Map<number, Edit>();
  tokens.forEach((token, index) => {
    const start = skipSpaces(tokens, index + 1);
    if (!texts.test(token.text) || tokens[start]?.type !== 'open') return;
    const argument = argumentAt(tokens, start);
    const inside = argument ? tokens.slice(argument.from, argument.to) : [];
    for (const edit of plainEdits(inside, plain)) edits.set(edit.start, edit);
  });
  return [...edits.values()];
}

/** Commands whose arguments are no text: names and colours. */
const names = new RegExp(String.raw`^\\(?:${referenceCommands.join('|')}|label|color|textcolor|f?colorbox)$`);

function plainEdits(tokens: readonly Token[], plain: Readonly<Record<string, string>>): Edit[] {
  const edits: Edit[] = [];
  let inMath = false;
  for (let at = 0; at < tokens.length; at++) {
    const { text, start, end } = tokens[at] as Token;
    if (text === '$') inMath = !inMath;
    else if (text === '\\(' || text === '\\)') inMath = text === '\\(';
    else if (names.test(text)) at = (argumentAt(tokens, at + 1)?.next ?? at + 1) - 1;
    else if (!inMath && Object.hasOwn(plain, text)) edits.push({ start, end, text: plain[text] ?? text });
  }
  return edits;
}
