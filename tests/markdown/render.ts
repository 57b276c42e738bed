// What the tests of Markdown share: a post rendered alone, and its HTML as a reader gets it.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { parseConfig } from '../../src/config.js';
import { addressPosts } from '../../src/content/addresses.js';
import { sourceParser } from '../../src/content/post.js';
import type { RenderOptions } from '../../src/markdown/feature.js';
import { createHighlighting } from '../../src/markdown/highlight.js';
import { renderPost } from '../../src/markdown/render.js';
import { parseMacros } from '../../src/math/macros.js';
import { assemble } from '../../src/site/assemble.js';
import { splitPost, wholeBody } from '../../src/site/body.js';
import { fillHoles } from '../../src/site/fill-holes.js';
import { printTerms, termsOf } from '../../src/site/vocabulary.js';
import type { Config, Html, Post, PostRecord, RenderedPost, Targets } from '../../src/types.js';

// Tests render at once, so the grammars that they name are loaded before.
const languages = ['go', 'js', 'python', 'rust', 'ts'];
const highlight = await createHighlighting()(
  languages.map((name) => `\`\`\`${name}\n`).join(''),
  (given) => given,
);

const textsOf = (code: string): Record<string, string> =>
  parse(readFileSync(`templates/texts/${code}.yaml`, 'utf8'), { schema: 'failsafe' });

export const texts = new Map(['en', 'ko'].map((code) => [code, textsOf(code)]));

export interface Given {
  readonly post?: Partial<Omit<Post, 'title'>> & { readonly title?: string | undefined };
  /** `site.yaml` */
  readonly yaml?: string;
  /** `macros.tex` */
  readonly macros?: string;
  readonly draftMath?: boolean;
  readonly lint?: boolean;
  readonly highlight?: false;
  readonly searchable?: boolean;
}

export function configOf(yaml = ''): Config {
  const { config, diagnostics } = parseConfig(yaml, 'site.yaml');
  if (!config) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return config;
}

/** Those of a site of which nothing is known. */
export const plainOptions: RenderOptions = {
  ...configOf(),
  macros: new Map(),
  texts: {},
  draftMath: false,
  lint: false,
  searchable: true,
};

/** A post of which nothing is known but its body. */
export function postOf(body: string, given: Given['post'] = {}): Post {
  const { title, ...fields } = { title: 'Case', ...given };
  const parse = sourceParser(configOf('languages: [en]'), { drafts: false, future: false, now });
  const { unaddressed } = parse({ path: 'posts/case.md', text: '---\ndate: 2026-01-01\n---\n' });
  const [post] = addressPosts(unaddressed ? [unaddressed] : [], configOf('languages: [en]')).posts;
  if (!post) throw new Error('The post has no address.');
  return { ...post, bodyLine: 1, ...(title === undefined ? {} : { title }), ...fields, body };
}

const now = { date: '2026-06-15', instant: '2026-06-15T03:00:00Z' };

/** Renders a body. A post that is given `title: undefined` has none. */
export function render(body: string, given: Given = {}): RenderedPost {
  const { markdown, math, theorems } = configOf(given.yaml);
  const post = postOf(body, given.post);
  const { macros } = parseMacros(given.macros ?? '');
  return renderPost(post, {
    markdown,
    math,
    theorems,
    macros,
    texts: texts.get(post.lang) ?? {},
    draftMath: given.draftMath ?? false,
    lint: given.lint ?? false,
    searchable: given.searchable ?? true,
    ...(given.highlight === false ? {} : { highlight }),
  });
}

/** The post as the join wants it. */
export function recordOf(rendered: RenderedPost): PostRecord {
  const { facts, holes, body: parts } = splitPost(rendered);
  const body = wholeBody(parts);
  const { post, prose } = rendered;
  const terms = printTerms(termsOf(prose, post.lang));
  return {
    ...facts,
    post,
    holes,
    glyphs: {},
    terms,
    key: JSON.stringify([post, facts, body]),
    body: () => body,
  };
}

/** What links of a site with nothing but these posts lead to. */
export function targetsOf(rendered: readonly RenderedPost[], yaml = ''): Targets {
  const config = configOf(yaml);
  const records = rendered.map(recordOf);
  const parts = {
    config,
    defaultLanguage: 'en',
    rendered: records,
    hidden: [],
    faulty: [],
    assets: [],
    lastModified: new Map(),
  };
  return assemble({ ...parts, texts }).targets;
}

/** HTML of a post, its holes filled; a formula is `<katex>` with its source. */
export function html(rendered: RenderedPost, part: Html = rendered.html): string {
  const named = part.map((piece) => {
    if (typeof piece === 'string' || piece.type !== 'formula') return piece;
    const source = /<annotation [^>]*>([^<]*)</.exec(piece.html)?.[1] ?? '';
    const kind = piece.html.includes('katex-display') ? ' class="display"' : '';
    return `<katex${kind}>${source}</katex>`;
  });
  return fillHoles(named, rendered.post, targetsOf([rendered]));
}

/** `warning html/element 3:1 message (hint)` */
export function reports({ diagnostics }: Pick<RenderedPost, 'diagnostics'>): string[] {
  return diagnostics.map(({ severity, code, line, column, message, hint }) =>
    [severity, code, `${line ?? '-'}:${column ?? '-'}`, message, ...(hint ? [`(${hint})`] : [])].join(' '),
  );
}
