// Which files of the site posts show as images.
import type { Asset, Hole, Place, Site } from '../types.js';
import { resolve } from './references.js';

/** A file that is shown as an image. */
export interface ShownImage {
  readonly asset: Asset;
  /** Where it is shown first. */
  readonly place: Place;
  /** Whether a post has it as its cover. */
  readonly isCover: boolean;
}

/** Each file once, in the order of the posts. */
export function shownImages({ editions, targets }: Site): readonly ShownImage[] {
  const shown = new Map<string, ShownImage>();
  for (const { post, rendered } of editions.flatMap(({ posts, pages }) => [...posts, ...pages])) {
    const { cover } = post;
    const holes: readonly Hole[] = cover
      ? [{ type: 'image', ...cover, at: 'top' }, ...rendered.holes]
      : rendered.holes;
    for (const hole of holes) {
      if (hole.type !== 'image') continue;
      const reference = resolve(hole.src, post, targets);
      if (reference.type !== 'asset') continue;
      const { asset } = reference;
      const { place, isCover } = shown.get(asset.path) ?? { place: hole.place, isCover: false };
      shown.set(asset.path, { asset, place, isCover: isCover || hole.at === 'top' });
    }
  }
  return [...shown.values()];
}
