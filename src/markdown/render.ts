// One post's Markdown to HTML, by remark and remark-html. Depends on nothing but the post and the options, so it
// can be cached and run anywhere; what needs another post is left as a hole.
import type { Element, Root as HastRoot } from 'hast';
import type { Root as MdastRoot } from 'mdast';
import type { State } from 'mdast-util-to-hast';
import { remark } from 'remark';
import remarkHtml from 'remark-html';
import { escapeHtml } from '../escape.js';
import { usedInMacros } from '../math/macros.js';
import { distinctRuns } from '../math/print.js';
import type { Diagnostic, Place, Post, PostLint, RenderedPost, SetText } from '../types.js';
import { createContext } from './context.js';
import { cutDeepNodes, reportDepth, withoutDeepLines } from './depth.js';
import { excerpt } from './excerpt.js';
import { extensionsFor } from './extensions.js';
import type { Context, RenderOptions } from './feature.js';
import { footnoteSection, notesHeading } from './features/footnotes.js';
import { idsOf, outline } from './features/headings.js';
import { setFormulasIn } from './features/math.js';
import { parseRawHtml } from './features/raw-html.js';
import { features } from './features.js';
import { joinParticles } from './particles.js';
import { fill, openText, readable } from './placeholders.js';
import { inheritPlaces } from './places-in.js';
import { withPostMacros, writtenMacros } from './post-macros.js';
import { schema, schemaWithEmbeds } from './sanitize.js';
import { readingMinutes, textOf } from './text.js';
import { visit } from './walk.js';

export { createPrinter } from '../math/print.js';

/** What the HTML tree tells about a post, read before it becomes a string. */
interface Reading
  extends Pick<
    RenderedPost,
    'titleHeading' | 'headings' | 'excerpt' | 'excerptText' | 'text' | 'prose' | 'minutes' | 'ids'
  > {
  readonly title?: SetText;
}

interface Rendering extends Reading {
  /** With placeholders. */
  readonly html: string;
}

/** Renders a post. Everything wrong with it is among the result's diagnostics; nothing is thrown for content. */
export function renderPost(post: Post, site: RenderOptions): RenderedPost {
  const { macros, diagnostics: macroFaults } = withPostMacros(site.macros, post);
  const options = { ...site, macros };
  const diagnostics: Diagnostic[] = [...macroFaults];
  const context = createContext(post, options, diagnostics);
  const { title: written, textPlaces, cover } = post;
  const given = setText(written, context, textPlaces.title);
  const description = setText(post.description, context, textPlaces.description);
  const caption = setText(cover?.caption, context, textPlaces.caption);
  const { html, title = given, ...reading } = withinStack(() => renderBody(given, context), context);
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
    html: fill(html, context.mark, context.reserved),
    title: title ?? { html: [], text: '' },
    ...(description && { description }),
    ...(caption && { caption }),
    labels: context.labels.all,
    uses: { math: formulas.length > 0, code: /<code/.test(html) },
    formulas: { total: formulas.length, rendered: context.work.katexCalls },
    runs: distinctRuns(context.work.runs),
    diagnostics,
    ...(context.textHoles.length > 0 ? { textHoles: context.textHoles } : {}),
    ...(options.lint ? { lint: lintOf(context) } : {}),
  };
}

function lintOf({ post, options, labels, lint }: Context): PostLint {
  const own = writtenMacros(post);
  const names = own.map(({ name }) => name);
  return {
    usedLabels: [...lint.usedLabels],
    labelPlaces: labels.all.flatMap(({ name }) => ({ name, place: labels.placeOf(name) ?? { file: '' } })),
    macros: [...own, ...lint.macros],
    usedMacros: [...new Set([...lint.usedMacros, ...usedInMacros(names, options.macros)])],
    fixes: lint.fixes,
  };
}

/** Depth is limited, but an element of a hundred thousand others takes more stack than there is, too. */
function withinStack(renderAll: () => Rendering, context: Context): Rendering {
  try {
    return renderAll();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    reportDepth({ position: { start: { line: 1, column: 1 } } }, context);
    const title = { html: [], text: '' };
    const nothing = { headings: [], excerpt: [], excerptText: '', text: '', prose: '', minutes: 1, ids: [] };
    return { html: '', title, ...nothing };
  }
}

/** A text of the front matter. */
function setText(written: string | undefined, context: Context, place?: Place): SetText | undefined {
  if (written === undefined) return undefined;
  const text = setFormulasIn(written, context, place);
  return {
    html: fill(escapeHtml(text), context.mark, context.reserved),
    text: readable(text, context.mark, context.reserved, 'text'),
  };
}

function renderBody(title: SetText | undefined, context: Context): Rendering {
  const { options } = context;
  let reading: Reading | undefined;
  const handlers = Object.assign({}, ...features.map((feature) => feature.handlers?.(context)), {
    root(state: State, tree: MdastRoot) {
      const finished = finish(state, tree, context);
      reading = read(finished, title, context);
      joinParticles(finished, context);
      return finished;
    },
  });
  const text = withoutDeepLines(context.body, context);
  const allowed = options.markdown.embeds.length > 0 ? schemaWithEmbeds : schema;
  const html = remark()
    .data({ ...extensionsFor(text, options) })
    .use(() => (tree: MdastRoot) => {
      cutDeepNodes(tree, context);
      inheritPlaces(tree);
      for (const feature of features) feature.transform?.(tree, context);
    })
    .use(remarkHtml, { handlers, sanitize: options.markdown.rawHtml === 'trusted' ? false : allowed })
    .processSync(text);
  if (!reading) throw new Error('The root handler has not been called.');
  return { ...reading, html: String(html) };
}

/** The whole HTML tree of a post: body and notes, the author's HTML parsed, every construct finished. */
function finish(state: State, tree: MdastRoot, context: Context): HastRoot {
  let body: HastRoot = { type: 'root', children: state.wrap(state.all(tree), true) };
  const notes = footnoteSection(state, context);
  body = parseRawHtml(body, context);
  // Apart from the body, so that an element left open there does not swallow them.
  if (notes) body.children.push(...parseRawHtml({ type: 'root', children: [notes] }, context).children);
  cutDeepNodes(body, context);
  for (const feature of features) feature.finish?.(body, context);
  return body;
}

function read(tree: HastRoot, given: SetText | undefined, context: Context): Reading {
  const { title, titleHeading, titleIds, headings } = outline(tree, given, context);
  const toText = (skip: (element: Element) => boolean) => textOf(tree, { skip });
  const prose = readable(
    toText((element) => isApparatus(element) || element.tagName === 'code'),
    context.mark,
    [],
    'text',
  );
  return {
    ...(title ? { title } : {}),
    ...(titleHeading ? { titleHeading } : {}),
    headings,
    ids: idsIn(tree, titleIds, context),
    text: context.options.searchable ? openText(toText(isApparatus), context) : '',
    prose,
    minutes: readingMinutes(prose),
    ...excerpt(tree, context),
  };
}

/** What is not the author's prose: blocks of code, what the notes are found by, the list of works cited. */
function isApparatus({ tagName, properties }: Element): boolean {
  return (
    tagName === 'pre' ||
    properties.id === notesHeading ||
    properties.role === 'doc-bibliography' ||
    properties.dataFootnoteRef !== undefined ||
    properties.dataFootnoteBackref !== undefined
  );
}

/** Every id of the page: those above the body, and its own. A second element of the same id cannot be reached. */
function idsIn(tree: HastRoot, above: readonly string[], context: Context): string[] {
  const ids = new Set(above);
  visit(tree, 'element', (element) => {
    for (const id of idsOf(element)) {
      if (ids.has(id) && id === element.properties.id && !context.labels.repeated.has(id))
        reportDuplicate(id, element, context);
      ids.add(id);
    }
  });
  // Those of equations are inside formulas.
  for (const { id } of context.labels.all) ids.add(id);
  return [...ids];
}

function reportDuplicate(id: string, element: Element, context: Context): void {
  context.report(
    'warning',
    'markdown/duplicate-id',
    `two elements of this post have the id ${id}`,
    context.place(element),
    'links to it lead to the first; rename one of the two',
  );
}
