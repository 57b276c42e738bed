// What a card shows of a post: the text before `<!--more-->`, else the summary, else the beginning of the text.
import type { Element, Root } from 'hast';
import { EXIT, SKIP, visit } from 'unist-util-visit';
import { escapeHtml } from '../escape.js';
import type { RenderedPost } from '../types.js';
import type { Context } from './feature.js';
import { setFormulasIn } from './features/math.js';
import { readable } from './placeholders.js';
import { beginning, textOf } from './text.js';

/** The card's text as HTML (formulas as Unicode or MathML) and as plain text. */
export function excerpt(tree: Root, context: Context): Pick<RenderedPost, 'excerpt' | 'excerptText'> {
  const { summary } = context.post;
  const text =
    beforeMore(tree) ?? (summary === undefined ? beginning(prose(tree)) : setFormulasIn(summary, context));
  return {
    excerpt: [readable(escapeHtml(text), context.mark, context.reserved, 'excerptHtml')],
    excerptText: readable(text, context.mark, context.reserved, 'text'),
  };
}

const notProse = new Set([
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'pre',
  'table',
  'figure',
  'section',
  'video',
  'audio',
]);

const isNotProse = (element: Element) =>
  notProse.has(element.tagName) ||
  element.properties.dataFootnoteRef !== undefined ||
  [element.properties.className].flat().some((name) => name === 'callout-title' || name === 'code');

function prose(tree: Root): string {
  return textOf(tree, isNotProse);
}

function beforeMore(tree: Root): string | undefined {
  let found = false;
  const before: string[] = [];
  visit(tree, (node) => {
    if (node.type === 'comment' && node.value.trim().toLowerCase() === 'more') {
      found = true;
      return EXIT;
    }
    if (node.type === 'element' && isNotProse(node)) return SKIP;
    if (node.type === 'text') before.push(node.value);
    return undefined;
  });
  return found ? before.join('').replace(/\s+/g, ' ').trim() : undefined;
}
