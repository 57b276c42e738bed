// The names that KaTeX knows, for telling a misspelt one from a missing macro. KaTeX does not export its tables: a
// test compares these with them.
import { nearest } from '../diagnostic.js';
import { customaryCommands } from './customary.js';
import { dialectMacros } from './dialect.js';
import type { Macros } from './macros.js';
import { referenceCommands } from './reference-commands.js';
import { symbols } from './symbols.js';

/** Commands that stand for no character. */
const commands = `
  Bbb Big Bigg Biggl Biggm Biggr Bigl Bigm Bigr Bra Braket DOTSB DOTSI DOTSX H Huge Ket LARGE Large
  Overrightarrow Set TextOrMath above acute allowbreak angl angln atop bar bcancel begin bf bgroup big
  bigg biggl biggm biggr bigl bigm bigr binom blue bm bold boldsymbol boxed bra brace brack braket breve c
  cal cancel cfrac char check choose clap color colorbox dbinom ddddot dddot ddot def dfrac displaystyle
  dot edef egroup emph end enskip enspace expandafter fbox fcolorbox footnotesize frac frak futurelet gdef
  genfrac global grave gray green hat hbox hdashline hline hphantom hskip hspace huge it kern ket large
  left let llap long mathbb mathbf mathbin mathcal mathchoice mathclap mathclose mathfrak mathinner mathit
  mathllap mathnormal mathop mathopen mathord mathpunct mathreflectbox mathrel mathring mathrlap mathrm
  mathscr mathsf mathsfit mathstrut mathtt medspace middle mkern mod mskip negmedspace negthickspace
  negthinspace newcommand newline nobreak nobreakspace noexpand nonumber normalsize not notag operatorname
  operatornamewithlimits orange over overbrace overbracket overgroup overleftarrow overleftharpoon
  overleftrightarrow overline overlinesegment overrightarrow overrightharpoon overset phantom phase pink
  pmb pmod pod providecommand purple qquad quad r raisebox red reflectbox relax renewcommand right rlap rm
  rule scriptscriptstyle scriptsize scriptstyle set sf sixptsize small smash sout space sqrt stackrel
  substack tag tbinom text textbf textcircled textcolor textit textmd textnormal textrm textsf textstyle
  texttt textup tfrac thickspace thinspace tilde tiny tmspace tt u underbar underbrace underbracket
  undergroup underleftarrow underleftrightarrow underline underlinesegment underrightarrow underset utilde
  v varinjlim varliminf varlimsup varprojlim vcenter vec verb vphantom widecheck widehat widetilde
  xLeftarrow xLeftrightarrow xRightarrow xcancel xdef xhookleftarrow xhookrightarrow xleftarrow
  xleftequilibrium xleftharpoondown xleftharpoonup xleftrightarrow xleftrightharpoons xlongequal xmapsto
  xrightarrow xrightequilibrium xrightharpoondown xrightharpoonup xrightleftarrows xrightleftharpoons
  xtofrom xtwoheadleftarrow xtwoheadrightarrow
`;

/** Those of the symbols that KaTeX has in texts alone. */
const inTextsAlone = `
  textdagger textdaggerdbl textdollar textunderscore textbraceleft textbraceright textless textgreater textbar
  textbardbl textasciitilde textbackslash textasciicircum textellipsis textendash textemdash textquoteleft
  textquoteright textquotedblleft textquotedblright textdegree textsterling i j ss ae oe o AE OE O
`;

/** Accents of texts, which KaTeX sets in formulas too; no formula is meant to have them. */
const textAccents = 'H c r u v';

const environments = `
  array darray matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix matrix* pmatrix* bmatrix* Bmatrix* vmatrix* Vmatrix*
  smallmatrix subarray cases dcases rcases drcases align align* aligned split gathered gather gather* alignat alignat*
  alignedat equation equation* CD eqnarray eqnarray* flalign flalign* multline multline*
`;

const words = (list: string) => list.trim().split(/\s+/);
const withBackslash = (list: string) => words(list).map((name) => `\\${name}`);

const known: readonly string[] = [
  ...withBackslash(commands),
  ...symbols.keys(),
  ...Object.keys(dialectMacros),
  '\\DeclareMathOperator',
  '\\limits',
  '\\nolimits',
  '\\label',
  ...referenceCommands.map((name) => `\\${name}`),
];
const knownSet = new Set(known);
const textsAlone = new Set(withBackslash(inTextsAlone));
const accents = new Set(withBackslash(textAccents));

/** Whether KaTeX or the dialect has a command, in formulas or in texts. */
export function isKnownCommand(name: string): boolean {
  return knownSet.has(name);
}

/** Whether KaTeX has a command in texts, but not in formulas. */
export function isTextCommand(name: string): boolean {
  return textsAlone.has(name);
}

/**
 * The command that was probably meant, in a formula or in a text in it: of KaTeX, of the macros, or one that people
 * usually define. One or two letters say too little: `\tr` is not `\r`.
 */
export function nearestCommand(name: string, macros: Macros, inText = false): string | undefined {
  if (!/^\\[a-zA-Z]/.test(name)) return undefined;
  const possible = known.filter((one) => !accents.has(one) && (inText || !textsAlone.has(one)));
  const candidates = [...macros.keys(), ...possible, ...customaryCommands];
  return nearestName(
    name,
    candidates.filter((candidate) => isPlausible(name, candidate)),
  );
}

/** Whether somebody who wrote one short name may have meant the other: of three letters none is exchanged for another. */
function isPlausible(name: string, near: string): boolean {
  if (name.length > 4 || name.toLowerCase() === near.toLowerCase() || isExchange(name, near)) return true;
  return name.length === 4 && near.length !== name.length;
}

export function nearestEnvironment(name: string): string | undefined {
  return nearestName(name, words(environments));
}

/** Two letters exchanged, which edit distance counts as two mistakes, are one to a typist. */
function nearestName(name: string, candidates: readonly string[]): string | undefined {
  const others = candidates.filter((candidate) => candidate !== name);
  const exchanged = others.find((candidate) => isExchange(name, candidate));
  return exchanged ?? nearest(name, others);
}

function isExchange(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  const at = [...one].findIndex((character, index) => character !== other[index]);
  return (
    at >= 0 &&
    one[at] === other[at + 1] &&
    one[at + 1] === other[at] &&
    one.slice(at + 2) === other.slice(at + 2)
  );
}
