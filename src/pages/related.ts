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

/** Gives the function that tells of one of the posts, by its number, the others that are near, the nearest first. */
export function relatedPosts(entries: readonly Entry[]): (index: number) => readonly Entry[] {
  const known = new Array<readonly Entry[] | undefined>(entries.length);
  let nearest: ((index: number) => Weights) | undefined;
  return (index) => {
    if (!nearest) {
      const vectors = weigh(entries);
      nearest = nearestOf(vectors, postingsOf(vectors));
    }
    const related = known[index] ?? nearest(index).of.map((post) => entries[post] as Entry);
    known[index] = related;
    return related;
  };
}

/** The posts of all terms in one list: those of a term begin at its place in `starts`, heaviest first. */
interface Postings {
  readonly starts: Uint32Array;
  readonly posts: Uint32Array;
  readonly weights: Float64Array;
}

function postingsOf(vectors: readonly Weights[]): Postings {
  const ofTerm: { of: number[]; weights: number[] }[] = [];
  for (const [post, { of, weights }] of vectors.entries()) {
    for (let at = 0; at < of.length; at++) {
      const term = of[at] as number;
      ofTerm[term] ??= { of: [], weights: [] };
      ofTerm[term].of.push(post);
      ofTerm[term].weights.push(weights[at] as number);
    }
  }
  const kept = Array.from(ofTerm, (all) => (all ? heaviest(all, limits.postsOfTerm) : nothing));
  const starts = new Uint32Array(kept.length + 1);
  for (const [term, { of }] of kept.entries()) starts[term + 1] = (starts[term] as number) + of.length;
  const posts = new Uint32Array(starts.at(-1) as number);
  const weights = new Float64Array(posts.length);
  for (const [term, list] of kept.entries()) {
    posts.set(list.of, starts[term]);
    weights.set(list.weights, starts[term]);
  }
  return { starts, posts, weights };
}

const nothing: Weights = { of: [], weights: [] };

/** Gives the function that finds the posts with the highest cosines. It goes over millions of postings, so all is flat. */
function nearestOf(
  vectors: readonly Weights[],
  { starts, posts, weights }: Postings,
): (self: number) => Weights {
  const cosines = new Float64Array(vectors.length);
  const touched = new Uint32Array(vectors.length);
  return (self) => {
    const vector = vectors[self] ?? nothing;
    let count = 0;
    for (let at = 0; at < vector.of.length; at++) {
      const term = vector.of[at] as number;
      const own = vector.weights[at] as number;
      const end = starts[term + 1] as number;
      for (let i = starts[term] as number; i < end; i++) {
        const post = posts[i] as number;
        const before = cosines[post] as number;
        if (before === 0) touched[count++] = post;
        cosines[post] = before + own * (weights[i] as number);
      }
    }
    const near: { of: number[]; weights: number[] } = { of: [], weights: [] };
    for (let i = 0; i < count; i++) {
      const post = touched[i] as number;
      const cosine = cosines[post] as number;
      cosines[post] = 0;
      if (post === self || cosine < threshold) continue;
      near.of.push(post);
      near.weights.push(cosine);
    }
    return heaviest(near, limits.related);
  };
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
  const { starts, terms, times, documents } = countTerms(entries);
  return entries.map((_, post) => {
    const of: number[] = [];
    const weights: number[] = [];
    let squares = 0;
    for (let at = starts[post] as number; at < (starts[post + 1] as number); at++) {
      const term = terms[at] as number;
      const having = documents[term] as number;
      const weight = (1 + Math.log(times[at] as number)) * Math.log(entries.length / having);
      squares += weight * weight;
      if (having === 1 || weight === 0) continue;
      of.push(term);
      weights.push(weight);
    }
    const kept = heaviest({ of, weights }, limits.termsOfPost);
    return { of: kept.of, weights: kept.weights.map((weight) => weight / Math.sqrt(squares)) };
  });
}

/** The terms of all posts in one list, since large sites have millions: those of a post begin at its place in `starts`. */
interface Counted {
  readonly starts: Uint32Array;
  /** Numbers of terms, in each post once. */
  readonly terms: Uint32Array;
  /** How often each counts as written there. */
  readonly times: Uint32Array;
  /** By the number of a term, how many posts have it. */
  readonly documents: readonly number[];
}

function countTerms(entries: readonly Entry[]): Counted {
  const numbers = new Map<string, number>();
  const slugs = new Map<string, string>();
  const documents: number[] = [];
  /** Of each term, where it is in the lists, if it is there for the post at hand. */
  const places: number[] = [];
  const starts = new Uint32Array(entries.length + 1);
  let terms = new Uint32Array(1000);
  let times = new Uint32Array(terms.length);
  let length = 0;
  let start = 0;
  const add = (term: string, count: number) => {
    let number = numbers.get(term);
    if (number === undefined) {
      number = documents.push(0) - 1;
      numbers.set(term, number);
      places.push(-1);
    }
    const place = places[number] as number;
    if (place >= start) {
      times[place] = (times[place] as number) + count;
      return;
    }
    if (length === terms.length) {
      terms = longer(terms);
      times = longer(times);
    }
    places[number] = length;
    terms[length] = number;
    times[length] = count;
    length += 1;
    documents[number] = (documents[number] as number) + 1;
  };
  for (const [index, { post, rendered }] of entries.entries()) {
    start = length;
    forEachTerm(rendered.terms, add);
    for (const tag of [...post.tags, ...post.categories]) {
      const slug = slugs.get(tag) ?? `#${tagSlug(tag)}`;
      slugs.set(tag, slug);
      add(slug, occurrences.tag);
    }
    for (const term of termsIn(rendered.title.text)) add(term, occurrences.title);
    starts[index + 1] = length;
  }
  return { starts, terms, times, documents };
}

function longer(list: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const copy = new Uint32Array(2 * list.length);
  copy.set(list);
  return copy;
}
