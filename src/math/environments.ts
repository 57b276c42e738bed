// Environments that are formulas without delimiters round them, as MathJax reads them: `\begin{align}…\end{align}`.

/** Numbered by LaTeX, possible only as a display. */
const displays = [
  ...['equation', 'align', 'gather', 'alignat', 'multline', 'eqnarray', 'flalign', 'displaymath'],
  'subequations',
];
const parts = [
  ...['split', 'aligned', 'gathered', 'alignedat', 'array', 'darray', 'subarray', 'math', 'CD'],
  ...['cases', 'dcases', 'rcases', 'drcases', 'numcases'],
  ...['matrix', 'pmatrix', 'bmatrix', 'Bmatrix', 'vmatrix', 'Vmatrix', 'smallmatrix'],
];
/** Without their `*`. */
export const environmentNames: readonly string[] = [...displays, ...parts];
const known = new Set(environmentNames.flatMap((name) => [name, `${name}*`]));
const beginning = /\\begin[ \t]*\{([a-zA-Z]+\*?)\}/y;
const needsDisplay = new RegExp(
  String.raw`\\begin\s*\{(?:${displays.join('|')})\*?\}|\\(?:tag|label|nonumber|notag)(?![a-zA-Z])`,
);

/** Nested deeper in itself than any formula is; keeps the search linear in hostile texts. */
const maxDepth = 32;

/** The name in a `\begin{name}` at `index`, if it is an environment of formulas. */
export function environmentAt(text: string, index: number): string | undefined {
  beginning.lastIndex = index;
  const name = beginning.exec(text)?.[1];
  return name !== undefined && known.has(name) ? name : undefined;
}

/** Where the environment that begins at `index` ends (after its `\end{name}`), or undefined. */
export function environmentEnd(text: string, index: number, name: string): number | undefined {
  const marks = new RegExp(String.raw`\\(begin|end)[ \t]*\{${name.replace('*', String.raw`\*`)}\}`, 'g');
  marks.lastIndex = index;
  let depth = 0;
  for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
    depth += mark[1] === 'begin' ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
    // No environment of whole rows stands in one of its own name: the first is not closed.
    if (depth > (displays.includes(name.replace('*', '')) ? 1 : maxDepth)) return undefined;
  }
  return undefined;
}

const subequations = /^\\begin[ \t]*\{subequations\}(?:\s|\\label[ \t]*\{[^{}]*\})*/;

/**
 * Whether an environment is a formula alone: `subequations` stands round a part of a text in LaTeX, and is one if it
 * holds nothing but another environment.
 */
export function isFormulaAlone(environment: string): boolean {
  const [beginning] = subequations.exec(environment) ?? [];
  if (beginning === undefined) return true;
  const inner = environmentAt(environment, beginning.length);
  if (inner === undefined) return false;
  const end = environmentEnd(environment, beginning.length, inner);
  return end !== undefined && /^\s*\\end[ \t]*\{[a-z]+\}$/.test(environment.slice(end));
}

/** Whether TeX allows this only in a display, wherever its author has put it. */
export function isDisplayOnly(tex: string): boolean {
  return needsDisplay.test(tex);
}
