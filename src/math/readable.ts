// Plain text that may hold formulas, with these in their readable form.
import { toIdText, toPlainText } from './plain-text.js';
import { scanMath } from './scan.js';

/** `the $O(n^2)$ way` as `the O(n²) way`. */
export function readableText(text: string): string {
  return replaceFormulas(text, (tex) => toPlainText(tex).text);
}

/** The same with plain characters for scripts, as slugs need it: `the O(n2) way`. */
export function readableIdText(text: string): string {
  return replaceFormulas(text, (tex) => toIdText(tex));
}

function replaceFormulas(text: string, read: (tex: string) => string): string {
  if (!/[$\\]/.test(text)) return text;
  return scanMath(text)
    .map((part) => (part.type === 'math' ? read(part.value) : part.value))
    .join('');
}
