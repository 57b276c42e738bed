// What is wrong with an entry that the parser refuses, from where it stopped, in words that say how to mend it.
import type { Code } from '../diagnostic.js';

export interface Mistake {
  readonly code: Code;
  readonly message: string;
  readonly hint: string;
  /** In the entry. */
  readonly offset: number;
  readonly length: number;
}

/** `stopped` is where the parser could not go on. */
export function explain(source: string, stopped: number): Mistake {
  // At the end at the latest, so that there is something to point at.
  const offset = Math.min(stopped, source.length - 1);
  const before = source.slice(0, offset);
  const rest = source.slice(offset);
  const syntax = (message: string, hint: string, at = offset, length = 1): Mistake => {
    return { code: 'bibliography/syntax', message, hint, offset: at, length };
  };

  const [unfinished, nameless = ''] = /([\w-]*)\s*=\s*$/.exec(lastLines(before)) ?? [];
  if (unfinished !== undefined) {
    const at = offset - unfinished.length;
    return nameless === ''
      ? syntax('nothing stands before this =', 'write name = {value}', offset - unfinished.trimStart().length)
      : syntax(`${nameless} has no value`, `write ${nameless} = {…}, or remove it`, at, nameless.length);
  }
  const [, field] = /^([\w-]+)\s*=/.exec(rest) ?? [];
  if (field !== undefined && !/,\s*$/.test(before)) {
    const message = `there is no comma before ${field}`;
    const hint = 'end the field above with a comma';
    return { code: 'bibliography/missing-comma', message, hint, offset, length: field.length };
  }
  if (rest.startsWith(',')) return syntax('there is a comma too many', 'remove one of the two');
  const [, name] = /(?:^|[,{(])\s*([\w-]+)\s*$/.exec(lastLines(before)) ?? [];
  if (name !== undefined) {
    return syntax(
      `there is no = after ${name}`,
      `write ${name} = {…}`,
      before.lastIndexOf(name),
      name.length,
    );
  }
  const word = /^[^\s,{}()"=#]+/.exec(rest)?.[0].length ?? 1;
  return syntax(
    'only a comma may follow the value',
    'put the whole value into one pair of braces; a brace or quotation mark inside may have ended it early',
    offset,
    word,
  );
}

/** Patterns that end with the text need not search all of it. */
function lastLines(text: string): string {
  return text.slice(-200);
}
