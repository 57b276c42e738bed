// Names as they stand in a reference.
import type { Entry } from './entry.js';
import type { Name, Names } from './names.js';
import type { ReferenceWords } from './reference-words.js';

/** Names beyond this many are not all shown. */
const mostNames = 12;
const shownNames = 10;

/** `Kim, A., Lee, B., and Park, C.`, or given names first. */
export function joinNames({ people, others }: Names, words: ReferenceWords, isDirect: boolean): string {
  const isCut = people.length > mostNames;
  const texts = people
    .slice(0, isCut ? shownNames : undefined)
    .map((name) => (isDirect ? direct(name) : inverted(name)));
  if (others || isCut) return texts.join(', ') + words.others;
  const last = texts.pop() ?? '';
  if (texts.length === 0) return last;
  const comma = texts.length > 1 && words.and !== ', ' ? ',' : '';
  return texts.join(', ') + comma + words.and + last;
}

function inverted({ family, given, suffix }: Name): string {
  return [family, initials(given), suffix].filter((part) => part !== '').join(', ');
}

function direct({ family, given, suffix }: Name): string {
  return [initials(given), family, suffix].filter((part) => part !== '').join(' ');
}

/** `Jean-Paul Marie` is `J.-P. M.` */
function initials(given: string): string {
  return given
    .replace(/\.(?=\p{L})/gu, '. ')
    .split(/\s+/)
    .map((name) =>
      name
        .split(/[-‐–]/)
        .map((part) => part.replace(/^\P{L}*(\p{L}\p{M}*).*$/su, '$1.'))
        .join('-'),
    )
    .join(' ');
}

export function editorsOf({ editors }: Entry, words: ReferenceWords, isNumeric: boolean): string {
  const pattern = editors.people.length === 1 && !editors.others ? words.editor : words.editors;
  return pattern.replace('{names}', () => joinNames(editors, words, isNumeric));
}
