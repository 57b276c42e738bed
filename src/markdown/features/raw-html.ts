// Raw HTML of the author: parsed together with the Markdown around it, so that both nest, then held to the
// allowlist. With `rawHtml: none` it is shown as text. Whatever is left out is said, at its place.
import type { Element, ElementContent, Root as HastRoot, RootContent } from 'hast';
import type { Html, Parents } from 'mdast';
import type { State } from 'mdast-util-to-hast';
import { otherHost } from '../../schemes.js';
import { reportDepth } from '../depth.js';
import { element } from '../element.js';
import type { Context, Feature } from '../feature.js';
import { htmlRuns, parseRun } from '../html-runs.js';
import { schema, strip } from '../sanitize.js';
import { visit } from '../walk.js';

const comment = /^<!--([\s\S]*?)-->\s*$/;

export const rawHtml: Feature = {
  name: 'raw HTML',
  handlers: ({ options }) => ({
    html(state: State, node: Html, parent: Parents | undefined): ElementContent {
      const hidden = comment.exec(node.value);
      if (hidden && !hidden[1]?.includes('-->')) return { type: 'comment', value: hidden[1] ?? '' };
      if (options.markdown.rawHtml === 'none') return asText(node, parent);
      const result = { type: 'raw', value: node.value } as const;
      state.patch(node, result);
      return result;
    },
  }),
};

const blocks = new Set(['root', 'blockquote', 'listItem', 'footnoteDefinition', 'containerDirective']);

function asText({ value }: Html, parent: Parents | undefined): ElementContent {
  const text = { type: 'text', value } as const;
  return blocks.has(parent?.type ?? 'root') ? element('p', {}, [text]) : text;
}

/** Parses the `raw` nodes of a tree, and reports what its sanitising will leave out. */
export function parseRawHtml(tree: HastRoot, context: Context): HastRoot {
  const children = htmlRuns(tree.children).flatMap(({ blocks, holdsHtml }) =>
    holdsHtml ? parse(blocks, context) : blocks,
  );
  return { ...tree, children };
}

function parse(blocks: readonly RootContent[], context: Context): readonly RootContent[] {
  try {
    const parsed = parseRun(blocks, context.body);
    if (context.options.markdown.rawHtml === 'safe') reportRemoved(parsed, context);
    visit(parsed, 'element', keepRatio);
    return parsed.children;
  } catch (error) {
    // The parser takes any depth, what makes a tree of it does not.
    if (!(error instanceof RangeError)) throw error;
    reportDepth(blocks[0] as RootContent, context);
    return [];
  }
}

function reportRemoved(tree: HastRoot, context: Context): void {
  const allowed = new Set(schema.tagNames);
  // One report is enough for a drawing of a thousand elements.
  const foreign = new Set<unknown>();
  visit(tree, 'element', (element, _, parent) => {
    if (element.tagName === 'iframe') {
      if (isEmbed(element, context)) reportAttributes(element, context);
      return;
    }
    const isReported = foreign.has(parent);
    if (isReported || element.tagName === 'svg' || element.tagName === 'math') foreign.add(element);
    if (isReported) return;
    if (!allowed.has(element.tagName)) {
      warn('html/element', `<${element.tagName}> is not allowed in a post and is left out`, element, context);
      // What is not shown has no headings and ids either.
      if (strip.includes(element.tagName)) element.children = [];
      return;
    }
    reportAttributes(element, context);
  });
}

/** What stands in the code that YouTube and Vimeo give. A frame does without, or has it anyway. */
const needless = /^(?:allow|frameBorder|margin(?:Width|Height)|(?:moz|webkit)AllowFullScreen|scrolling)$/i;

function reportAttributes(element: Element, context: Context): void {
  const { '*': everywhere = [], [element.tagName]: own = [] } = schema.attributes ?? {};
  const names = new Set([...everywhere, ...own].map((rule) => (Array.isArray(rule) ? rule[0] : rule)));
  for (const name of Object.keys(element.properties)) {
    // Styles and data change no words, and pasted HTML is full of them.
    if (names.has(name) || name === 'style' || name.startsWith('data')) continue;
    if (element.tagName === 'iframe' && needless.test(name)) continue;
    if (name === 'markdown') {
      reportMarkdown(element, context);
      continue;
    }
    const message = `the attribute ${name.toLowerCase()} of <${element.tagName}> is left out`;
    warn('html/attribute', message, element, context);
  }
}

function warn(code: 'html/element' | 'html/attribute', message: string, at: Element, context: Context): void {
  const hint =
    'docs/writing.md lists what may stand in a post; markdown.rawHtml: trusted in site.yaml allows everything';
  context.report('warning', code, message, context.place(at), hint);
}

/** kramdown and Python-Markdown read what is in such an element, blank lines or not. */
function reportMarkdown(at: Element, context: Context): void {
  const { tagName } = at;
  context.report(
    'warning',
    'html/attribute',
    `the attribute markdown of <${tagName}> is left out: Markdown in HTML is read where blank lines are round it`,
    context.place(at),
    `leave markdown out, and put a blank line behind <${tagName}> and one before </${tagName}>`,
  );
}

/** A video that gets narrower gets lower, too, by its ratio; a bar keeps its height. */
function keepRatio({ tagName, properties }: Element): void {
  if (tagName !== 'iframe' || properties.style !== undefined) return;
  const [width, height] = [pixels(properties.width), pixels(properties.height)];
  if (width >= 300 && height > width / 3) properties.style = `aspect-ratio: ${width} / ${height}`;
}

/** `560` or `560px`; NaN for anything else. */
function pixels(size: unknown): number {
  return Number(/^\s*(\d+(?:\.\d+)?)(?:px)?\s*$/.exec(String(size))?.[1]);
}

/** An iframe shows another site's page: only hosts that the owner names may. Others become a link. */
function isEmbed(frame: Element, context: Context): boolean {
  const source = String(frame.properties.src ?? '');
  const host = otherHost(source);
  if (host !== undefined && context.options.markdown.embeds.includes(host)) {
    frame.properties = { loading: 'lazy', title: host, ...frame.properties };
    return true;
  }
  context.report(
    'warning',
    'html/embed',
    `the frame from ${host || 'this site'} became a link`,
    context.place(frame),
    'name the host under markdown.embeds in site.yaml to embed it',
  );
  frame.tagName = 'a';
  frame.children = [{ type: 'text', value: String(frame.properties.title ?? source) }];
  frame.properties = { href: source };
  return false;
}
