// Chromium is the judge: it computes the font that we say for every character, fetches the fonts that we say, and
// draws cut fonts as it draws whole ones.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Printed } from '../../src/math/print.js';
import { type Katex, type KatexFiles, katexFiles, loadKatex } from '../../src/output/katex.js';
import type { Glyphs } from '../../src/output/katex-glyphs.js';
import { printed } from '../math/printed.js';
import { launchBrowser } from './browser.js';
import { characters, commands, constructs, fontsInFonts } from './formulas.js';
import { fontsInBrowser, loadedFonts, openFormulas } from './katex-page.js';

let browser: Browser;
let katex: Katex;

beforeAll(async () => {
  browser = await launchBrowser(inject('browser'));
  katex = await loadKatex();
});

afterAll(() => browser?.close());

function glyphsOf(formulas: readonly Printed[]): Glyphs {
  return katex.glyphsOf(formulas.flatMap(({ runs }) => runs));
}

function ship(formulas: readonly Printed[], fonts: 'subset' | 'full'): Promise<KatexFiles> {
  return katexFiles(katex, { glyphs: glyphsOf(formulas), fonts, cacheFolder: undefined });
}

/** Each character once, with what a browser may make of it: é drawn as e and an accent, or the reverse. */
function sortedCharacters(texts: readonly string[]): string {
  const drawn = texts.flatMap((text) => [text, text.normalize('NFD'), text.normalize('NFC')]);
  return [...new Set(drawn.join(''))].sort().join('');
}

describe.each([
  ['every command', commands],
  ['every character', characters],
  ['every font command', fontsInFonts],
  ['every construct', constructs],
] as const)('%s', (_, makeFormulas) => {
  const formulas = makeFormulas();
  let screenshot: Buffer;
  let seen: Awaited<ReturnType<typeof fontsInBrowser>>;

  beforeAll(async () => {
    const page = await openFormulas(browser, formulas, await ship(formulas, 'full'));
    screenshot = await page.screenshot({ fullPage: true });
    seen = await fontsInBrowser(page);
    await page.close();
  });

  it('is set in the fonts that the browser computes', () => {
    expect(seen).toHaveLength(formulas.length);
    const wrong = formulas.flatMap(({ html, runs }, index) => {
      const ours = Object.entries(katex.glyphsOf(runs)).filter(([, texts]) => texts !== '');
      const theirs = Object.entries(seen[index] ?? {}).map(([file, texts]) => [
        file,
        sortedCharacters(texts),
      ]);
      const [said, computed] = [JSON.stringify(ours.sort()), JSON.stringify(theirs.sort())];
      return said === computed ? [] : [{ html, said, computed }];
    });
    expect(wrong).toEqual([]);
  });

  it('is drawn the same in cut fonts, and fetches the fonts that we say', async () => {
    const page = await openFormulas(browser, formulas, await ship(formulas, 'subset'));
    expect((await page.screenshot({ fullPage: true })).equals(screenshot)).toBe(true);
    expect(await loadedFonts(page)).toEqual(Object.keys(glyphsOf(formulas)));
    await page.close();
  });
});

it('sees a glyph that a cut font lacks', async () => {
  const formulas = ['x + y', 'a^2'].map((tex) => printed(tex));
  const glyphs = glyphsOf(formulas);
  expect(glyphs['KaTeX_Math-Italic.woff2']).toBe('axy');
  const lacking = { ...glyphs, 'KaTeX_Math-Italic.woff2': 'ax' };
  const screenshots = [];
  for (const options of [
    { glyphs, fonts: 'full' },
    { glyphs, fonts: 'subset' },
    { glyphs: lacking, fonts: 'subset' },
  ] as const) {
    const page = await openFormulas(
      browser,
      formulas,
      await katexFiles(katex, { ...options, cacheFolder: undefined }),
    );
    screenshots.push((await page.screenshot()).toString('base64'));
    await page.close();
  }
  const [whole, cut, damaged] = screenshots;
  expect(cut).toBe(whole);
  expect(damaged).not.toBe(whole);
});

it.each([
  'x',
  'x + 1',
  '\\mathbb{R}',
  '\\,',
  '\\text{한글}',
  '\\textbf{한글 bold}',
  '\\left( \\rule{0em}{4em} \\right)',
])('fetches the fonts of %s and no others', async (tex) => {
  const formulas = [printed(tex)];
  const page = await openFormulas(browser, formulas, await ship(formulas, 'full'));
  expect(await loadedFonts(page)).toEqual(Object.keys(glyphsOf(formulas)));
  await page.close();
});
