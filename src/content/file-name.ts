// What the name of a post's file says: date, language, slug. `2019-01-26-name.ko.md`, `name/index.ko.md`.
import { languageOfSuffix } from './languages.js';

export interface FileName {
  /** Without folders, date and language; the folder's name for `index.md`. */
  readonly name: string;
  /** As written: `2019-01-26`, or `2019-1-26` as Jekyll has it, too; it may not exist. */
  readonly date?: string;
  readonly lang?: string;
  /** The path without language and ending, equal in all translations of one text. */
  readonly translationKey: string;
}

/** Reads a path such as `posts/2019-01-26-name.ko.md`. */
export function readFileName(path: string, languages: readonly string[]): FileName {
  const [, stem = path, suffix] = /^(.*?)(?:\.([^./]+))?\.md$/s.exec(path) ?? [];
  const lang = suffix === undefined ? undefined : languageOfSuffix(suffix, languages);
  const translationKey = suffix === undefined || lang !== undefined ? stem : `${stem}.${suffix}`;
  const segments = translationKey.split('/');
  const last = segments.pop() ?? '';
  // `posts/index.md` has no folder of its own.
  const base = last === 'index' && segments.length > 1 ? (segments.at(-1) ?? last) : last;
  const [, date, name = base] = /^(\d{4}-\d{1,2}-\d{1,2})-(.+)$/.exec(base) ?? [];
  return { name, ...(date && { date }), ...(lang && { lang }), translationKey };
}
