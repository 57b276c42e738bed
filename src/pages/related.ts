// Posts about the same things: the nearest by the cosine of their terms, weighted by TF-IDF (Salton and Buckley,
// 1988), within one language. The same posts give the same answer in any order of work.
import { tagSlug } from '../content/permalinks.js';
import { forEachTerm, termsIn } from '../site/vocabulary.js';
import type { Entry } from '../types.js';

/** However many posts there are, one is held against as many: those for which its weightiest terms matter most. */
const limits = { related: 8, termsOfPost: 24, postsOfTerm: 40 };

/** Below this, two posts share little more than the language that everybody writes. */
const threshold = 0.08;

/** How often a term counts as written where it says more than in the text. */
const occurrences = { tag: 12, title: 4 };

/** Numbers of terms or of posts, each with its weight. */
interface Weights {
  readonly of: readonly number[];
  readonly weights: readonly number[];
}

/** For each of the posts, the others that are near, the nearest first. */
export function relatedPosts(entries: readonly Entry[]): ReadonlyMap<Entry, readonly Entry[]> {
  const vectors = weigh(entries);
  const postings = postingsOf(vectors);
  const cosines = new Float64Array(entries.length);
  return new Map(
    entries.map((entry, index) => {
      const { of: near } = nearTo(vectors[index] ?? nothing, index, postings, cosines);
      return [entry, near.flatMap((one) => entries[one] ?? [])];
    }),
  );
}

const nothing: Weights = { of: [], weights: [] };

/** The posts of each term, heaviest first. */
function postingsOf(vectors: readonly Weights[]): readonly Weights[] {
  const posts: number[][] = [];
  const weights: number[][] = [];
  for (let index = 0; index < vectors.length; index++) {
    const vector = vectors[index] ?? nothing;
    for (let at = 0; at < vector.of.length; at++) {
      const term = vector.of[at] ?? 0;
      posts[term] ??= [];
      weights[term] ??= [];
      posts[term].push(index);
      weights[term].push(vector.weights[at] ?? 0);
    }
  }
  return posts.map((of, term) => heaviest({ of, weights: weights[term] ?? [] }, limits.postsOfTerm));
}

/** The posts with the highest cosines. `cosines` is room for one of each post, zero before and after. */
function nearTo(vector: Weights, self: number, postings: readonly Weights[], cosines: Float64Array): Weights {
  const touched: number[] = [];
  for (let at = 0; at < vector.of.length; at++) {
    const own = vector.weights[at] ?? 0;
    const { of, weights } = postings[vector.of[at] ?? 0] ?? nothing;
    for (let i = 0; i < of.length; i++) {
      const post = of[i] as number;
      const before = cosines[post] as number;
      if (before === 0) touched.push(post);
      cosines[post] = before + own * (weights[i] as number);
    }
  }
  const of = touched.filter((post) => post !== self && (cosines[post] ?? 0) >= threshold);
  const near = heaviest({ of, weights: of.map((post) => cosines[post] ?? 0) }, limits.related);
  for (const post of touched) cosines[post] = 0;
  return near;
}

/** Of equal weight, the lower number is first: with posts, the newer. */
function heaviest({ of, weights }: Weights, limit: number): Weights {
  const kept: { of: number[]; weights: number[] } = { of: [], weights: [] };
  for (let at = 0; at < of.length; at++) {
    const one = of[at] ?? 0;
    const weight = weights[at] ?? 0;
    // Few are kept: each finds its place from the end.
    let place = kept.of.length;
    for (; place > 0; place--) {
      const before = kept.weights[place - 1] ?? 0;
      if (before > weight || (before === weight && (kept.of[place - 1] ?? 0) < one)) break;
      if (place >= limit) continue;
      kept.of[place] = kept.of[place - 1] ?? 0;
      kept.weights[place] = before;
    }
    if (place >= limit) continue;
    kept.of[place] = one;
    kept.weights[place] = weight;
  }
  return kept;
}

/** Each post's weightiest terms, numbered; with those that it shares with none, their weights have length one together. */
function weigh(entries: readonly Entry[]): readonly Weights[] {
  const documents: number[] = [];
  const count = termCounter();
  const counted = entries.map((entry) => {
    const { terms, times } = count(entry);
    for (const term of terms) documents[term] = (documents[term] ?? 0) + 1;
    return { terms: Uint32Array.from(terms), times: Uint32Array.from(times) };
  });
  return counted.map(({ terms, times }) => {
    const of: number[] = [];
    const weights: number[] = [];
    let squares = 0;
    for (let at = 0; at < terms.length; at++) {
      const number = terms[at] ?? 0;
      const having = documents[number] ?? 1;
      const weight = (1 + Math.log(times[at] ?? 1)) * Math.log(entries.length / having);
      squares += weight * weight;
      if (having === 1 || weight === 0) continue;
      of.push(number);
      weights.push(weight);
    }
    const kept = heaviest({ of, weights }, limits.termsOfPost);
    return { of: kept.of, weights: kept.weights.map((weight) => weight / Math.sqrt(squares)) };
  });
}

/** Gives the function that numbers the terms of posts, each once, and counts them. */
function termCounter(): (entry: Entry) => { readonly terms: number[]; readonly times: number[] } {
  const numbers = new Map<string, number>();
  const slugs = new Map<string, string>();
  /** Of each term, where it is in the list of the post at hand; below zero, nowhere. */
  const places: number[] = [];
  return ({ post, rendered }) => {
    const terms: number[] = [];
    const times: number[] = [];
    const add = (term: string, count: number) => {
      const number = numbers.get(term) ?? numbers.size;
      if (number === numbers.size) numbers.set(term, number);
      const place = places[number] ?? -1;
      if (place >= 0) {
        times[place] = (times[place] ?? 0) + count;
        return;
      }
      places[number] = terms.length;
      terms.push(number);
      times.push(count);
    };
    forEachTerm(rendered.terms, add);
    for (const tag of [...post.tags, ...post.categories]) {
      const slug = slugs.get(tag) ?? `#${tagSlug(tag)}`;
      slugs.set(tag, slug);
      add(slug, occurrences.tag);
    }
    for (const term of termsIn(rendered.title.text)) add(term, occurrences.title);
    for (const number of terms) places[number] = -1;
    return { terms, times };
  };
}
