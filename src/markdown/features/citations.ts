// Citations of a bibliography: `[@vaswani2017, p. 3]`, `@vaswani2017` in a sentence, and the list of what is cited at
// the end. All keys of a post are known before the first citation is written, since years may need letters.
import type { Root as HastRoot } from 'hast';
import type { Nodes, Parents, PhrasingContent, Root } from 'mdast';
import {
  type Bibliography,
  citeInBrackets,
  citeInText,
  emptyBibliography,
  labelWorks,
} from '../../bibliography/cite.js';
import { citationWords } from '../../bibliography/words.js';
import { nearest } from '../../diagnostic.js';
import { escapeHtml } from '../../escape.js';
import { addNode, asText, type Citation, replaceCitations } from '../citation-groups.js';
import { type CitationKey, citationFromMarkdown, citationSyntax } from '../citation-syntax.js';
import type { Context, Feature } from '../feature.js';
import { referenceSection, referencesHeading } from '../reference-list.js';

export { referencesHeading };

export const citations: Feature = {
  name: 'citations',
  needs: /@/,
  syntax: citationSyntax(),
  isKnownAtOnce: true,
  tree: citationFromMarkdown(),
  transform: cite,
  finish: addReferences,
};

/** A citation in the tree. Its node is a span that is filled when all are known. */
interface Use extends Citation {
  /** Level of the heading that it stands in. */
  readonly heading: number | undefined;
  /** A space that belongs to it, because it goes where the citation is left out. */
  readonly space: string;
}

type Uses = Map<Nodes, Use>;

type Around = 'link' | number | undefined;

function bibliographyOf({ options }: Context): Bibliography {
  return options.bibliography ?? emptyBibliography;
}

function cite(tree: Root, context: Context): void {
  const { entries } = bibliographyOf(context);
  const uses: Uses = new Map();
  find(tree, undefined, uses, context);
  if (uses.size === 0) return;
  const nodes = inOrder(tree).filter((node) => uses.has(node));
  const keys = nodes.flatMap((node) => uses.get(node)?.works.map(({ key }) => key) ?? []);
  const labels = labelWorks(keys, entries, context.post.lang, citationWords(context.options.texts));
  for (const node of nodes) {
    const use = uses.get(node);
    if (use && 'children' in node) node.children = write(use, labels, context) as typeof node.children;
  }
}

/** Replaces the citations in a node and all below it by empty spans. In links they stay text. */
function find(node: Parents, around: Around, uses: Uses, context: Context): void {
  for (const child of node.children) {
    if (!('children' in child)) continue;
    const isLink = child.type === 'link' || child.type === 'linkReference';
    find(
      child,
      isLink || around === 'link' ? 'link' : child.type === 'heading' ? child.depth : around,
      uses,
      context,
    );
  }
  const children = node.children as PhrasingContent[];
  if (!children.some(({ type }) => type === 'citationKey')) return;
  node.children =
    around === 'link'
      ? withoutCitations(children)
      : replaceCitations(
          children,
          bibliographyOf(context).entries,
          reportUnknown(context),
          (citation, before) => {
            const isLeftOut = citation.type === 'brackets' && isHidden(around, context);
            const use = { ...citation, heading: around, space: isLeftOut ? takeSpace(before) : '' };
            const affixes = citation.works.flatMap(({ prefix, suffix }) => [...prefix, ...suffix]);
            const span: PhrasingContent = {
              type: 'emphasis',
              data: { hName: 'span', hProperties: { className: ['cite'] } },
              children: affixes,
            };
            uses.set(span, use);
            return span;
          },
        );
}

function withoutCitations(children: readonly PhrasingContent[]): PhrasingContent[] {
  const nodes: PhrasingContent[] = [];
  for (const child of children) addNode(nodes, child.type === 'citationKey' ? asText(child) : child);
  return nodes;
}

function takeSpace(before: PhrasingContent[]): string {
  const last = before.at(-1);
  if (last?.type !== 'text' || !/\s$/.test(last.value)) return '';
  before[before.length - 1] = { ...last, value: last.value.trimEnd() };
  return ' ';
}

function reportUnknown(context: Context): (node: CitationKey) => void {
  const { entries } = bibliographyOf(context);
  return (node) => {
    const near = nearest(node.key, [...entries.keys()]);
    const remedy = /^(?:eq|fig|tbl|thm|lem|def|sec)-/.test(node.key)
      ? `a reference to a label is [](#${node.key})`
      : near !== undefined
        ? `did you mean @${near}?`
        : entries.size > 0
          ? 'add it to the bibliography'
          : 'no bibliography has an entry yet: write it into references.bib in the site’s root, or into a file named under bibliography: in the front matter';
    context.report(
      'error',
      'cite/unknown-key',
      `the bibliography has no ${node.key}`,
      context.place(node, node.value.length),
      `${remedy}; if this is no citation, write \\${node.value}`,
    );
  };
}

/** All nodes as they are read: notes come last, in the order of their first references. */
function inOrder(tree: Root): Nodes[] {
  const nodes: Nodes[] = [];
  const definitions = new Map<string, Nodes>();
  const references = new Set<string>();
  const collect = (node: Nodes) => {
    nodes.push(node);
    if (node.type === 'footnoteReference') references.add(node.identifier);
    if (!('children' in node)) return;
    for (const child of node.children) {
      if (child.type !== 'footnoteDefinition') collect(child);
      else if (!definitions.has(child.identifier)) definitions.set(child.identifier, child);
    }
  };
  collect(tree);
  // A note may refer to further notes: the set grows while it is read.
  for (const name of references) {
    const definition = definitions.get(name);
    if (definition !== undefined) collect(definition);
  }
  for (const [name, definition] of definitions) if (!references.has(name)) collect(definition);
  return nodes;
}

type WorkLabels = ReturnType<typeof labelWorks>;

function write(use: Use, labels: WorkLabels, context: Context): PhrasingContent[] {
  const { style } = bibliographyOf(context);
  const text = (value: string): PhrasingContent => ({ type: 'text', value });
  const mark = isHidden(use.heading, context) ? (value: string) => text(reserve(value, use, context)) : text;
  if (use.type === 'sentence') {
    const [work] = use.works;
    const label = work && labels.get(work.key);
    if (!label) return [];
    const cited = citeInText(label, style, citationWords(context.options.texts));
    const names = isHidden(use.heading, context) ? cited.names.trimEnd() : cited.names;
    const children = [text(names), mark(cited.names.slice(names.length) + cited.mark)];
    return [link(work, children, use, context)];
  }
  const works = style === 'numeric' ? byNumber(use.works, labels) : use.works;
  const items = works.map(({ key, yearOnly, prefix, suffix }) => {
    return { key, yearOnly, hasPrefix: prefix.length > 0, hasSuffix: suffix.length > 0 };
  });
  const written = citeInBrackets(items, labels, style);
  const affix = (nodes: readonly PhrasingContent[]) =>
    nodes.map((node) => (node.type === 'text' ? mark(node.value) : node));
  const content = works.flatMap((work, index) => {
    const item = written.items[index];
    const before = item?.before ? [mark(item.before)] : [];
    return [
      ...before,
      ...affix(work.prefix),
      link(work, [mark(item?.text ?? '')], use, context),
      ...affix(work.suffix),
    ];
  });
  return [mark(use.space + written.open), ...content, mark(written.close)];
}

/** `[1, 3]`, however the author has put them; where words stand among them, these may need their order. */
function byNumber(works: Citation['works'], labels: WorkLabels): Citation['works'] {
  const number = ({ key }: Citation['works'][number]) => labels.get(key)?.number ?? 0;
  const isBare = works.every(({ prefix, suffix }) => prefix.length === 0 && suffix.length === 0);
  return isBare ? [...works].sort((a, b) => number(a) - number(b)) : works;
}

/** Numbers say nothing on a card, and a heading's id must not change with what is cited. */
function isHidden(heading: Around, context: Context): boolean {
  return heading !== undefined || bibliographyOf(context).style === 'numeric';
}

/** `Vaswani et al. [1]` keeps its number everywhere: the sentence may need it. */
function reserve(text: string, { type }: Use, context: Context): string {
  const shown = type === 'brackets' && bibliographyOf(context).style === 'numeric' ? '' : text;
  return context.reserve(escapeHtml(text), { text: shown, idText: '', excerptHtml: escapeHtml(shown) });
}

function link(
  { key, node }: Citation['works'][number],
  children: PhrasingContent[],
  { heading }: Use,
  context: Context,
): PhrasingContent {
  const id = `cite:${context.cited.length + 1}`;
  // The title of a post is set without its links.
  const isTitle = heading === 1;
  context.cited.push({ key, ...(isTitle ? {} : { id }) });
  return {
    type: 'link',
    url: `#ref:${encodeURIComponent(key)}`,
    children: children as never,
    data: { hProperties: { className: ['citation'], role: 'doc-biblioref', ...(isTitle ? {} : { id }) } },
    ...(node.position ? { position: node.position } : {}),
  };
}

function addReferences(tree: HastRoot, context: Context): void {
  const section = referenceSection(context);
  if (section !== undefined) tree.children.push(section);
}
