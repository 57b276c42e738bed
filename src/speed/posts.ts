// Posts rendered by an earlier build, by workers, or here, in this order.
import { setFlagsFromString } from 'node:v8';
import { createRenderer, type PostData, type RenderJob } from '../render-posts.js';
import type { Post, PostRecord } from '../types.js';
import { bodyPacker, unpackBody, unpackForFeed, unpackPieces } from './body.js';
import { keyOf, postKeys, type SourceKeys } from './keys.js';
import type { Pool } from './pool.js';
import type { Store } from './store.js';

/**
 * V8 lets a heap grow to a multiple before it looks for garbage, which is quicker, and nothing as long as it is small. So
 * many posts are a gigabyte: then it may grow by no more than a third.
 */
const large = { posts: 20_000, flag: '--heap-growing-percent=33' };

/** Renders the posts that the store does not know, and puts them there. `rendered`: how many these were. */
export async function renderWith(
  store: Store,
  pool: Pool,
  posts: readonly Post[],
  job: RenderJob & {
    readonly sourceKeys: SourceKeys;
    /** Called while workers render. */
    readonly meanwhile: () => void;
  },
): Promise<{ readonly records: readonly PostRecord[]; readonly rendered: number }> {
  if (posts.length >= large.posts) setFlagsFromString(large.flag);
  const keyOfPost = postKeys(job.settings, job.sourceKeys);
  const macros = keyOf([...job.settings.macros]);
  // Suggestions can name any macro of the site: a post with some is kept for just these macros.
  const suggesting = (key: string): string => `${key}-${macros}`;
  const keys = posts.map((post) => keyOfPost(post, job.bibliography(post)));
  const knownAs = keys.map((key) => [key, suggesting(key)].find(store.has));
  const records: PostRecord[] = new Array(posts.length);
  const keep = (index: number, data: PostData, body: Uint8Array): void => {
    const hasSuggestions = data.diagnostics.some(({ code }) => code.startsWith('math/'));
    const key = hasSuggestions ? suggesting(keys[index] ?? '') : (keys[index] ?? '');
    store.put(key, data, store.putBlob(body));
    records[index] = recordOf(key, posts[index] as Post, data, () => bodyOf(store, key));
  };
  const missing = posts.flatMap((post, index) => (knownAs[index] === undefined ? [{ post, index }] : []));
  const rendering = pool.render(missing, job, keep);
  // What is known is read while workers render.
  for (const [index, key] of knownAs.entries())
    if (key !== undefined) records[index] = recall(store, key, posts[index] as Post);
  if (missing.length > 0) job.meanwhile();
  const done = await rendering;
  const rest = missing.filter(({ index }) => !done.has(index));
  if (rest.length > 0) {
    const render = await createRenderer(job.settings, job.highlighting);
    const packBody = bodyPacker();
    for (const [count, { post, index }] of rest.entries()) {
      job.onPost?.(count);
      const { data, body } = await render(post, job.bibliography(post));
      keep(index, data, packBody(body));
    }
  }
  return { records, rendered: missing.length };
}

function recall(store: Store, key: string, post: Post): PostRecord {
  const { formulas, ...data } = store.get(key) as PostData;
  const known = { ...data, formulas: { ...formulas, rendered: 0 } };
  return recordOf(key, post, known, () => bodyOf(store, key));
}

function bodyOf(store: Store, key: string): Buffer {
  const place = store.placeOf(key);
  if (!place) throw new Error('there is no body of this post');
  return store.getBlob(place);
}

/** A record whose body is read when it is wanted: `packed` reads it. */
export function recordOf(key: string, post: Post, data: PostData, packed: () => Buffer): PostRecord {
  // Field by field, so that all records are alike to V8, wherever their parts come from.
  const record: PostRecord = {
    title: data.title,
    headings: data.headings,
    excerpt: data.excerpt,
    excerptText: data.excerptText,
    minutes: data.minutes,
    ids: data.ids,
    labels: data.labels,
    uses: data.uses,
    formulas: data.formulas,
    diagnostics: data.diagnostics,
    holes: data.holes,
    glyphs: data.glyphs,
    terms: data.terms,
    post,
    key,
    body: () => unpackBody(packed()),
    bodyPieces: () => unpackPieces(packed()),
    feedBody: () => unpackForFeed(packed()),
  };
  const { titleHeading, description, caption, textHoles, lint } = data;
  if (!titleHeading && !description && !caption && !textHoles && !lint) return record;
  return {
    ...record,
    ...(titleHeading && { titleHeading }),
    ...(description && { description }),
    ...(caption && { caption }),
    ...(textHoles && { textHoles }),
    ...(lint && { lint }),
  };
}
