// Dates, names and counts in the page's language. Pure: never the machine's language or time zone.
import type { Texts } from './view.js';

/** `2020-10-31` as `October 31, 2020` or `2020년 10월 31일`. */
export function formatDate(date: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );
}

/** A language's name in itself: `한국어`. */
export function languageName(code: string): string {
  return new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;
}

/** `1 post`, `3 posts`, `글 3개`. */
export function formatCount(count: number, texts: Texts, language: string): string {
  const one = new Intl.PluralRules(language).select(count) === 'one';
  return (texts[one ? 'posts-count-one' : 'posts-count-many'] ?? '{n}').replace('{n}', String(count));
}
