// Dates, names and counts in the page's language. Pure: never the machine's language or time zone.
import { orEnglish } from '../locales.js';
import type { Texts } from './view.js';

/** Making a format takes a hundred times as long as using it. The languages of a site are few. */
function byLanguage<Format>(make: (language: string) => Format): (language: string) => Format {
  const made = new Map<string, Format>();
  return (language) => {
    const known = made.get(language) ?? make(language);
    made.set(language, known);
    return known;
  };
}

const dates = byLanguage(
  (code) => new Intl.DateTimeFormat(orEnglish(code), { dateStyle: 'long', timeZone: 'UTC' }),
);
const names = byLanguage(
  (code) => new Intl.DisplayNames(orEnglish(code), { type: 'language' }).of(code) ?? code,
);
const plurals = byLanguage((code) => new Intl.PluralRules(orEnglish(code)));

/** Open Graph's way to write a language: `ko_KR`. */
export const locale = byLanguage((code) => {
  const maximal = new Intl.Locale(code).maximize();
  return `${maximal.language}_${maximal.region ?? maximal.language.toUpperCase()}`;
});

/** Days of ten years: most posts of a site are of fewer. */
const mostDays = 4000;

const days = byLanguage(() => new Map<string, string>());

/** `2020-10-31` as `October 31, 2020` or `2020년 10월 31일`. A day comes on several pages. */
export function formatDate(date: string, language: string): string {
  const known = days(language);
  const text = known.get(date) ?? dates(language).format(new Date(`${date}T00:00:00Z`));
  if (known.size < mostDays) known.set(date, text);
  return text;
}

/** A language's name in itself: `한국어`. */
export function languageName(code: string): string {
  return names(code);
}

/** `1 post`, `3 posts`, `글 3개`. A text that is taken from another language brings that language's rule along. */
export function formatCount(count: number, texts: Texts, language: string): string {
  const one = plurals(texts['posts-count-rule'] ?? language).select(count) === 'one';
  return (texts[one ? 'posts-count-one' : 'posts-count-many'] ?? '{n}').replace('{n}', String(count));
}
