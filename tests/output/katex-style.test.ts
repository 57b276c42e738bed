import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { parseKatexStyle, printKatexStyle } from '../../src/output/katex-style.js';

const path = createRequire(import.meta.url).resolve('katex/dist/katex.min.css');
const text = readFileSync(path, 'utf8');
const style = parseKatexStyle(text);

it('knows every font that KaTeX ships', () => {
  const shipped = readdirSync(join(dirname(path), 'fonts')).filter((name) => name.endsWith('.woff2'));
  expect(style.faces.map(({ file }) => file).sort()).toEqual(shipped.sort());
  expect(style.faces).toContainEqual({
    family: 'KaTeX_Main',
    slope: 'italic',
    weight: 'bold',
    file: 'KaTeX_Main-BoldItalic.woff2',
  });
});

it('reads every rule that names a font of KaTeX’s', () => {
  const named = text.replace(/@font-face\{[^}]*\}/g, '').match(/KaTeX_\w+/g)?.length;
  const rules = new Set(style.rules.map(({ font }) => font).filter(({ family }) => family));
  expect(rules.size).toBe(named);
  expect(rules.size).toBeGreaterThan(20);
});

it('reads a selector from the element outwards', () => {
  const { rules } = parseKatexStyle(
    '.katex .a.b .c>span{font-family:KaTeX_Size4,serif}.katex{font:normal 1em KaTeX_Main}',
  );
  expect(rules).toEqual([
    {
      selector: [{ classes: ['katex'], child: false }],
      font: { family: 'KaTeX_Main', slope: 'normal', weight: 'normal' },
      content: '',
    },
    {
      selector: [
        { tag: 'span', classes: [], child: true },
        { classes: ['c'], child: false },
        { classes: ['a', 'b'], child: false },
        { classes: ['katex'], child: false },
      ],
      font: { family: 'KaTeX_Size4' },
      content: '',
    },
  ]);
});

it.each(['.katex .a:not(.b)', '.katex .a+.b', '.katex [class]', '#a .b'])(
  'refuses a selector for a font that it does not understand: %s',
  (selector) => {
    expect(parseKatexStyle('.katex .a{font-weight:700}').rules).toHaveLength(1);
    expect(() => parseKatexStyle(`${selector}{font-weight:700}`)).toThrow(selector);
    expect(parseKatexStyle(`${selector}{color:red}`).rules).toEqual([]);
  },
);

it('prints the fonts in use, as woff2 alone, and everything else as it was', () => {
  const printed = printKatexStyle(style, new Map([['KaTeX_AMS-Regular.woff2', 'a.woff2']]));
  expect(printed.match(/@font-face\{[^}]*\}/g)).toEqual([
    '@font-face{font-display:block;font-family:KaTeX_AMS;font-style:normal;font-weight:400;src:url(a.woff2) format("woff2")}',
  ]);
  const rest = (css: string) => css.replace(/@font-face\{[^}]*\}/g, '');
  expect(rest(printed)).toBe(rest(text));
});
