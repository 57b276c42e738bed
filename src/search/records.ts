// What the search index is made of: plain text, with formulas as they are read and without blocks of code.
import { formatDate } from '../pages/format.js';
import { href } from '../site/references.js';
import type { Edition, Entry, Site } from '../types.js';
import { hiddenWords, separator } from './words.js';

export interface SearchRecord {
  /** Address in the browser, from the root of the origin. */
  readonly url: string;
  readonly language: string;
  /** The text, and behind the separator what else the post should be found by. */
  readonly content: string;
  readonly meta: Readonly<Record<string, string>>;
}

/** A record for each post and page, always in the same order: the index depends on it. */
export function searchRecords(site: Site): SearchRecord[] {
  return site.editions.flatMap((edition) =>
    [...edition.posts, ...edition.pages].map((entry) => record(site, edition, entry)),
  );
}

function record({ config }: Site, { language }: Edition, { post, rendered }: Entry): SearchRecord {
  const title = rendered.title.text.normalize('NFC');
  const { description, caption } = rendered;
  const parts = [description?.text, caption?.text, rendered.body().text];
  const text = parts.filter(Boolean).join(' ').normalize('NFC');
  const names = [title, ...post.tags, ...post.categories].join(' ').normalize('NFC');
  // A word of the title counts as many, as it would in print.
  const found = [...Array<string>(5).fill(title), names, ...hiddenWords(`${names} ${text}`)];
  return {
    url: href(post.url, config.basePath),
    language: language.code,
    content: `${text} ${separator} ${found.join(' ')}`,
    meta: { title, ...(post.date ? { date: formatDate(post.date, language.code) } : {}) },
  };
}
