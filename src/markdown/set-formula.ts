// One formula of a post: set by KaTeX, or as it was set before. Its HTML waits behind a placeholder until everything else
// has been sanitised.
import { isRightToLeft, leftToRight } from '../direction.js';
import { escapeHtml } from '../escape.js';
import { definitionsIn, mayDefine } from '../math/definitions.js';
import { applyEdits } from '../math/edits.js';
import { type FormulaResult, setFormula } from '../math/katex.js';
import { type Macros, usedMacros, withDefinitions } from '../math/macros.js';
import { toMathml } from '../math/mathml.js';
import type { FormulaNumbers } from '../math/numbering.js';
import type { ReferenceText } from '../math/plain-commands.js';
import { type PlainText, toIdText, toPlainText } from '../math/plain-text.js';
import { referenceCommands, referenceText } from '../math/reference-commands.js';
import { standIn } from '../open-text.js';
import type { Place, ReferenceHole } from '../types.js';
import type { Context, LateForms } from './feature.js';
import { characterFor } from './placeholders.js';

/** A formula, and what it depends on beside its post. */
export interface GivenFormula {
  readonly tex: string;
  readonly isDisplay: boolean;
  readonly macros: Macros;
  /** Missing: it has no part in the post's numbers. */
  readonly numbers: FormulaNumbers | undefined;
  /** What is said of references to other posts is said here. */
  readonly place: Place;
}

/** Sets a formula and reserves its place: the placeholder is `content`. One that KaTeX refuses shows its source. */
export function reserveFormula(
  given: GivenFormula,
  context: Context,
): { readonly result: FormulaResult; readonly content: string } {
  const { tex, isDisplay, macros, numbers, place } = given;
  if (context.options.lint) noteUsedMacros(tex, macros, context);
  const references: ReferenceHole[] = [];
  const key = memoKey(given);
  const known = key === undefined ? undefined : context.options.formulas?.get(key);
  const result: FormulaResult =
    known?.result ??
    setFormula(tex, {
      display: isDisplay,
      macros,
      numbers,
      print: context.options.print,
      reference: (name, form) => {
        context.lint.usedLabels.add(name);
        const label = context.labels.find(name);
        if (label) return { href: `#${encodeURI(label.id)}`, text: referenceText(label, form) };
        if (!name.includes('#')) return undefined;
        const character = characterFor(
          { type: 'reference', target: name, form, inFormula: true, place },
          references,
        );
        return { href: character, text: character };
      },
    });
  if (!known) context.work.katexCalls += 1;
  if (result.ok) context.work.runs.push(result.runs);
  const named = holdsReference(tex, macros) ? context.labels.text : undefined;
  const text = known?.text ?? plainTextOf(tex, macros, named);
  if (key !== undefined && !known && result.ok && !result.defines) {
    context.options.formulas?.set(key, { result, text });
  }
  const content = context.reserve(
    result.ok
      ? { type: 'formula', html: result.html, references }
      : `<code class="math-error">${escapeHtml(tex)}</code>`,
    formsOf(given, { plain: text, open: openTextOf(given, references, named) }, result, context.post.lang),
  );
  return { result, content };
}

/** Those that the formula itself defines count, too; the name in a definition is no use of it. */
function noteUsedMacros(tex: string, macros: Macros, { lint }: Context): void {
  const { definitions } = definitionsIn(tex);
  const names = definitions.map(({ at }) => ({ ...at, text: ' ' }));
  const used = usedMacros(applyEdits(tex, names).text, withDefinitions(macros, definitions));
  for (const name of used) lint.usedMacros.add(name);
}

/** How a formula reads. Of most formulas nobody asks. */
function formsOf(
  { tex, macros }: GivenFormula,
  { plain, open }: { readonly plain: () => PlainText; readonly open: (() => PlainText) | undefined },
  result: FormulaResult,
  lang: string,
): LateForms {
  return (form) => {
    if (form === 'idText') return toIdText(tex, macros);
    const { text: read, exact } = (form === 'text' ? plain : (open ?? plain))();
    const text = isRightToLeft(lang) ? leftToRight(read) : read;
    if (form === 'text' || form === 'openText') return text;
    return exact || !result.ok ? escapeHtml(text) : toMathml(result.html);
  };
}

/** Made when it is asked for. A function of its own, since what is remembered of a formula must not hold its post. */
function plainTextOf(tex: string, macros: Macros, named: ReferenceText | undefined): () => PlainText {
  let made: PlainText | undefined;
  return () => {
    made ??= toPlainText(tex, macros, named);
    return made;
  };
}

/** How one with references to other posts reads, with characters for these; undefined when there are none. */
function openTextOf(
  { tex, macros }: GivenFormula,
  references: readonly ReferenceHole[],
  named: ReferenceText | undefined,
): (() => PlainText) | undefined {
  if (references.length === 0 || !named) return undefined;
  return plainTextOf(tex, macros, (name, form) => {
    const index = references.findIndex((one) => one.target === name && one.form === form);
    return index < 0 ? named(name, form) : standIn(index);
  });
}

/** What formulas with no part in the post's numbers and references depend on; undefined for the others. */
function memoKey({ tex, isDisplay, macros, numbers }: GivenFormula): string | undefined {
  if (numbers && (numbers.rows.length > 0 || numbers.whole || numbers.id !== undefined)) return undefined;
  if (mayDefine(tex) || holdsReference(tex, macros)) return undefined;
  const used = usedMacros(tex, macros).map((name) => [name, macros.get(name)] as const);
  if (used.some(([, macro]) => macro?.native !== undefined)) return undefined;
  return `${isDisplay ? 'display' : 'inline'} ${used.length === 0 ? '' : JSON.stringify(used)} ${tex}`;
}

const reference = new RegExp(`\\\\(?:${referenceCommands.join('|')})(?![a-zA-Z])`);

/** Whether a formula refers to a label, perhaps in a macro. */
export function holdsReference(tex: string, macros: Macros): boolean {
  return (
    reference.test(tex) ||
    (macros.size > 0 && usedMacros(tex, macros).some((name) => reference.test(macros.get(name)?.body ?? '')))
  );
}
