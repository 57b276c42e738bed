// Images: an image alone in its paragraph is a figure, its title the caption. The `<img>` itself is made at the
// join, where sizes are known.
import type { Image, ImageReference, Root as MdastRoot, Nodes, Paragraph, PhrasingContent } from 'mdast';
import { visit } from 'unist-util-visit';
import { toPlainText } from '../../math/plain-text.js';
import { scanMath } from '../../math/scan.js';
import type { Place } from '../../types.js';
import type { Context, Feature } from '../feature.js';

export const figures: Feature = {
  name: 'figures',
  transform: (tree, context) => {
    const definitions = definitionTitles(tree);
    visit(tree, 'paragraph', (paragraph) => {
      const figure = onlyImage(paragraph);
      if (!figure) return;
      const { image, label } = figure;
      const title = image.type === 'image' ? image.title : definitions.get(image.identifier);
      if (image.type === 'image') image.title = null;
      const words = title ? caption(title, image, context) : [];
      const id = label?.normalize('NFC');
      if (id) words.unshift(...numbered('figure', id, words.length > 0, context, context.place(image)));
      paragraph.data = { hName: 'figure', ...(id ? { hProperties: { id } } : {}) };
      paragraph.children = [image, ...(words.length > 0 ? [figcaption(words)] : [])];
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

/** The caption is Markdown. Its nodes' positions are moved to where the title stands in the file. */
function caption(title: string, image: Image | ImageReference, context: Context): PhrasingContent[] {
  const [paragraph] = context.parse(title).children;
  const children =
    paragraph?.type === 'paragraph' ? paragraph.children : [{ type: 'text' as const, value: title }];
  const start = image.position?.start.offset ?? 0;
  const at = context.body.slice(start, image.position?.end.offset).lastIndexOf(title);
  const column = at < 0 ? undefined : start + at - context.body.lastIndexOf('\n', start + at - 1);
  const line = at < 0 ? undefined : context.body.slice(0, start + at).split('\n').length;
  visit({ type: 'root', children } as MdastRoot, (node) => {
    if (!node.position) return;
    node.position =
      line === undefined || column === undefined
        ? image.position
        : {
            start: { line, column: column + node.position.start.column - 1 },
            end: { line, column: column + node.position.end.column - 1 },
          };
  });
  return children;
}

function definitionTitles(tree: MdastRoot): ReadonlyMap<string, string> {
  const titles = new Map<string, string>();
  visit(tree, 'definition', (definition) => {
    if (definition.title) titles.set(definition.identifier, definition.title);
  });
  return titles;
}

export const images: Feature = {
  name: 'images',
  transform: (tree) =>
    visit(tree, (node: Nodes) => {
      if (node.type === 'image' || node.type === 'imageReference') node.alt = readableAlt(node.alt ?? '');
    }),
  finish: (tree, context) => {
    visit(tree, 'element', (image, index, parent) => {
      if (image.tagName !== 'img' || index === undefined || !parent) return;
      const { src = '', alt = '', title, width, height } = image.properties;
      const place = context.place(image);
      const content = {
        type: 'image',
        src: String(src),
        alt: String(alt),
        place,
        ...(title ? { title: String(title) } : {}),
        ...(width ? { width: String(width) } : {}),
        ...(height ? { height: String(height) } : {}),
      } as const;
      if (/^(https?:)?\/\//i.test(content.src)) {
        context.report(
          'warning',
          'image/other-origin',
          `readers' browsers will ask ${new URL(content.src, 'https://x').host} for this image`,
          place,
          'keep a copy beside the post and refer to that',
        );
      }
      parent.children[index] = { type: 'text', value: context.reserve(content) };
    });
  },
};

/** An alternative text keeps the source of its formulas. */
function readableAlt(text: string): string {
  return scanMath(text)
    .map((part) => (part.type === 'math' ? toPlainText(part.value).text : part.value))
    .join('');
}
