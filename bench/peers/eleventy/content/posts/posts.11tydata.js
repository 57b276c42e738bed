// What all posts have. Their own tags are called topics here, since `tags` are collections, and what a collection is called is ours.
export default {
  layout: 'post.njk',
  permalink: (data) => `/posts/${data.page.fileSlug}/index.html`,
  eleventyComputed: { topics: (data) => (data.tags ?? []).filter((tag) => tag !== 'posts') },
  tags: ['posts'],
};
