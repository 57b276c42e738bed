// The names that KaTeX knows, for telling a misspelt one from a missing macro. KaTeX does not export its tables: a
// test compares these with them.
import { nearest } from '../diagnostic.js';
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

/** Names that people define, and that KaTeX lacks. */
const customary = `
  E Var Cov Corr Prob Pr P KL ReLU softmax sigmoid logit erf sgn sign supp diag rank tr Tr vol dom span Hom End Aut
  Ker Img coker argsup arginf esssup essinf lcm ord sech csch arccot arsinh arcosh artanh grad curl dv pdv dd abs norm
  inner ip ceil floor RR NN ZZ QQ CC FF EE PP bbR vect mat iid
`;

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

/** Whether KaTeX or the dialect has a command, in formulas or in texts. */
export function isKnownCommand(name: string): boolean {
  return knownSet.has(name);
}

/** The command that was probably meant: of KaTeX, of the macros, or one that people usually define. */
export function nearestCommand(name: string, macros: Macros): string | undefined {
  if (!/^\\[a-zA-Z]/.test(name)) return undefined;
  return nearestName(name, [...macros.keys(), ...known, ...withBackslash(customary)]);
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
