// What a reference leads to, shown beside it: by pointer, keyboard and touch, and as WCAG 1.4.13 wants it.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { connect, newPage, visit } from './visit.js';

const { url } = inject('sites').constructs;
const post = `${url}/posts/constructs/`;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await connect();
  page = await newPage(browser);
});
afterAll(() => browser?.close());
beforeEach(async () => {
  await page.mouse.move(0, 0);
  await visit(page, post);
});

const preview = () => page.locator('.preview');
const link = (href: string) => page.locator(`.body a[href="${href}"]`).first();
/** Text without what is only there for the eye. */
const shown = () =>
  preview().evaluate((element) => {
    const copy = element.cloneNode(true) as HTMLElement;
    for (const part of copy.querySelectorAll('.katex-html, annotation')) part.remove();
    return copy.textContent?.replace(/\s+/g, ' ').trim();
  });

describe('Under the pointer a preview shows', () => {
  it.each([
    ['an equation', '#eq-gauss', /^∫.*\(1\)$/],
    ['the equation that a row belongs to', '#eq-star', /^.*\(2\).*\(\*\).*\(3\)$/],
    ['a theorem', '#thm:euler', /^Theorem 1 \(Euler's ϕ\)\..*the second kind\.$/],
    ['a figure', '#fig:plot', /^Figure 1\. A figure/],
    ['a table', '#tbl:ranks', /^Table 1\. Ranks of .* LeftCentreRight|^Table 1\. Ranks of .* Left Centre/],
    ['a theorem that the author links to', '#lem:small', /^Lemma 1\. A lemma/],
    ['a note, without the way back', '#fn:1', /^The first note, with α=β and code\.$/],
    ['a source', '#ref:vaswani2017', /^Vaswani, A\..*arXiv:1706\.03762\.$/],
  ])('%s', async (_, href, text) => {
    await link(href).hover();
    await preview().waitFor();
    expect(await shown()).toMatch(text);
    expect(await preview().locator('[id], [role="doc-backlink"], .anchor, .copy').count()).toBe(0);
    const { twice, within } = await page.evaluate(() => {
      const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
      const box = document.querySelector('.preview')?.getBoundingClientRect();
      const { clientWidth } = document.documentElement;
      return {
        twice: ids.filter((id, index) => ids.indexOf(id) !== index),
        within: box && box.left >= 0 && box.right <= clientWidth,
      };
    });
    expect(twice).toEqual([]);
    expect(within).toBe(true);
  });

  it('an equation of another page', async () => {
    await page.locator('.body a[href$="/posts/wide/#eq-wide"]').first().hover();
    await preview().waitFor();
    expect(await shown()).toMatch(/^\(a11.*a1,18\).*\(1\)$/);
  });

  it('a formula on a page that has none, in its fonts, with links that still lead there', async () => {
    await visit(page, `${url}/posts/plain/`);
    expect(await page.locator('link[href*="katex"]').count()).toBe(0);
    await page.locator('.body a.reference').first().hover();
    await preview().waitFor();
    expect(await shown()).toMatch(/^Theorem 1 \(Euler's ϕ\)/);
    const font = preview().locator('.katex-html .mathnormal').first();
    expect(await font.evaluate((element) => getComputedStyle(element).fontFamily)).toContain('KaTeX_Math');
    expect(await preview().locator('a').first().getAttribute('href')).toBe(
      '/blog/posts/constructs/#eq-gauss',
    );
    expect(await page.locator('link[href*="katex"]').count()).toBe(1);
    await page.mouse.move(0, 0);
    await preview().waitFor({ state: 'detached' });
    await page.locator('.body a.reference').nth(1).hover();
    await preview().waitFor();
    expect(await page.locator('link[href*="katex"]').count()).toBe(1);
  });
});

it('A preview can be hovered, stays, and goes when the pointer leaves.', async () => {
  await link('#thm:euler').hover();
  await preview().waitFor();
  const box = await preview().boundingBox();
  await page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 20, { steps: 5 });
  await page.waitForTimeout(600);
  expect(await preview().count()).toBe(1);
  await page.mouse.move(5, 5);
  await preview().waitFor({ state: 'detached' });
});

it('Escape closes it without a move of the pointer, and so does a click elsewhere.', async () => {
  await link('#thm:euler').hover();
  await preview().waitFor();
  await page.keyboard.press('Escape');
  expect(await preview().count()).toBe(0);
  await page.waitForTimeout(400);
  expect(await preview().count()).toBe(0);
  await link('#fig:plot').hover();
  await preview().waitFor();
  await page.mouse.click(5, 5);
  expect(await preview().count()).toBe(0);
});

it('By keyboard it shows on focus, describes its link, and goes with the focus.', async () => {
  await page.locator('.body > p a').nth(2).focus();
  while (!(await page.evaluate(() => document.activeElement?.matches('[href="#eq-gauss"]'))))
    await page.keyboard.press('Tab');
  await preview().waitFor();
  const described = await link('#eq-gauss').getAttribute('aria-describedby');
  expect(await preview().getAttribute('id')).toBe(described);
  await page.keyboard.press('Tab');
  await expect.poll(shown).toMatch(/\(2\)/);
  expect(await link('#eq-gauss').getAttribute('aria-describedby')).toBeNull();
  await page.keyboard.press('Escape');
  expect(await preview().count()).toBe(0);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe('#eq-first');
});

it('A link to a heading, and one to nothing that can be shown, are plain links.', async () => {
  for (const href of ['#sec:code', '/blog/posts/wide/']) {
    await link(href).hover();
    await page.waitForTimeout(400);
    expect(await preview().count()).toBe(0);
  }
  await link('#sec:code').click();
  expect(new URL(page.url()).hash).toBe('#sec:code');
});

it('A click leads to the target, and the preview goes.', async () => {
  await link('#thm:euler').hover();
  await preview().waitFor();
  await link('#thm:euler').click();
  expect(new URL(page.url()).hash).toBe('#thm:euler');
  expect(await preview().count()).toBe(0);
});

it('When the other page cannot be had, the link is a plain link.', async () => {
  await page.route('**/posts/wide/', (route) => route.abort());
  await page.locator('.body a[href$="/posts/wide/#eq-wide"]').first().hover();
  await page.waitForTimeout(400);
  expect(await preview().count()).toBe(0);
  await page.unroute('**/posts/wide/');
});

it('A tap shows it without leaving, a second one follows the link, a tap elsewhere closes it.', async () => {
  const phone = await newPage(browser, {
    viewport: { width: 320, height: 640 },
    hasTouch: true,
    isMobile: true,
  });
  await visit(phone, post);
  const reference = phone.locator('.body a[href="#thm:euler"]').first();
  await reference.tap();
  await phone.locator('.preview').waitFor();
  expect(new URL(phone.url()).hash).toBe('');
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  await phone.locator('.body h2').first().tap();
  await phone.locator('.preview').waitFor({ state: 'detached' });
  await reference.tap();
  await phone.locator('.preview').waitFor();
  await reference.tap();
  await expect.poll(() => new URL(phone.url()).hash).toBe('#thm:euler');
  // Nothing to show: one tap is enough.
  await phone.locator('.body a[href="#sec:code"]').first().tap();
  await expect.poll(() => new URL(phone.url()).hash).toBe('#sec:code');
  await phone.context().close();
});
