// A feed for each tag.
import rss from '@astrojs/rss';
import { byTag, feedItem, newestFirst, slug } from '../../../blog';

export async function getStaticPaths() {
  return [...byTag(await newestFirst())].map(([tag, posts]) => ({
    params: { tag: slug(tag) },
    props: { tag, posts },
  }));
}

export const GET = ({ props, site }) =>
  rss({ title: props.tag, description: props.tag, site, items: props.posts.slice(0, 20).map(feedItem) });
