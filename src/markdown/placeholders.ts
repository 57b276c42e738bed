// KaTeX's and the highlighter's HTML never goes through the sanitiser, and links stay open until the join: in
// the tree a placeholder stands for them. It is `mark index mark`, where the mark is a private-use character
// that the post does not hold, neither as itself nor as a character reference, so no author can forge one. Blanks behind
// the index mean nothing.
import { standIn, withWords } from '../open-text.js';
import type { Html, ReferenceHole, TextHole } from '../types.js';
import type { Context, ReadableForms, Reserved } from './feature.js';

/** The first private-use character that `text` does not hold. */
export function chooseMark(text: string): string {
  const taken = new Set(text.match(/\p{Co}/gu));
  // In raw HTML a reference is one without its semicolon too.
  for (const [, hex, decimal] of text.matchAll(/&#(?:[xX]([0-9a-fA-F]+)|([0-9]+))/g)) {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    if (code <= 0x10ffff) taken.add(String.fromCodePoint(code));
  }
  for (const [first, last] of privateUse) {
    for (let code = first; code <= last; code++) {
      const mark = String.fromCodePoint(code);
      if (!taken.has(mark)) return mark;
    }
  }
  throw new Error('The post uses every private-use character.');
}

const privateUse = [
  [0xe000, 0xf8ff],
  [0xf0000, 0xffffd],
  [0x100000, 0x10fffd],
] as const;

/** HTML with its placeholders replaced by what they stand for, or by another form of that. Neighbouring strings are joined. */
export function fill(
  html: string,
  mark: string,
  reserved: readonly Reserved[],
  form: (one: Reserved) => Reserved['content'] = ({ content }) => content,
): Html {
  const filled: Html[number][] = [];
  let text = '';
  html.split(mark).forEach((piece, index) => {
    const one = index % 2 === 0 ? undefined : reserved[Number(piece)];
    if (index % 2 === 1 && !one) throw new Error(`No content is reserved for the placeholder ${piece}.`);
    const content = one ? form(one) : piece;
    if (typeof content === 'string') {
      text += content;
      return;
    }
    if (text !== '') filled.push(text);
    text = '';
    filled.push(content);
  });
  if (text !== '') filled.push(text);
  return filled;
}

/**
 * Text with its placeholders replaced by one of their readable forms. Macros and percent-encoded addresses can bring
 * the mark into these, and they come into the tree again.
 */
export function readable(
  text: string,
  mark: string,
  reserved: readonly Reserved[],
  form: keyof ReadableForms,
): string {
  return text
    .split(mark)
    .map((piece, index) =>
      index % 2 === 0 ? piece : formOf(reserved[Number(piece)], form).replaceAll(mark, ''),
    )
    .join('');
}

/** As text, with the words that depend on other posts left to the join. */
export function openText(
  text: string,
  { textHoles, ...context }: Forms & Pick<Context, 'textHoles'>,
): string {
  return withOpen(text, context, (hole) => characterFor(hole, textHoles));
}

/** The same as the value of an attribute in the tree. */
export function openAttribute(text: string, context: Forms & Pick<Context, 'reserve'>): string {
  return withOpen(text, context, (hole) =>
    context.reserve(hole.type === 'reference' ? { ...hole, asText: true } : hole),
  );
}

/** Adds something to a list; gives the character U+F0000 + n that stands for the n-th. */
export function characterFor<T>(one: T, list: T[]): string {
  list.push(one);
  return standIn(list.length - 1);
}

/** Text in which characters stand for references, as a part of HTML. */
export function htmlWith(html: string, references: readonly ReferenceHole[] = []): Html[number] {
  return references.length === 0 ? html : { type: 'formula', html, references };
}

type Forms = Pick<Context, 'mark' | 'reserved'>;

function withOpen(text: string, { mark, reserved }: Forms, leave: (hole: TextHole) => string): string {
  return text
    .split(mark)
    .map((piece, index) => {
      if (index % 2 === 0) return piece;
      const one = reserved[Number(piece)];
      const content = typeof one?.content === 'object' ? one.content : undefined;
      if (content?.type === 'title') return leave(content);
      if (content?.type === 'reference' && content.target.indexOf('#') > 0) return leave(content);
      const references = content && 'references' in content ? (content.references ?? []) : [];
      if (references.length === 0) return formOf(one, 'text').replaceAll(mark, '');
      return withWords(formOf(one, 'openText').replaceAll(mark, ''), (index) => {
        const reference = references[index];
        return reference && leave(reference);
      });
    })
    .join('');
}

/** A readable form; empty where there is none. */
export function formOf(one: Reserved | undefined, form: keyof ReadableForms): string {
  const forms = one?.forms;
  return (typeof forms === 'function' ? forms(form) : forms?.[form]) ?? '';
}
