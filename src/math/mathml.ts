// The MathML out of KaTeX's HTML, for feeds and cards, where no style sheet is: without the source as annotation, and
// with letters of their own for the styles that browsers and feed readers ignore.
import { styled } from './alphabets.js';

/** The `<math>` of a set formula. The empty string if there is none, as in a formula of definitions alone. */
export function toMathml(html: string): string {
  const begin = html.indexOf('<math');
  const end = html.indexOf('</math>', begin);
  if (begin === -1 || end === -1) return '';
  return html
    .slice(begin, end + '</math>'.length)
    .replace(/<annotation [^>]*>[^<]*<\/annotation>/g, '')
    .replace(/<\/?semantics>/g, '')
    .replace(/<mtd class ?="mtr-glue"><\/mtd>/g, '')
    .replace(/<mtd class ?="[^"]*">/g, '<mtd>')
    .replace(/(<m[a-z]+) href="[^"]*"/g, '$1')
    .replace(/<(mi|mn|mo)((?: [a-z]+="[^"]*")*?) mathvariant="([a-z-]+)"([^>]*)>([^<]*)</g, restyle);
}

/** An element whose letters are styled by `mathvariant`, with the letters of that style instead. */
function restyle(
  element: string,
  name: string,
  before: string,
  variant: string,
  after: string,
  text: string,
): string {
  // What MathML Core has kept, and how a single letter in `mi` looks anyway.
  if (variant === 'normal') return element;
  if (variant === 'italic' && name === 'mi' && [...text].length === 1)
    return `<${name}${before}${after}>${text}<`;
  const letters = text.replace(/&[^;]+;|./gsu, (character) =>
    character.startsWith('&') ? character : (styled(character, variant) ?? character),
  );
  return `<${name}${before}${after}>${letters}<`;
}
