// What stands at an edge, and could end up beyond it: end marks, numbers of items and equations, the next line's first letter.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { html, render } from '../markdown/render.js';
import { serveSite } from './own-site.js';
import type { StaticServer } from './server.js';
import { connect, newPage, visit } from './visit.js';

const post = (title: string, text: string, fields = '') =>
  `---\ntitle: ${title}\ndate: 2020-01-31\n${fields}---\n${text}\n`;

const wide =
  'x_1 + x_2 + x_3 + x_4 + x_5 + x_6 + x_7 + x_8 + x_9 + x_{10} + x_{11} + x_{12} + x_{13} + x_{14}';
const proof = (end: string) => `:::proof\nIt ends so:\n\n${end}\n:::\n\nWhat comes next.`;

const files = {
  'site.yaml': 'title: Test\nbaseUrl: https://example.org/blog/\nlanguages: { en: , ko: , ar: }\ntoc: open\n',
  'posts/contents.md': post('Contents', '## One\n\nText.\n\n## Two\n\nText.'),
  'posts/proofs.md': post(
    'Proofs',
    [
      'Here.',
      '$$ x = y $$',
      `$$ ${wide} = ${wide} $$`,
      '$$ x = y \\label{eq:numbered} $$',
      '\\begin{align*}\nf &= x \\\\\n&= \\frac{a}{b}\n\\end{align*}',
      '1. first\n2. second',
      '1. first\n2. with $x$',
      '- first\n\n  $$ x = y $$',
      '```sh\nnpm ci\n```',
    ]
      .map(proof)
      .join('\n\n'),
  ),
  'posts/loose.md': post(
    'Loose',
    '98. A $x$\n\n    $$ a = b $$\n\n99. B $y$\n\n    - inner $z$\n\n      more',
  ),
  'posts/second.ar.md': post('Second', 'Text.'),
  'posts/wide.ar.md': post('Wide', `$$ ${wide} = ${wide} $$`),
  'posts/terms.md': post(
    'Terms',
    '| a | b | c |\n|---|---|---|\n| words that go on | `code_that_is_long_in_a_cell` | and some more words |',
    'categories: [Machine Learning and all of Mathematics, Statistics and Probability, Linear Algebra, Optimization]\n' +
      'cover: { src: /curve.svg, alt: A curve, caption: Its caption }\n',
  ),
  'static/curve.svg':
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0 40 20"/></svg>',
  'posts/card.md': post(
    'Card',
    'Rows:\n\n\\begin{align}\nf(x) &= (x+1)^2 \\\\\ng &= h\n\\end{align}\n\n:::proof\nObvious.\n:::\n\nMore.',
  ),
  'posts/long.md': post(
    'torch.nn.functional.binary_cross_entropy_with_logits',
    'The gradient $\\mathbb{E}_{\\tau \\sim \\pi_\\theta}\\left[\\sum_{t=0}^{T} \\nabla_\\theta \\log \\pi_\\theta(a_t \\mid s_t) R(\\tau) R(\\tau) R(\\tau) R(\\tau)\\right]$ is easy.',
    `tags: [scaled_dot_product_attention_with_flash_kernels, ${'a'.repeat(120)}]\nseries: [${'b'.repeat(120)}]\n`,
  ),
  'posts/particles.ko.md': post(
    'Particles',
    '어떤 값(value)은 **굵은 값(value)**은 "값"이라고 `f(x)`는 50%를 [값(value)](/)으로 넘는다. '.repeat(8),
  ),
  'posts/numbers.ko.md': post(
    'Numbers',
    `98. plain\n99. plain\n100. plain\n\nA formula:\n\n98. with $x$\n99. with $y$\n100. with $\\sqrt{${wide}}$`,
  ),
};

let browser: Browser;
let page: Page;
let server: StaticServer;

beforeAll(async () => {
  server = await serveSite(files, '/blog');
  browser = await connect();
  page = await newPage(browser);
});
afterAll(async () => {
  server?.close();
  await browser?.close();
});

/** Opens a post at a width. */
async function open(path: string, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 800 });
  await visit(page, server.url + path);
}

describe.each([320, 1280])('At %i pixels', (width) => {
  it('the end mark of a proof stays in the proof, at its end, and on nothing', async () => {
    await open('/posts/proofs/', width);
    const proofs = await page.evaluate(() =>
      [...document.querySelectorAll('.proof')].map((box) => {
        const sign = box.querySelector('.qed')?.getBoundingClientRect() ?? new DOMRect();
        const { right, bottom } = box.getBoundingClientRect();
        const last = [...box.querySelectorAll('p, li, pre, .math-display')].findLast(
          (part) => !part.matches('.qed-line') && !part.contains(box.querySelector('.qed')),
        );
        const scrolls = [...box.querySelectorAll('.math-display, pre')].map((part) =>
          part.getBoundingClientRect(),
        );
        return {
          atTheEdge: Math.abs(right - sign.right) < 1,
          inside: sign.bottom <= bottom + 0.5,
          atTheEnd:
            bottom - sign.bottom < 16 && sign.bottom > (last?.getBoundingClientRect().bottom ?? 0) - 16,
          covers: scrolls.some((part) => part.right > sign.left && part.bottom > sign.top),
        };
      }),
    );
    expect(proofs.length).toBe(9);
    for (const one of proofs)
      expect(one).toEqual({ atTheEdge: true, inside: true, atTheEnd: true, covers: false });
  });

  it('contents that are to be open are, once', async () => {
    await open('/posts/contents/', width);
    expect(await page.locator('.contents a:visible').allTextContents()).toEqual(['One', 'Two']);
  });

  it('a list in which everything fits does not scroll', async () => {
    await open('/posts/loose/', width);
    const lists = await page.evaluate(() =>
      [...document.querySelectorAll('.body :is(ol, ul)')].map((list) => list.scrollWidth - list.clientWidth),
    );
    expect(lists).toEqual([0, 0]);
  });

  it('a wide equation begins at its beginning, from right to left too', async () => {
    await open('/ar/posts/wide/', width);
    const [box = 0, formula = 0] = await page.evaluate(() =>
      ['.math-display', '.math-display .katex-html'].map(
        (name) => document.querySelector(name)?.getBoundingClientRect().left ?? Number.NaN,
      ),
    );
    expect(formula).toBeGreaterThanOrEqual(box);
  });

  it('numbers of items are whole beside formulas, which scroll with their list', async () => {
    await open('/ko/posts/numbers/', width);
    const [plain, list] = await page.evaluate(() => {
      const pen = document.createElement('canvas').getContext('2d');
      return [...document.querySelectorAll('.body ol')].map((box) => {
        const { fontSize, fontFamily, overflowX } = getComputedStyle(box);
        if (pen) pen.font = `${fontSize} ${fontFamily}`;
        const item = Math.round(box.querySelector('li:last-child')?.getBoundingClientRect().left ?? 0);
        return {
          item,
          isWhole: item - box.getBoundingClientRect().left > (pen?.measureText('100.').width ?? 0),
          scrolls: overflowX === 'auto' && box.scrollWidth > box.clientWidth,
        };
      });
    });
    expect(list).toMatchObject({ item: plain?.item, isWhole: true });
    if (width === 320) expect(list?.scrolls).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
});

it('No comma begins a line between categories, at any width.', async () => {
  await open('/posts/terms/', 320);
  for (let width = 320; width < 420; width += 10) {
    await page.setViewportSize({ width, height: 800 });
    const alone = await page.locator('.post-terms p').evaluate(
      (paragraph) =>
        [...paragraph.childNodes].filter((node) => {
          const before = node.previousSibling;
          if (node.nodeType !== 3 || before?.nodeType !== 1) return false;
          const range = document.createRange();
          range.setStart(node, 0);
          range.setEnd(node, 1);
          const [comma, link] = [
            range.getBoundingClientRect(),
            [...(before as Element).getClientRects()].at(-1),
          ];
          return comma.left < (link?.left ?? 0);
        }).length,
    );
    expect(alone, `${width}`).toBe(0);
  }
});

it('No Korean particle begins a line, at any width.', async () => {
  await open('/ko/posts/particles/', 320);
  for (let width = 300; width < 420; width += 8) {
    await page.setViewportSize({ width, height: 800 });
    const beginnings = await page.locator('.body').evaluate((body) => {
      const letters: { letter: string; left: number; top: number }[] = [];
      const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (const { index, 0: letter } of (node.nodeValue ?? '').matchAll(/[^\s\u2060]/g)) {
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + 1);
          const { left, top } = range.getBoundingClientRect();
          letters.push({ letter, left, top });
        }
      }
      return letters
        .filter(
          ({ left, top }, at) =>
            at > 0 && left < (letters[at - 1]?.left ?? 0) && top > (letters[at - 1]?.top ?? 0),
        )
        .map(({ letter }) => letter);
    });
    expect(beginnings.length).toBeGreaterThan(8);
    expect(
      beginnings.filter((letter) => /[은이는를으]/.test(letter)),
      `${width}`,
    ).toEqual([]);
  }
});

it('A long name breaks, and a wide formula on a card scrolls, not the page.', async () => {
  for (const width of [320, 1280]) {
    for (const path of ['/', '/archives/', '/tags/', '/posts/long/', '/posts/card/', '/posts/loose/']) {
      await open(path, width);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBe(width);
      const outside = await page
        .locator('main a')
        .evaluateAll(
          (links) => links.filter((link) => link.getBoundingClientRect().right > innerWidth).length,
        );
      expect(outside, path).toBe(0);
    }
  }
  await open('/', 320);
  const excerpt = page.locator('.excerpt', { hasText: 'is easy' });
  expect(await excerpt.evaluate((box) => box.scrollWidth > box.clientWidth)).toBe(true);
  await excerpt.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => excerpt.evaluate((box) => box.scrollLeft)).toBeGreaterThan(0);
  // The link that covers the card is not in the way of a finger or a wheel.
  await excerpt.locator('math').hover();
  await page.mouse.wheel(-500, 0);
  await expect.poll(() => excerpt.evaluate((box) => box.scrollLeft)).toBe(0);
});

it('A click on a formula on a card opens the post, where the formula does not scroll.', async () => {
  const click = async (target: Page, width: number, text: string) => {
    await target.setViewportSize({ width, height: 800 });
    await visit(target, `${server.url}/`);
    await target.locator('.excerpt', { hasText: text }).locator('math').first().click({ force: true });
    return new URL(target.url()).pathname;
  };
  expect(await click(page, 1280, 'Obvious')).toBe('/blog/posts/card/');
  expect(await click(page, 1280, 'is easy')).toBe('/blog/posts/long/');
  expect(await click(page, 320, 'is easy')).toBe('/blog/');
  // The same window, turned.
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.locator('.excerpt', { hasText: 'is easy' }).locator('math').click({ force: true });
  expect(new URL(page.url()).pathname).toBe('/blog/posts/long/');
});

it('Without JavaScript a wide formula on a card is within reach of the pointer.', async () => {
  const quiet = await newPage(browser, { javaScriptEnabled: false, viewport: { width: 320, height: 800 } });
  await quiet.goto(`${server.url}/`);
  const excerpt = quiet.locator('.excerpt', { hasText: 'is easy' });
  await excerpt.locator('math').hover();
  const before = (await excerpt.locator('math').boundingBox())?.x ?? 0;
  await quiet.mouse.wheel(300, 0);
  await expect.poll(async () => (await excerpt.locator('math').boundingBox())?.x).toBeLessThan(before);
  await quiet.context().close();
});

it('Behind a formula that is wider than the line the text begins at the edge.', async () => {
  await open('/posts/long/', 320);
  const indent = await page.locator('.body > p').evaluate((paragraph) => {
    const text = paragraph.lastChild as Text;
    const range = document.createRange();
    range.setStart(text, text.data.indexOf('is easy'));
    range.setEnd(text, text.data.length);
    const { left } = paragraph.getBoundingClientRect();
    return (
      range.getBoundingClientRect().left - left - Number.parseFloat(getComputedStyle(paragraph).paddingLeft)
    );
  });
  expect(Math.abs(indent)).toBeLessThan(0.5);
});

it('A frame has no border, and keeps its ratio when it gets narrower.', async () => {
  for (const kind of ['safe', 'trusted']) {
    for (const size of [
      'width="560" height="315"',
      'width="560px" height="315px"',
      'width=900 height="315px "',
    ]) {
      const { width, height } = await framed(size, 320, kind);
      expect(width).toBeLessThan(320);
      const [given = 0] = size.match(/\d+/) ?? [];
      expect(width / height, size).toBeCloseTo(Number(given) / 315, 1);
    }
  }
  expect(await framed('width="560px" height="315px"', 1280)).toEqual({ width: 560, height: 315 });
});

it('A frame that is a bar, or gives no ratio, keeps its height.', async () => {
  for (const [size, height] of [
    ['width="800" height="60"', 60],
    ['width="auto" height="400"', 400],
    ['width="100%" height="315"', 315],
    ['width="100% " height="60"', 60],
    ['width="250" height="300"', 300],
    ['width="560"', 150],
  ] as const) {
    for (const screen of [320, 1280]) expect((await framed(size, screen)).height, size).toBe(height);
  }
});

/** The size of a frame in a post. */
async function framed(
  size: string,
  screen: number,
  rawHtml = 'safe',
): Promise<{ width: number; height: number }> {
  const frame = html(
    render(`<iframe src="https://a.example/" ${size}></iframe>`, {
      yaml: `markdown: { embeds: [a.example], rawHtml: ${rawHtml} }`,
    }),
  );
  await open('/posts/loose/', screen);
  return page.locator('.body').evaluate((body, source) => {
    body.insertAdjacentHTML('beforeend', source.replace(/ src="[^"]*"/, ''));
    const { width, height } = body.querySelector('iframe')?.getBoundingClientRect() ?? new DOMRect();
    return { width, height };
  }, frame);
}

it('From right to left arrows point the other way.', async () => {
  const arrow = () =>
    page
      .locator('.neighbours [aria-hidden]')
      .first()
      .evaluate((span) => getComputedStyle(span).transform);
  await open('/posts/loose/', 320);
  expect(await arrow()).toBe('none');
  await open('/ar/posts/wide/', 320);
  expect(await arrow()).toBe('matrix(-1, 0, 0, 1, 0, 0)');
});

it('Code in a table is whole on a phone, and the table scrolls.', async () => {
  await open('/posts/terms/', 320);
  expect(await page.locator('td code').evaluate((code) => code.getClientRects().length)).toBe(1);
  expect(await page.locator('.table-wrap').evaluate((box) => box.scrollWidth > box.clientWidth)).toBe(true);
});

it('The caption of a cover is as near as that of a figure.', async () => {
  await open('/posts/terms/', 1280);
  const gap = await page.locator('.cover').evaluate((figure) => {
    const [image, caption] = [...figure.children].map((part) => part.getBoundingClientRect());
    return (caption?.top ?? 0) - (image?.bottom ?? 0);
  });
  expect(gap).toBeGreaterThan(5);
  expect(gap).toBeLessThan(15);
});

it('On a card equations are aligned at their relations, and proofs have no end mark.', async () => {
  await open('/', 1280);
  const card = page.locator('.entry', { hasText: 'Obvious' });
  expect(await card.locator('.excerpt').textContent()).toContain('Proof. Obvious. More.');
  const relations = await card
    .locator('mtr')
    .evaluateAll((rows) =>
      rows.map((row) => [
        row.children[0]?.firstElementChild?.getBoundingClientRect().right,
        row.children[1]?.firstElementChild?.getBoundingClientRect().left,
      ]),
    );
  expect(relations.length).toBe(2);
  expect(relations[1]).toEqual(relations[0]);
});

it('Where there is room, the end mark stands beside a display without a number.', async () => {
  await open('/posts/proofs/', 1280);
  const heights = await page.evaluate(() =>
    [...document.querySelectorAll('.math-display + .qed-line')].map((line) => {
      const display = line.previousElementSibling?.getBoundingClientRect().bottom ?? 0;
      return (line.firstElementChild?.getBoundingClientRect().top ?? 0) < display;
    }),
  );
  expect(heights).toEqual([true, true, false, true]);
});
