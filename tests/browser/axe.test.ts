// axe-core on every kind of page, in both languages: narrow and wide, light and dark, and with a preview open.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type Axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { connect, kinds, newPage, pagesOf, visit } from './visit.js';

declare global {
  interface Window {
    axe: typeof Axe;
  }
}

const program = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const sites = inject('sites');
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await connect();
  page = await newPage(browser);
});
afterAll(() => browser?.close());

async function violations(): Promise<string[]> {
  await page.evaluate(program);
  // Since ARIA 1.2 what is inside of a formula is not presentational: it can hold links.
  await page.evaluate(() => {
    const math = { type: 'structure' as const, childrenPresentational: false };
    window.axe.configure({ standards: { ariaRoles: { math } } });
  });
  const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ['violations'] }));
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`));
}

/** What axe finds in all four forms of the page. */
async function violationsInAllForms(): Promise<string[]> {
  const found: string[] = [];
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      found.push(...(await violations()).map((one) => `${width} ${colorScheme} ${one}`));
    }
  }
  return found;
}

describe('Nothing is found on', () => {
  it.each(kinds(sites))('%s', async (_, url) => {
    await visit(page, url);
    expect(await violationsInAllForms()).toEqual([]);
  });

  it('a redirect', async () => {
    const redirect = pagesOf(sites.constructs).find(({ redirects }) => redirects);
    await page.setContent(redirect?.html.replace(/<meta http-equiv="refresh"[^>]*>/, '') ?? '');
    expect(await page.title()).not.toBe('');
    expect(await violationsInAllForms()).toEqual([]);
  });

  it('a page with a preview', async () => {
    await visit(page, `${sites.constructs.url}/posts/constructs/`);
    await page.hover('a.reference[href="#thm:euler"]');
    await page.waitForSelector('.preview');
    expect(await violations()).toEqual([]);
  });
});

it('A fault would be found.', async () => {
  await page.setContent('<p style="color:#ccc">words</p><img src="x.png">');
  expect((await violations()).join()).toMatch(/color-contrast.*image-alt/s);
});
