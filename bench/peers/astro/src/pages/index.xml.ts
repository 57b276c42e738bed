// The feed of all posts.
import rss from '@astrojs/rss';
import { feedItem, newestFirst } from '../blog';

export const GET = async ({ site }) =>
  rss({
    title: 'Bench',
    description: 'Bench',
    site,
    items: (await newestFirst()).slice(0, 20).map(feedItem),
  });
