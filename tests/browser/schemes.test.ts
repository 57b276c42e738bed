// The colour scheme: automatic, light or dark, kept, without a flash.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import { printed } from '../math/printed.js';
import { connect, newPage, visit } from './visit.js';

const { url } = inject('sites').constructs;
const light = 'rgb(251, 250, 247)';
const dark = 'rgb(23, 22, 20)';
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await connect();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  await page?.context().close();
  page = await newPage(browser, { colorScheme: 'light' });
});

const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const ink = () => page.evaluate(() => getComputedStyle(document.body).color);
const button = () => page.locator('button.theme');

it('follows the system, also when it changes while the page is open', async () => {
  await visit(page, `${url}/`);
  expect(await paper()).toBe(light);
  const readable = await ink();
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await paper()).toBe(dark);
  expect(await ink()).not.toBe(readable);
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await paper()).toBe(light);
});

it('sets ink that is read on the background that a formula gives, or the colour that it gives', async () => {
  const names = 'yellow tan #ff0 #c00 gray red green blue navy black white teal orange royalblue'.split(' ');
  const solid = names.map((name) => printed(`\\colorbox{${name}}{$x$}\\fcolorbox{red}{${name}}{$x$}`).html);
  const others = printed(
    '\\fbox{$w$}\\fcolorbox{red}{transparent}{$x$}\\colorbox{#ff00}{$x$}\\colorbox{#ffff0010}{$x$}' +
      '\\colorbox{black}{\\textcolor{lime}{$z$}}\\colorbox{yellow}{\\fbox{$z$}}\\fbox{$w$}',
  ).html;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await visit(page, `${url}/`);
    const contrasts = await page.evaluate((html) => {
      document.body.innerHTML = html;
      const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
      const luminance = (colour: string) => {
        if (!context) return 0;
        context.fillStyle = colour;
        context.fillRect(0, 0, 1, 1);
        const [red = 0, green = 0, blue = 0] = [...context.getImageData(0, 0, 1, 1).data].map(
          (part) => (part / 255) ** 2.2,
        );
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      const backgrounds = [...document.querySelectorAll('.colorbox, .fcolorbox')];
      return [...document.querySelectorAll('.boxpad .mathnormal')].map((letter, at) => {
        const ink = luminance(getComputedStyle(letter).color);
        const paper = luminance(getComputedStyle(backgrounds[at] as Element).backgroundColor);
        return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
      });
    }, solid.join(''));
    expect(contrasts.length).toBe(2 * names.length);
    expect(Math.min(...contrasts), colorScheme).toBeGreaterThan(4);
    const letters = await page.evaluate((html) => {
      document.body.innerHTML = html;
      return [...document.querySelectorAll('.boxpad .mathnormal')].map(
        (letter) => getComputedStyle(letter).color,
      );
    }, others);
    const own = await ink();
    expect(letters).toEqual([own, own, own, own, 'rgb(0, 255, 0)', expect.stringMatching(/0\.22 0/), own]);
  }
});

it('goes from automatic to light to dark and back by its button, which says the state', async () => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await visit(page, `${url}/`);
  const states: [string, string | null, string | null][] = [];
  for (let press = 0; press < 4; press++) {
    states.push([await paper(), await button().getAttribute('aria-label'), await themeColor()]);
    await button().press('Enter');
  }
  expect(states).toEqual([
    [dark, 'Colour scheme: automatic', dark],
    [light, 'Colour scheme: light', light],
    [dark, 'Colour scheme: dark', dark],
    [dark, 'Colour scheme: automatic', dark],
  ]);
  expect(await page.locator('[role="status"]').textContent()).toBe('Colour scheme: light');
});

/** What the browser tints its own bars with. */
function themeColor(): Promise<string | null> {
  return page.locator('meta[name="theme-color"]').first().getAttribute('content');
}

it('keeps a choice on all pages, against the system, in every tab at once', async () => {
  await visit(page, `${url}/`);
  const other = await page.context().newPage();
  await visit(other, `${url}/ko/`);
  await button().click();
  await button().click();
  expect(await paper()).toBe(dark);
  await other.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
  await page.goto(`${url}/posts/constructs/`);
  expect(await paper()).toBe(dark);
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
});

it('is set before anything can be painted', async () => {
  await page.addInitScript(() => {
    localStorage.setItem('theme', 'dark');
    new MutationObserver((_, observer) => {
      if (!document.body) return;
      Object.assign(window, { before: document.documentElement.dataset.theme });
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  });
  await visit(page, `${url}/posts/constructs/`);
  expect(await page.evaluate(() => Reflect.get(window, 'before'))).toBe('dark');
});

it('survives storage that is off, or holds something else', async () => {
  await page.addInitScript(() => localStorage.setItem('theme', '"><b>'));
  await visit(page, `${url}/`);
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('auto');
  const closed = await newPage(browser, { colorScheme: 'dark' });
  await closed.addInitScript(() =>
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new Error('denied');
      },
    }),
  );
  const faults: string[] = [];
  closed.on('pageerror', ({ message }) => faults.push(message));
  await visit(closed, `${url}/`);
  await closed.locator('button.theme').click();
  expect(await closed.evaluate(() => document.documentElement.dataset.theme)).toBe('light');
  expect(faults).toEqual([]);
  await closed.context().close();
});

it('leaves the paper to a reader who has forced the colours, behind the numbers of equations too', async () => {
  await page.emulateMedia({ forcedColors: 'active' });
  for (const theme of ['light', 'dark']) {
    await page.addInitScript((name) => localStorage.setItem('theme', name), theme);
    await visit(page, `${url}/posts/constructs/`);
    const [papers, canvas] = await page.evaluate(() => {
      const number = document.querySelector('.math-display .katex-tag') ?? document.body;
      const { borderImageSource } = getComputedStyle(number);
      const { backgroundColor } = getComputedStyle(document.documentElement);
      return [borderImageSource.match(/rgb\([^)]*\)/g), backgroundColor];
    });
    expect(papers).toEqual([canvas]);
  }
});

it('takes SVG images along, whichever way it is chosen', async () => {
  const shots: Record<string, string> = {};
  for (const system of ['light', 'dark'] as const) {
    for (const theme of ['auto', 'light', 'dark']) {
      await page.emulateMedia({ colorScheme: system });
      await page.addInitScript((name) => localStorage.setItem('theme', name), theme);
      await visit(page, `${url}/posts/constructs/`);
      const image = page.locator('.body figure img').first();
      await image.scrollIntoViewIfNeeded();
      await image.evaluate((element) => (element as HTMLImageElement).decode());
      shots[`${system} ${theme}`] = (await image.screenshot()).toString('base64');
    }
  }
  const isDark = (name: string) => shots[name] === shots['dark auto'];
  expect(shots['light auto']).not.toBe(shots['dark auto']);
  expect(Object.keys(shots).filter(isDark)).toEqual(['light dark', 'dark auto', 'dark dark']);
  expect(shots['dark light']).toBe(shots['light auto']);
});
