// The types of BibTeX's and biblatex's entries: which there are, and which are the same thing by another name.

const types: ReadonlySet<string> = new Set(
  (
    'article artwork audio book booklet collection dataset inbook incollection inproceedings manual misc online patent ' +
    'proceedings report software thesis unpublished video standard music movie image letter review reference ' +
    'commentary jurisdiction legislation legal performance'
  ).split(' '),
);

/** Other names, and what kind of thesis or report they say it is. */
const aliases: Readonly<Record<string, { readonly type: string; readonly kind?: string }>> = {
  bookinbook: { type: 'inbook' },
  conference: { type: 'inproceedings' },
  electronic: { type: 'online' },
  inreference: { type: 'incollection' },
  mastersthesis: { type: 'thesis', kind: 'mastersthesis' },
  mvbook: { type: 'book' },
  mvcollection: { type: 'collection' },
  mvproceedings: { type: 'proceedings' },
  mvreference: { type: 'reference' },
  periodical: { type: 'collection' },
  phdthesis: { type: 'thesis', kind: 'phdthesis' },
  preprint: { type: 'misc' },
  suppbook: { type: 'inbook' },
  suppcollection: { type: 'incollection' },
  suppperiodical: { type: 'article' },
  techreport: { type: 'report', kind: 'techreport' },
  webpage: { type: 'online' },
  www: { type: 'online' },
};

export function isEntryType(type: string): boolean {
  return types.has(type) || Object.hasOwn(aliases, type);
}

/** Every name that an entry's type can have. */
export const entryTypes: readonly string[] = [...types, ...Object.keys(aliases)];

/** The type that decides how an entry is shown; what is not known is shown as `misc`. */
export function canonicalType(written: string): { readonly type: string; readonly kind?: string } {
  if (Object.hasOwn(aliases, written)) return aliases[written] ?? { type: 'misc' };
  return { type: types.has(written) ? written : 'misc' };
}
