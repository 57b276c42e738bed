// What a card shows of a post: the text before `<!--more-->`, else the summary, else the beginning of the text.
import type { Element, Nodes, Root } from 'hast';
import { escapeHtml } from '../escape.js';
import type { RenderedPost } from '../types.js';
import type { Context, Reserved } from './feature.js';
import { setFormulasIn } from './features/math.js';
import { withJoinedParticles } from './particles.js';
import { fill, formOf, htmlWith, openText } from './placeholders.js';
import { beginning, textOf } from './text.js';
import { visit } from './walk.js';

/** The card's text as HTML (formulas as Unicode or MathML) and as plain text. */
export function excerpt(tree: Root, context: Context): Pick<RenderedPost, 'excerpt' | 'excerptText'> {
  const text = textBeforeMore(tree) || summary(context) || beginningOf(tree);
  return {
    excerpt: fill(escapeHtml(withJoinedParticles(text, context)), context.mark, context.reserved, (one) =>
      onCard(one, context.mark),
    ),
    excerptText: openText(text, context),
  };
}

/** The join knows how references to other posts read. A card is a link itself. */
function onCard(one: Reserved, mark: string): Reserved['content'] {
  const { content } = one;
  if (typeof content !== 'string' && content.type === 'title') return content;
  if (typeof content !== 'string' && content.type === 'reference') return { ...content, bare: true };
  const html = formOf(one, 'excerptHtml').replaceAll(mark, '');
  return typeof content !== 'string' && 'references' in content ? htmlWith(html, content.references) : html;
}

const notProse = new Set('h1 h2 h3 h4 h5 h6 pre table figure video audio'.split(' '));

const notRead = new Set(['callout-title', 'code', 'qed']);

const apparatus = new Set(['doc-noteref', 'doc-backlink', 'doc-endnotes', 'doc-bibliography']);

function isNotProse({ tagName, properties }: Element): boolean {
  return (
    notProse.has(tagName) ||
    apparatus.has(String(properties.role)) ||
    (properties.className !== undefined &&
      [properties.className].flat().some((name) => notRead.has(String(name))))
  );
}

function summary(context: Context): string | undefined {
  const { summary, textPlaces } = context.post;
  return summary === undefined ? undefined : setFormulasIn(summary, context, textPlaces.summary);
}

/** Empty where there is no `<!--more-->`: few posts have any comment, and the text of the others is not read for it. */
function textBeforeMore(tree: Root): string {
  let hasComments = false;
  visit(tree, 'comment', () => {
    hasComments = true;
  });
  if (!hasComments) return '';
  let isMore = false;
  const text = textOf(tree, {
    skip: isNotProse,
    end: (node) => {
      isMore = node.type === 'comment' && node.value.trim().toLowerCase() === 'more';
      return isMore;
    },
  });
  return isMore ? text : '';
}

/** Characters that nearly always hold what a card shows of them. */
const enough = 800;

function beginningOf(tree: Root): string {
  let characters = 0;
  const isEnough = (node: Nodes) => {
    if (node.type === 'text') characters += node.value.length;
    return characters > enough;
  };
  const part = textOf(tree, { skip: isNotProse, end: isEnough });
  const { text, seen } = beginning(part);
  // Where the part ends, a word may go on.
  const isSame = characters <= enough || seen < part.length;
  return isSame ? text : beginning(textOf(tree, { skip: isNotProse })).text;
}
