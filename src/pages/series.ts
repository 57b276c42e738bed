// Series: posts that are parts of one whole, by the name in their front matter, in the order of their dates.
import { href } from '../site/references.js';
import type { Edition, Entry, Site } from '../types.js';
import type { SeriesView } from './view.js';

/** Parts by the name of their series, oldest first; names that differ only in case are one. */
export type Series = ReadonlyMap<string, readonly Entry[]>;

export function seriesOf({ posts }: Edition): Series {
  const series = new Map<string, Entry[]>();
  for (const entry of posts.toReversed()) {
    for (const key of new Set(entry.post.series.map(keyOf))) {
      const parts = series.get(key);
      if (parts) parts.push(entry);
      else series.set(key, [entry]);
    }
  }
  return series;
}

/** The series that a post is a part of; one that has no other part yet is none. */
export function seriesViews(all: Series, entry: Entry, { config }: Site, { texts }: Edition): SeriesView[] {
  return entry.post.series.flatMap((name) => {
    const parts = all.get(keyOf(name)) ?? [];
    if (parts.length < 2) return [];
    const numbers = { n: parts.indexOf(entry) + 1, total: parts.length };
    return {
      name,
      part: (texts['series-part'] ?? '').replace(/\{(n|total)\}/g, (_, key: 'n' | 'total') =>
        String(numbers[key]),
      ),
      posts: parts.map((part) => ({
        name: part.rendered.title.text,
        href: href(part.post.url, config.basePath),
        ...(part === entry ? { current: true } : {}),
      })),
    };
  });
}

function keyOf(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
