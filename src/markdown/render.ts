// One post's Markdown to HTML, by remark and remark-html. Depends on nothing but the post and the options, so it
// can be cached and run anywhere; what needs another post is left as a hole.
import type { Element, Root as HastRoot } from 'hast';
import type { Root as MdastRoot } from 'mdast';
import type { State } from 'mdast-util-to-hast';
import { remark } from 'remark';
import remarkHtml from 'remark-html';
import { visit } from 'unist-util-visit';
import { diagnostic } from '../diagnostic.js';
import { escapeHtml } from '../escape.js';
import type { Diagnostic, Post, PostLint, RenderedPost } from '../types.js';
import { excerpt } from './excerpt.js';
import type { Context, RenderOptions, Reserved } from './feature.js';
import { footnoteSection } from './features/footnotes.js';
import { outline } from './features/headings.js';
import { setFormulasIn } from './features/math.js';
import { parseRawHtml } from './features/raw-html.js';
import { features } from './features.js';
import { createLabels } from './labels.js';
import { chooseMark, fill, readable } from './placeholders.js';
import { schema } from './sanitize.js';
import { readingMinutes, textOf } from './text.js';

/** What the HTML tree tells about a post, read before it becomes a string. */
interface Reading
  extends Pick<RenderedPost, 'headings' | 'excerpt' | 'excerptText' | 'text' | 'minutes' | 'ids'> {
  readonly title?: RenderedPost['title'];
}

/** Renders a post. Everything wrong with it is among the result's diagnostics; nothing is thrown for content. */
export function renderPost(post: Post, options: RenderOptions): RenderedPost {
  const diagnostics: Diagnostic[] = [];
  const context = createContext(post, options, diagnostics);
  const processor = remark().data({
    micromarkExtensions: features.flatMap((feature) => feature.syntax?.(options) ?? []),
    fromMarkdownExtensions: features.flatMap((feature) => feature.tree?.(options) ?? []),
  });
  Object.assign(context, { parse: (markdown: string) => processor.parse(markdown) as MdastRoot });

  let reading: Reading | undefined;
  const handlers = Object.assign({}, ...features.map((feature) => feature.handlers?.(context)), {
    root(state: State, tree: MdastRoot) {
      const finished = finish(state, tree, context);
      reading = read(finished, context);
      return finished;
    },
  });
  const trusted = options.markdown.rawHtml === 'trusted';
  const html = processor()
    .use(() => (tree: MdastRoot) => {
      for (const feature of features) feature.transform?.(tree, context);
    })
    .use(remarkHtml, { handlers, sanitize: trusted ? false : schema(options.markdown.embeds.length > 0) })
    .processSync(post.body);

  if (!reading) throw new Error('The root handler has not been called.');
  const title = titleOf(post, context) ?? reading.title;
  if (!title) {
    context.report(
      'error',
      'front-matter/missing-title',
      'the post has no title',
      { file: post.path, line: 1, column: 1 },
      'add title: to the front matter, or begin the text with a # heading',
    );
  }
  const formulas = context.reserved.filter(
    ({ content }) => typeof content === 'object' && content.type === 'formula',
  );
  return {
    post,
    ...reading,
    html: fill(String(html), context.mark, context.reserved),
    title: title ?? { html: [], text: '' },
    labels: context.labels.all,
    uses: { math: formulas.length > 0, code: /<code/.test(String(html)) },
    formulas: { total: formulas.length, rendered: formulas.length },
    diagnostics,
    ...(options.lint ? { lint: lintOf(context) } : {}),
  };
}

function lintOf({ labels, lint }: Context): PostLint {
  return {
    usedLabels: [...lint.usedLabels],
    labelPlaces: labels.all.flatMap(({ name }) => ({ name, place: labels.placeOf(name) ?? { file: '' } })),
    usedMacros: [...lint.usedMacros],
    fixes: lint.fixes,
  };
}

function createContext(post: Post, options: RenderOptions, diagnostics: Diagnostic[]): Context {
  const reserved: Reserved[] = [];
  const mark = chooseMark(`${post.body}${post.title ?? ''}${post.summary ?? ''}`);
  const report: Context['report'] = (severity, code, message, place, hint) => {
    diagnostics.push(diagnostic(severity, code, message, place, hint));
  };
  return {
    post,
    options,
    labels: createLabels(report),
    lint: { usedLabels: new Set(), usedMacros: new Set(), fixes: [] },
    body: post.body,
    mark,
    reserved,
    reserve(content, forms) {
      reserved.push({ content, ...(forms ?? { text: '', idText: '', excerptHtml: '' }) });
      return `${mark}${reserved.length - 1}${mark}`;
    },
    place: ({ position }, length) => ({
      file: post.path,
      ...(position && { line: position.start.line + post.bodyLine - 1, column: position.start.column }),
      ...(length === undefined ? {} : { length }),
    }),
    report,
    parse: () => {
      throw new Error('The parser is not there yet.');
    },
  };
}

/** The whole HTML tree of a post: body and notes, the author's HTML parsed, every construct finished. */
function finish(state: State, tree: MdastRoot, context: Context): HastRoot {
  let body: HastRoot = { type: 'root', children: state.wrap(state.all(tree), true) };
  const notes = footnoteSection(state, context);
  body = parseRawHtml(body, context);
  // Apart from the body, so that an element left open there does not swallow them.
  if (notes) body.children.push(...parseRawHtml({ type: 'root', children: [notes] }, context).children);
  for (const feature of features) feature.finish?.(body, context);
  return body;
}

const isCode = (element: Element) => element.tagName === 'pre';
const isCodeOrSpan = (element: Element) => isCode(element) || element.tagName === 'code';
const isNoteLink = (element: Element) =>
  element.properties.dataFootnoteRef !== undefined || element.properties.dataFootnoteBackref !== undefined;

function read(tree: HastRoot, context: Context): Reading {
  const { title, headings } = outline(tree, context);
  const ids: string[] = [];
  visit(tree, 'element', ({ properties }) => {
    for (const id of [properties.id, properties.name]) if (typeof id === 'string') ids.push(id);
  });
  const toText = (text: string) => readable(text, context.mark, context.reserved, 'text');
  const text = textOf(tree, (element) => isCode(element) || isNoteLink(element));
  const prose = textOf(tree, (element) => isCodeOrSpan(element) || isNoteLink(element));
  return {
    ...(title ? { title } : {}),
    headings,
    ids,
    text: toText(text),
    minutes: readingMinutes(readable(prose, context.mark, [], 'text')),
    ...excerpt(tree, context),
  };
}

function titleOf(post: Post, context: Context): RenderedPost['title'] | undefined {
  if (post.title === undefined) return undefined;
  const text = setFormulasIn(post.title, context, post.titlePlace);
  return {
    html: fill(escapeHtml(text), context.mark, context.reserved),
    text: readable(text, context.mark, context.reserved, 'text'),
  };
}
