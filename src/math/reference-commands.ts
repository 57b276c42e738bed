// The commands that refer to what has a number, in prose and in formulas.
import type { ReferenceForm } from '../types.js';

export const referenceForms = {
  ref: 'number',
  eqref: 'bracketed',
  autoref: 'name',
  cref: 'name',
  Cref: 'name',
} as const satisfies Readonly<Record<string, ReferenceForm>>;

export const referenceCommands = Object.keys(referenceForms) as readonly (keyof typeof referenceForms)[];

/** A command as it is written in a text of one line: its name, what it refers to. */
export const writtenReference = String.raw`\\(${referenceCommands.join('|')})[ \t]*\{[ \t]*([^{}\n]+?)[ \t]*\}`;

interface Numbered {
  /** Empty: it has none, as a heading. */
  readonly number: string;
  /** Its name: `Theorem 3`; of an equation, the number in brackets. */
  readonly text: string;
}

/** What a reference shows. */
export function referenceText({ number, text }: Numbered, form: ReferenceForm): string {
  if (form === 'name' || number === '') return text;
  return form === 'number' ? number : `(${number})`;
}

/** What a reference to an equation shows. */
export function equationText(number: string, form: ReferenceForm): string {
  return referenceText({ number, text: `(${number})` }, form);
}

/** What a command refers to, NFC. Those that show names take several, with commas between them. */
export function referenceNames(written: string, form: ReferenceForm): readonly [string, ...string[]] {
  const [first = '', ...others] = (form === 'name' ? written.split(',') : [written]).flatMap(
    (name) => name.trim().normalize('NFC') || [],
  );
  return [first, ...others];
}
