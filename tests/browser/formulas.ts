// Every command and every character that the installed KaTeX accepts, and the constructs that choose fonts, set. Commands are found in KaTeX's own program text, so that a new version brings its new ones.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Printed } from '../../src/math/print.js';
import { printed } from '../math/printed.js';

/** Characters that KaTeX knows nothing about are not wanted; of bad style it need not complain. */
function strict(code: string): 'error' | 'ignore' {
  return code === 'unknownSymbol' || code === 'symbolNotInFont' ? 'error' : 'ignore';
}

export interface Sample extends Printed {
  readonly tex: string;
}

/** Without MathML; undefined for what KaTeX does not accept. */
function set(tex: string): Sample | undefined {
  try {
    return { tex, ...printed(tex, { displayMode: true, strict, output: 'html' }) };
  } catch {
    return undefined;
  }
}

function setAll(formulas: readonly string[]): Sample[] {
  return formulas.map((tex) => set(tex)).filter((sample) => sample !== undefined);
}

/** Commands of KaTeX's that print to the console. */
const printing = ['\\show', '\\message', '\\errmessage'];

function commandNames(): string[] {
  const program = readFileSync(createRequire(import.meta.url).resolve('katex'), 'utf8');
  const names = [...program.matchAll(/"\\\\([a-zA-Z]+|[^a-zA-Z\\s"\\])"/g)].map(([, name]) => `\\${name}`);
  return [...new Set(names)].filter((name) => !printing.includes(name));
}

const shapes: readonly ((command: string) => string)[] = [
  (command) => command,
  (command) => `${command}{x}`,
  (command) => `${command}{x}{y}`,
  (command) => `\\text{${command}}`,
  (command) => `\\text{${command}{x}}`,
  (command) => `\\left${command} x \\right.`,
];

/** For commands that take none of those. */
const rareShapes: readonly ((command: string) => string)[] = [
  (command) => `x ${command} y`,
  (command) => `${command}{1em}{x}`,
  (command) => `${command}{red}{x}`,
  (command) => `x${command}^2_3 y`,
];

/** Every command in every shape that it takes. */
export function commands(): Sample[] {
  return unique(
    commandNames().flatMap((command) => {
      const usual = setAll(shapes.map((shape) => shape(command)));
      return usual.length > 0 ? usual : setAll(rareShapes.map((shape) => shape(command)));
    }),
  );
}

/** Latin, Greek, symbols, the mathematical alphabets, and of other scripts the first letters, alone and in text. */
export function characters(): Sample[] {
  const codes = [
    ...[range(0x21, 0x24f), range(0x370, 0x3ff), range(0x1e00, 0x1eff), range(0x2000, 0x2fff)],
    ...[range(0x400, 0x407), range(0x900, 0x907), range(0xac00, 0xac07), range(0x1d400, 0x1d7ff)],
  ];
  const texts = codes.flat().map((code) => String.fromCodePoint(code));
  const plain = texts.filter((text) => !/[\\{}$%#&~^_]/.test(text));
  return unique(setAll(plain.flatMap((text) => [text, `\\text{${text}}`])));
}

const fontCommands = [
  ...[
    'mathrm',
    'mathbf',
    'mathit',
    'mathnormal',
    'mathsf',
    'mathtt',
    'mathbb',
    'mathcal',
    'mathfrak',
    'mathscr',
  ],
  ...['boldsymbol', 'bm', 'mathsfit', 'Bbb', 'frak', 'bold', 'operatorname'],
  ...['text', 'textrm', 'textbf', 'textit', 'textsf', 'texttt', 'textup', 'textmd', 'textnormal', 'emph'],
];

const letters = `${String.fromCharCode(...range(0x21, 0x7e)).replace(/[\\{}$%#&~^_]/g, '')} é ő ï`;
const greek = '\\alpha\\beta\\Gamma\\Omega\\imath\\hbar\\nabla\\partial+\\le\\infty';

/** Every font command around letters, digits, Greek and every other font command. */
export function fontsInFonts(): Sample[] {
  const formulas = fontCommands.flatMap((outer) => [
    `\\${outer}{${letters}}`,
    `\\${outer}{${greek}}`,
    ...fontCommands.map((inner) => `\\${outer}{ab\\${inner}{cdE1}F\\text{gh}}`),
  ]);
  return unique(setAll(formulas));
}

const delimiters = [
  '(',
  '[',
  '\\{',
  '\\langle',
  '|',
  '\\|',
  '\\lfloor',
  '\\lceil',
  '/',
  '\\uparrow',
  '\\lgroup',
];
const heights = ['x', '\\frac{a}{b}', ...[2, 3, 4, 8].map((em) => `\\rule{1em}{${em}em}`)];
const sizes = ['tiny', 'scriptsize', 'small', 'normalsize', 'large', 'Large', 'LARGE', 'huge', 'Huge'];

/** Brackets of all sizes, operators in all styles, and constructs that build glyphs from pieces. */
export function constructs(): Sample[] {
  return setAll([
    ...delimiters.flatMap((open) =>
      heights.map((content) => `\\left${open} ${content} \\middle${open} y \\right.`),
    ),
    ...delimiters.flatMap((open) =>
      ['big', 'Big', 'bigg', 'Bigg'].map((size) => `\\${size}l${open} x \\${size}r)`),
    ),
    ...['display', 'text', 'script', 'scriptscript'].map(
      (style) =>
        `\\${style}style \\sum_i^n \\int_0^1 \\oint \\prod \\bigcup \\sqrt[3]{\\frac12} \\lim_{x \\to 0}`,
    ),
    ...sizes.map((size) => `\\${size} x^{2^2} \\sqrt{y} \\sum \\text{Size}`),
    ...heights.map((content) => `\\sqrt{${content}}`),
    '\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix} \\begin{cases} x & y > 0 \\\\ -x & \\text{else} \\end{cases}',
    '\\begin{array}{|c|c:c|} \\hline 1 & 2 & 3 \\\\ \\hdashline 4 & 5 & 6 \\end{array}',
    '\\begin{align} a &= b \\\\ c &= d \\tag{7} \\\\ e &= f \\nonumber \\end{align}',
    '\\begin{equation} x = 8 \\end{equation}',
    'x = 9 \\tag{*} ',
    '\\begin{CD} A @>a>> B \\\\ @VbVV @AAcA \\\\ C @= D \\end{CD}',
    '\\widehat{abc} \\vec{x} \\overbrace{x+y}^{n} \\underline{z} \\xrightarrow[u]{over} \\overleftrightarrow{AB}',
    '\\cancel{x} \\boxed{y} \\fbox{z} \\colorbox{red}{w} \\phase{v} \\sout{u} \\not= \\neq \\KaTeX \\LaTeX',
    '\\text{가나다 漢字 かな and \\textbf{굵은} \\textit{기운} \\textsf{산세리프} text}',
    '\\text{“quotes” – dashes — … ½ § ¶ © ® ° ¥ £ ß æ ø Å ç ñ ü}',
    "f'(x) f'''_i x^\\prime \\verb|a < b && \"c\"| \\text{a < b \\& c}",
    '\\htmlClass{x}{y} \\href{https://example.org}{link} a \\mathrel{R} b \\mathbin{\\textsf{o}} c',
  ]);
}

/** Of those that look the same, one. */
function unique(formulas: readonly Sample[]): Sample[] {
  return [...new Map(formulas.map((sample) => [sample.html, sample])).values()];
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
