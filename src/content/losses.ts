// Words and formulas that YAML takes away without an error, because its rules are not those of prose.
import { diagnostic } from '../diagnostic.js';
import type { Diagnostic } from '../types.js';
import type { Field, Fields } from '../value.js';

/** Warns of texts that say less than their author wrote. */
export function lossesIn(fields: Fields): Diagnostic[] {
  const texts = ['title', 'description', 'summary', 'tags', 'categories'].map((name) => fields.get(name));
  return texts.flatMap((field) => (field ? lossesOf(field) : []));
}

function lossesOf({ key, value }: Field): Diagnostic[] {
  if (value.type !== 'text') return [];
  const { raw, comment = '', place } = value;
  const losses: Diagnostic[] = [];
  if (!/^["']/.test(raw) && /^\S/.test(comment)) {
    const message = `${key} ends before #${comment.split(' ', 1)[0]}, which YAML takes for a comment`;
    const hint = 'put the whole value in quotes: "…"';
    losses.push(diagnostic('warning', 'front-matter/cut-at-comment', message, place, hint));
  }
  if (raw.startsWith('"') && formulasIn(raw).some((formula) => /\\[abefnrtv]/.test(formula))) {
    const message = `the formula in ${key} is damaged: in double quotes, \\t and its like are one control character`;
    const hint = "use single quotes: in '…' a backslash is only a backslash";
    losses.push(diagnostic('warning', 'front-matter/escape-in-formula', message, place, hint));
  }
  return losses;
}

/** What stands between dollars, without the backslashes that are escaped and so come out whole. */
function formulasIn(raw: string): string[] {
  return raw.replaceAll('\\\\', '').split('$').slice(1, -1);
}
