// What several pages need: posts from the newest on, tags, texts.
import { type CollectionEntry, getCollection } from 'astro:content';

export type Post = CollectionEntry<'posts'>;

export const perPage = 10;

export async function newestFirst(): Promise<Post[]> {
  return (await getCollection('posts')).sort(
    (one, other) => other.data.date.valueOf() - one.data.date.valueOf(),
  );
}

export const slug = (tag: string) =>
  tag
    .toLowerCase()
    .replace(/\+/g, '-plus')
    .replace(/[^\p{L}\p{N}-]+/gu, '-');

export function byTag(posts: Post[]): Map<string, Post[]> {
  const tags = new Map<string, Post[]>();
  for (const post of posts) for (const tag of post.data.tags) tags.set(tag, [...(tags.get(tag) ?? []), post]);
  return tags;
}

const words = (post: Post) => (post.body ?? '').split(/\s+/);
export const minutes = (post: Post) => Math.ceil(words(post).length / 200);
export const excerpt = (post: Post) => words(post).slice(0, 70).join(' ');
export const day = (date: Date) => date.toISOString().slice(0, 10);

export const feedItem = (post: Post) => ({
  title: post.data.title,
  pubDate: post.data.date,
  link: `/posts/${post.id}/`,
  content: post.rendered?.html ?? '',
});
