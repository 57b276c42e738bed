// Keys with which other systems keep a post from lists, from search engines or from the web, and the values that do.
// Here only drafts are left out: that a post is published after all must not go unsaid.
import { readFlag } from '../schema.js';
import type { Value } from '../value.js';

type Hides = (value: Value) => boolean;

const is =
  (flag: boolean): Hides =>
  (value) =>
    value.type === 'text' && readFlag(value.text.trim()) === flag;

const isSet: Hides = (value) => value.type !== 'text' || !/^(?:|~|null)$/.test(value.text.trim());

const hasWord =
  (...words: readonly string[]): Hides =>
  (value) =>
    value.type === 'list'
      ? value.items.some(hasWord(...words))
      : value.type === 'text' &&
        value.text.split(/[\s,]+/).some((word) => words.includes(word.toLowerCase()));

/** Whether a map has one of these keys, with a value that does. */
const hasField = (fields: Readonly<Record<string, Hides>>): Hides => {
  // An author's key may be one that every object has.
  const byKey = new Map(Object.entries(fields));
  return (value) =>
    value.type === 'map' &&
    [...value.fields.values()].some((field) => byKey.get(field.key.toLowerCase())?.(field.value));
};

const build = hasField({ render: hasWord('never', 'link', 'false'), list: hasWord('never', 'false') });
const sitemap: Hides = (value) =>
  is(false)(value) || hasField({ disable: is(true), exclude: is(true) })(value);

export const hidingKeys: Readonly<Record<string, Hides>> = {
  hidden: is(true),
  status: hasWord('draft', 'private', 'hidden', 'pending'),
  unlisted: is(true),
  private: is(true),
  expiryDate: isSet,
  unpublishDate: isSet,
  // Hugo.
  build,
  headless: is(true),
  // For search engines.
  noindex: is(true),
  robots: hasWord('noindex', 'none'),
  robotsNoIndex: is(true),
  sitemap,
};
