// Footnotes. The section is made here, not by mdast-util-to-hast, because remark-html passes on neither the
// language of its words nor the prefix of its ids, and because a note that nothing refers to must not be lost.
import type { Element, ElementContent } from 'hast';
import type { FootnoteDefinition, FootnoteReference, Link, LinkReference, Parents, Root } from 'mdast';
import { gfmFootnoteFromMarkdown } from 'mdast-util-gfm-footnote';
import type { State } from 'mdast-util-to-hast';
import { gfmFootnote } from 'micromark-extension-gfm-footnote';
import { nearest } from '../../diagnostic.js';
import { element } from '../element.js';
import type { Context, Feature } from '../feature.js';
import { placesIn } from '../places-in.js';
import { visit } from '../walk.js';

/** The id of the heading above the notes, which is no part of the contents. */
export const notesHeading = 'fn:label';

export const footnotes: Feature = {
  name: 'footnotes',
  needs: /\[\^/,
  syntax: gfmFootnote(),
  isKnownAtOnce: true,
  tree: gfmFootnoteFromMarkdown(),
  transform(tree, context) {
    if (!context.body.includes('[^')) return;
    nameApart(tree);
    moveBehindLinks(tree);
    reportUnknown(tree, context);
  },
  handlers: () => ({ footnoteReference: reference }),
};

/** A second note of one name would be lost: it becomes one that nothing refers to. */
function nameApart(tree: Root): void {
  const times = new Map<string, number>();
  visit(tree, 'footnoteDefinition', (note) => {
    const time = times.get(note.identifier) ?? 0;
    times.set(note.identifier, time + 1);
    // No name that is written has a blank in it.
    if (time > 0) note.identifier += ` ${time}`;
  });
}

/** A mark is a link itself, and no link can stand in another one. */
export function moveBehindLinks(tree: Root): void {
  const move = (link: Link | LinkReference, index: number | undefined, parent: Parents | undefined) => {
    const marks = takeMarks(link);
    if (index !== undefined) parent?.children.splice(index + 1, 0, ...marks);
  };
  visit(tree, 'link', move);
  visit(tree, 'linkReference', move);
}

function takeMarks(node: Parents): FootnoteReference[] {
  const marks: FootnoteReference[] = [];
  visit(node, 'footnoteReference', (mark, index, parent) => {
    if (index === undefined) return undefined;
    marks.push(mark);
    parent?.children.splice(index, 1);
    return index;
  });
  return marks;
}

/** Marks with a note are no text: what has stayed text has none. */
function reportUnknown(tree: Root, context: Context): void {
  const names: string[] = [];
  visit(tree, 'footnoteDefinition', ({ label, identifier }) => {
    names.push(label ?? identifier);
  });
  visit(tree, 'text', (node) => {
    if (!node.value.includes('[^')) return;
    const placeOf = placesIn(node, context);
    const { start, end } = node.position ?? {};
    const source = context.body.slice(start?.offset, end?.offset);
    for (const { 0: written, 1: name = '', index } of node.value.matchAll(/\[\^([^\s[\]]{1,200})\]/g)) {
      if (source.includes(`\\${written}`)) continue;
      const around = {
        before: node.value.charAt(index - 1),
        after: node.value.charAt(index + written.length),
      };
      // In a post with notes, any `[^x]` is one whose name is not right.
      if (names.length === 0 && !isLikely(name, around)) continue;
      const near = nearest(name, names);
      context.report(
        'warning',
        'markdown/unknown-footnote',
        `there is no footnote ${written}`,
        placeOf(written),
        near
          ? `did you mean [^${near}]?`
          : `define it with a line that begins ${written}: (if it is no mark of a note, write \\${written})`,
      );
    }
  });
}

/** Whether `[^name]` is the mark of a note, and no part of a regular expression such as `[^a-z]` or `[^abc]*`. */
function isLikely(
  name: string,
  { before, after }: { readonly before: string; readonly after: string },
): boolean {
  const isName = /^(?:[1-9]\d{0,2}|\p{L}[\p{L}\p{M}\p{N}_-]+)$/u.test(name) && !/^(?:\w-\w|_)+$/.test(name);
  return isName && !/[\\([{|^/]/.test(before) && !/[*+{|$]/.test(after);
}

// Ids hold a colon, which no heading's slug has, so they never meet.
function reference(state: State, node: FootnoteReference): Element {
  const key = node.identifier.toUpperCase();
  if (!state.footnoteOrder.includes(key)) state.footnoteOrder.push(key);
  const number = state.footnoteOrder.indexOf(key) + 1;
  const use = (state.footnoteCounts.get(key) ?? 0) + 1;
  state.footnoteCounts.set(key, use);
  return element('sup', {}, [
    element(
      'a',
      {
        href: `#fn:${number}`,
        id: referenceId(number, use),
        className: ['footnote-ref'],
        role: 'doc-noteref',
        dataFootnoteRef: '',
      },
      [{ type: 'text', value: String(number) }],
    ),
  ]);
}

/**
 * The section with all notes, or undefined. Empties the state's own list, so that no second section is made.
 * Called after the body has been turned into HTML, since only then the order of the notes is known.
 */
export function footnoteSection(state: State, context: Context): Element | undefined {
  const notes: { note: FootnoteDefinition; content: ElementContent[]; key: string }[] = [];
  const readOn = () => {
    // A note may refer to further notes: the order grows while it is read.
    for (let key = state.footnoteOrder[notes.length]; key; key = state.footnoteOrder[notes.length]) {
      const note = state.footnoteById.get(key);
      if (!note) throw new Error(`There is no footnote ${key}.`);
      notes.push({ note, content: [], key });
      notes.at(-1)?.content.push(...state.all(note));
    }
  };
  readOn();
  for (const [key, note] of state.footnoteById) {
    if (state.footnoteOrder.includes(key)) continue;
    const isSecond = note.identifier.includes(' ');
    context.report(
      'warning',
      'markdown/unused-footnote',
      isSecond
        ? `another footnote is called [^${note.label}], and nothing refers to this one`
        : `nothing refers to the footnote [^${note.label ?? note.identifier}]`,
      context.place(note),
      `${isSecond ? 'give it a name of its own, and refer to it' : 'refer to it in the text'}, or remove it; it is shown below the others`,
    );
    state.footnoteOrder.push(key);
    readOn();
  }
  const items = notes.map(({ note, content, key }, index) =>
    item(state, context, note, content, index + 1, state.footnoteCounts.get(key) ?? 0),
  );
  state.footnoteOrder.length = 0;
  if (items.length === 0) return undefined;
  return element(
    'section',
    { className: ['footnotes'], role: 'doc-endnotes', ariaLabelledBy: [notesHeading] },
    [
      element('h2', { id: notesHeading }, [{ type: 'text', value: context.options.texts.footnotes ?? '' }]),
      element('ol', {}, items),
    ],
  );
}

function item(
  state: State,
  context: Context,
  note: FootnoteDefinition,
  content: ElementContent[],
  number: number,
  uses: number,
): Element {
  const last = content.at(-1);
  const end = last?.type === 'element' && last.tagName === 'p' ? last.children : content;
  for (let use = 1; use <= uses; use++) {
    end.push({ type: 'text', value: ' ' }, backReference(context, number, use));
  }
  const listItem = element('li', { id: `fn:${number}` }, content);
  state.patch(note, listItem);
  return listItem;
}

function backReference(context: Context, number: number, use: number): Element {
  const label = (context.options.texts['footnote-back'] ?? '{n}').replace('{n}', String(number));
  return element(
    'a',
    {
      href: `#${referenceId(number, use)}`,
      className: ['footnote-back'],
      role: 'doc-backlink',
      ariaLabel: use === 1 ? label : `${label}, ${use}`,
      dataFootnoteBackref: '',
    },
    [
      { type: 'text', value: '↩' },
      ...(use === 1 ? [] : [element('sup', {}, [{ type: 'text', value: String(use) }])]),
    ],
  );
}

function referenceId(number: number, use: number): string {
  return use === 1 ? `fnref:${number}` : `fnref:${number}:${use}`;
}
