// Theorems and their like: `:::theorem[Euler's $\phi$]{#thm:euler}` … `:::`.
import type { Paragraph, PhrasingContent } from 'mdast';
import { type ContainerDirective, directiveFromMarkdown } from 'mdast-util-directive';
import { nearest } from '../../diagnostic.js';
import { directiveSyntax } from '../directive-syntax.js';
import type { Context, Feature } from '../feature.js';
import { visit } from '../walk.js';
import { makeCallout } from './callouts.js';

/** What has a number. Names in the page's language are interface texts of the same key. */
const kinds = [
  'theorem',
  'lemma',
  'proposition',
  'corollary',
  'definition',
  'example',
  'remark',
  'exercise',
  'algorithm',
];

export const theorems: Feature = {
  name: 'theorems',
  needs: /:::/,
  syntax: (_, text) => directiveSyntax(text),
  tree: directiveFromMarkdown(),
  transform: (tree, context) =>
    visit(tree, 'containerDirective', (node) => {
      if (!isClosed(node, context.body)) reportUnclosed(node, context);
      const title = takeTitle(node);
      if (node.name === 'proof') proof(node, title, context);
      else if (kinds.includes(node.name)) statement(node, title, context);
      else if (!makeCallout(node, node.name, title, context)) unknown(node, title, context);
    }),
};

/** Whether its last line is a fence, and not that of a block inside it. */
function isClosed({ position, children }: ContainerDirective, body: string): boolean {
  const end = position?.end.offset;
  const text = body.slice(position?.start.offset, end);
  return children.at(-1)?.position?.end.offset !== end && /\n[^\n:]*:{3,}[ \t]*$/.test(text);
}

function reportUnclosed(node: ContainerDirective, context: Context): void {
  context.report(
    'warning',
    'markdown/unclosed-block',
    `this :::${node.name} is never closed`,
    context.place(node, 3 + node.name.length),
    'close it with ::: on a line of its own; up to then everything belongs to it',
  );
}

/** Nothing of it is lost: its title stays a paragraph. */
function unknown(node: ContainerDirective, title: PhrasingContent[], context: Context): void {
  if (title.length > 0) node.children.unshift({ type: 'paragraph', children: title });
  const near = nearest(node.name, [...kinds, 'proof']);
  context.report(
    'warning',
    'markdown/unknown-block',
    `there is no block :::${node.name}`,
    context.place(node),
    near ? `did you mean :::${near}?` : `these exist: ${kinds.join(', ')}, proof, and the kinds of callouts`,
  );
}

function takeTitle(node: ContainerDirective): PhrasingContent[] {
  const [first] = node.children;
  if (first?.type !== 'paragraph' || !first.data || !('directiveLabel' in first.data)) return [];
  node.children.shift();
  return first.children;
}

function statement(node: ContainerDirective, title: PhrasingContent[], context: Context): void {
  const { texts, theorems: counters } = context.options;
  const counter = counters === 'shared' && node.name !== 'algorithm' ? 'theorem' : node.name;
  const number = context.labels.next(counter);
  const text = `${texts[node.name] ?? node.name} ${number}`;
  const id = node.attributes?.id?.normalize('NFC');
  if (id) context.labels.define({ name: id, id, kind: 'theorem', number, text }, context.place(node));
  node.data = {
    hName: 'section',
    hProperties: { className: [...new Set(['theorem', node.name])], ...(id ? { id } : {}) },
  };
  leadIn(node, [{ type: 'text', value: text }, ...bracketed(title), { type: 'text', value: '.' }]);
}

/** A proof ends with ∎, in the text itself so that it is copied and read in feeds. `{fold}` makes it foldable. */
function proof(node: ContainerDirective, title: PhrasingContent[], context: Context): void {
  const name = context.options.texts.proof ?? 'Proof';
  const heading: PhrasingContent[] = title.length > 0 ? title : [{ type: 'text', value: name }];
  const folded =
    node.attributes?.fold !== undefined || node.attributes?.class?.split(' ').includes('fold') === true;
  const end: PhrasingContent = {
    type: 'strong',
    data: { hName: 'span', hProperties: { className: ['qed'] } },
    children: [{ type: 'text', value: '∎' }],
  };
  const last = node.children.at(-1);
  if (last?.type === 'paragraph' && !isFigure(last)) last.children.push({ type: 'text', value: ' ' }, end);
  else
    node.children.push({
      type: 'paragraph',
      data: { hProperties: { className: ['qed-line'] } },
      children: [end],
    });
  const id = node.attributes?.id?.normalize('NFC');
  node.data = {
    hName: folded ? 'details' : 'section',
    hProperties: { className: ['proof'], ...(id ? { id } : {}) },
  };
  if (folded) node.children.unshift({ type: 'paragraph', data: { hName: 'summary' }, children: heading });
  else leadIn(node, [...heading, { type: 'text', value: '.' }]);
}

function isFigure({ data }: Paragraph): boolean {
  return data?.hName === 'figure';
}

function bracketed(title: PhrasingContent[]): PhrasingContent[] {
  if (title.length === 0) return [];
  const inner: PhrasingContent = {
    type: 'strong',
    data: { hName: 'span', hProperties: { className: ['theorem-note'] } },
    children: title,
  };
  return [{ type: 'text', value: ' (' }, inner, { type: 'text', value: ')' }];
}

/** Name and number stand at the head of the first paragraph, as mathematicians set them. */
function leadIn(node: ContainerDirective, heading: PhrasingContent[]): void {
  const strong: PhrasingContent = {
    type: 'strong',
    data: { hProperties: { className: ['theorem-title'] } },
    children: heading,
  };
  const first = node.children[0];
  if (first?.type === 'paragraph' && !isFigure(first))
    first.children.unshift(strong, { type: 'text', value: ' ' });
  else node.children.unshift({ type: 'paragraph', children: [strong] });
}
