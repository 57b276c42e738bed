// Texts that come out otherwise than their author meant, without an error: YAML takes words and formulas away, because
// its rules are not those of prose, and entities of HTML are only characters.
import { decodeHTMLStrict } from 'entities/decode';
import { type Code, diagnostic } from '../diagnostic.js';
import type { Diagnostic } from '../types.js';
import type { Field, Fields, TextValue } from '../value.js';

/** Warns of texts that say less than their author wrote. */
export function lossesIn(fields: Fields): Diagnostic[] {
  const texts = ['title', 'description', 'summary', 'tags', 'categories'].map((name) => fields.get(name));
  const macros = fields.get('macros')?.value;
  const bodies = macros?.type === 'map' ? [...macros.fields.values()] : [];
  return [...texts, ...bodies].flatMap((field) => (field ? lossesOf(field) : []));
}

function lossesOf({ key, value }: Field): Diagnostic[] {
  if (value.type === 'list')
    return value.items.flatMap((item) => (item.type === 'text' ? entitiesIn(key, item) : []));
  if (value.type !== 'text') return [];
  const { raw, place } = value;
  const losses = [
    ...cutAtComment({ key, value, place }, 'front-matter/cut-at-comment'),
    ...entitiesIn(key, value),
  ];
  if (raw.startsWith('"') && formulasIn(raw).some((formula) => /\\[abefnrtv]/.test(formula))) {
    const message = `the formula in ${key} is damaged: in double quotes, \\t and its like are one control character`;
    const hint = "use single quotes: in '…' a backslash is only a backslash";
    losses.push(diagnostic('warning', 'front-matter/escape-in-formula', message, place, hint));
  }
  return losses;
}

/** A warning of a text that goes on behind a `#`, as in `\\lVert #1 \\rVert`. */
export function cutAtComment({ key, value }: Field, code: Code): Diagnostic[] {
  if (value.type !== 'text' || /^["']/.test(value.raw) || !/^\S/.test(value.comment ?? '')) return [];
  const message = `${key} ends before #${value.comment?.split(' ', 1)[0]}, which YAML takes for a comment`;
  // In double quotes a backslash would begin an escape.
  const quotes = value.raw.includes('\\') ? "single quotes: '…'" : 'quotes: "…"';
  return [diagnostic('warning', code, message, value.place, `put the whole value in ${quotes}`)];
}

/** Not those in code, nor in formulas, which are looked at for themselves. */
const entity = /`[^`]*`|\$[^$]*\$|&(?:[a-z][a-z0-9]{1,7}|#\d{1,7}|#x[\da-f]{1,6});/gi;

/** Jekyll writes titles into its pages as they are, so that `L4&#58; Sensors` has a colon there. */
function entitiesIn(key: string, { raw, place }: TextValue): Diagnostic[] {
  if (!raw.includes('&')) return [];
  return [...raw.matchAll(entity)].flatMap(({ 0: written, index }) => {
    if (!written.startsWith('&') || decodeHTMLStrict(written) === written) return [];
    const isOnLine = !raw.slice(0, index).includes('\n') && place.column !== undefined;
    const at = isOnLine ? { ...place, column: (place.column ?? 1) + index, length: written.length } : place;
    const message = `${written} in ${key} is shown as it stands, since front matter is text and not HTML`;
    const hint = 'write the character itself; where YAML reads it otherwise, put the value in quotes';
    return diagnostic('warning', 'front-matter/html-entity', message, at, hint);
  });
}

/** What stands between dollars, without the backslashes that are escaped and so come out whole. */
function formulasIn(raw: string): string[] {
  return raw
    .replaceAll('\\\\', '')
    .split('$')
    .slice(0, -1)
    .filter((_, index) => index % 2 === 1);
}
