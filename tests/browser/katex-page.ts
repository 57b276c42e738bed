// Formulas in Chromium: a page with them and with KaTeX's files, and what the browser says about its fonts.
import type { Browser, Page } from 'playwright-core';
import type { KatexFiles } from '../../src/output/katex.js';

/** Opens a page with one block for each formula, as KaTeX's HTML, and waits for its fonts. */
export async function openFormulas(
  browser: Browser,
  formulas: readonly { readonly html: string }[],
  { files, style }: Pick<KatexFiles, 'files' | 'style'>,
): Promise<Page> {
  const contents = new Map(files.map(({ path, content }) => [`/${path}`, Buffer.from(content)]));
  const types = { css: 'text/css', woff2: 'font/woff2', html: 'text/html; charset=utf-8' };
  contents.set('/', Buffer.from(html(formulas, style)));
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
  await page.route('**/*', (route) => {
    const path = new URL(route.request().url()).pathname;
    const body = contents.get(path);
    const ending = path.split('.').at(-1) as keyof typeof types;
    return body
      ? route.fulfill({ body, contentType: types[ending] ?? types.html })
      : route.fulfill({ status: 404 });
  });
  await page.goto('http://site.test/');
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  return page;
}

function html(formulas: readonly { readonly html: string }[], style: string): string {
  return `<!doctype html><meta charset="utf-8"><title>Formulas</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="${style}">
<style>
.f { display: inline-block; margin: 4px }
.katex-display { margin: 0 }
.katex .hangul_fallback, .katex .cjk_fallback { font-family: sans-serif }
/* Without hints: on Linux they are made from the letters that a font has, and move an edge by part of a pixel. */
* { text-rendering: geometricPrecision !important }
</style>
${formulas.map((formula) => `<div class="f">${formula.html}</div>`).join('\n')}`;
}

/** The font files that the browser fetched, by name without hash, sorted. */
export async function loadedFonts(page: Page): Promise<string[]> {
  const urls = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  const names = urls
    .filter((url) => url.endsWith('.woff2'))
    .map((url) => url.replace(/.*\/([\w-]+)\..*/, '$1.woff2'));
  return names.sort();
}

/** For each formula, the texts that are set in each of KaTeX's fonts, by the name of the font's file. */
export async function fontsInBrowser(page: Page): Promise<Readonly<Record<string, readonly string[]>>[]> {
  const { formulas, fonts } = await page.evaluate(readComputedFonts);
  const files = new Map<string, string>();
  for (const [index, font] of fonts.entries())
    files.set(font, `${await fontThatDraws(page, `#probe-${index}`)}.woff2`);
  return formulas.map((texts) => {
    const found: Record<string, string[]> = {};
    for (const [font, text] of texts) {
      const file = files.get(font) ?? '';
      found[file] = [...(found[file] ?? []), text];
    }
    return found;
  });
}

/** The PostScript name of the web font that draws an element's text. */
async function fontThatDraws(page: Page, selector: string): Promise<string> {
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument', { depth: 0 });
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector });
  const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
  return fonts.find(({ isCustomFont }) => isCustomFont)?.postScriptName ?? 'none';
}

/**
 * Runs in the page: for each formula pairs of a font, as computed, and a text set in it; and the fonts. For each font
 * an element `#probe-…` is added at the end, with text for which every font of KaTeX's has a glyph or two.
 */
function readComputedFonts(): { formulas: [string, string][][]; fonts: string[] } {
  const probes = new Map<string, HTMLElement>();
  const probe = ({ fontFamily, fontStyle, fontWeight }: CSSStyleDeclaration, font: string) => {
    const element = document.createElement('p');
    Object.assign(element.style, { fontFamily, fontStyle, fontWeight });
    element.id = `probe-${probes.size}`;
    element.textContent = 'AB(∑⎝';
    probes.set(font, element);
  };
  const textOf = (element: Element) => {
    const texts = [...element.childNodes]
      .filter((node) => node.nodeType === 3)
      .map((node) => node.nodeValue ?? '');
    const counted = getComputedStyle(element, '::before').content.includes('counter(') ? '()0123456789' : '';
    return texts.join('') + counted;
  };
  const formulas = [...document.querySelectorAll('.f')].map((block) => {
    const pairs: [string, string][] = [];
    for (const element of block.querySelectorAll('.katex-html *')) {
      const text = textOf(element);
      if (text === '') continue;
      const style = getComputedStyle(element);
      if (!/^"?KaTeX_/.test(style.fontFamily)) continue;
      const font = [style.fontFamily, style.fontStyle, style.fontWeight].join(' ');
      if (!probes.has(font)) probe(style, font);
      pairs.push([font, text]);
    }
    return pairs;
  });
  document.body.append(...probes.values());
  return { formulas, fonts: [...probes.keys()] };
}
