// Which blocks of a post an HTML parser has to see together: those between a tag and its end. The parser takes longer than
// all that is done to the other blocks, which it would leave as they are.
import type { Root, RootContent } from 'hast';
import { raw } from 'hast-util-raw';
import { VFile } from 'vfile';
import { element } from './element.js';
import { visit } from './walk.js';

/** Blocks that stand one after the other. */
export interface Run {
  readonly blocks: readonly RootContent[];
  /** Whether the author's HTML is in them, or around them. */
  readonly holdsHtml: boolean;
}

/** For each run the parser begins anew, and counts the lines of the post. With so many, little would be spared. */
const most = 100;

/** Takes the blocks apart into runs. Where tags do not nest, all from there on is one run, since anything can follow. */
export function htmlRuns(blocks: readonly RootContent[]): Run[] {
  const runs: { blocks: RootContent[]; holdsHtml: boolean }[] = [];
  const open: string[] = [];
  let isCertain = true;
  for (const block of blocks) {
    const isInside = !isCertain || open.length > 0;
    const html = htmlIn(block);
    const holdsHtml = isInside || html.length > 0;
    for (const one of html) isCertain = isCertain && follow(one, open);
    const last = runs.at(-1);
    if (last && (isInside || (!holdsHtml && !last.holdsHtml))) last.blocks.push(block);
    else runs.push({ blocks: [block], holdsHtml });
  }
  return runs.length > most ? [{ blocks, holdsHtml: true }] : runs;
}

/**
 * Parses the `raw` nodes of a run, as they would be parsed behind other blocks. `source`: the text that their places are
 * in. Throws a RangeError for what is nested too deep.
 */
export function parseRun(blocks: readonly RootContent[], source: string): Root {
  // At the very beginning a `<tr>` would count, and nowhere else.
  const tree: Root = { type: 'root', children: [element('p', {}), ...blocks] };
  const parsed = raw(tree, { file: new VFile(source) }) as Root;
  return { ...parsed, children: parsed.children.slice(1) };
}

function htmlIn(block: RootContent): string[] {
  const values: string[] = [];
  visit(block, 'raw', ({ value }) => {
    values.push(value);
  });
  return values;
}

/** A comment, a tag, or something else that is no text. */
const markup =
  /<!--(?!-?>)[\s\S]*?-->|<(\/?)([a-z][a-z0-9]*)(?:\s+[a-z_:][\w:.-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*\s*\/?>|<[a-z/!?]/gi;

/** Of a longer piece all that follows is one run: the expression would need too much memory. */
const longest = 100_000;

const voidElements = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' '),
);
/** What comes after these, or how, is not told by their ends. */
const doubtful = new Set('body frame frameset head html image plaintext'.split(' '));

/** Opens and closes elements as some HTML does; false when that is not certain. */
function follow(html: string, open: string[]): boolean {
  if (html.length > longest) return false;
  for (const [whole, slash, written] of html.matchAll(markup)) {
    if (whole.startsWith('<!--') && !whole.includes('--!>')) continue;
    const name = written?.toLowerCase();
    if (name === undefined || doubtful.has(name)) return false;
    if (slash !== '/') {
      if (!voidElements.has(name)) open.push(name);
    } else if (open.pop() !== name) return false;
  }
  return true;
}
