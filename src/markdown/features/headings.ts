// Headings: the title when the front matter has none, levels, ids, anchors and the list for the contents.

import GithubSlugger from 'github-slugger';
import type { Element, ElementContent, Root, RootContent } from 'hast';
import { sanitize } from 'hast-util-sanitize';
import { toHtml } from 'hast-util-to-html';
import { escapeHtml } from '../../escape.js';
import type { Heading, Html, RenderedPost } from '../../types.js';
import { element } from '../element.js';
import type { Context, Feature } from '../feature.js';
import { trailingLabel } from '../labels.js';
import { fill, htmlWith, openAttribute, readable } from '../placeholders.js';
import { schema } from '../sanitize.js';
import { textOf } from '../text.js';
import { visit } from '../walk.js';
import { referencesHeading } from './citations.js';
import { notesHeading } from './footnotes.js';

/** Headings of our own, which are no part of the contents. */
const generated = new Set<unknown>([notesHeading, referencesHeading]);

/** `## Title {#id}` names the heading's id, as in pandoc, kramdown and Hugo. */
export const headingIds: Feature = {
  name: 'heading ids',
  transform: (tree) =>
    visit(tree, 'heading', (heading) => {
      const last = heading.children.at(-1);
      if (last?.type !== 'text') return;
      const label = trailingLabel(last.value);
      if (!label) return;
      last.value = last.value.slice(0, label.index);
      heading.data = { ...heading.data, hProperties: { ...heading.data?.hProperties, id: label.name } };
    }),
};

export interface Headings {
  /** Of a post that has none in its front matter. */
  readonly title?: RenderedPost['title'];
  readonly titleHeading?: RenderedPost['titleHeading'];
  /** What is left of its ids, and of those in it. */
  readonly titleIds: readonly string[];
  readonly headings: readonly Heading[];
}

/**
 * Takes the title out of the tree, moves all headings below it, gives each an id (as GitHub makes them) and those below
 * an anchor, and returns title and headings. `given` is the title of the front matter, which the text may repeat.
 */
export function outline(tree: Root, given: RenderedPost['title'] | undefined, context: Context): Headings {
  const titled = tree.children.find((node) => isTitle(node, tree, given, context));
  const title =
    titled?.type === 'element' && !given
      ? { html: contents(titled, context), text: words(titled, context, 'text') }
      : undefined;
  if (titled) tree.children.splice(tree.children.indexOf(titled), 1);

  const elements: Element[] = [];
  const ids = new Set(context.labels.all.map(({ id }) => id));
  if (titled?.type === 'element') for (const id of idsOf(titled)) ids.add(id);
  visit(tree, 'element', (node) => {
    for (const id of idsOf(node)) ids.add(id);
    if (/^h[1-6]$/.test(node.tagName) && !generated.has(node.properties.id)) elements.push(node);
  });
  const shift = elements.some(({ tagName }) => tagName === 'h1') ? 1 : 0;
  const slugger = new GithubSlugger();
  const idOf = (node: Element): string => {
    let id = node.properties.id ? String(node.properties.id) : undefined;
    while (id === undefined || (ids.has(id) && id !== node.properties.id))
      id = slugger.slug(words(node, context, 'idText')) || slugger.slug('section');
    return id;
  };
  const headings = elements.map((node): Heading => {
    const depth = Math.min(6, Number(node.tagName[1]) + shift);
    const text = words(node, context, 'text');
    const html = contents(node, context);
    const id = idOf(node);
    node.tagName = `h${depth}`;
    node.properties.id = id;
    const label = openAttribute(textOf(node, { skip: isNote }), context).normalize('NFC');
    node.children.push({ type: 'text', value: ' ' }, anchor(id, label, context));
    return { depth, id, html, text };
  });
  const shown = title ?? given;
  // Last: the addresses of the others do not depend on it.
  const marks = titled?.type === 'element' ? marksIn(titled) : [];
  const titleHeading =
    titled?.type === 'element'
      ? { id: idOf(titled), ...(marks.length > 0 && { html: contents(titled, context, true) }) }
      : undefined;
  nameReferences(
    titleHeading && shown ? [{ ...titleHeading, text: shown.text }, ...headings] : headings,
    context,
  );
  const titleIds = titleHeading ? [titleHeading.id, ...marks] : [];
  return { headings, titleIds, ...(title && { title }), ...(titleHeading && { titleHeading }) };
}

/** What links can lead to an element by: `<a name>` is the old way to give one an id. */
export function idsOf({ tagName, properties: { id, name } }: Element): readonly string[] {
  const ids = typeof id === 'string' ? [id] : [];
  if (tagName === 'a' && typeof name === 'string' && name !== id) ids.push(name);
  return ids;
}

/** A reference to a heading of the same post reads as the heading, which is known only now. */
function nameReferences(
  headings: readonly Pick<Heading, 'id' | 'text'>[],
  { reserved, labels }: Context,
): void {
  for (const { content, forms } of reserved) {
    if (!forms || typeof forms === 'function') continue;
    if (typeof content === 'string' || content.type !== 'reference') continue;
    const isOwn = content.target.indexOf('#') <= 0 && !labels.find(forms.idText);
    forms.text = (isOwn && headings.find(({ id }) => id === forms.idText)?.text) || forms.text;
  }
}

/** The first `#` heading of a post without a title, or one at the head of the text that repeats the title. */
function isTitle(
  node: RootContent,
  tree: Root,
  given: RenderedPost['title'] | undefined,
  context: Context,
): boolean {
  if (node.type !== 'element' || node.tagName !== 'h1') return false;
  const text = words(node, context, 'text');
  if (!given) return text !== '';
  return (
    text === given.text.normalize('NFC') && node === tree.children.find(({ type }) => type === 'element')
  );
}

/** Not a link as authors write them, which would lead to an equation of that name. */
function anchor(id: string, text: string, { options }: Context): Element {
  const ariaLabel = `${options.texts.anchor}: ${text}`;
  return element('a', { className: ['anchor'], href: `#${id}`, ariaLabel });
}

const isNote = (node: Element) => node.properties.dataFootnoteRef !== undefined;

function words(node: Element, context: Context, form: 'text' | 'idText'): string {
  const text = textOf(node, { skip: isNote });
  return readable(text, context.mark, context.reserved, form).normalize('NFC');
}

/** The ids of the marks of notes. */
function marksIn(node: Element): readonly string[] {
  const ids: string[] = [];
  visit(node, 'element', (child) => {
    if (isNote(child)) ids.push(...idsOf(child));
  });
  return ids;
}

/** What a heading shows in the contents, where it is a link itself: no links, no images, no notes unless they are asked for. */
function contents(node: Element, context: Context, withNotes = false): Html {
  const unwrap = (children: ElementContent[]): ElementContent[] =>
    children.flatMap((child): ElementContent[] => {
      if (child.type !== 'element') return [child];
      if (isNote(child)) return withNotes ? [child] : [];
      if (child.tagName === 'br') return [{ type: 'text', value: ' ' }];
      const inner = unwrap(child.children);
      const isEmpty = child.children.length > 0 && inner.length === 0;
      if (child.tagName === 'a' || isEmpty) return inner;
      return [{ ...child, properties: { ...child.properties, id: undefined }, children: inner }];
    });
  const clean = sanitize({ type: 'root', children: unwrap(node.children) }, schema);
  return fill(toHtml(clean), context.mark, context.reserved).map(withoutLink);
}

function withoutLink(part: Html[number]): Html[number] {
  if (typeof part === 'string') return part;
  if (part.type === 'image') return htmlWith(escapeHtml(part.alt), part.references);
  if (part.type === 'reference') return { ...part, bare: true };
  return part.type === 'formula' ? { ...part, html: part.html.replace(/<\/?a(?: [^>]*)?>/g, '') } : part;
}
