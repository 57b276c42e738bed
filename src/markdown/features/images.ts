// Images: an image alone in its paragraph is a figure, its title the caption. The `<img>` itself is made at the
// join, where sizes are known.
import type { Definition, Image, ImageReference, Paragraph, PhrasingContent, Root } from 'mdast';
import type { Handle } from 'mdast-util-from-markdown';
import { escapeHtml } from '../../escape.js';
import { usedMacros } from '../../math/macros.js';
import type { ReferenceText } from '../../math/plain-commands.js';
import { readableTextOf } from '../../math/readable.js';
import { unclosedMath } from '../../math/tree.js';
import { withWords } from '../../open-text.js';
import type { Place, ReferenceHole } from '../../types.js';
import type { Context, Feature } from '../feature.js';
import { hasLiquid } from '../foreign-texts.js';
import { characterFor } from '../placeholders.js';
import { type Point, pointAfter, pointFrom } from '../points.js';
import { visit } from '../walk.js';
import { moveBehindLinks } from './footnotes.js';
import { isReference } from './references.js';

export const figures: Feature = {
  name: 'figures',
  transform: (tree, context) => {
    const definitions = definitionsIn(tree);
    visit(tree, 'paragraph', (paragraph) => {
      const figure = onlyImage(paragraph);
      const image = figure && withAddress(figure.image, definitions);
      if (!figure || !image) return;
      const words = image.title ? caption(image.title, figure.image, tree, context) : [];
      const id = figure.label?.normalize('NFC');
      if (id) words.unshift(...numbered('figure', id, words.length > 0, context, context.place(image)));
      paragraph.data = { hName: 'figure', ...(id ? { hProperties: { id } } : {}) };
      paragraph.children = [{ ...image, title: null }, ...(words.length > 0 ? [figcaption(words)] : [])];
    });
  },
};

/** `Figure 2` before a caption, and the label made known. */
export function numbered(
  kind: 'figure' | 'table',
  id: string,
  hasWords: boolean,
  context: Context,
  place: Place,
): PhrasingContent[] {
  const number = context.labels.next(kind);
  const text = `${context.options.texts[kind] ?? kind} ${number}`;
  context.labels.define({ name: id, id, kind, number, text }, place);
  const name: PhrasingContent = {
    type: 'strong',
    data: { hProperties: { className: ['caption-number'] } },
    children: [{ type: 'text', value: hasWords ? `${text}.` : text }],
  };
  return hasWords ? [name, { type: 'text', value: ' ' }] : [name];
}

function figcaption(children: PhrasingContent[]): PhrasingContent {
  return { type: 'emphasis', data: { hName: 'figcaption' }, children };
}

/** An image that is alone in its paragraph, but for a label such as `{#fig:x}`. */
function onlyImage(paragraph: Paragraph): { image: Image | ImageReference; label?: string } | undefined {
  const content = paragraph.children.filter((node) => node.type !== 'text' || node.value.trim() !== '');
  const [image, rest] = content;
  if (image?.type !== 'image' && image?.type !== 'imageReference') return undefined;
  if (content.length === 1) return { image };
  const label =
    rest?.type === 'text' && content.length === 2
      ? /^\s*\{#([^\s{}#]+)\}\s*$/.exec(rest.value)?.[1]
      : undefined;
  return label === undefined ? undefined : { image, label };
}

/** The first definition of a name counts, as in CommonMark. */
function definitionsIn(tree: Root): ReadonlyMap<string, Definition> {
  const definitions = new Map<string, Definition>();
  visit(tree, 'definition', (definition) => {
    if (!definitions.has(definition.identifier)) definitions.set(definition.identifier, definition);
  });
  return definitions;
}

function withAddress(
  image: Image | ImageReference,
  definitions: ReadonlyMap<string, Definition>,
): Image | undefined {
  if (image.type === 'image') return image;
  const definition = definitions.get(image.identifier);
  const { alt, position } = image;
  return definition && { type: 'image', url: definition.url, title: definition.title, alt, position };
}

/** The caption is Markdown. What is wrong with its formulas is told together with that of all others. */
function caption(
  title: string,
  image: Image | ImageReference,
  root: Root,
  context: Context,
): PhrasingContent[] {
  const notes = title.includes('[^') ? notesOf(root) : [];
  const tree = context.parseInline(title, { start: startOf(title, image, context), notes });
  moveBehindLinks(tree);
  const unclosed = unclosedMath(tree);
  if (unclosed.length > 0) root.data = { ...root.data, unclosedMath: [...unclosedMath(root), ...unclosed] };
  const [paragraph] = tree.children;
  return paragraph?.type === 'paragraph' ? paragraph.children : [{ type: 'text', value: title }];
}

function notesOf(root: Root): readonly string[] {
  const notes: string[] = [];
  visit(root, 'footnoteDefinition', ({ identifier }) => {
    notes.push(identifier);
  });
  return notes;
}

/** Where a title stands; that of its image when it is written elsewhere, or with escapes. */
function startOf(title: string, { position }: Image | ImageReference, { body }: Context): Point {
  const start = position?.start ?? { line: 1, column: 1, offset: 0 };
  const from = start.offset ?? 0;
  const before = body.slice(from, position?.end.offset).lastIndexOf(title);
  if (before < 0) return start;
  return pointFrom(start, pointAfter(body.slice(from, from + before)));
}

/** An attribute. Its references are filled in, or stand there as characters until the join knows their words. */
function readText(text: string, references: ReferenceHole[], place: Place, context: Context): string {
  const { labels, lint, options } = context;
  if (options.lint) for (const name of usedMacros(text, options.macros)) lint.usedMacros.add(name);
  const read =
    (more: Pick<ReferenceHole, 'inFormula'>): ReferenceText =>
    (target, form) => {
      lint.usedLabels.add(target);
      const known = labels.text(target, form);
      return known ?? characterFor({ type: 'reference', target, form, ...more, place }, references);
    };
  return readableTextOf(text, options.macros, read({ inFormula: true }), read({}));
}

/** Names are shown for what the join knows, and come into ids. */
function closedForms(alt: string, references: readonly ReferenceHole[]) {
  const text = withWords(alt, (index) => references[index]?.target);
  return { text, idText: text };
}

/** An image keeps of its text only the characters: a link without words is there what reads as it does. */
const exitResource: Handle = function () {
  // As without this.
  this.data.inReference = undefined;
  const link = this.stack.at(-1);
  if (link?.type !== 'link' || !isReference(link)) return;
  if (!this.stack.some((node) => node.type === 'image')) return;
  link.children = [{ type: 'text', value: `\\cref{${link.url.replace(/^#/, '')}}` }];
};

export const images: Feature = {
  name: 'images',
  needs: /\[\]\(/,
  tree: { exit: { resource: exitResource } },
  finish: (tree, context) => {
    visit(tree, 'element', (image, index, parent) => {
      if (image.tagName !== 'img' || index === undefined || !parent) return;
      const { src = '', title, width, height } = image.properties;
      if (hasLiquid(String(src))) return;
      const place = context.place(image);
      const references: ReferenceHole[] = [];
      const read = (text: unknown) => readText(String(text ?? ''), references, place, context);
      const alt = read(image.properties.alt);
      const titleText = title ? read(title) : undefined;
      const value = context.reserve(
        {
          type: 'image',
          src: String(src),
          alt,
          place,
          ...(titleText !== undefined ? { title: titleText } : {}),
          ...(references.length > 0 ? { references } : {}),
          ...(width ? { width: String(width) } : {}),
          ...(height ? { height: String(height) } : {}),
          ...(parent.type === 'element' && parent.tagName === 'picture' ? { bare: true } : {}),
        },
        { ...closedForms(alt, references), openText: alt, excerptHtml: escapeHtml(alt) },
      );
      parent.children[index] = { type: 'text', value };
    });
  },
};
