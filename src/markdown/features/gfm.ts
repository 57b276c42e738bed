// GitHub's extensions, part by part, so that each can be followed or replaced by its own construct.

import type { Element } from 'hast';
import type { Root, TableCell } from 'mdast';
import type { Extension as FromMarkdownExtension } from 'mdast-util-from-markdown';
import { gfmAutolinkLiteralFromMarkdown } from 'mdast-util-gfm-autolink-literal';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item';
import { gfmStrikethroughCjkFriendly } from 'micromark-extension-cjk-friendly-gfm-strikethrough';
import { gfmAutolinkLiteral } from 'micromark-extension-gfm-autolink-literal';
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item';
import type { Construct, Extension } from 'micromark-util-types';
import { tableWithMath } from '../../math/table-syntax.js';
import { element } from '../element.js';
import type { Context, Feature } from '../feature.js';
import { openAttribute } from '../placeholders.js';
import { textOf } from '../text.js';
import { skip, visit } from '../walk.js';

const emailName = 'emailAutolink';

/** Bare addresses and, in the tree, all of them again: there the characters may come of references and escapes. */
export const autolinkLiteral: Feature = {
  name: 'autolink literal',
  needs: /http|www|@|&(?:#|commat)/i,
  syntax: literals(({ name }) => name !== emailName),
  isKnownAtOnce: true,
  tree: linkingWhatMayBe(gfmAutolinkLiteralFromMarkdown()),
};

/** Bare e-mail addresses, for which the parser has to stop at every letter. */
export const emailLiteral: Feature = {
  name: 'email literal',
  needs: /[-+.\w]@[-\w]/,
  syntax: literals(({ name }) => name === emailName),
  isKnownAtOnce: true,
};

function linkingWhatMayBe({ transforms, ...handlers }: FromMarkdownExtension): FromMarkdownExtension {
  const linkAll = (tree: Root) => {
    if (mayHoldAddress(tree)) for (const transform of transforms ?? []) transform(tree);
  };
  return { ...handlers, transforms: [linkAll] };
}

/** The constructs of literal addresses that are wanted. */
function literals(isWanted: (construct: Construct) => boolean): Extension {
  const entries = Object.entries(gfmAutolinkLiteral().text ?? {});
  return {
    text: Object.fromEntries(
      entries.flatMap(([code, constructs]) => {
        const wanted = [constructs ?? []].flat().filter(isWanted);
        return wanted.length > 0 ? [[code, wanted]] : [];
      }),
    ),
  };
}

function mayHoldAddress(tree: Root): boolean {
  let found = false;
  visit(tree, 'text', ({ value }) => {
    found ||= /http|www|@/i.test(value);
  });
  return found;
}

export const strikethrough: Feature = {
  name: 'strikethrough',
  // One is enough, since it has a say in what is emphasis.
  needs: /~/,
  syntax: gfmStrikethroughCjkFriendly({ singleTilde: false }),
  isKnownAtOnce: true,
  tree: gfmStrikethroughFromMarkdown(),
};

/** A box of its own that scrolls, within reach of the keyboard, so that a wide table never widens the page. */
export const table: Feature = {
  name: 'table',
  // The line under the first row.
  needs: /[|:][ \t]*-|-[ \t]*[|:]/,
  // A bar inside a formula does not end a cell.
  syntax: (_, text) => tableWithMath(text),
  isKnownAtOnce: true,
  tree: gfmTableFromMarkdown(),
  transform: (tree, context) =>
    visit(tree, 'table', ({ align, children }) => {
      for (const { children: cells } of children) {
        const extra = cells[align?.length ?? cells.length];
        if (extra) reportExtra(extra, context);
      }
    }),
  finish: (tree, context) =>
    visit(tree, 'element', (element, index, parent) => {
      if (element.tagName !== 'table' || index === undefined || !parent) return;
      parent.children[index] = {
        type: 'element',
        tagName: 'div',
        properties: {
          className: ['table-wrap'],
          tabIndex: 0,
          role: 'group',
          ariaLabel: context.options.texts.table ?? '',
        },
        children: [element],
      };
      // On with the table itself, but not with the box around it.
      visit(element, 'element', (inner) => {
        if (inner.tagName === 'td' || inner.tagName === 'th') finishCell(inner, context);
      });
      return skip;
    }),
};

/** A row that is longer than the first loses its last cells, as GitHub has it. */
function reportExtra(cell: TableCell, context: Context): void {
  context.report(
    'warning',
    'markdown/table-cells',
    'this row has more cells than the first, and the table does not show them',
    context.place(cell),
    'give the first row as many cells, or write \\| for a bar in a cell',
  );
}

/** `align` is no attribute of HTML any more; and a heading that is a formula alone needs a name as text. */
function finishCell(cell: Element, context: Context): void {
  const { align, ...properties } = cell.properties;
  cell.properties = { ...properties, ...(align ? { className: [`align-${align}`] } : {}) };
  const text = textOf(cell);
  const words = text.split(context.mark).filter((_, index) => index % 2 === 0);
  if (cell.tagName !== 'th' || words.join('').trim() !== '' || text.trim() === '') return;
  const ariaLabel = openAttribute(text, context);
  // On the cell itself axe-core does not take it for text.
  cell.children = [element('span', { role: 'math', ariaLabel }, cell.children)];
}

export const taskList: Feature = {
  name: 'task list',
  needs: /\[(?:[xX]|\s[\s>]*)\]/,
  syntax: gfmTaskListItem(),
  isKnownAtOnce: true,
  tree: gfmTaskListItemFromMarkdown(),
  finish: (tree, { options }) =>
    visit(tree, 'element', (element) => {
      if (element.tagName !== 'input') return;
      element.properties.ariaLabel =
        options.texts[element.properties.checked ? 'task-done' : 'task-open'] ?? '';
    }),
};
