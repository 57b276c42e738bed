// Headings: the title when the front matter has none, levels, ids, anchors and the list for the contents.

import GithubSlugger from 'github-slugger';
import type { Element, ElementContent, Root } from 'hast';
import { sanitize } from 'hast-util-sanitize';
import { toHtml } from 'hast-util-to-html';
import { SKIP, visit } from 'unist-util-visit';
import type { Heading } from '../../types.js';
import { element } from '../element.js';
import type { Context, Feature } from '../feature.js';
import { trailingLabel } from '../labels.js';
import { fill, readable } from '../placeholders.js';
import { schema } from '../sanitize.js';
import { textOf } from '../text.js';
import { notesHeading } from './footnotes.js';

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
  readonly title?: Pick<Heading, 'html' | 'text'>;
  readonly headings: readonly Heading[];
}

/**
 * Takes the title out of the tree if the post has none or repeats it, moves all headings below it, gives each an
 * id (as GitHub makes them) and an anchor, and returns title and headings.
 */
export function outline(tree: Root, context: Context): Headings {
  const heading = tree.children.find((node) => node.type === 'element' && node.tagName === 'h1');
  const title =
    heading?.type === 'element' && isTitle(heading, tree, context)
      ? { html: contents(heading, context), text: plain(heading, context) }
      : undefined;
  if (title) tree.children = tree.children.filter((node) => node !== heading);

  const elements: Element[] = [];
  visit(tree, 'element', (node) => {
    if (!/^h[1-6]$/.test(node.tagName) || node.properties.id === notesHeading) return;
    elements.push(node);
    return SKIP;
  });
  const shift = elements.some((heading) => heading.tagName === 'h1') ? 1 : 0;
  const slugger = new GithubSlugger();
  for (const heading of elements) {
    if (typeof heading.properties.id === 'string') slugger.slug(heading.properties.id, true);
  }
  const headings = elements.map((node): Heading => {
    const depth = Math.min(6, Number(node.tagName[1]) + shift);
    const text = plain(node, context);
    const html = contents(node, context);
    const given = node.properties.id;
    const id =
      typeof given === 'string' && given !== '' ? given : slugger.slug(idText(node, context) || 'section');
    node.tagName = `h${depth}`;
    node.properties.id = id;
    node.children.push(
      { type: 'text', value: ' ' },
      element('a', {
        className: ['anchor'],
        href: `#${id}`,
        ariaLabel: `${context.options.texts.anchor}: ${text}`,
      }),
    );
    return { depth, id, html, text };
  });
  return title ? { title, headings } : { headings };
}

/** The first `#` heading of a post without a title, or one that opens the text and says the title again. */
function isTitle(heading: Element, tree: Root, context: Context): boolean {
  if (context.post.title === undefined) return true;
  const opens = tree.children.find((node) => node.type === 'element') === heading;
  return opens && plain(heading, context) === context.post.title.normalize('NFC');
}

const isNote = (node: Element) => node.properties.dataFootnoteRef !== undefined;

function plain(node: Element, context: Context): string {
  return readable(textOf(node, isNote), context.mark, context.reserved, 'text').normalize('NFC');
}

function idText(node: Element, context: Context): string {
  return readable(textOf(node, isNote), context.mark, context.reserved, 'idText').normalize('NFC');
}

/** What a heading shows in the contents: no links, no notes, no images. */
function contents(node: Element, context: Context): Heading['html'] {
  const unwrap = (children: ElementContent[]): ElementContent[] =>
    children.flatMap((child): ElementContent[] => {
      if (child.type !== 'element') return [child];
      if (isNote(child) || child.tagName === 'img' || child.tagName === 'br') return [];
      if (
        child.tagName === 'a' ||
        (child.tagName === 'sup' && child.children.some((inner) => inner.type === 'element' && isNote(inner)))
      )
        return unwrap(child.children);
      return [
        { ...child, properties: { ...child.properties, id: undefined }, children: unwrap(child.children) },
      ];
    });
  const clean = sanitize({ type: 'root', children: unwrap(node.children) }, schema(false));
  return fill(toHtml(clean), context.mark, context.reserved);
}
