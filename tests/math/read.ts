// Parses Markdown with formulas as the renderer does, and shows trees in a form that a table of cases can hold.
import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmAutolinkLiteralFromMarkdown } from 'mdast-util-gfm-autolink-literal';
import { gfmFootnoteFromMarkdown } from 'mdast-util-gfm-footnote';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item';
import { cjkFriendlyExtension } from 'micromark-extension-cjk-friendly';
import { gfmAutolinkLiteral } from 'micromark-extension-gfm-autolink-literal';
import { gfmFootnote } from 'micromark-extension-gfm-footnote';
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item';
import { visit } from 'unist-util-visit';
import { mathSyntax } from '../../src/math/syntax.js';
import { tableWithMath } from '../../src/math/table-syntax.js';
import { type DisplayMath, type InlineMath, mathFromMarkdown } from '../../src/math/tree.js';

export function read(markdown: string, doubleDollarInText: 'inline' | 'display' = 'inline'): Root {
  return fromMarkdown(markdown, {
    extensions: [
      cjkFriendlyExtension(),
      tableWithMath(markdown),
      gfmTaskListItem(),
      gfmFootnote(),
      gfmAutolinkLiteral(),
      mathSyntax(markdown, { doubleDollarInText }),
    ],
    mdastExtensions: [
      gfmTableFromMarkdown(),
      gfmTaskListItemFromMarkdown(),
      gfmFootnoteFromMarkdown(),
      gfmAutolinkLiteralFromMarkdown(),
      mathFromMarkdown(),
    ],
  });
}

const brackets: Partial<Record<Nodes['type'], readonly [string, string]>> = {
  emphasis: ['*', '*'],
  strong: ['**', '**'],
  link: ['[', ']'],
  blockquote: ['> ', ''],
  heading: ['# ', ''],
  listItem: ['- ', ''],
  tableRow: ['', '|'],
  tableCell: ['|', ''],
  footnoteDefinition: ['[^: ', ''],
};

/**
 * A tree on one line: inline formulas as `⟨x⟩`, displays as `⟪x⟫`, blocks set apart by ` / ` and the marks of
 * Markdown for what holds others.
 */
export function show(node: Nodes): string {
  switch (node.type) {
    case 'math':
      return `⟪${node.value}⟫`;
    case 'inlineMath':
      return node.data.display ? `⟪${node.value}⟫` : `⟨${node.value}⟩`;
    case 'inlineCode':
      return `\`${node.value}\``;
    case 'image':
      return `![${node.alt}]`;
    case 'break':
      return '\\';
    case 'thematicBreak':
      return '---';
    case 'footnoteReference':
      return '[^]';
    default:
  }
  if (!('children' in node)) return 'value' in node ? node.value : '';
  const isFlow = ['root', 'blockquote', 'list', 'listItem', 'table', 'footnoteDefinition'].includes(
    node.type,
  );
  const [open, close] = brackets[node.type] ?? ['', ''];
  return open + node.children.map(show).join(isFlow ? ' / ' : '') + close;
}

export function formulasOf(tree: Root): readonly (DisplayMath | InlineMath)[] {
  const formulas: (DisplayMath | InlineMath)[] = [];
  visit(tree, (node) => {
    if (node.type === 'math' || node.type === 'inlineMath') formulas.push(node);
  });
  return formulas;
}

/** All text of a tree outside formulas. */
export function proseOf(tree: Root): string {
  const prose: string[] = [];
  visit(tree, (node) => {
    if (node.type === 'text' || node.type === 'inlineCode' || node.type === 'html') prose.push(node.value);
    if (node.type === 'paragraph' || node.type === 'tableCell') prose.push(' ');
  });
  return prose.join('');
}
