// Astro with remark-math, rehype-katex and its own highlighting, and the pages that a blog has: lists, tags, archive, feeds, sitemap.
import { unified } from '@astrojs/markdown-remark';
import sitemap from '@astrojs/sitemap';
import { defineConfig } from 'astro/config';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';

export default defineConfig({
  site: 'https://example.org',
  integrations: [sitemap()],
  markdown: { processor: unified({ remarkPlugins: [remarkMath], rehypePlugins: [rehypeKatex] }) },
  outDir: './public',
  publicDir: './static',
});
