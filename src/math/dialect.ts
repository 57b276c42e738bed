// What formulas written for MathJax or LaTeX hold and KaTeX does not know, in terms that it does know. Only spelling:
// the edits change nothing that a reader sees.
import type { Edit } from './edits.js';
import { argumentAt, type Span, skipSpaces, type Token, textOf, tokenize } from './tex.js';

/** Commands of MathJax, plain TeX and common packages. */
export const dialectMacros: Readonly<Record<string, string>> = {
  '\\mbox': '\\text{#1}',
  '\\textsc': '\\text{#1}',
  '\\textsl': '\\textit{#1}',
  '\\mathds': '\\mathbb{#1}',
  '\\mathbbm': '\\mathbb{#1}',
  '\\ensuremath': '{#1}',
  '\\matrix': '\\begin{matrix}#1\\end{matrix}',
  '\\pmatrix': '\\begin{pmatrix}#1\\end{pmatrix}',
  '\\cases': '\\begin{cases}#1\\end{cases}',
  '\\eqalign': '\\begin{aligned}#1\\end{aligned}',
  '\\displaylines': '\\begin{gathered}#1\\end{gathered}',
  '\\shoveleft': '{#1}',
  '\\shoveright': '{#1}',
  '\\sideset': '\\mathop{{\\vphantom{#3}}#1{#3}#2}\\limits',
  '\\idotsint': '\\int\\cdots\\int',
  '\\hdots': '\\ldots',
  '\\strut': '\\vphantom{(}',
  '\\null': '{}',
  '\\hfill': '\\quad',
  '\\Rule': '\\rule[-#3]{#1}{#2}',
  '\\class': '\\@secondoftwo',
  '\\cssId': '\\@secondoftwo',
  '\\style': '\\@secondoftwo',
  '\\Tiny': '\\tiny',
  '\\xspace': '',
  '\\par': '',
  '\\noindent': '',
  '\\displaybreak': '',
  '\\/': '',
};

/** What stands for `\begin{name}` and for `\end{name}`; the `*` falls away where the name has none. */
const environments: Readonly<Record<string, readonly [string, string]>> = {
  eqnarray: ['\\begin{align*}', '\\end{align*}'],
  flalign: ['\\begin{align*}', '\\end{align*}'],
  multline: ['\\begin{equation*}\\begin{gathered}', '\\end{gathered}\\end{equation*}'],
  displaymath: ['{', '}'],
  math: ['{', '}'],
};

const texts = /^\\(?:text(?:rm|sf|tt|normal|bf|md|it|up|sc|sl)?|emph|mbox|hbox|fbox)$/;
const relevant =
  /\\(?:begin|end)\s*\{(?:eqnarray|flalign|multline|displaymath|math)\*?\}|\\\\\*|\\(?:text|emph|mbox|hbox|fbox)/;

/** Characters that are plain inside `\text` to MathJax and not to KaTeX. */
const plainInText: Readonly<Record<string, string>> = {
  _: '\\_',
  '&': '\\&',
  '#': '\\#',
  '^': '\\textasciicircum{}',
};

/** The edits after which KaTeX reads a formula as MathJax does. */
export function dialectEdits(tex: string): readonly Edit[] {
  if (!relevant.test(tex)) return [];
  const tokens = tokenize(tex);
  return [...environmentEdits(tokens), ...starEdits(tokens), ...textEdits(tokens)];
}

/** The body of a macro, whose other half may lie in another macro: only the names of environments are changed. */
export function dialectBody(body: string): string {
  return body.replace(/\\(begin|end)\{(eqnarray|flalign)(\*?)\}/g, '\\$1{align$3}');
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

/** `\\*` only asks for no page break. */
function starEdits(tokens: readonly Token[]): Edit[] {
  return tokens
    .filter((token, index) => token.text === '*' && tokens[index - 1]?.text === '\\\\')
    .map(({ start, end }) => ({ start, end, text: '' }));
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
const names = /^\\(?:ref|eqref|label|color|textcolor|f?colorbox)$/;

function plainEdits(tokens: readonly Token[]): Edit[] {
  const edits: Edit[] = [];
  let inMath = false;
  for (let at = 0; at < tokens.length; at++) {
    const { text, start, end } = tokens[at] as Token;
    if (text === '$') inMath = !inMath;
    else if (text === '\\(' || text === '\\)') inMath = text === '\\(';
    else if (names.test(text)) at = (argumentAt(tokens, at + 1)?.next ?? at + 1) - 1;
    else if (!inMath && Object.hasOwn(plainInText, text)) edits.push({ start, end, text: plainInText[text] ?? text });
  }
  return edits;
}
