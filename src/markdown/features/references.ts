// References to what has a number: `\ref{eq:x}` and `\eqref{eq:x}` in prose, and links without words such as
// `[](#thm:euler)` or `[](other-post.md#eq:x)`. They stay open until the join, which knows every label.
import type { Link, PhrasingContent, Root, Text } from 'mdast';
import { escapeHtml } from '../../escape.js';
import { usedMacros } from '../../math/macros.js';
import {
  referenceCommands,
  referenceForms,
  referenceNames,
  referenceText,
  writtenReference,
} from '../../math/reference-commands.js';
import { pointAt } from '../../math/source.js';
import { decodePart } from '../../path.js';
import { schemeOf } from '../../schemes.js';
import type { ReferenceHole } from '../../types.js';
import type { Context, Feature, Reserved } from '../feature.js';
import { piecesIn } from '../places-in.js';
import { markedReference, referenceSyntax } from '../reference-syntax.js';
import { skip, visit } from '../walk.js';

/**
 * With a `~` before it or before its bracket, LaTeX's space that no line breaks at; or Quarto's `@eq-name`, which is a
 * reference if there is such a label.
 */
const command = new RegExp(
  [
    String.raw`(?:(~)(\(?))?(${writtenReference})`,
    String.raw`(?<![\w@/.])@((?:eq|fig|tbl|thm|lem|cor|prp|def|exm|exr|rem|alg)-[\p{L}\p{N}_-]*[\p{L}\p{N}])`,
  ].join('|'),
  'gu',
);

/** Something of all of these. */
const sign = /ref[ \t]*\{|@[a-z]{2,3}-/;

const commandAlone = new RegExp(String.raw`^\\(?:${referenceCommands.join('|')})\{[^{}\n]+\}$`);

/**
 * A formula that is only a reference, as it is written for MathJax. In prose it is a link that a keyboard reaches; inside
 * of a formula, it is not one to every browser.
 */
export const formulasOfReferences: Feature = {
  name: 'formulas of references',
  transform: (tree, { options: { macros } }) =>
    visit(tree, 'inlineMath', (node, index, parent) => {
      const value = node.value.trim();
      if (!commandAlone.test(value) || node.data.display || !parent || index === undefined) return;
      if (usedMacros(value, macros).length > 0) return;
      // One in raw HTML has no place but that of its characters.
      const start = pointAt(node, node.value.indexOf(value));
      const position = node.position ?? { start, end: start };
      (parent.children as PhrasingContent[])[index] = { type: 'text', value, position };
    }),
};

export const references: Feature = {
  name: 'references',
  needs: new RegExp(markedReference),
  syntax: referenceSyntax(),
  isKnownAtOnce: true,
  transform: (tree, context) => {
    visit(tree, 'link', (link, index, parent) => {
      if (!parent || index === undefined) return;
      if (isReference(link)) {
        const place = context.place(link);
        parent.children[index] = reserve(
          { type: 'reference', target: link.url, form: 'name', place },
          context,
        );
        return skip;
      }
      if (isUntitled(link)) link.children = [reserveTitle(link.url, context)];
      replaceIn(link, context, { bare: true });
    });
    replaceIn(tree, context, {});
  },
  finish: (tree, context) => {
    if (!context.reserved.some(isLink)) return;
    visit(tree, 'element', (element) => {
      if (element.tagName !== 'a') return;
      visit(element, 'text', (node) => {
        node.value = withoutLinks(node.value, context);
      });
      return skip;
    });
  },
};

function isLink({ content }: Reserved): boolean {
  return typeof content === 'object' && content.type === 'reference' && !content.bare;
}

/** A link of the author's own HTML, too, can hold no other. */
function withoutLinks(text: string, { mark, reserved, reserve }: Context): string {
  if (!text.includes(mark)) return text;
  return text
    .split(mark)
    .map((piece, index) => {
      if (index % 2 === 0) return piece;
      const one = reserved[Number(piece)];
      const content = one?.content;
      return typeof content === 'object' && content.type === 'reference'
        ? reserve({ ...content, bare: true }, one?.forms)
        : `${mark}${piece}${mark}`;
    })
    .join('');
}

/** A link without words to something in a post of the site. */
export function isReference({ children, url }: Link): boolean {
  return children.length === 0 && url.includes('#') && schemeOf(url) === undefined;
}

/** Leads to a whole post, perhaps, and takes its title then. */
function isUntitled({ children, url }: Link): boolean {
  return children.length === 0 && url !== '' && !url.startsWith('//') && schemeOf(url) === undefined;
}

function reserveTitle(target: string, context: Context): Text {
  const forms = { text: target, idText: target, excerptHtml: escapeHtml(target) };
  return { type: 'text', value: context.reserve({ type: 'title', target }, forms) };
}

function replaceIn(tree: Root | Link, context: Context, more: Pick<ReferenceHole, 'bare'>): void {
  visit(tree, 'text', (node, index, parent) => {
    if (!sign.test(node.value) || !parent || index === undefined) return;
    const nodes = split(node, context, more);
    parent.children.splice(index, 1, ...(nodes as Root['children']));
    return index + nodes.length;
  });
}

function split(node: Text, context: Context, more: Pick<ReferenceHole, 'bare'>): PhrasingContent[] {
  const nodes: PhrasingContent[] = [];
  const find = piecesIn(node, context);
  let end = 0;
  for (const match of node.value.matchAll(command)) {
    const [all, tie = '', bracket = '', written = all, name = 'cref', targets = '', ofQuarto] = match;
    const piece = find(written);
    const isEscaped = piece?.before.endsWith('\\');
    if (ofQuarto !== undefined && (isEscaped || !context.labels.find(ofQuarto))) continue;
    // Between two references it is no tie but a range, as in Korean: (1)~(3).
    const isRange = end > 0 && end === match.index;
    const before = node.value.slice(end, match.index) + (isRange ? tie : tie && '\u00a0') + bracket;
    const form = referenceForms[name as keyof typeof referenceForms];
    if (before !== '') nodes.push({ ...node, value: before });
    const place = piece?.place ?? context.place(node);
    namesIn(ofQuarto ?? targets, form, context).forEach((target, index) => {
      if (index > 0) nodes.push({ ...node, value: ', ' });
      nodes.push(reserve({ type: 'reference', target, form, ...more, place }, context));
    });
    end = match.index + all.length;
  }
  if (end < node.value.length) nodes.push({ ...node, value: node.value.slice(end) });
  return nodes;
}

/** A label may hold a comma. */
function namesIn(targets: string, form: ReferenceHole['form'], { labels }: Context): readonly string[] {
  return labels.find(targets) ? [targets] : referenceNames(targets, form);
}

function reserve(hole: ReferenceHole, context: Context): Text {
  const name = decodePart(hole.target.slice(hole.target.indexOf('#') + 1));
  const isOwn = hole.target.indexOf('#') <= 0;
  const label = isOwn ? context.labels.find(name) : undefined;
  if (isOwn && context.labels.unnumbered.has(name)) {
    context.report(
      'error',
      'math/unnumbered-label',
      `the equation with the label ${name} has no number`,
      hole.place,
      'take a numbered environment such as align, or give the equation a \\tag',
    );
    return { type: 'text', value: name };
  }
  const words = label ? referenceText(label, hole.form) : name;
  // An id must not change with the numbers.
  const forms = { text: words, idText: name, excerptHtml: escapeHtml(words) };
  return { type: 'text', value: context.reserve(hole, forms) };
}
