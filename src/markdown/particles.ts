// Korean particles stay with their words. `keep-all` keeps a line from ending between letters, but not behind a bracket,
// a quotation mark or a sign: 값(value)은, “예”라고, 50%를. A word joiner does; behind formulas the style sheet has one.
import type { Element, Nodes, Root } from 'hast';
import type { Context } from './feature.js';

const hangul = /\p{Script=Hangul}/u;
const wordJoiner = '\u2060';

const inline = new Set(
  'a abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong sub sup u var'.split(' '),
);

/** What is copied to be used stays as it is. */
const verbatim = new Set('code kbd pre samp script style svg textarea'.split(' '));
const address = /^(?:[a-z][a-z\d+.-]*:\/\/|www\.)\S*$/i;

/** Longer than a placeholder, and than what tells a closing quotation mark from an opening one. */
const tailLength = 12;

/** Changes the texts of a tree, across the ends of inline elements. Nothing else may be read from it afterwards. */
export function joinParticles(tree: Root, context: Context): void {
  if (!hangul.test(context.body)) return;
  const join = joiner(context, ({ content }) => typeof content === 'object' && content.type === 'formula');
  let tail = '';
  const walk = (node: Nodes, isVerbatim: boolean): void => {
    if (node.type === 'text') {
      if (!isVerbatim) node.value = join(node.value, tail);
      tail = (tail + node.value).slice(-tailLength);
    }
    if (node.type !== 'element' && node.type !== 'root') return;
    const isInline = node.type === 'element' && inline.has(node.tagName);
    const isKept = isVerbatim || (node.type === 'element' && (verbatim.has(node.tagName) || isAddress(node)));
    if (!isInline) tail = '';
    for (const child of node.children) walk(child, isKept);
    if (!isInline) tail = '';
  };
  walk(tree, false);
}

/** Whether a link shows an address. */
function isAddress({ tagName, children: [child] }: Element): boolean {
  return tagName === 'a' && child?.type === 'text' && address.test(child.value);
}

/** The same for the text of a card, where a formula can be characters. */
export function withJoinedParticles(text: string, context: Context): string {
  if (!hangul.test(text)) return text;
  const join = joiner(context, () => false);
  return text.replace(/\S+/g, (word) => (address.test(word) ? word : join(word, '')));
}

/** Joins within a text that stands behind another one. */
function joiner(
  { mark, reserved }: Context,
  isJoined: (one: Context['reserved'][number]) => boolean,
): (text: string, before: string) => string {
  const end = new RegExp(
    `(?:[\\p{Pe}\\p{Pf}%!?.…]|(?<=[^\\s\\p{Ps}\\p{Pi}])["']|${mark}(\\d+)${mark})(?=\\p{Script=Hangul})`,
    'gu',
  );
  return (text, before) =>
    (before + text)
      .replace(end, (all, index: string | undefined, offset: number) => {
        const one = index === undefined ? undefined : reserved[Number(index)];
        return offset + all.length < before.length || (one && isJoined(one)) ? all : all + wordJoiner;
      })
      .slice(before.length);
}
