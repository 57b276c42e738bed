// A page of `postulate serve` in a browser, while its sources change.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { addFiles } from '../output/tree.js';
import { eventually, post, serveSite } from '../serve/site.js';
import { launchBrowser } from './browser.js';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser(inject('browser'));
});

afterAll(() => browser.close());

const long = Array.from({ length: 200 }, (_, index) => `Paragraph ${index}.`).join('\n\n');

/** Serves a site and opens one of its pages. */
async function open(path: string, files: Readonly<Record<string, string>>) {
  const site = await serveSite(files);
  await site.built(1);
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('dialog', async (dialog) => {
    faults.push(dialog.message());
    await dialog.dismiss();
  });
  await page.goto(new URL(path, site.url).href);
  await page.evaluate('window.isSame = true');
  return { ...site, page, faults };
}

const isSame = (page: Page) => page.evaluate('window.isSame === true');

describe('a page of a served site', () => {
  it('is loaded anew when it changed, and stays where it was', async () => {
    const { root, page, faults } = await open('/posts/a/', { 'posts/a.md': post('A', long) });
    await page.evaluate('scrollTo({ top: 1500, behavior: "instant" })');
    addFiles(root, { 'posts/a.md': post('A', long.replace('Paragraph 150.', 'Other words.')) });
    await page.getByText('Other words.').waitFor();
    expect(await isSame(page)).toBe(false);
    await eventually(() => page.evaluate('scrollY')).toBe(1500);
    expect(faults).toEqual([]);
  });

  it('is left alone when another page changed', async () => {
    const files = { 'posts/a.md': post('A'), 'posts/b.md': post('B') };
    const { root, page, built } = await open('/posts/a/', files);
    addFiles(root, { 'posts/b.md': post('B', 'Other words.') });
    await built(2);
    addFiles(root, { 'posts/b.md': post('B', 'Still others.') });
    await built(3);
    await page.waitForTimeout(200);
    expect(await isSame(page)).toBe(true);
  });

  it('gets new colours without being loaded anew', async () => {
    const style = (color: string) => ({ 'templates/assets/style.css': `body { color: ${color} }` });
    const { root, page } = await open('/posts/a/', { 'posts/a.md': post('A'), ...style('rgb(1, 2, 3)') });
    const color = () => page.evaluate('getComputedStyle(document.body).color');
    expect(await color()).toBe('rgb(1, 2, 3)');
    for (const next of ['rgb(4, 5, 6)', 'rgb(7, 8, 9)']) {
      addFiles(root, style(next));
      await eventually(color).toBe(next);
    }
    expect(await isSame(page)).toBe(true);
    await eventually(() => page.locator('link[rel=stylesheet]').count()).toBe(1);
  });

  it('follows style sheets that come and go, and what they import, and hears of errors all the same', async () => {
    const link = (name: string) => `<link rel="stylesheet" href="/${name}">`;
    const { root, page, faults } = await open('/posts/a/', {
      'posts/a.md': post('A'),
      'templates/assets/style.css': 'body { color: rgb(1, 2, 3) }',
      'templates/partials/head-end.vto': link('my.css') + link('other.css'),
      'static/other.css': '@import "part.css"; p { color: rgb(3, 3, 3) }',
      'static/part.css': 'html { color: rgb(4, 4, 4) }',
    });
    const color = (element: string) => () =>
      page.evaluate((name) => getComputedStyle(document.querySelector(name) ?? document.body).color, element);

    addFiles(root, { 'static/my.css': 'body { color: rgb(5, 5, 5) }' });
    await eventually(color('body')).toBe('rgb(5, 5, 5)');
    addFiles(root, { 'static/other.css': '@import "part.css"; p { color: rgb(6, 6, 6) }' });
    await eventually(color('article p')).toBe('rgb(6, 6, 6)');
    addFiles(root, { 'static/part.css': 'html { color: rgb(7, 7, 7) }' });
    await eventually(color('html')).toBe('rgb(7, 7, 7)');
    await rm(join(root, 'static/my.css'));
    await eventually(color('body')).toBe('rgb(1, 2, 3)');
    expect(await isSame(page)).toBe(true);

    addFiles(root, { 'templates/partials/head-end.vto': link('other.css') });
    await eventually(() => isSame(page)).toBe(false);
    addFiles(root, { 'posts/a.md': post('A', '$$') });
    await page.getByRole('alert').getByText('math/unclosed').waitFor();
    expect(await page.locator('link[rel=stylesheet]').count()).toBe(2);
    expect(faults).toEqual([]);
  });

  it('shows errors as text over itself, until they are mended', async () => {
    const { root, page, faults } = await open('/posts/a/', { 'posts/a.md': post('A', 'Good words.') });
    const alert = page.getByRole('alert');
    expect(await alert.count()).toBe(0);

    addFiles(root, {
      'posts/a.md': post('A', '<b>$$\n</b><script>alert(1)</script><img src=x onerror=alert(2)>\n\n</pre>'),
    });
    await alert.waitFor();
    const text = await alert.innerText();
    expect(text).toContain('The site cannot be built; this is its last good page');
    expect(text).toMatch(/posts\/a\.md:\d+:\d+: error /);
    expect(text).toContain('hint: ');
    await eventually(() => page.getByText('Good words.').isVisible()).toBe(true);

    await page.keyboard.press('Escape');
    expect(await alert.count()).toBe(0);
    expect(await isSame(page)).toBe(true);

    addFiles(root, { 'posts/a.md': '---\ntitle: "<img src=x onerror=alert(3)>\n---\n' });
    await alert.getByText('<img src=x onerror=alert(3)>').waitFor();
    expect(await alert.locator('img').count()).toBe(0);

    addFiles(root, { 'posts/a.md': post('A', 'Better words.') });
    await page.getByText('Better words.').waitFor();
    expect(await alert.count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('waits for the first good build', async () => {
    const { root, page } = await open('/posts/a/', {});
    await page.getByRole('alert').getByText('content/no-posts').waitFor();
    addFiles(root, { 'posts/a.md': post('A', 'Here I am.') });
    await page.getByText('Here I am.').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});
