// The words of citations in the language of the page. They are interface texts, so a site can change them.

export interface CitationWords {
  /** Two authors: `{a} and {b}`. */
  readonly pair: string;
  /** More of them: `{a} et al.` */
  readonly many: string;
  /** In a sentence, `mark` being `(2017)` or `[1]`: `{names} {mark}`. */
  readonly inText: string;
  readonly noDate: string;
}

/** Takes the words from the interface texts; those of a language without them are English. */
export function citationWords(texts: Readonly<Record<string, string>>): CitationWords {
  return {
    pair: texts['cite-pair'] ?? '{a} and {b}',
    many: texts['cite-many'] ?? '{a} et al.',
    inText: texts['cite-in-text'] ?? '{names} {mark}',
    noDate: texts['cite-no-date'] ?? 'n.d.',
  };
}

/** Fills `{name}` in a pattern. */
export function fillPattern(pattern: string, values: Readonly<Record<string, string>>): string {
  return pattern.replace(/\{(\w+)\}/g, (written, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? '') : written,
  );
}
