// The words in a reference, in the language of the work.
import type { Entry } from './entry.js';

export interface ReferenceWords {
  readonly and: string;
  readonly others: string;
  readonly editor: string;
  readonly editors: string;
  readonly in: string;
  readonly page: string;
  readonly pages: string;
  readonly chapter: string;
  /** `{n}` for what is not a number. */
  readonly edition: string;
  readonly nthEdition: (n: number) => string;
  readonly volume: string;
  readonly version: string;
  /** Between names and year. */
  readonly gap: string;
  /** By the type of entry that BibTeX calls them. */
  readonly kinds: Readonly<Record<string, string>>;
}

const englishPlurals = new Intl.PluralRules('en', { type: 'ordinal' });
const ordinals: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd' };

export const wordsOf: Readonly<Record<Entry['language'], ReferenceWords>> = {
  en: {
    and: ' and ',
    others: ', et al.',
    editor: '{names} (ed.)',
    editors: '{names} (eds.)',
    in: 'In ',
    page: 'p. {n}',
    pages: 'pp. {n}',
    chapter: 'chapter {n}',
    edition: '{n} edition',
    nthEdition: (n) => `${n}${ordinals[englishPlurals.select(n)] ?? 'th'} edition`,
    volume: 'vol. {n}',
    version: 'version {n}',
    gap: ' ',
    kinds: {
      phdthesis: 'PhD thesis',
      mastersthesis: 'Master’s thesis',
      bathesis: 'Bachelor’s thesis',
      mathesis: 'Master’s thesis',
      resreport: 'Research report',
      techreport: 'Technical report',
      candthesis: 'Candidate thesis',
    },
  },
  ko: {
    and: ', ',
    others: ' 등',
    editor: '{names}(편)',
    editors: '{names}(편)',
    in: '',
    page: '{n}쪽',
    pages: '{n}쪽',
    chapter: '{n}장',
    edition: '{n}',
    nthEdition: (n) => `${n}판`,
    volume: '{n}권',
    version: '버전 {n}',
    gap: '',
    kinds: { phdthesis: '박사 학위 논문', mastersthesis: '석사 학위 논문', techreport: '기술 보고서' },
  },
};
