// Theorems and their like: `:::theorem[Euler's $\phi$]{#thm:euler}` … `:::`. Only container directives are read,
// because the inline ones of the same proposal take `12:30` and `a:b` for their own.
import type { BlockContent, DefinitionContent, PhrasingContent } from 'mdast';
import { type ContainerDirective, directiveFromMarkdown } from 'mdast-util-directive';
import { directive } from 'micromark-extension-directive';
import { visit } from 'unist-util-visit';
import { nearest } from '../../diagnostic.js';
import type { Context, Feature } from '../feature.js';

/** Kinds, and whether each has a number. Names in the page's language are interface texts of the same key. */
const kinds: Readonly<Record<string, boolean>> = {
  theorem: true,
  lemma: true,
  proposition: true,
  corollary: true,
  definition: true,
  example: true,
  remark: true,
  exercise: true,
  algorithm: true,
  proof: false,
};

export const theorems: Feature = {
  name: 'theorems',
  syntax: () => ({ flow: { [58]: [directive().flow?.[58] ?? []].flat().slice(0, 1) } }),
  tree: () => directiveFromMarkdown(),
  transform: (tree, context) =>
    visit(tree, 'containerDirective', (node) => {
      if (kinds[node.name] === undefined) return unknown(node, context);
      const title = takeTitle(node);
      if (node.name === 'proof') proof(node, title, context);
      else statement(node, title, context);
    }),
};

function unknown(node: ContainerDirective, context: Context): void {
  const near = nearest(node.name, Object.keys(kinds));
  context.report(
    'warning',
    'markdown/unknown-block',
    `there is no block :::${node.name}`,
    context.place(node),
    near ? `did you mean :::${near}?` : `these exist: ${Object.keys(kinds).join(', ')}`,
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
  const text = `${texts[node.name] ?? node.name} ${context.labels.next(counter)}`;
  const id = node.attributes?.id?.normalize('NFC');
  if (id)
    context.labels.define(
      { name: id, id, kind: 'theorem', number: text.slice(text.lastIndexOf(' ') + 1), text },
      context.place(node),
    );
  node.data = {
    hName: 'section',
    hProperties: { className: ['theorem', node.name], ...(id ? { id } : {}) },
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
  if (last?.type === 'paragraph') last.children.push({ type: 'text', value: ' ' }, end);
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
  const first: BlockContent | DefinitionContent | undefined = node.children[0];
  if (first?.type === 'paragraph') first.children.unshift(strong, { type: 'text', value: ' ' });
  else node.children.unshift({ type: 'paragraph', children: [strong] });
}
