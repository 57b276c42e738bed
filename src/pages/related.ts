// Posts about the same things: the nearest by the cosine of their terms, weighted by TF-IDF (Salton and Buckley,
// 1988), within one language. The same posts give the same answer in any order of work.
import { tagSlug } from '../content/permalinks.js';
import type { Entry } from '../types.js';

/** The more posts, the fewer of a post's terms and of a term's posts matter: both are capped, heaviest first. */
const limits = { related: 8, characters: 4000, termsOfPost: 40, postsOfTerm: 60 };

/** Below this, two posts share little more than the language that everybody writes. */
const threshold = 0.08;

/** How often a term counts as written where it says more than in the text. */
const occurrences = { tag: 12, title: 4, text: 1 };

interface Weighted {
  readonly index: number;
  readonly weight: number;
}

/** For each of the posts, the others that are near, the nearest first. */
export function relatedPosts(entries: readonly Entry[]): ReadonlyMap<Entry, readonly Entry[]> {
  const counts = entries.map(termCounts);
  const postings = new Map<string, Weighted[]>();
  const vectors = weigh(counts);
  for (const [index, vector] of vectors.entries()) {
    for (const [term, weight] of vector) {
      const posting = postings.get(term);
      if (posting) posting.push({ index, weight });
      else postings.set(term, [{ index, weight }]);
    }
  }
  for (const [term, posting] of postings) {
    if (posting.length > limits.postsOfTerm) postings.set(term, heaviest(posting, limits.postsOfTerm));
  }
  const cosines = new Float64Array(entries.length);
  return new Map(
    entries.map((entry, index) => {
      const near = heaviest(nearTo(vectors[index] ?? new Map(), index, postings, cosines), limits.related);
      return [entry, near.flatMap((one) => entries[one.index] ?? [])];
    }),
  );
}

/** Every post whose cosine is above the threshold, with it. `cosines` is room for one of each post, zero before and after. */
function nearTo(
  vector: ReadonlyMap<string, number>,
  self: number,
  postings: ReadonlyMap<string, readonly Weighted[]>,
  cosines: Float64Array,
): Weighted[] {
  const touched: number[] = [];
  for (const [term, own] of vector) {
    for (const { index, weight } of postings.get(term) ?? []) {
      if (cosines[index] === 0) touched.push(index);
      cosines[index] = (cosines[index] ?? 0) + own * weight;
    }
  }
  const near = touched
    .map((index) => ({ index, weight: cosines[index] ?? 0 }))
    .filter(({ index, weight }) => index !== self && weight >= threshold);
  for (const index of touched) cosines[index] = 0;
  return near;
}

function heaviest(items: readonly Weighted[], limit: number): Weighted[] {
  return items.toSorted((a, b) => b.weight - a.weight || a.index - b.index).slice(0, limit);
}

/** Weights of each post's heaviest terms, of length one together. A term of every post weighs nothing. */
function weigh(counts: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number>[] {
  const documents = new Map<string, number>();
  for (const terms of counts)
    for (const term of terms.keys()) documents.set(term, (documents.get(term) ?? 0) + 1);
  return counts.map((terms) => {
    const weights = [...terms].map(([term, count]): [string, number] => {
      const rarity = Math.log(counts.length / (documents.get(term) ?? 1));
      return [term, (1 + Math.log(count)) * rarity];
    });
    const kept = weights
      .filter(([, weight]) => weight > 0)
      .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
      .slice(0, limits.termsOfPost);
    const length = Math.hypot(...kept.map(([, weight]) => weight));
    return new Map(kept.map(([term, weight]) => [term, weight / length]));
  });
}

function termCounts({ post, rendered }: Entry): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (term: string, times: number) => counts.set(term, (counts.get(term) ?? 0) + times);
  for (const tag of [...post.tags, ...post.categories]) add(`#${tagSlug(tag)}`, occurrences.tag);
  for (const term of termsIn(rendered.title.text)) add(term, occurrences.title);
  for (const term of termsIn(rendered.text.slice(0, limits.characters))) add(term, occurrences.text);
  return counts;
}

const isLatin = /^[a-z0-9]*$/;
const words = /[\p{L}\p{N}]{2,}/gu;
const cjk = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu;

/** Words; and pairs of characters where words carry particles or are not set apart. */
function termsIn(text: string): string[] {
  const terms: string[] = [];
  for (const word of text.normalize('NFC').toLowerCase().match(words) ?? []) {
    if (isLatin.test(word)) {
      if (word.length > 2) terms.push(word.replace(/s$/, ''));
      continue;
    }
    for (const [run] of word.matchAll(cjk)) {
      const characters = [...run];
      for (const [index, character] of characters.slice(1).entries())
        terms.push(`${characters[index]}${character}`);
    }
    for (const part of word.split(cjk)) if (part.length > 2) terms.push(part.replace(/s$/, ''));
  }
  return terms;
}
