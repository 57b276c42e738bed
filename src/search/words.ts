// What a search index lacks when it is made of words between spaces, as Pagefind's is. It finds words by their
// beginnings; with the ends of Korean words as words of their own, it finds them by any part.

/** Stands between a post's text and the words that only searches see. */
export const separator = '\u241e';

const hangul = /\p{Script=Hangul}/u;
const wordCharacters = /[\p{L}\p{N}\p{M}]+/gu;

/** Words that the text should be found by too, each once, in the order in which they are met. */
export function hiddenWords(text: string): readonly string[] {
  const words = new Set<string>();
  for (const word of new Set(text.normalize('NFC').toLowerCase().match(wordCharacters) ?? [])) {
    for (const end of ends(word)) words.add(end);
    if (marked.test(word)) words.add(withoutMarks(word));
  }
  return [...words];
}

/** Longer than what anybody looks for: the ends of a text without blanks would be as long as the square of it. */
const longestEnd = 30;

/** `추천시스템을`: `천시스템을`, `시스템을`, `스템을`, `템을`; `bert를` none, since one syllable is a particle. */
function ends(word: string): string[] {
  if (!hangul.test(word)) return [];
  const characters = [...word];
  return characters.flatMap((character, index) => {
    const before = characters[index - 1] ?? '';
    const begins = index > 0 && (hangul.test(character) || hangul.test(before));
    if (!begins || index === characters.length - 1) return [];
    return characters.slice(index, index + longestEnd).join('');
  });
}

const marked = /[\u00c0-\u024f\u0370-\u03ff\u1e00-\u1fff]/;

/** `café` as it is typed on most keyboards. */
function withoutMarks(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC');
}
