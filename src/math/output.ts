// KaTeX's HTML finished: numbers in the MathML, ids, links, the source as the author wrote it. Works on KaTeX's own
// markup, in which every text is escaped, so none of the strings looked for can come from a formula.
import { escapeHtml } from '../escape.js';
import type { FormulaNumbers } from './numbering.js';
import type { ReferenceTarget } from './own-macros.js';

interface Finish {
  /** The formula's source, when KaTeX was given another. */
  readonly tex?: string;
  readonly numbers?: FormulaNumbers | undefined;
  readonly links: readonly ReferenceTarget[];
}

/** The address of a link until it is put in. */
export function linkAddress(index: number): string {
  return `#postulate-${index}`;
}

export function finish(html: string, { tex, numbers, links }: Finish): string {
  // What is shown is much longer than the MathML before it, which alone is looked through.
  const end = Math.max(0, html.indexOf('</math>'));
  const mathml = html.slice(0, end);
  let finished = finishMathml(mathml) + html.slice(end);
  if (tex !== undefined) finished = restoreSource(finished, tex);
  if (mathml.includes('eqn-num')) finished = fillNumbers(finished, numbers);
  if (links.length > 0) finished = putLinks(finished, links);
  const id = numbers?.id;
  return id === undefined
    ? finished
    : finished.replace(/^<span class="katex(?:-display)?"/, (span) => `${span} id="${id}"`);
}

function finishMathml(mathml: string): string {
  // Inside `mo`, HTML ignores the slash of an empty element, and the rest of the page would become hidden MathML.
  const finished = mathml.replace(/<mspace([^>]*)\/>/g, '<mspace$1></mspace>');
  return nested.test(finished) ? unnest(finished) : finished;
}

const nested = /<m[ion](?: [^>]*)?><m/;

/**
 * KaTeX puts all that `\overset{…}{=}` gives into one `mo`. There HTML parsers expect text, and would take MathML for
 * unknown elements of HTML: such an `mo` becomes an `mrow`.
 */
function unnest(mathml: string): string {
  const open: string[] = [];
  return mathml.replace(/<(\/?)(m[ion])(?: [^>]*)?>(?=(<m)?)/g, (tag, close, name, child) => {
    if (close) return `</${open.pop() ?? name}>`;
    open.push(child ? 'mrow' : name);
    return child ? '<mrow>' : tag;
  });
}

const sourceBegin = '<annotation encoding="application/x-tex">';
const sourceEnd = '</annotation>';

function restoreSource(html: string, tex: string): string {
  const begin = html.indexOf(sourceBegin) + sourceBegin.length;
  const end = html.indexOf(sourceEnd, begin);
  return html.slice(0, begin) + escapeHtml(tex) + html.slice(end);
}

/**
 * KaTeX leaves the cells for numbers of the MathML empty and counts in CSS; a `\tag` in `align` is lost there. The
 * numbers in the HTML are tags already; what a macro has hidden from us gets no number at all.
 */
function fillNumbers(html: string, numbers: FormulaNumbers | undefined): string {
  const texts = (numbers?.rows ?? []).flatMap(({ text }) => text ?? []);
  let row = 0;
  return html
    .replace(/<mtd class ?="mml-eqn-num"><\/mtd>/g, () => {
      const text = texts[row++];
      return text === undefined ? '<mtd></mtd>' : `<mtd><mtext>${escapeHtml(text)}</mtext></mtd>`;
    })
    .replaceAll('<span class="eqn-num"', '<span');
}

/**
 * The visible HTML is hidden from assistive technology, so a link in it must not take the focus; its twin in the
 * MathML has the `href` that MathML has for every element.
 */
function putLinks(html: string, links: readonly ReferenceTarget[]): string {
  return html.replace(/(<a(?: class="[^"]*")?)? href="#postulate-(\d+)"/g, (_, anchor, index) => {
    const href = ` href="${escapeHtml(links[Number(index)]?.href ?? '')}"`;
    return anchor ? `${anchor}${href} tabindex="-1"` : href;
  });
}
