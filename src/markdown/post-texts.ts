// The interface texts that come into posts. Posts depend on these alone: another word of the theme changes none of them.

const names = `
  anchor formula code table figure task-done task-open footnotes footnote-back
  note tip important warning caution
  theorem lemma proposition corollary definition example remark exercise algorithm proof
  references reference-back cite-pair cite-many cite-in-text cite-no-date
`
  .trim()
  .split(/\s+/);

type Texts = Readonly<Record<string, string>>;

/** Those of each language. */
export function postTexts(texts: ReadonlyMap<string, Texts>): ReadonlyMap<string, Texts> {
  return new Map([...texts].map(([lang, own]) => [lang, pick(own)]));
}

function pick(texts: Texts): Texts {
  return Object.fromEntries(
    names.flatMap((name) => (texts[name] === undefined ? [] : [[name, texts[name]]])),
  );
}
