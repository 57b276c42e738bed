// What a search index lacks when it is made of words between spaces, as Pagefind's is. It finds words by their
// beginnings; with the ends of Korean words as words of their own, it finds them by any part.

/** Stands between a post's text and the words that only searches see. */
export const separator = '\u241e';

const hangul = /\p{Script=Hangul}/u;
const wordCharacters = /[\p{L}\p{N}\p{M}]+/gu;
const otherCharacters = /[^\p{L}\p{N}\p{M}]+/gu;

/** Words that the text should be found by too, each once, in the order in which they are met. */
export function hiddenWords(text: string): readonly string[] {
  const composed = text.normalize('NFC');
  const words = new Set<string>();
  for (const word of new Set(composed.toLowerCase().match(wordCharacters) ?? [])) {
    for (const end of ends(word)) words.add(end);
    if (marked.test(word)) words.add(withoutMarks(word));
  }
  for (const word of typed(composed)) words.add(word);
  return [...words];
}

/** Words with letters and digits that keyboards lack, as they are typed: `O(n2)` for `𝓞(n²)`, `ε-greedy` for `ϵ-greedy`. */
function typed(text: string): readonly string[] {
  if (text.normalize('NFKC') === text) return [];
  return [...new Set(text.split(/\s+/))].flatMap((word) => {
    const plain = word.normalize('NFKC');
    const isOther = plain.replace(otherCharacters, '') !== word.replace(otherCharacters, '');
    return isOther ? plain.toLowerCase() : [];
  });
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
