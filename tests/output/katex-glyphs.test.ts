import { describe, expect, it } from 'vitest';
import { loadKatex } from '../../src/output/katex.js';
import { type Glyphs, mergeGlyphs } from '../../src/output/katex-glyphs.js';
import type { TextRun } from '../../src/types.js';
import { printed } from '../math/printed.js';

const { glyphsOf } = await loadKatex();

/** What a formula needs, with short names, and without the fonts that only give lines their height. */
function glyphs(tex: string): Glyphs {
  const found = glyphsOf(printed(tex, { displayMode: true, strict: 'ignore' }).runs);
  const short = Object.entries(found).map(([file, text]) => [
    file.slice(6, -6),
    text.replaceAll('\u200b', ''),
  ]);
  return Object.fromEntries(short.filter(([, text]) => text !== ''));
}

describe('the characters of each font', () => {
  it.each<[string, Glyphs]>([
    ['x', { 'Math-Italic': 'x' }],
    ['x + 1 < 2', { 'Math-Italic': 'x', 'Main-Regular': '+12<' }],
    ['\\Gamma\\alpha', { 'Main-Regular': 'Γ', 'Math-Italic': 'α' }],
    ['\\mathbf{x}\\mathrm{y}\\mathit{z}', { 'Main-Bold': 'x', 'Main-Regular': 'y', 'Main-Italic': 'z' }],
    ['\\boldsymbol{x}\\bm{1}', { 'Math-BoldItalic': 'x', 'Main-Bold': '1' }],
    ['\\mathbb{R} ℝ \\leqslant', { 'AMS-Regular': 'R⩽' }],
    ['\\mathcal{L}\\mathscr{L}', { 'Caligraphic-Regular': 'L', 'Script-Regular': 'L' }],
    ['\\mathfrak{g} 𝖍', { 'Fraktur-Regular': 'g', 'Fraktur-Bold': 'h' }],
    ['\\mathsf{a}\\mathtt{b}', { 'SansSerif-Regular': 'a', 'Typewriter-Regular': 'b' }],
    ['\\textsf{\\textbf{a}\\textit{b}}', { 'SansSerif-Bold': 'a', 'SansSerif-Italic': 'b' }],
    ['\\textbf{\\textit{a}}', { 'Main-BoldItalic': 'a' }],
    ['\\text{a b}', { 'Main-Regular': 'ab\u00a0' }],
    ['\\sum', { 'Size2-Regular': '∑' }],
    ['\\textstyle \\sum', { 'Size1-Regular': '∑' }],
    [
      '\\big( \\Big[ \\bigg\\{ \\Bigg/',
      { 'Size1-Regular': '(', 'Size2-Regular': '[', 'Size3-Regular': '{', 'Size4-Regular': '/' },
    ],
    ['\\left\\lgroup \\rule{0em}{5em} \\right.', { 'Size4-Regular': '⎧⎩' }],
    ['\\begin{equation} x \\end{equation}', { 'Math-Italic': 'x' }],
    ['x \\tag{7}', { 'Math-Italic': 'x', 'Main-Regular': '()7' }],
  ])('of %s', (tex, expected) => {
    expect(glyphs(tex)).toEqual(expected);
  });

  it('leaves Hangul and Han to the page’s font', () => {
    expect(glyphs('\\text{a 만약 b}')).toEqual({ 'Main-Regular': 'ab\u00a0' });
    expect(glyphs('\\textbf{漢字 かな}')).toEqual({ 'Main-Bold': '\u00a0' });
  });

  const inText = (text: string) => {
    const { box } = printed('\\text{x}').runs.find((run) => run.text === 'x') as TextRun;
    return glyphsOf([{ box, text }]);
  };

  it('takes both ways in which an accented letter can be drawn', () => {
    expect(inText('é')).toEqual({ 'KaTeX_Main-Regular.woff2': 'eé\u0301' });
  });

  it('has the digits for numbers that are filled in later', () => {
    expect(inText('\u{f0000}')).toEqual({ 'KaTeX_Main-Regular.woff2': '().0123456789' });
  });
});

it('names a font without characters when an element has it, because browsers fetch it', () => {
  expect(glyphsOf(printed('\\,').runs)).toEqual({ 'KaTeX_Main-Regular.woff2': '' });
});

it('merges the glyphs of pages, whatever their order', () => {
  const pages = ['x+1', '\\mathbb{R}', 'y-2'].map((tex) => glyphsOf(printed(tex).runs));
  const all = glyphsOf(['x+1', '\\mathbb{R}', 'y-2'].flatMap((tex) => printed(tex).runs));
  expect(mergeGlyphs(pages)).toEqual(all);
  expect(JSON.stringify(mergeGlyphs(pages.toReversed()))).toBe(JSON.stringify(all));
  expect(mergeGlyphs([])).toEqual({});
});
