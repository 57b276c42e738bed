// Every page of both sites, each visited once: what holds for all of them.
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type BuiltPage, type BuiltSite, connect, filesOf, newPage, pagesOf, visit } from './visit.js';

const widths = [320, 768, 1280];

interface Facts {
  readonly path: string;
  readonly messages: readonly string[];
  readonly foreign: readonly string[];
  readonly failed: readonly string[];
  /** Widths at which the page scrolls sideways. */
  readonly tooWide: readonly string[];
  readonly twice: readonly string[];
  readonly ids: readonly string[];
  readonly links: readonly string[];
}

let browser: Browser;
beforeAll(async () => {
  browser = await connect();
});
afterAll(() => browser?.close());

describe.each(['blog', 'constructs'] as const)('%s', (name) => {
  const site = inject('sites')[name];
  const facts: Facts[] = [];

  beforeAll(async () => {
    const page = await newPage(browser);
    for (const built of pagesOf(site).filter(({ redirects }) => !redirects))
      facts.push(await look(page, site, built));
    await page.context().close();
  }, 180_000);

  /** What is wrong, by page; nothing where nothing is. */
  const wrong = (fact: (facts: Facts) => readonly string[]) =>
    Object.fromEntries(
      facts.map((one) => [one.path, fact(one)] as const).filter(([, list]) => list.length > 0),
    );

  it('has pages', () => {
    expect(facts.length).toBeGreaterThan(3);
  });

  it('The console is silent.', () => {
    expect(wrong(({ messages }) => messages)).toEqual({});
  });

  it('No other origin is asked, and nothing is missing.', () => {
    expect(wrong(({ foreign, failed }) => [...foreign, ...failed])).toEqual({});
  });

  it(`No page scrolls sideways at ${widths.join(', ')} pixels.`, () => {
    expect(wrong(({ tooWide }) => tooWide)).toEqual({});
  });

  it('Ids are unique.', () => {
    expect(wrong(({ twice }) => twice)).toEqual({});
  });

  it('Every internal link leads to a file, and its fragment to an element.', () => {
    const files = new Set(filesOf(site.folder));
    const ids = new Map(facts.map((one) => [one.path, new Set(one.ids)]));
    const leadsNowhere = (link: string) => {
      const { pathname, hash } = new URL(link);
      const path = decodeURIComponent(pathname).slice(site.basePath.length);
      const file = path.endsWith('/') ? join(path, 'index.html') : path;
      if (!files.has(file.slice(1))) return true;
      const id = decodeURIComponent(hash.slice(1));
      return id !== '' && ids.get(path)?.has(id) !== true;
    };
    expect(facts.flatMap(({ links }) => links).length).toBeGreaterThan(facts.length * 5);
    expect(wrong(({ links }) => links.filter(leadsNowhere))).toEqual({});
  });

  it('Redirects lead to a page.', async () => {
    const page = await newPage(browser);
    const redirects = pagesOf(site).filter((built) => built.redirects);
    // A blog may have none.
    if (name === 'constructs') expect(redirects.length).toBeGreaterThan(0);
    for (const { path } of redirects) {
      await page.goto(site.url + path);
      await page.waitForSelector('main h1');
      await page.waitForURL((url) => url.pathname !== new URL(site.url + path).pathname);
      expect(await page.locator('article.post').count(), path).toBe(1);
    }
    await page.context().close();
  });
});

async function look(page: Page, { url }: BuiltSite, { path }: BuiltPage): Promise<Facts> {
  const messages: string[] = [];
  const foreign: string[] = [];
  const failed: string[] = [];
  const { origin } = new URL(url);
  page.on('console', (message) => messages.push(message.text()));
  page.on('pageerror', (error) => messages.push(error.message));
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) foreign.push(request.url());
  });
  page.on('response', (response) => {
    if (response.status() >= 400) failed.push(response.url());
  });
  await visit(page, url + path);
  const tooWide: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (excess > 0) tooWide.push(`${width}: by ${excess}`);
  }
  const read = await page.evaluate(() => {
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    return {
      ids,
      twice: ids.filter((id, index) => ids.indexOf(id) !== index),
      links: [...document.querySelectorAll('a[href]')]
        .map((link) => new URL(link.getAttribute('href') ?? '', location.href))
        .filter((target) => target.origin === location.origin)
        .map((target) => target.href),
    };
  });
  page.removeAllListeners();
  return { path, messages, foreign, failed, tooWide, ...read };
}
