// Posts to records: the longest step of a build. It needs only what is given here, so a worker can do it as well.
import { randomUUID } from 'node:crypto';
import type { Bibliography } from './bibliography/cite.js';
import type { FormulaMemo, RenderOptions, SetFormula } from './markdown/feature.js';
import type { Highlighting } from './markdown/highlight.js';
import { type BodyParts, splitPost, wholeBody } from './site/body.js';
import { printTerms, termsOf } from './site/vocabulary.js';
import type { Post, PostRecord } from './types.js';

/** What the whole site has in common. Plain data. */
export interface RenderSettings
  extends Omit<RenderOptions, 'texts' | 'bibliography' | 'highlight' | 'formulas' | 'print'> {
  /** Interface texts by language. */
  readonly texts: ReadonlyMap<string, RenderOptions['texts']>;
}

/** A record without what it was made of, and without a way to its body. Plain data. */
export type PostData = Omit<PostRecord, 'post' | 'body' | 'key' | 'bodyPieces' | 'feedBody'>;

export interface RenderedData {
  readonly data: PostData;
  readonly body: BodyParts;
}

export type PostRenderer = (post: Post, bibliography: Bibliography) => Promise<RenderedData>;

/** Loads what renders posts. That is done here and nowhere else: a build with nothing to render never pays for it. */
export async function loadRenderer() {
  const [{ renderPost, createPrinter }, { glyphsOf }] = await Promise.all([
    import('./markdown/render.js'),
    import('./output/katex.js').then(({ loadKatex }) => loadKatex()),
  ]);
  return { renderPost, createPrinter, glyphsOf };
}

export async function createRenderer(
  { texts, ...shared }: RenderSettings,
  highlighting: Highlighting,
  loading = loadRenderer(),
): Promise<PostRenderer> {
  const { renderPost, createPrinter, glyphsOf } = await loading;
  const common = { ...shared, formulas: formulaMemo(), print: createPrinter() };
  return async (post, bibliography) => {
    const rendered = await highlighting(post.body, (highlight) =>
      renderPost(post, { ...common, texts: texts.get(post.lang) ?? {}, bibliography, highlight }),
    );
    const { facts, holes, body } = splitPost(rendered);
    return {
      data: {
        ...facts,
        holes,
        glyphs: glyphsOf(rendered.runs),
        terms: printTerms(termsOf(rendered.prose, post.lang)),
      },
      body,
    };
  };
}

/** Characters of HTML: of one formula, since longer ones seldom come again, and of all, which are some ten thousand. */
const mostRemembered = { ofOne: 5000, ofAll: 30_000_000 };

function formulaMemo(): FormulaMemo {
  const known = new Map<string, SetFormula>();
  let size = 0;
  return {
    get: (key) => known.get(key),
    set: (key, formula) => {
      const length = formula.result.ok ? formula.result.html.length : 0;
      if (length > mostRemembered.ofOne) return;
      size += key.length + length;
      if (size > mostRemembered.ofAll) known.clear();
      if (known.size === 0) size = 0;
      known.set(key, formula);
    },
  };
}

/** Highlighting for as many builds as one likes; the highlighter is loaded when there is code. */
export function makeHighlighting(): Highlighting {
  let kept: Promise<Highlighting> | undefined;
  return async (text, render) => {
    if (!/```|~~~/.test(text)) return render(() => undefined);
    kept ??= import('./markdown/highlight.js').then(({ createHighlighting }) => createHighlighting());
    return (await kept)(text, render);
  };
}

/** Renders posts one after the other, and keeps their bodies. */
export async function renderPosts(posts: readonly Post[], job: RenderJob): Promise<readonly PostRecord[]> {
  if (posts.length === 0) return [];
  const render = await createRenderer(job.settings, job.highlighting);
  const records: PostRecord[] = [];
  for (const post of posts) {
    job.onPost?.(records.length);
    const { data, body } = await render(post, job.bibliography(post));
    const whole = wholeBody(body);
    records.push({ ...data, post, key: randomUUID(), body: () => whole });
  }
  return records;
}

export interface RenderJob {
  readonly settings: RenderSettings;
  /** What the post can cite; the same value for posts that can cite the same. */
  readonly bibliography: (post: Post) => Bibliography;
  readonly highlighting: Highlighting;
  readonly onPost?: (done: number) => void;
}
