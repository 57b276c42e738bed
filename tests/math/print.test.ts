import { expect, it } from 'vitest';
import { createPrinter } from '../../src/math/print.js';
import { characters, commands, constructs, fontsInFonts } from '../browser/formulas.js';
import { bothPrinted, printed } from './printed.js';

/** What we change on purpose: entities, elements that HTML does not close, MathML in `mo`, KaTeX's own counters, backgrounds noted. */
function normalized(html: string): string {
  return html
    .replaceAll('&#x27;', "'")
    .replaceAll('&#39;', "'")
    .replaceAll(' class=""', '')
    .replace(/ style="--background:[^"]*"/g, '')
    .replaceAll('<span class="eqn-num"', '<span')
    .replaceAll('<mtd class ="mml-eqn-num"></mtd>', '<mtd></mtd>')
    .replaceAll(' class ="', ' class="')
    .replace(/<mspace([^>]*)\/>/g, '<mspace$1></mspace>');
}

it.each([
  ['every command', commands],
  ['every character', characters],
  ['every font command', fontsInFonts],
  ['every construct', constructs],
] as const)('prints %s as KaTeX does', (_, make) => {
  const formulas = make();
  expect(formulas.length).toBeGreaterThan(40);
  const different = formulas.flatMap(({ tex }) => {
    const { ours, katexs } = bothPrinted(tex, { displayMode: true, strict: 'ignore' });
    if (normalized(ours) === normalized(katexs) || /<(m[ion])(?: [^>]*)?><m/.test(katexs)) return [];
    return [{ tex, ours, katexs }];
  });
  expect(different).toEqual([]);
});

it('notes on a padded box the background that it stands on, unless the page is seen through it', () => {
  const noted = (tex: string) => printed(tex).html.match(/class="boxpad"( style="[^"]*")?/g);
  const box = (colour: string) => `class="boxpad" style="--background:${colour};"`;
  expect(noted('\\colorbox{navy}{a}\\fbox{b}\\fcolorbox{red}{#ff0}{\\fbox{c}}')).toEqual([
    box('navy'),
    'class="boxpad"',
    box('#ff0'),
    'class="boxpad"',
  ]);
  expect(noted('\\colorbox{transparent}{a}\\colorbox{#ff00}{b}\\fbox{c}')).toEqual(
    Array(3).fill('class="boxpad"'),
  );
});

it('puts MathML into an mrow where KaTeX puts it into an mo', () => {
  const { ours, katexs } = bothPrinted('a \\overset{b}{=} c');
  expect(katexs).toContain('<mo><mover>');
  expect(ours).toContain('<mrow><mover>');
  expect(ours).toContain('</mover></mrow>');
});

it('notes each text of each element once, and each element', () => {
  const print = printed('x + x + \\mathbf{x}');
  const texts = print.runs.map(({ box, text }) => `${box.classes.join(' ')}: ${text}`);
  expect(texts).toEqual([...new Set(texts)]);
  expect(texts).toContain('mord mathnormal: x');
  expect(texts).toContain('mord mathbf: x');
  expect(texts).toContain('katex-html: ');
});

it('does not count what is in the MathML', () => {
  const { html, runs } = printed('\\frac{1}{2}');
  expect(html).toContain('<mfrac>');
  expect(
    runs
      .map(({ text }) => text)
      .filter(Boolean)
      .sort(),
  ).toEqual(['1', '2', '\u200b']);
});

it('gives equal texts of different formulas as the same object', () => {
  const [first, second] = ['a + b', 'c + d'].map((tex) => printed(tex).runs.find(({ text }) => text === '+'));
  expect(first).toBe(second);
  expect(createPrinter()).not.toBe(createPrinter());
});
