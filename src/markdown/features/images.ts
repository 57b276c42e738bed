// Images: an image alone in its paragraph is a figure, its title the caption. The `<img>` itself is made at the
// join, where sizes are known.
import type { Image, ImageReference, Paragraph, PhrasingContent, Root as MdastRoot } from 'mdast';
import { visit } from 'unist-util-visit';
import { scanMath } from '../../math/scan.js';
import { toPlainText } from '../../math/plain-text.js';
import type { Context, Feature } from '../feature.js';

export const figures: Feature = {
  name: 'figures',
  transform: (tree, context) => {
    const definitions = definitionTitles(tree);
    visit(tree, 'paragraph', (paragraph) => {
      const image = onlyImage(paragraph);
      if (!image) return;
      const title = image.type === 'image' ? image.title : definitions.get(image.identifier);
      paragraph.data = { hName: 'figure' };
      if (!title) return;
      if (image.type === 'image') image.title = null;
      paragraph.children = [image, caption(title, image, context)];
    });
  },
};

function onlyImage(paragraph: Paragraph): Image | ImageReference | undefined {
  const content = paragraph.children.filter((node) => node.type !== 'text' || node.value.trim() !== '');
  const [image] = content;
  const [linked] = image?.type === 'link' && image.children.length === 1 ? image.children : [];
  if (content.length !== 1 || linked) return undefined;
  return image?.type === 'image' || image?.type === 'imageReference' ? image : undefined;
}

/** The caption is Markdown. Its nodes' positions are moved to where the title stands in the file. */
function caption(title: string, image: Image | ImageReference, context: Context): PhrasingContent {
  const [paragraph] = context.parse(title).children;
  const children = paragraph?.type === 'paragraph' ? paragraph.children : [{ type: 'text' as const, value: title }];
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
  return { type: 'emphasis', data: { hName: 'figcaption' }, children };
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
  transform: (tree, context) =>
    visit(tree, ['image', 'imageReference'], (node) => {
      const image = node as Image | ImageReference;
      image.alt = readableAlt(image, context);
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
        context.report('warning', 'image/other-origin', `readers' browsers will ask ${new URL(content.src, 'https://x').host} for this image`,
          place, 'keep a copy beside the post and refer to that');
      }
      parent.children[index] = { type: 'text', value: context.reserve(content) };
    });
  },
};

/** mdast keeps the values of an alt text's nodes, not its source: formulas are read from the source again. */
function readableAlt(image: Image | ImageReference, context: Context): string {
  const source = context.body.slice(image.position?.start.offset, image.position?.end.offset);
  const label = /^!\[([^\]]*)\]/.exec(source)?.[1];
  if (!label || !/[$\\]/.test(label)) return image.alt ?? '';
  return scanMath(label)
    .map((part) => (part.type === 'math' ? toPlainText(part.value).text : part.value))
    .join('');
}

