// Posts about the same things: the nearest by the cosine of their terms, weighted by TF-IDF (Salton and Buckley,
// 1988), within one language. The same posts give the same answer in any order of work.
import { tagSlug } from '../content/permalinks.js';
import { parseTerms, termsIn } from '../site/vocabulary.js';
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
  for (const [index, vector] of vectors.entries()) {
    for (const [at, term] of vector.of.entries()) {
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
  for (const [at, term] of vector.of.entries()) {
    const own = vector.weights[at] ?? 0;
    const { of, weights } = postings[term] ?? nothing;
    for (let i = 0; i < of.length; i++) {
      const post = of[i] ?? 0;
      const before = cosines[post] ?? 0;
      if (before === 0) touched.push(post);
      cosines[post] = before + own * (weights[i] ?? 0);
    }
  }
  const of = touched.filter((post) => post !== self && (cosines[post] ?? 0) >= threshold);
  const near = heaviest({ of, weights: of.map((post) => cosines[post] ?? 0) }, limits.related);
  for (const post of touched) cosines[post] = 0;
  return near;
}

/** Of equal weight, the lower number is first: with posts, the newer. */
function heaviest({ of, weights }: Weights, limit: number): Weights {
  const order = of.map((_, at) => at);
  order.sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0) || (of[a] ?? 0) - (of[b] ?? 0));
  const kept = order.slice(0, limit);
  return { of: kept.map((at) => of[at] ?? 0), weights: kept.map((at) => weights[at] ?? 0) };
}

/** Each post's weightiest terms, numbered; with those that it shares with none, their weights have length one together. */
function weigh(entries: readonly Entry[]): readonly Weights[] {
  const numbers = new Map<string, number>();
  const documents: number[] = [];
  const counted = entries.map((entry) => {
    const counts = termCounts(entry);
    const terms = new Uint32Array(counts.size);
    const times = new Uint32Array(counts.size);
    let at = 0;
    for (const [term, count] of counts) {
      const number = numbers.get(term) ?? numbers.size;
      numbers.set(term, number);
      documents[number] = (documents[number] ?? 0) + 1;
      terms[at] = number;
      times[at] = count;
      at += 1;
    }
    return { terms, times };
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

function termCounts({ post, rendered }: Entry): ReadonlyMap<string, number> {
  const counts = new Map(parseTerms(rendered.terms));
  const add = (term: string, times: number) => counts.set(term, (counts.get(term) ?? 0) + times);
  for (const tag of [...post.tags, ...post.categories]) add(`#${tagSlug(tag)}`, occurrences.tag);
  for (const term of termsIn(rendered.title.text)) add(term, occurrences.title);
  return counts;
}
