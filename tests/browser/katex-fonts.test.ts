// Chromium is the judge: it computes the font that we say for every character, fetches the fonts that we say, and
// draws cut fonts as it draws whole ones.
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Katex, type KatexFiles, katexFiles, loadKatex } from '../../src/output/katex.js';
import { characters, commands, constructs, fontsInFonts, set } from './formulas.js';
import { fontsInBrowser, loadedFonts, openFormulas, platformFonts } from './katex-page.js';

let browser: Browser;
let katex: Katex;

beforeAll(async () => {
  const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
  browser = await chromium.launch({ ...(installed ? { executablePath: installed } : {}), args: ['--no-sandbox'] });
  katex = await loadKatex();
}, 60_000);

afterAll(() => browser?.close());

function ship(formulas: readonly string[], fonts: 'subset' | 'full'): Promise<KatexFiles> {
  return katexFiles(katex, { glyphs: katex.glyphsOf(formulas), fonts, cacheFolder: undefined });
}

/** Texts of one formula by font, with what browsers may make of them: é drawn as e and an accent, or the reverse. */
function sortedCharacters(text: string): string {
  return [...new Set(text + text.normalize('NFD') + text.normalize('NFC'))].sort().join('');
}

describe.each([
  ['every command', commands],
  ['every character', characters],
  ['every font command', fontsInFonts],
  ['every construct', constructs],
] as const)('%s', (_, makeFormulas) => {
  const formulas = makeFormulas();

  it('is set in the fonts that the browser computes', async () => {
    const page = await openFormulas(browser, formulas, await ship(formulas, 'full'));
    const seen = await fontsInBrowser(page);
    expect(seen).toHaveLength(formulas.length);
    const wrong = formulas.flatMap((html, index) => {
      const ours = Object.entries(katex.glyphsOf([html])).filter(([, characters]) => characters !== '');
      const theirs = Object.entries(seen[index] ?? {}).map(([file, text]) => [file, sortedCharacters(text)]);
      const [a, b] = [JSON.stringify(ours.sort()), JSON.stringify(theirs.sort())];
      return a === b ? [] : [`${/<annotation[^>]*>([^<]*)/.exec(html)?.[1]}: ${a}, but the browser ${b}`];
    });
    expect(wrong).toEqual([]);
  }, 120_000);

  it('is drawn the same in cut fonts, and no other font steps in', async () => {
    const whole = await openFormulas(browser, formulas, await ship(formulas, 'full'));
    const cut = await openFormulas(browser, formulas, await ship(formulas, 'subset'));
    expect(await platformFonts(cut)).toEqual(await platformFonts(whole));
    const [before, after] = [await whole.screenshot({ fullPage: true }), await cut.screenshot({ fullPage: true })];
    expect(after.equals(before)).toBe(true);
    expect(await loadedFonts(cut)).toEqual(Object.keys(katex.glyphsOf(formulas)));
  }, 120_000);
});

it('notices a glyph that a cut font lacks', async () => {
  const formulas = ['x + y', 'a^2'].map((tex) => set(tex) ?? '');
  const whole = await ship(formulas, 'full');
  const lacking = { ...katex.glyphsOf(formulas), 'KaTeX_Math-Italic.woff2': 'ax' };
  const cut = await katexFiles(katex, { glyphs: lacking, fonts: 'subset', cacheFolder: undefined });
  const [before, after] = [await openFormulas(browser, formulas, whole), await openFormulas(browser, formulas, cut)];
  expect(await platformFonts(after)).not.toEqual(await platformFonts(before));
  expect((await after.screenshot()).equals(await before.screenshot())).toBe(false);
}, 60_000);

it.each(['x', 'x + 1', '\\mathbb{R}', '\\,', '\\text{한글}', '\\textbf{한글 bold}', '\\left( \\rule{0em}{4em} \\right)'])(
  'fetches the fonts of %s and no others',
  async (tex) => {
    const formulas = [set(tex) ?? ''];
    const page = await openFormulas(browser, formulas, await ship(formulas, 'full'));
    expect(await loadedFonts(page)).toEqual(Object.keys(katex.glyphsOf(formulas)));
  },
  30_000,
);
