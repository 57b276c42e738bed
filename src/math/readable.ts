// Plain text that may hold formulas, with these in their readable form.
import type { Macros } from './macros.js';
import type { ReferenceText } from './plain-commands.js';
import { toIdText, toPlainText } from './plain-text.js';
import { referenceForms, referenceNames, writtenReference } from './reference-commands.js';
import { scanMath } from './scan.js';

/** `the $O(n^2)$ way` as `the O(n²) way`. */
export function readableText(text: string): string {
  return replaceFormulas(text, (tex) => toPlainText(tex).text);
}

/**
 * The same for a text of a post, whose macros and labels are known: `see \eqref{eq:x}` as `see (1)`. `inFormula` and
 * `inProse` say what references show.
 */
export function readableTextOf(
  text: string,
  macros: Macros,
  inFormula: ReferenceText,
  inProse: ReferenceText,
): string {
  return replaceFormulas(
    text,
    (tex) => toPlainText(tex, macros, inFormula).text,
    (prose) => prose.replace(command, (written, name, names) => shown(name, names, inProse) ?? written),
  );
}

const command = new RegExp(writtenReference, 'g');

function shown(
  name: keyof typeof referenceForms,
  names: string,
  reference: ReferenceText,
): string | undefined {
  const form = referenceForms[name];
  const texts = referenceNames(names, form).map((one) => reference(one, form));
  return texts.includes(undefined) ? undefined : texts.join(', ');
}

/** The same with plain characters for scripts, as slugs need it: `the O(n2) way`. */
export function readableIdText(text: string): string {
  return replaceFormulas(text, (tex) => toIdText(tex));
}

function replaceFormulas(
  text: string,
  read: (tex: string) => string,
  readProse: (prose: string) => string = (prose) => prose,
): string {
  if (!/[$\\]/.test(text)) return text;
  return scanMath(text)
    .map((part) => (part.type === 'math' ? read(part.value) : readProse(part.value)))
    .join('');
}
