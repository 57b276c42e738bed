// What formulas written for MathJax or LaTeX hold and KaTeX does not know, as edits to terms that it does know. Only
// spelling: they change nothing that a reader sees.
import type { Edit } from './edits.js';
import { referenceCommands } from './reference-commands.js';
import { argumentAt, type Span, skipSpaces, type Token, textOf, tokenize } from './tex.js';

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
const relevant =
  /\\(?:begin|end)\s*\{(?:eqnarray|flalign|multline|displaymath|math|subequations|d?array)\*?\}|\\\\\*|\\(?:text|emph|mbox|hbox|fbox)/;

/** Characters that are plain inside `\text` to MathJax and not to KaTeX. */
const plainInText: Readonly<Record<string, string>> = {
  _: '\\_',
  '&': '\\&',
  '#': '\\#',
  '^': '\\textasciicircum{}',
};

/** The edits after which KaTeX reads a formula as MathJax does. */
export function dialectEdits(tex: string): readonly Edit[] {
  if (!relevant.test(tex) && !punctuated.test(tex)) return [];
  const tokens = tokenize(tex);
  return [
    ...(punctuated.test(tex) ? punctuationEdits(tokens) : []),
    ...environmentEdits(tokens),
    ...columnEdits(tokens),
    ...starEdits(tokens),
    ...textEdits(tokens),
  ];
}

function environmentEdits(tokens: readonly Token[]): Edit[] {
  const edits: Edit[] = [];
  const open: { name: string; depth: number; columns: number }[] = [];
  let depth = 0;
  tokens.forEach((token, index) => {
    const inner = open.at(-1);
    if (token.type === 'open') depth++;
    else if (token.type === 'close') depth--;
    else if (token.text === '\\begin' || token.text === '\\end') {
      const argument = argumentAt(tokens, index + 1);
      const name = argument ? textOf(tokens, argument) : '';
      if (token.text === '\\begin') open.push({ name, depth, columns: 0 });
      else open.pop();
      edits.push(...replaceName(tokens, index, argument, name));
    } else if (inner?.name.startsWith('eqnarray') && inner.depth === depth) {
      // `a &=& b` is `a &= b` to align: the second `&` of a row goes.
      if (token.text === '\\\\') inner.columns = 0;
      else if (token.text === '&' && ++inner.columns === 2)
        edits.push({ start: token.start, end: token.end, text: ' ' });
    }
  });
  return edits;
}

function replaceName(
  tokens: readonly Token[],
  index: number,
  argument: Span | undefined,
  name: string,
): Edit[] {
  const bare = name.replace('*', '');
  const pair = Object.hasOwn(environments, bare) ? environments[bare] : undefined;
  const first = tokens[index];
  const last = argument && tokens[argument.next - 1];
  if (!pair || !first || !last) return [];
  const text = first.text === '\\begin' ? pair[0] : pair[1];
  return [{ start: first.start, end: last.end, text: text.replace('*', name.endsWith('*') ? '*' : '') }];
}

/** Columns of `array` that KaTeX lacks: `@{…}` and the like go, `p{2cm}` is `l`, `*{3}{c}` is written out. */
function columnEdits(tokens: readonly Token[]): Edit[] {
  return tokens.flatMap((token, index) => {
    const name = token.text === '\\begin' ? argumentAt(tokens, index + 1) : undefined;
    const columns =
      name && /^d?array$/.test(textOf(tokens, name)) ? argumentAt(tokens, name.next) : undefined;
    const first = columns && tokens[columns.from];
    const last = columns && tokens[columns.to - 1];
    if (!first || !last) return [];
    const written = textOf(tokens, columns);
    const text = plainColumns(written);
    return text === written ? [] : [{ start: first.start, end: last.end, text }];
  });
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

function textEdits(tokens: readonly Token[]): Edit[] {
  // By their place, because a text inside a text is met twice.
  const edits = new Map<number, Edit>();
  tokens.forEach((token, index) => {
    const start = skipSpaces(tokens, index + 1);
    if (!texts.test(token.text) || tokens[start]?.type !== 'open') return;
    const argument = argumentAt(tokens, start);
    const inside = argument ? tokens.slice(argument.from, argument.to) : [];
    for (const edit of plainEdits(inside)) edits.set(edit.start, edit);
  });
  return [...edits.values()];
}

/** Commands whose arguments are no text: names and colours. */
const names = new RegExp(String.raw`^\\(?:${referenceCommands.join('|')}|label|color|textcolor|f?colorbox)$`);

function plainEdits(tokens: readonly Token[]): Edit[] {
  const edits: Edit[] = [];
  let inMath = false;
  for (let at = 0; at < tokens.length; at++) {
    const { text, start, end } = tokens[at] as Token;
    if (text === '$') inMath = !inMath;
    else if (text === '\\(' || text === '\\)') inMath = text === '\\(';
    else if (names.test(text)) at = (argumentAt(tokens, at + 1)?.next ?? at + 1) - 1;
    else if (!inMath && Object.hasOwn(plainInText, text))
      edits.push({ start, end, text: plainInText[text] ?? text });
  }
  return edits;
}
