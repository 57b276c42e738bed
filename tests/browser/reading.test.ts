// A reader's ways: by keyboard, by the contents, between languages, back and forward, and without JavaScript.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { connect, newPage, visit } from './visit.js';

const { constructs } = inject('sites');
const post = `${constructs.url}/posts/constructs/`;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await connect();
  page = await newPage(browser);
});
afterAll(() => browser?.close());
beforeEach(() => page.setViewportSize({ width: 1280, height: 800 }));

describe('By keyboard', () => {
  /** What has the focus, and whether it can be seen. */
  const focused = () =>
    page.evaluate(async () => {
      const element = document.activeElement as HTMLElement;
      // A copy button or an anchor fades in.
      await Promise.all(document.getAnimations().map(({ finished }) => finished));
      const { opacity, outlineStyle } = getComputedStyle(element);
      const after = getComputedStyle(element, '::after');
      const box = element.getBoundingClientRect();
      return {
        name: element === document.body ? 'body' : element.className || element.localName,
        text: (element.getAttribute('aria-label') ?? element.textContent ?? '').replace(/\s+/g, ' ').trim(),
        isVisible:
          opacity === '1' &&
          element.checkVisibility() &&
          box.width > 0 &&
          box.bottom > 0 &&
          box.top < innerHeight &&
          (outlineStyle !== 'none' || after.outlineStyle !== 'none'),
        isFormula: element.closest('.katex-mathml') !== null,
      };
    });

  it('the first stop leads past the header', async () => {
    await visit(page, `${constructs.url}/`);
    await page.keyboard.press('Tab');
    expect(await focused()).toMatchObject({ name: 'skip', text: 'Skip to content', isVisible: true });
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('main');
    await page.keyboard.press('Tab');
    expect((await focused()).text).toMatch(/^Every construct/);
  });

  it('stops follow the page from top to bottom', async () => {
    await visit(page, `${constructs.url}/`);
    const stops: string[] = [];
    for (let stop = 0; stop < 8; stop++) {
      await page.keyboard.press('Tab');
      const { text, isVisible } = await focused();
      stops.push(text);
      expect(isVisible, text).toBe(true);
    }
    expect(stops).toEqual([
      'Skip to content',
      'Test site',
      'Posts',
      'Tags',
      'Notes',
      '한국어',
      'Colour scheme: automatic',
      'Every construct: the O(n²) way',
    ]);
  });

  it('every stop of a post can be seen; anchors, copy buttons and boxes that scroll are among them', async () => {
    await page.setViewportSize({ width: 320, height: 700 });
    await visit(page, post);
    const names = new Set<string>();
    const inFormulas: string[] = [];
    for (let stop = 0; stop < 300; stop++) {
      await page.keyboard.press('Tab');
      const { name, text, isVisible, isFormula } = await focused();
      if (name === 'body') break;
      names.add(name);
      if (isFormula) {
        inFormulas.push(text);
        await page.waitForSelector('.preview');
      }
      expect(isVisible || isFormula, `${name}: ${text}`).toBe(true);
      await page.keyboard.press('Escape');
    }
    for (const name of [
      'anchor',
      'copy',
      'math-display',
      'table-wrap',
      'pre',
      'reference',
      'footnote-ref',
      'citation',
    ])
      expect([...names]).toContain(name);
    expect(inFormulas).toEqual(['(2)', '(3)']);
  });
});

describe('The contents', () => {
  it('mark the section that is being read, and lead to each', async () => {
    await visit(page, post);
    const current = () => page.locator('.contents-side [aria-current]').allTextContents();
    await page
      .locator('#sec\\:theorems')
      .evaluate((heading) => heading.scrollIntoView({ behavior: 'instant' }));
    await expect.poll(current).toEqual(['Theorems and proofs']);
    await page.locator('#lists').evaluate((heading) => heading.scrollIntoView({ behavior: 'instant' }));
    await expect.poll(current).toEqual(['Lists']);
    await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
    await expect.poll(current).toEqual([]);
    await page.locator('.contents-side a', { hasText: 'Boxes' }).click();
    await expect.poll(current).toEqual(['Boxes']);
    expect(new URL(page.url()).hash).toBe('#boxes');
  });

  it('mark the right section after every jump, the last one at the end and none at the top', async () => {
    await page.goto('about:blank');
    await visit(page, `${post}#lists`);
    const current = () => page.locator('.contents-side [aria-current]').allTextContents();
    await expect.poll(current).toEqual(['Lists']);
    const headings = await page
      .locator('.contents-side a')
      .evaluateAll((links) =>
        links.map((link) => ({ name: link.textContent, id: (link as HTMLAnchorElement).hash.slice(1) })),
      );
    expect(headings.length).toBeGreaterThan(8);
    for (const { name, id } of [...headings, ...headings.toReversed()]) {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, id);
      await expect.poll(current).toEqual([name]);
    }
    // To where no heading is near: in the middle of a long section.
    await page.evaluate(() => {
      const formula = document.getElementById('eq-loss')?.getBoundingClientRect().top ?? 0;
      scrollBy({ top: formula - 20, behavior: 'instant' });
    });
    await expect.poll(current).toEqual(['Equations with numbers']);
    await page.evaluate(() => history.replaceState(null, '', location.pathname));
    await visit(page, post);
    await page.evaluate(() => scrollTo({ top: document.body.scrollHeight, behavior: 'instant' }));
    await expect.poll(current).toEqual([headings.at(-1)?.name]);
    await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
    await expect.poll(current).toEqual([]);
  });

  it('are folded on narrow screens, and there once', async () => {
    await page.setViewportSize({ width: 768, height: 800 });
    await visit(page, post);
    expect(await page.locator('.contents-side').isVisible()).toBe(false);
    const contents = page.locator('.contents-top');
    expect(await contents.locator('a').first().isVisible()).toBe(false);
    await contents.locator('summary').press('Enter');
    await contents.locator('a', { hasText: 'Lists' }).click();
    expect(new URL(page.url()).hash).toBe('#lists');
    await page.setViewportSize({ width: 1280, height: 800 });
    expect(await contents.isVisible()).toBe(false);
    expect(await page.locator('.contents-side').isVisible()).toBe(true);
  });
});

describe('The language switch', () => {
  const go = (name: string) => page.locator('.languages a', { hasText: name }).click();

  it('leads to the same post and back', async () => {
    await visit(page, post);
    await go('한국어');
    await page.waitForURL(`${constructs.url}/ko/posts/constructs/`);
    expect(await page.locator('html').getAttribute('lang')).toBe('ko');
    await go('English');
    await page.waitForURL(post);
  });

  it('leads to the home where there is no translation', async () => {
    await visit(page, `${constructs.url}/posts/short-1/`);
    await go('한국어');
    await page.waitForURL(`${constructs.url}/ko/`);
  });
});

it('Back and forward keep the place.', async () => {
  await visit(page, post);
  await page.locator('a.reference[href="#fig:plot"]').first().click();
  const place = await page.evaluate(() => scrollY);
  expect(place).toBeGreaterThan(500);
  await page.locator('.neighbours a').first().click();
  await page.waitForURL('**/posts/wide/');
  await page.goBack();
  expect(new URL(page.url()).hash).toBe('#fig:plot');
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(place - 50);
  await page.goBack();
  expect(new URL(page.url()).hash).toBe('');
  await page.goForward();
  await page.goForward();
  expect(page.url()).toMatch(/\/posts\/wide\/$/);
});

it('An address that leads nowhere shows ways on.', async () => {
  const answer = await page.goto(`${constructs.url}/nowhere/`);
  expect(answer?.status()).toBe(404);
  const links = await page
    .locator('.not-found a')
    .evaluateAll((all) => all.map((one) => one.getAttribute('href')));
  expect(links).toEqual(expect.arrayContaining(['/blog/', '/blog/archives/', '/blog/posts/constructs/']));
  expect(new Set(links).size).toBe(links.length);
});

describe('Without JavaScript', () => {
  let plain: Page;
  beforeAll(async () => {
    plain = await newPage(browser, { javaScriptEnabled: false, colorScheme: 'dark' });
  });

  const background = () =>
    plain.locator('html').evaluate((element) => getComputedStyle(element).backgroundColor);

  it('a post is whole, with its contents and formulas, and no button that does nothing', async () => {
    await plain.goto(post);
    for (const part of [
      'h1',
      '.contents-side a',
      '.theorem',
      '#eq-gauss .katex-html',
      '.footnotes',
      'figure img',
    ])
      expect(await plain.locator(part).first().isVisible(), part).toBe(true);
    expect(await plain.locator('button:visible').count()).toBe(0);
  });

  it('references are links, the contents unfold, and so do proofs', async () => {
    await plain.goto(post);
    await plain.locator('a.reference[href="#thm:euler"]').first().click();
    expect(new URL(plain.url()).hash).toBe('#thm:euler');
    await plain.locator('details.proof summary').click();
    expect(await plain.locator('details.proof .katex-html').first().isVisible()).toBe(true);
    await plain.setViewportSize({ width: 320, height: 700 });
    await plain.locator('.contents-top summary').click();
    await plain.locator('.contents-top a', { hasText: 'Lists' }).click();
    expect(new URL(plain.url()).hash).toBe('#lists');
    await plain.setViewportSize({ width: 1280, height: 800 });
  });

  it('colours follow the system', async () => {
    await plain.goto(`${constructs.url}/`);
    expect(await background()).toBe('rgb(23, 22, 20)');
    await plain.emulateMedia({ colorScheme: 'light' });
    expect(await background()).toBe('rgb(251, 250, 247)');
  });

  it('lists, tags, languages and old addresses lead on', async () => {
    await plain.goto(`${constructs.url}/`);
    await plain.locator('.pagination [rel="next"]').click();
    expect(plain.url()).toBe(`${constructs.url}/page/2/`);
    await plain.locator('.entry h2 a').first().click();
    await plain.locator('.languages a').click();
    expect(plain.url()).toContain('/ko/');
    await plain.goto(`${constructs.url}/old/constructs/`);
    await plain.waitForURL(post);
  });
});
