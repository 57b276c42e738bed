// The MathML out of KaTeX's HTML, for feeds and cards, where no style sheet is: without the source as annotation, and
// with letters of their own for the styles that browsers and feed readers ignore.
import { styled } from './alphabets.js';

/** What is replaced, each with a text that it always has: most formulas hold few of them. */
const edits: readonly (readonly [mark: string, pattern: RegExp, replacement: string])[] = [
  ['<annotation', /<annotation [^>]*>[^<]*<\/annotation>/g, ''],
  ['semantics>', /<\/?semantics>/g, ''],
  ['mtr-glue', /<mtd class ?="mtr-glue"><\/mtd>/g, ''],
  ['<mtd class', /<mtd class ?="[^"]*">/g, '<mtd>'],
  // WebKit does not draw what has no width or height.
  ['<mpadded', /(<mpadded[^>]*? width)="0(?:px)?"/g, '$1="1px"'],
  ['<mpadded', /(<mpadded[^>]*? height)="0(?:px)?"/g, '$1="1px"'],
  ['<a href=', /<a href="[^"]*">|<\/a>/g, ''],
];

/** The `<math>` of a set formula. The empty string if there is none, as in a formula of definitions alone. */
export function toMathml(html: string): string {
  const begin = html.indexOf('<math');
  const end = html.indexOf('</math>', begin);
  if (begin === -1 || end === -1) return '';
  const whole = html.slice(begin, end + '</math>'.length);
  const lean = edits.reduce(
    (math, [mark, pattern, replacement]) => (math.includes(mark) ? math.replace(pattern, replacement) : math),
    whole,
  );
  const rows = lean.includes(newline) ? withRows(lean) : lean;
  return rows.includes(' mathvariant=') ? rows.replace(styledLetters, restyle) : rows;
}

/** What KaTeX writes for `\\` outside of environments; browsers know of no new lines in MathML. */
const newline = '<mspace linebreak="newline"></mspace>';

/** Lines as rows of a table, where they are those of the whole formula. */
function withRows(math: string): string {
  const [, start = '', body = '', end = ''] = /^(<math[^>]*><mrow>)(.*)(<\/mrow><\/math>)$/s.exec(math) ?? [];
  const rows = body.split(newline);
  const isWhole = (row: string) => {
    let depth = 0;
    for (const [tag] of row.matchAll(/<\/?m[a-z]+/g)) {
      depth += tag.startsWith('</') ? -1 : 1;
      if (depth < 0) return false;
    }
    return depth === 0;
  };
  if (start === '' || !rows.every(isWhole)) return math;
  const cells = rows.map((row) => `<mtr><mtd>${row}</mtd></mtr>`).join('');
  const size = start.includes(' display="block"') ? ' displaystyle="true"' : '';
  return `${start}<mtable${size}>${cells}</mtable>${end}`;
}

const styledLetters = /<(mi|mn|mo)((?: [a-z]+="[^"]*")*?) mathvariant="([a-z-]+)"([^>]*)>([^<]*)</g;

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
