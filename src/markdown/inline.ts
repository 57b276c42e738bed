// Markdown inside an attribute of Markdown, such as a caption: only what may stand in a line, placed where it
// stands in the file.
import type { Root } from 'mdast';
import type { Construct, Extension } from 'micromark-util-types';
import { remark } from 'remark';
import { extensionsFor } from './extensions.js';
import type { RenderOptions } from './feature.js';
import { movedSource, type Point, placeFrom, pointFrom } from './points.js';
import { visitAll } from './walk.js';

const leftSquareBracket = 91;

/** Everything in CommonMark that would take a caption such as `1. Before` for more than a line. */
const blocks = [
  'blockQuote',
  'codeFenced',
  'codeIndented',
  'definition',
  'headingAtx',
  'htmlFlow',
  'list',
  'setextUnderline',
  'thematicBreak',
];

/** A text of another one: where it begins there, and the identifiers of the notes that its marks can be of. */
export interface Surroundings {
  readonly start: Point;
  readonly notes?: readonly string[];
}

/** Parses a text inside of another one: a root with at most one paragraph. */
export function parseInline(text: string, { start, notes = [] }: Surroundings, options: RenderOptions): Root {
  const { micromarkExtensions, fromMarkdownExtensions } = extensionsFor(text, options);
  const inline = micromarkExtensions.map((extension) => ({
    ...extension,
    document: {},
    flow: {},
    flowInitial: {},
    contentInitial: {},
    atOnce: {},
  }));
  const tree = remark()
    .data({
      micromarkExtensions: [
        ...inline,
        { disable: { null: blocks } },
        ...(notes.length > 0 ? [known(notes)] : []),
      ],
      fromMarkdownExtensions,
    })
    .parse(text) as Root;
  move(tree, start);
  return tree;
}

/** Makes notes known that are defined elsewhere, before the construct of their marks looks for them. */
function known(notes: readonly string[]): Extension {
  const construct: Construct = {
    name: 'knownNotes',
    tokenize(_effects, _ok, nok) {
      this.parser.gfmFootnotes = notes.map((identifier) => identifier.toUpperCase());
      return nok;
    },
  };
  return { text: { [leftSquareBracket]: construct } };
}

function move(tree: Root, start: Point): void {
  const moved = (point: Point) => pointFrom(start, point);
  visitAll(tree, (node) => {
    if (node.position) node.position = { start: moved(node.position.start), end: moved(node.position.end) };
    if (node.type !== 'inlineMath' && node.type !== 'math') return;
    node.data = { ...node.data, source: movedSource(node.data.source, start) };
  });
  const unclosed = tree.data?.unclosedMath;
  if (unclosed) tree.data = { unclosedMath: unclosed.map((one) => ({ ...one, ...placeFrom(start, one) })) };
}
