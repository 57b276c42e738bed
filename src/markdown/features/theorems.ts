// Theorems and their like: `:::theorem[Euler's $\phi$]{#thm:euler}` … `:::`, or quotes `> [!theorem] Euler's $\phi$`.
import type { Blockquote, List, ListItem, Paragraph, PhrasingContent } from 'mdast';
import { type ContainerDirective, directiveFromMarkdown } from 'mdast-util-directive';
import { nearest } from '../../diagnostic.js';
import { calloutKinds, isStatement, nearestKind, statementKinds } from '../block-kinds.js';
import { directiveSyntax } from '../directive-syntax.js';
import type { Context, Feature } from '../feature.js';
import { trailingLabel } from '../labels.js';
import { visitAll } from '../walk.js';
import { kindOf, makeCallout, takeTitle } from './callouts.js';

export const theorems: Feature = {
  name: 'theorems',
  needs: /:::/,
  syntax: directiveSyntax,
  isKnownAtOnce: true,
  tree: directiveFromMarkdown(),
  // Both forms in one walk, since they count together.
  transform(tree, context) {
    if (!/:::|\[!/.test(context.body)) return;
    visitAll(tree, (node) => {
      if (node.type === 'containerDirective') readDirective(node, context);
      else if (node.type === 'blockquote') readQuote(node, context);
    });
  },
};

type Block = Blockquote | ContainerDirective;

/** What a block is, besides its content. */
interface Head {
  readonly kind: string;
  readonly title: PhrasingContent[];
  readonly id: string | undefined;
  readonly folded: boolean;
}

function readDirective(node: ContainerDirective, context: Context): void {
  if (!isClosed(node, context.body)) reportUnclosed(node, context);
  const { name: kind, attributes } = node;
  reportAttributes(node, context);
  const title = takeLabel(node);
  const folded = attributes?.fold !== undefined || attributes?.class?.split(' ').includes('fold') === true;
  const head = { kind, title, id: attributes?.id?.normalize('NFC'), folded };
  if (isStatement(kind)) makeBlock(node, head, context);
  else if (!makeCallout(node, kind, title, context)) unknown(node, title, context);
}

/** What stands in the braces and means nothing, such as a label without its `#`. */
function reportAttributes(node: ContainerDirective, context: Context): void {
  for (const [name, value] of Object.entries(node.attributes ?? {})) {
    if (/^(?:id|class|fold)$/.test(name)) continue;
    const near = nearest(name, ['fold']);
    const isLabel = !value && /[:-]/.test(name);
    context.report(
      'warning',
      'markdown/foreign-syntax',
      `${name} in the braces of :::${node.name} means nothing`,
      context.place(node, 3 + node.name.length),
      near
        ? `did you mean ${near}?`
        : isLabel
          ? `write {#${name}} for a label`
          : 'leave it out: a label is {#name}, and a proof takes {fold}',
    );
  }
}

/** A quote that is no callout, but says that it is something. Its fold means as little as that of callouts. */
function readQuote(node: Blockquote, context: Context): void {
  const kind = node.data?.hName === undefined ? kindOf(node) : undefined;
  if (kind === undefined) return;
  if (isStatement(kind)) makeBlock(node, headOfQuote(kind, takeTitle(node)), context);
  else unknownQuote(node, kind, context);
}

/** As in a heading, the label may stand behind the title. */
function headOfQuote(kind: string, title: PhrasingContent[]): Head {
  const last = title.at(-1);
  const label = last?.type === 'text' ? trailingLabel(last.value) : undefined;
  if (last?.type !== 'text' || !label) return { kind, title, id: undefined, folded: false };
  const before = { ...last, value: last.value.slice(0, label.index) };
  const rest = [...title.slice(0, -1), ...(before.value === '' ? [] : [before])];
  return { kind, title: rest, id: label.name, folded: false };
}

function makeBlock(node: Block, head: Head, context: Context): void {
  if (head.kind === 'proof') proof(node, head, context);
  else statement(node, head, context);
}

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
  const near = nearestKind(node.name);
  context.report(
    'warning',
    'markdown/unknown-block',
    `there is no block :::${node.name}`,
    context.place(node),
    near
      ? `did you mean :::${near}?`
      : `these exist: ${statementKinds.join(', ')}, proof, and the kinds of callouts`,
  );
}

function unknownQuote(node: Blockquote, kind: string, context: Context): void {
  const near = nearestKind(kind);
  const all = [...calloutKinds.keys(), ...statementKinds, 'proof'];
  context.report(
    'warning',
    'markdown/unknown-block',
    `there is no [!${kind}], so this stays a quote`,
    context.place(node),
    near
      ? `did you mean [!${near}]?`
      : /^(?:quote|cite)$/.test(kind)
        ? 'a quote needs no mark: leave it out'
        : `these exist: ${all.join(', ')}`,
  );
}

function takeLabel(node: ContainerDirective): PhrasingContent[] {
  const [first] = node.children;
  if (first?.type !== 'paragraph' || !first.data || !('directiveLabel' in first.data)) return [];
  node.children.shift();
  return first.children;
}

function statement(node: Block, { kind, title, id }: Head, context: Context): void {
  const { texts, theorems: counters } = context.options;
  const counter = counters === 'shared' && kind !== 'algorithm' ? 'theorem' : kind;
  const number = context.labels.next(counter);
  const text = `${texts[kind] ?? kind} ${number}`;
  if (id) context.labels.define({ name: id, id, kind: 'theorem', number, text }, context.place(node));
  node.data = {
    hName: 'section',
    hProperties: { className: [...new Set(['theorem', kind])], ...(id ? { id } : {}) },
  };
  leadIn(node, [{ type: 'text', value: text }, ...bracketed(title), { type: 'text', value: '.' }]);
}

/** A proof ends with ∎, in the text itself so that it is copied and read in feeds. `{fold}` makes it foldable. */
function proof(node: Block, { title, id, folded }: Head, context: Context): void {
  const name = context.options.texts.proof ?? 'Proof';
  const heading: PhrasingContent[] = title.length > 0 ? title : [{ type: 'text', value: name }];
  const end: PhrasingContent = {
    type: 'strong',
    data: { hName: 'span', hProperties: { className: ['qed'] } },
    children: [{ type: 'text', value: '∎' }],
  };
  const last = lastParagraph(node);
  if (last) last.children.push({ type: 'text', value: ' ' }, end);
  else
    node.children.push({
      type: 'paragraph',
      data: { hProperties: { className: ['qed-line'] } },
      children: [end],
    });
  node.data = {
    hName: folded ? 'details' : 'section',
    hProperties: { className: ['proof'], ...(id ? { id } : {}) },
  };
  if (folded) node.children.unshift({ type: 'paragraph', data: { hName: 'summary' }, children: heading });
  else leadIn(node, [...heading, { type: 'text', value: '.' }]);
}

/** What a block ends with, also in the last item of a list. */
function lastParagraph({ children }: Block | List | ListItem): Paragraph | undefined {
  const last = children.at(-1);
  if (last?.type === 'list' || last?.type === 'listItem') return lastParagraph(last);
  return last?.type === 'paragraph' && !isFigure(last) ? last : undefined;
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
function leadIn(node: Block, heading: PhrasingContent[]): void {
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
