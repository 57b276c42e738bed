// Wide things stay in their boxes, on a phone and on paper.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { serveSite } from './own-site.js';
import { connect, newPage, visit } from './visit.js';

const { url } = inject('sites').constructs;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await connect();
  page = await newPage(browser);
});
afterAll(() => browser?.close());

/** Opens a post at a width. */
async function open(path: string, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 800 });
  await visit(page, url + path);
}

describe.each([320, 768, 1280])('At %i pixels', (width) => {
  it.each(['/posts/constructs/', '/posts/wide/', '/ko/posts/constructs/'])(
    'displays of %s scroll in their own boxes, without a vertical bar; numbers are in sight, at the end on nothing',
    async (path) => {
      await open(path, width);
      const faults = await page.evaluate(() =>
        [...document.querySelectorAll('.math-display')].flatMap((box) => {
          const wrong: string[] = [];
          const tex = box.querySelector('annotation')?.textContent ?? '';
          if (box.scrollHeight > box.clientHeight) wrong.push(`a vertical bar: ${tex}`);
          const over = box.scrollWidth - box.clientWidth;
          if (over > 0 && over < 4) wrong.push(`a bar for ${over} pixels: ${tex}`);
          const inSight = box.querySelector('.katex-tag')?.getBoundingClientRect().right ?? 0;
          if (inSight > box.getBoundingClientRect().right + 1)
            wrong.push(`its number is out of sight: ${tex}`);
          box.scrollLeft = box.scrollWidth;
          const number = box.querySelector('.katex-tag')?.getBoundingClientRect();
          for (const base of box.querySelectorAll('.katex-base')) {
            const { right, left } = base.getBoundingClientRect();
            if (number && right > number.left + 1 && left < number.right) wrong.push(`its number: ${tex}`);
          }
          return wrong;
        }),
      );
      expect(faults).toEqual([]);
    },
  );

  it('everything that scrolls is within reach of the keyboard', async () => {
    await open('/posts/constructs/', width);
    const boxes = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('.post *')]
        .filter((box) => box.scrollWidth > box.clientWidth + 1)
        .filter((box) => /auto|scroll/.test(getComputedStyle(box).overflowX))
        .map((box) => ({ name: `${box.localName}.${box.className}`, tabIndex: box.tabIndex })),
    );
    expect(boxes.length).toBeGreaterThan(2);
    expect(boxes.filter(({ tabIndex }) => tabIndex !== 0)).toEqual([]);
  });
});

it('A display that is too wide scrolls: there is such a one.', async () => {
  await open('/posts/constructs/', 320);
  const wide = page.locator('.math-display:has(#eq-loss)');
  expect(await wide.evaluate((box) => box.scrollWidth > box.clientWidth * 2)).toBe(true);
  await wide.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => wide.evaluate((box) => box.scrollLeft)).toBeGreaterThan(0);
});

it('A display that fits has no bar: of any environment, with numbers and without, in lists and quotes, in both directions.', async () => {
  const tall = String.raw`\begin{pmatrix} 1 \\ 2 \\ 3 \\ 4 \\ 5 \\ 6 \end{pmatrix}`;
  const formulas = [
    'a = b',
    String.raw`a = b \tag{A long tag}`,
    String.raw`${tall} \tag*{[*]}`,
    ...['equation', 'gather', 'align', 'multline'].flatMap((name) =>
      [name, `${name}*`].map((one) => `\\begin{${one}} a = ${tall} \\end{${one}}`),
    ),
    String.raw`\begin{align} a &= b \\ c &= \frac{\frac12}{\sqrt{x}} \tag{*} \\ d &= e \nonumber \end{align}`,
    String.raw`\begin{gather} a = b \\ \sum_{k=1}^n k \end{gather}`,
    String.raw`\begin{alignat}{2} a &= b & c &= d \end{alignat}`,
  ].map((formula) => `$$\n${formula}\n$$`);
  const all = formulas.flatMap((formula) => [
    formula,
    `- In a list\n\n  ${formula.replaceAll('\n', '\n  ')}`,
    `> ${formula.replaceAll('\n', '\n> ')}`,
  ]);
  const text = `---\ntitle: Displays\ndate: 2020-01-01\n---\n${all.join('\n\n')}\n`;
  const site = await serveSite(
    {
      'site.yaml': 'baseUrl: https://example.org/\nsearch: false\n',
      'posts/displays.en.md': text,
      'posts/displays.ar.md': text,
    },
    '',
  );
  onTestFinished(site.close);
  for (const path of ['/posts/displays/', '/ar/posts/displays/']) {
    await visit(page, site.url + path);
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      const over = await page.evaluate(() =>
        [...document.querySelectorAll('.math-display')].map((box) => [
          box.scrollWidth - box.clientWidth,
          box.scrollHeight - box.clientHeight,
        ]),
      );
      expect(over, `${path} at ${width}`).toEqual(all.map(() => [0, 0]));
    }
  }
});

it('On a phone a formula in a line breaks after its relations; one that cannot scrolls with its paragraph.', async () => {
  await open('/posts/wide/', 320);
  const lines = (text: string) =>
    page.locator(`.body > p:has-text("${text}")`).evaluate((paragraph) => ({
      rows: new Set(
        [...paragraph.querySelectorAll('.katex-base')].map((base) =>
          Math.round(base.getBoundingClientRect().bottom),
        ),
      ).size,
      scrolls: paragraph.scrollWidth > paragraph.clientWidth,
      tabIndex: paragraph.tabIndex,
    }));
  const breaking = await lines('In a line it can:');
  expect(breaking.rows).toBeGreaterThan(3);
  expect(breaking.scrolls).toBe(false);
  expect(await lines('In a line it cannot')).toMatchObject({ scrolls: true, tabIndex: 0 });
});

it('No comma and no Korean particle is left alone behind a formula at the end of a line.', async () => {
  const numbers = Array.from({ length: 20 }, (_, index) => index);
  const text = (write: (number: number) => string) =>
    `---\ntitle: Ends\ndate: 2020-01-01\n---\n\n${numbers.map(write).join(' ')}\n`;
  const site = await serveSite(
    {
      'site.yaml': 'baseUrl: https://example.org/\nsearch: false\n',
      'posts/ends.en.md': text((n) => `The sum of $a_{${n}}$, $b + c_{${n}}$ and $d$; then $f(x) = ${n}$.`),
      'posts/ends.ko.md': text(
        (n) => `수열 $a_{${n}}$의 합은 $b + c_{${n}}$이고, 함수 $f(x) = ${n}$를 더한다.`,
      ),
    },
    '',
  );
  onTestFinished(site.close);
  for (const path of ['/posts/ends/', '/ko/posts/ends/']) {
    await visit(page, site.url + path);
    for (const width of [300, 320, 340, 360, 380, 400]) {
      await page.setViewportSize({ width, height: 800 });
      const { alone, followed } = await page.evaluate(() => {
        const pairs = [...document.querySelectorAll('.body p .katex')].flatMap((formula) => {
          const text = formula.nextSibling;
          if (formula.closest('.math-display') || text?.nodeType !== 3 || !/^\S/.test(text.nodeValue ?? ''))
            return [];
          const range = document.createRange();
          range.setStart(text, 0);
          range.setEnd(text, 1);
          const end = [...formula.querySelectorAll('.katex-base')].at(-1)?.getClientRects();
          return [{ left: range.getBoundingClientRect().left, end: end?.[end.length - 1]?.left ?? 0, text }];
        });
        return {
          alone: pairs.filter(({ left, end }) => left < end).map(({ text }) => text.nodeValue),
          followed: pairs.length,
        };
      });
      expect(followed).toBeGreaterThan(10);
      expect(alone, `${path} at ${width}`).toEqual([]);
    }
  }
});

it('Statements are in italics, their formulas, numbers and definitions are not, and Korean is not.', async () => {
  await open('/posts/constructs/', 1280);
  const slope = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).fontStyle);
  expect(await slope('.theorem p')).toBe('italic');
  expect(await slope('.lemma p')).toBe('italic');
  for (const upright of ['.theorem .theorem-title', '.theorem .katex', '.theorem .reference', '.theorem em'])
    expect(await slope(upright), upright).toBe('normal');
  for (const kind of ['definition', 'example', 'remark', 'exercise', 'algorithm'])
    expect(await slope(`.${kind} p`), kind).toBe('normal');
  expect(await slope('.definition em')).toBe('italic');
  await open('/ko/posts/constructs/', 1280);
  expect(await slope('.theorem p')).toBe('normal');
  expect(await slope('.definition em')).toBe('normal');
});

it('The end of a proof is marked at the right edge of its last line.', async () => {
  await open('/posts/constructs/', 1280);
  const place = await page
    .locator('section.proof')
    .first()
    .evaluate((proof) => {
      const sign = proof.querySelector('.qed')?.getBoundingClientRect();
      const box = proof.getBoundingClientRect();
      return {
        right: box.right - (sign?.right ?? 0),
        bottom: box.bottom - (sign?.bottom ?? 0),
        text: proof.textContent,
      };
    });
  expect(place.right).toBeLessThan(2);
  expect(place.bottom).toBeLessThan(20);
  expect(place.text).toContain('∎');
});

it('Hangul in a formula is set in the font of the page, and as large.', async () => {
  await open('/ko/posts/constructs/', 1280);
  const [inside, around] = await page.evaluate(() =>
    ['.hangul_fallback', '.body'].map((selector) => {
      const { fontFamily, fontSize } = getComputedStyle(document.querySelector(selector) ?? document.body);
      return { fontFamily, fontSize: Number.parseFloat(fontSize) };
    }),
  );
  expect(inside?.fontFamily).toBe(around?.fontFamily);
  expect(Math.abs((inside?.fontSize ?? 0) - (around?.fontSize ?? 0))).toBeLessThan(0.5);
});

describe('On paper', () => {
  // The width of a sheet of A4 between its margins.
  const sheet = 658;

  it.each(['/posts/constructs/', '/posts/wide/'])(
    'formulas of %s break or get smaller, and nothing is cut',
    async (path) => {
      await open(path, 1280);
      // Fires what printing fires.
      await page.pdf({ format: 'A4' });
      await page.emulateMedia({ media: 'print' });
      await page.setViewportSize({ width: sheet, height: 900 });
      const outside = await page.evaluate(
        (width) =>
          [...document.querySelectorAll('.katex-base, .katex-tag, pre code, figure, table')]
            .filter((part) => part.getBoundingClientRect().right > width + 1)
            .map((part) => part.outerHTML.slice(0, 100)),
        sheet,
      );
      expect(outside).toEqual([]);
      await page.emulateMedia({ media: null });
    },
  );

  it('only the text is printed, folded parts too, black on white', async () => {
    await open('/posts/constructs/', 1280);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const isVisible = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => element.checkVisibility());
    for (const part of [
      '.menu',
      '.theme',
      '.skip',
      '.contents-side',
      '.contents-top',
      '.anchor',
      '.copy',
      '.neighbours',
      '.site-footer',
    ])
      expect(await isVisible(part), part).toBe(false);
    for (const part of [
      'h1',
      '.theorem',
      'details.proof .katex-display',
      '.body details p',
      '.footnotes',
      '.references',
    ])
      expect(await isVisible(part), part).toBe(true);
    const { color, backgroundColor } = await page.evaluate(() => {
      const { color } = getComputedStyle(document.body);
      return { color, backgroundColor: getComputedStyle(document.documentElement).backgroundColor };
    });
    expect([color, backgroundColor]).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
    // A grid would leave the first sheet empty where its first row does not fit.
    expect(await page.locator('main').evaluate((main) => getComputedStyle(main).display)).toBe('block');
    await page.emulateMedia({ media: null, colorScheme: null });
  });
});
