// Formulas in Chromium: a page with them and with KaTeX's files, and what the browser says about its fonts.
import type { Browser, CDPSession, Page } from 'playwright-core';
import type { KatexFiles } from '../../src/output/katex.js';

/** Opens a page with one block for each formula, as KaTeX's HTML, and waits for its fonts. */
export async function openFormulas(
  browser: Browser,
  formulas: readonly string[],
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
    return body ? route.fulfill({ body, contentType: types[ending] ?? types.html }) : route.fulfill({ status: 404 });
  });
  await page.goto('http://site.test/');
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  return page;
}

function html(formulas: readonly string[], style: string): string {
  return `<!doctype html><meta charset="utf-8"><title>Formulas</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="${style}">
<style>.f{display:inline-block;margin:4px} .katex-display{margin:0} .katex .hangul_fallback,.katex .cjk_fallback{font-family:sans-serif}</style>
${formulas.map((formula) => `<div class="f">${formula}</div>`).join('\n')}`;
}

/** The font files that the browser fetched, by name without hash, sorted. */
export async function loadedFonts(page: Page): Promise<string[]> {
  const urls = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  const names = urls.filter((url) => url.endsWith('.woff2')).map((url) => url.replace(/.*\/([\w-]+)\..*/, '$1.woff2'));
  return names.sort();
}

/** Fonts that drew the page, and how many glyphs each: `KaTeX_Main-Regular own 120`. */
export async function platformFonts(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  return (await fontsOfNode(session, 'body')).map(
    ({ postScriptName, isCustomFont, glyphCount }) => `${postScriptName} ${isCustomFont ? 'own' : 'system'} ${glyphCount}`,
  );
}

async function fontsOfNode(session: CDPSession, selector: string) {
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument', { depth: 0 });
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector });
  const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
  return fonts.toSorted((a, b) => a.postScriptName.localeCompare(b.postScriptName));
}

/** For each formula, the characters that are set in each of KaTeX's fonts, by the name of the font's file. */
export async function fontsInBrowser(page: Page): Promise<Readonly<Record<string, string>>[]> {
  const { formulas, kinds } = await page.evaluate(readComputedFonts);
  const session = await page.context().newCDPSession(page);
  const files = new Map<string, string>();
  for (const kind of kinds) {
    const fonts = await fontsOfNode(session, `[data-kind="${kind}"]`);
    const own = fonts.find(({ isCustomFont }) => isCustomFont);
    if (own) files.set(kind, `${own.postScriptName}.woff2`);
  }
  return formulas.map((texts) => {
    const found: Record<string, string> = {};
    for (const [kind, text] of texts) {
      const file = files.get(kind) ?? kind;
      found[file] = (found[file] ?? '') + text;
    }
    return found;
  });
}

/** Runs in the page: pairs of a font, as computed, and text set in it; an element of each font is marked. */
function readComputedFonts(): { formulas: [string, string][][]; kinds: string[] } {
  const kinds = new Set<string>();
  const fontOf = (element: Element) => {
    const { fontFamily, fontStyle, fontWeight } = getComputedStyle(element);
    return [fontFamily.replace(/["']/g, '').split(',')[0], fontStyle, fontWeight].join(' ');
  };
  const textOf = (element: Element) => {
    const texts = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.nodeValue ?? '');
    const counted = getComputedStyle(element, '::before').content.includes('counter(') ? '()0123456789' : '';
    return texts.join('') + counted;
  };
  const formulas = [...document.querySelectorAll('.f')].map((block) => {
    const pairs: [string, string][] = [];
    for (const element of block.querySelectorAll('.katex-html *')) {
      const text = textOf(element);
      const kind = fontOf(element);
      if (text === '' || !kind.startsWith('KaTeX_')) continue;
      if (!kinds.has(kind) && /[a-zA-Z0-9()∑]/.test(text)) {
        kinds.add(kind);
        element.setAttribute('data-kind', kind);
      }
      pairs.push([kind, text]);
    }
    return pairs;
  });
  return { formulas, kinds: [...kinds] };
}
