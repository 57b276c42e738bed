// Posts to records: the longest step of a build. It needs only what is given here, so a worker can do it as well.
import { randomUUID } from 'node:crypto';
import type { Bibliography } from './bibliography/cite.js';
import type { Highlighter, RenderOptions } from './markdown/feature.js';
import { splitPost } from './site/body.js';
import { termsOf } from './site/vocabulary.js';
import type { Body, Post, PostRecord } from './types.js';

/** What the whole site has in common. Plain data. */
export interface RenderSettings extends Omit<RenderOptions, 'texts' | 'bibliography' | 'highlight'> {
  /** Interface texts by language. */
  readonly texts: ReadonlyMap<string, RenderOptions['texts']>;
}

/** A record without what it was made of, and without a way to its body. Plain data. */
export type PostData = Omit<PostRecord, 'post' | 'body' | 'bodyKey'>;

export interface RenderedData {
  readonly data: PostData;
  readonly body: Body;
}

export type PostRenderer = (post: Post, bibliography: Bibliography) => RenderedData;

/**
 * Loads what rendering these posts needs. The renderer is loaded here and nowhere else: a build with nothing to render
 * never pays for it.
 */
export async function createRenderer(
  settings: RenderSettings,
  posts: readonly Post[],
  makeHighlighter: () => Promise<Highlighter>,
): Promise<PostRenderer> {
  const hasCode = posts.some(({ body }) => /```|~~~/.test(body));
  const [{ renderPost }, glyphsOf, highlight] = await Promise.all([
    import('./markdown/render.js'),
    loadGlyphReader(),
    hasCode ? makeHighlighter() : undefined,
  ]);
  const { texts, ...shared } = settings;
  return (post, bibliography) => {
    const rendered = renderPost(post, {
      ...shared,
      texts: texts.get(post.lang) ?? {},
      bibliography,
      ...(highlight && { highlight }),
    });
    const parts = [rendered.html, rendered.title.html, ...rendered.headings.map(({ html }) => html)].flat();
    const formulas = parts.flatMap((part) =>
      typeof part !== 'string' && part.type === 'formula' ? part.html : [],
    );
    const { facts, holes, body } = splitPost(rendered);
    return {
      data: { ...facts, holes, glyphs: glyphsOf(formulas), terms: termsOf(rendered.text, post.lang) },
      body,
    };
  };
}

/** KaTeX's style sheet is read when the first formula asks for it. */
async function loadGlyphReader() {
  const { loadKatex } = await import('./output/katex.js');
  const { glyphsOf } = await loadKatex();
  return glyphsOf;
}

/** A highlighter for as many builds as one likes. */
export async function makeHighlighter(): Promise<Highlighter> {
  return (await import('./markdown/highlight.js')).createHighlighter();
}

/** Renders posts one after the other, and keeps their bodies. */
export async function renderPosts(posts: readonly Post[], job: RenderJob): Promise<readonly PostRecord[]> {
  if (posts.length === 0) return [];
  const render = await createRenderer(job.settings, posts, job.highlighter);
  return posts.map((post, index) => {
    job.onPost?.(index);
    const { data, body } = render(post, job.bibliography(post));
    return { ...data, post, bodyKey: randomUUID(), body: () => body };
  });
}

export interface RenderJob {
  readonly settings: RenderSettings;
  /** What the post can cite; the same value for posts that can cite the same. */
  readonly bibliography: (post: Post) => Bibliography;
  readonly highlighter: () => Promise<Highlighter>;
  readonly onPost?: (done: number) => void;
}
