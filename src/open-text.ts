// Texts in which characters stand for what only the join knows: U+F0000 + n for the n-th of a list.

export function standIn(index: number): string {
  return String.fromCodePoint(0xf0000 + index);
}

/** The text with the words that its characters stand for. One that stands for nothing stays. */
export function withWords(text: string, words: (index: number) => string | undefined): string {
  return text.replace(
    /[\u{f0000}-\u{ffffd}]/gu,
    (character) => words((character.codePointAt(0) ?? 0) - 0xf0000) ?? character,
  );
}
