// Posts about the same things: the nearest by the cosine of their terms, weighted by TF-IDF (Salton and Buckley,
// 1988), within one language. The same posts give the same answer in any order of work.
import { tagSlug } from '../content/permalinks.js';
import { termsIn } from '../site/vocabulary.js';
import type { Entry } from '../types.js';

/** The work for a post is the same however many there are: it looks at the posts for which a term matters most. */
const limits = { related: 8, postsOfTerm: 40 };

/** Below this, two posts share little more than the language that everybody writes. */
const threshold = 0.08;

/** How often a term counts as written where it says more than in the text. */
const occurrences = { tag: 12, title: 4 };

/** A post, or a term of it, by its number. */
interface Weighted {
  readonly index: number;
  readonly weight: number;
}

/** For each of the posts, the others that are near, the nearest first. */
export function relatedPosts(entries: readonly Entry[]): ReadonlyMap<Entry, readonly Entry[]> {
  const vectors = weigh(entries.map(termCounts));
  const postings: Weighted[][] = [];
  for (const [index, vector] of vectors.entries()) {
    for (const term of vector) {
      postings[term.index] ??= [];
      postings[term.index]?.push({ index, weight: term.weight });
    }
  }
  const heads = postings.map((posting) => heaviest(posting, limits.postsOfTerm));
  const cosines = new Float64Array(entries.length);
  return new Map(
    entries.map((entry, index) => {
      const near = heaviest(nearTo(vectors[index] ?? [], index, heads, cosines), limits.related);
      return [entry, near.flatMap((one) => entries[one.index] ?? [])];
    }),
  );
}

/** Every post whose cosine is above the threshold, with it. `cosines` is room for one of each post, zero before and after. */
function nearTo(
  vector: readonly Weighted[],
  self: number,
  postings: readonly (readonly Weighted[])[],
  cosines: Float64Array,
): Weighted[] {
  const touched: number[] = [];
  for (const own of vector) {
    for (const { index, weight } of postings[own.index] ?? []) {
      if (cosines[index] === 0) touched.push(index);
      cosines[index] = (cosines[index] ?? 0) + own.weight * weight;
    }
  }
  const near = touched
    .map((index) => ({ index, weight: cosines[index] ?? 0 }))
    .filter(({ index, weight }) => index !== self && weight >= threshold);
  for (const index of touched) cosines[index] = 0;
  return near;
}

function heaviest(items: readonly Weighted[], limit: number): readonly Weighted[] {
  if (items.length < 2) return items;
  return items.toSorted((a, b) => b.weight - a.weight || a.index - b.index).slice(0, limit);
}

/** Each post's terms, numbered, with weights of length one together. A term of one post, or of every one, weighs nothing. */
function weigh(counts: readonly ReadonlyMap<string, number>[]): readonly (readonly Weighted[])[] {
  const numbers = new Map<string, number>();
  const documents: number[] = [];
  for (const terms of counts) {
    for (const term of terms.keys()) {
      const number = numbers.get(term) ?? numbers.size;
      numbers.set(term, number);
      documents[number] = (documents[number] ?? 0) + 1;
    }
  }
  return counts.map((terms) => {
    const weights = [...terms].map(([term, count]): Weighted => {
      const index = numbers.get(term) ?? 0;
      const rarity = Math.log(counts.length / (documents[index] ?? 1));
      return { index, weight: (1 + Math.log(count)) * rarity };
    });
    const length = Math.hypot(...weights.map(({ weight }) => weight));
    return weights
      .filter(({ index, weight }) => weight > 0 && (documents[index] ?? 0) > 1)
      .map(({ index, weight }) => ({ index, weight: weight / length }));
  });
}

function termCounts({ post, rendered }: Entry): ReadonlyMap<string, number> {
  const counts = new Map(rendered.terms);
  const add = (term: string, times: number) => counts.set(term, (counts.get(term) ?? 0) + times);
  for (const tag of [...post.tags, ...post.categories]) add(`#${tagSlug(tag)}`, occurrences.tag);
  for (const term of termsIn(rendered.title.text)) add(term, occurrences.title);
  return counts;
}
