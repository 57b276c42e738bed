// Formulas and references in blocks of raw HTML, such as `<center>$$x$$</center>` and tables written by hand: MathJax, for
// which many posts were written, finds them there. Apart from these such a block stays as it is.
import { decodeHTMLStrict } from 'entities/decode';
import type { ElementContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import type { Html, Parent, Text } from 'mdast';
import type { State } from 'mdast-util-to-hast';
import { writtenReference } from '../../math/reference-commands.js';
import { scanMath } from '../../math/scan.js';
import { type Mapped, replaced, type SourceMap } from '../../math/source.js';
import type { InlineMath } from '../../math/tree.js';
import type { Feature } from '../feature.js';
import { movedSource, type Point, pointAfter, pointFrom } from '../points.js';
import { visit } from '../walk.js';

/** A block of raw HTML, cut at its formulas, and at references outside of them. */
interface HtmlParts extends Parent {
  type: 'htmlParts';
  children: (Html | HtmlFormula | Text)[];
}

interface HtmlFormula extends InlineMath {
  /** Line ends in it, with its delimiters. */
  lines: number;
}

declare module 'mdast' {
  interface BlockContentMap {
    htmlParts: HtmlParts;
  }
  interface RootContentMap {
    htmlParts: HtmlParts;
  }
}

export const htmlMath: Feature = {
  name: 'formulas in raw HTML',
  transform(tree, { options }) {
    if (options.markdown.rawHtml === 'none') return;
    visit(tree, 'html', (node, index, parent) => {
      if (!/[$\\]/.test(node.value) || !parent || index === undefined) return;
      const children = partsOf(node);
      if (children.every(({ type }) => type === 'html')) return;
      parent.children[index] = { type: 'htmlParts', children, position: node.position };
      return index + 1;
    });
  },
  handlers: ({ mark }) => ({ htmlParts: (state: State, node: HtmlParts) => join(state, node, mark) }),
};

/**
 * One piece of raw HTML again: as several, they would be set apart by line ends. What the parser reads behind a formula
 * has its line in the post, since placeholders have the line ends of what they stand for before their second mark.
 */
function join(state: State, node: HtmlParts, mark: string): ElementContent {
  const html = node.children.map((child) => {
    if (child.type === 'html') return child.value;
    // A formula or a reference.
    const set = toHtml({ type: 'root', children: [state.one(child, node) ?? []].flat() });
    if (child.type === 'text') return set;
    const end = set.lastIndexOf(mark);
    return set.slice(0, end) + '\n'.repeat(child.lines) + set.slice(end);
  });
  const result = { type: 'raw', value: html.join('') } as const;
  state.patch(node, result);
  return result;
}

/** What is no text in which a formula can stand, and the texts between. A `<` that begins no tag is text, as in `$a<b$`. */
const tagBegins = String.raw`<(?:[!?]|\/?[a-z][\w:.-]*[\s/>])`;
const pieces = new RegExp(
  [
    '<!--.*?(?:-->|$)',
    String.raw`<(script|style|pre|code|textarea|template|math|svg)\b.*?(?:<\/\1\s*>|$)`,
    `(?=${tagBegins})<(?:[^<>"']|"[^"]*"|'[^']*')*>?`,
    `(?<text>(?:[^<]|<(?!${tagBegins.slice(1)}))+)`,
  ].join('|'),
  'gis',
);

/** A reference outside of formulas. */
const command = new RegExp(String.raw`(?:~\(?)?(?<!\\)${writtenReference}`, 'g');

function partsOf(node: Html): HtmlParts['children'] {
  const start = node.position?.start ?? { line: 1, column: 1 };
  const parts: HtmlParts['children'] = [];
  let html = '';
  let from = 0;
  let point: Point = { line: 1, column: 1 };
  const flush = () => {
    if (html !== '') parts.push({ ...node, value: html });
    html = '';
  };
  const moveTo = (offset: number) => {
    point = pointFrom(point, pointAfter(node.value.slice(from, offset)));
    from = offset;
    const { line, column } = pointFrom(start, point);
    return { line, column };
  };
  for (const { 0: piece, index, groups } of node.value.matchAll(pieces)) {
    if (groups?.text === undefined || !/[$\\]/.test(piece)) {
      html += piece;
      continue;
    }
    const origin = moveTo(index);
    let behind = index;
    for (const part of scanMath(piece)) {
      if (part.type === 'math') {
        flush();
        const { value, source } = decode(part.value, part.data.source);
        const moved = movedSource(source, origin);
        parts.push({
          type: 'inlineMath',
          value,
          data: { source: moved, display: part.display, placeholder: '' },
          lines: part.lines,
        });
        behind = index + part.offset + part.value.length;
        continue;
      }
      let end = 0;
      for (const { 0: written, index: at } of part.value.matchAll(command)) {
        html += part.value.slice(end, at);
        flush();
        end = at + written.length;
        // With an escaped dollar in it, it is not found.
        const offset = Math.max(behind, node.value.indexOf(written, behind));
        const place = moveTo(offset + written.indexOf('\\'));
        behind = from + 1;
        parts.push({
          type: 'text',
          value: decodeHTMLStrict(written),
          position: { start: place, end: place },
        });
      }
      html += part.value.slice(end);
    }
  }
  flush();
  return parts;
}

/** With its semicolon: in `a &lt b` a cell begins with two letters. */
const reference = /&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]*);/gi;

/** TeX with the characters that a browser reads, a blank for one that does not break. */
function decode(value: string, source: SourceMap): Mapped {
  if (!value.includes('&')) return { value, source };
  return replaced({ value, source }, reference, (one) => decodeHTMLStrict(one).replace('\u00a0', ' '));
}
