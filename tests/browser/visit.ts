// What the tests of the theme share: a page in the shared browser, and the pages of a site by their files.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { inject } from 'vitest';
import type { BuiltSite } from '../setup-sites.js';

export type { BuiltSite } from '../setup-sites.js';

/** The browser that all files share. Closing it ends the connection only. */
export function connect(): Promise<Browser> {
  const { browser } = inject('sites');
  if (browser === '') throw new Error('no Chrome or Chromium: install one, or name it in CHROME_PATH');
  return chromium.connect(browser);
}

/** A page with storage of its own, on which nothing moves by itself. */
export async function newPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(15_000);
  return context.newPage();
}

/** Opens a page of a site, and waits for its fonts. */
export async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

export interface BuiltPage {
  /** `/posts/x/`, below the site's `url`. */
  readonly path: string;
  readonly file: string;
  readonly html: string;
  /** Whether it only leads to another one. */
  readonly redirects: boolean;
}

/** Every page of a built site. */
export function pagesOf({ folder }: BuiltSite): BuiltPage[] {
  return filesOf(folder)
    .filter((file) => file.endsWith('.html'))
    .map((file) => {
      const html = readFileSync(join(folder, file), 'utf8');
      const path = `/${file.replace(/(^|\/)index\.html$/, '$1')}`;
      return { path, file, html, redirects: html.includes('http-equiv="refresh"') };
    });
}

/** Every file of a folder, with `/`, sorted. */
export function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}

/** The page of the first path, in Korean if there is one, that fits. */
function firstOf(site: BuiltSite, pattern: RegExp): Readonly<Record<string, string>> {
  const path = pagesOf(site).find((page) => !page.redirects && pattern.test(page.path))?.path;
  return path === undefined ? {} : { 'post of the blog': path };
}

/** One page of every kind, in both languages, with the site that it belongs to. */
export function kinds({ blog, constructs }: { blog: BuiltSite; constructs: BuiltSite }): [string, string][] {
  const of = ({ url }: BuiltSite, paths: Readonly<Record<string, string>>) =>
    Object.entries(paths).map(([name, path]): [string, string] => [name, url + path]);
  return [
    ...of(constructs, {
      home: '/',
      'home in Korean': '/ko/',
      'page of the home': '/page/4/',
      'post with every construct': '/posts/constructs/',
      'post with every construct in Korean': '/ko/posts/constructs/',
      'post with wide formulas': '/posts/wide/',
      tags: '/tags/',
      'tags in Korean': '/ko/tags/',
      'posts with a tag': '/tags/maths/',
      'posts with a tag in Korean': '/ko/tags/maths/',
      categories: '/categories/',
      archive: '/archives/',
      'archive in Korean': '/ko/archives/',
      page: '/notes/',
      search: '/search/',
      'search in Korean': '/ko/search/',
      'not found': '/404.html',
      'not found in Korean': '/ko/404.html',
    }),
    // Whatever posts it has: who begins a blog with this repository has others.
    ...of(blog, { 'home of the blog': '/', ...firstOf(blog, /^\/ko\/posts\/|^\/posts\//) }),
  ];
}
