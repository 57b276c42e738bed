// What comes out of the page: code by its buttons, formulas as the TeX that the author wrote.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it, onTestFinished } from 'vitest';
import { serveSite } from './own-site.js';
import { connect, newPage, visit } from './visit.js';

const { url } = inject('sites').constructs;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await connect();
  page = await newPage(browser, { permissions: ['clipboard-read', 'clipboard-write'] });
  await visit(page, `${url}/posts/constructs/`);
});
afterAll(() => browser?.close());

const clipboard = () => page.evaluate(() => navigator.clipboard.readText());

/** Copies what is selected, by key, and gives both forms. */
async function copy(): Promise<{ text: string; html: string }> {
  await page.keyboard.press('ControlOrMeta+c');
  return page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const read = async (type: string) =>
      item?.types.includes(type) ? await (await item.getType(type)).text() : '';
    return { text: await read('text/plain'), html: await read('text/html') };
  });
}

/** Selects from the start of one element to the end of another. */
async function select(from: string, to = from): Promise<void> {
  await page.evaluate(
    ([first = '', last = '']) => {
      const [start, end] = [document.querySelector(first), document.querySelector(last)];
      if (!start || !end) throw new Error(`nothing is ${start ? last : first}`);
      const range = document.createRange();
      range.setStart(start, 0);
      range.setEnd(end, end.childNodes.length);
      getSelection()?.removeAllRanges();
      getSelection()?.addRange(range);
    },
    [from, to],
  );
}

it('A button copies the code as it is, says so, and is itself again.', async () => {
  const block = page.locator('figure.code').first();
  const button = block.locator('button.copy');
  await button.focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => button.textContent()).toBe('Copied');
  expect(await page.locator('[role="status"]').textContent()).toBe('Copied');
  const code = await clipboard();
  expect(code).toMatch(/^import math\n\ndef bound\(/);
  expect(code).toMatch(/ {4}return math\.sqrt\(.*\) {2}# grows slowly$/);
  await expect.poll(() => button.textContent(), { timeout: 5000 }).toBe('Copy');
});

it('Without permission the code is selected, and the button says so.', async () => {
  const closed = await newPage(browser);
  await closed.addInitScript(() =>
    Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true }),
  );
  await visit(closed, `${url}/posts/constructs/`);
  await closed.locator('button.copy').first().click();
  expect(await closed.evaluate(() => getSelection()?.toString())).toContain('import math');
  expect(await closed.locator('button.copy').first().textContent()).toBe('Selected, copy with your keys');
  await closed.context().close();
});

it('A paragraph gives its formulas as TeX, each once.', async () => {
  await select('.body > p');
  const { text, html } = await copy();
  const formulas = [
    '$f(x) = \\frac{1}{\\sigma\\sqrt{2\\pi}} \\exp\\left(-\\frac{(x - \\mu)^2}{2\\sigma^2}\\right)$',
    '$a + b = c$',
    '$\\mathbb{E}[X] \\le \\sum_{i=1}^n \\operatorname{Var}(X_i) < \\infty$',
  ];
  expect(text).toMatch(/^The opening paragraph has a price of \$5 and \$10, emphasis, weight, code/);
  expect(text).toMatch(/, all in one line\.$/);
  for (const formula of formulas) {
    expect(text.split(formula)).toHaveLength(2);
    expect(html.split(formula.replace('<', '&lt;'))).toHaveLength(2);
  }
  expect(text.match(/[∞∑σ]/)).toBeNull();
  expect(html).not.toMatch(/class=|style=|katex|<math/);
  expect(html).toContain('<em>emphasis</em>');
  expect(html).toContain(`href="${url}/posts/wide/"`);
});

it('A formula that is selected in part is copied whole, with the number that its TeX does not give.', async () => {
  await select('#eq-gauss .katex-html .mord');
  expect((await copy()).text).toBe(
    '$$\\label{eq:gauss}\n\\int_{-\\infty}^{\\infty} e^{-x^2} \\, dx = \\sqrt{\\pi}$$ (1)',
  );
  await select('.body > p .katex-html .mord');
  expect((await copy()).text).toMatch(/^\$f\(x\) = [^$]*\$$/);
});

it('The rows of an align keep their numbers, and a \\tag is not said twice.', async () => {
  await select('.math-display:has(#eq-first)', '.math-display:has(#eq-first) + p > .reference');
  const { text } = await copy();
  expect(text).toMatch(/^\$\$\\begin\{align\}\na_1 &= b_1 \+ c_1 /);
  expect(text).toMatch(/\\tag\{\*\}.*\n.*\n\\end\{align\}\$\$ \(2\) \(3\)\n\nBy \(1\)$/);
});

it('A \\tag of several words is not said twice; a number is, whatever else the TeX has in braces.', async () => {
  const formulas = [
    String.raw`\begin{equation}x_{1}\end{equation}`,
    String.raw`x \tag{by the lemma}`,
    String.raw`x \tag*{[by parts]}`,
  ];
  const site = await serveSite(
    {
      'site.yaml': 'baseUrl: https://example.org/\nsearch: false\n',
      'posts/tags.md': `---\ntitle: Tags\ndate: 2020-01-01\n---\n${formulas.map((tex) => `$$\n${tex}\n$$`).join('\n\n')}\n`,
    },
    '',
  );
  onTestFinished(site.close);
  await visit(page, `${site.url}/posts/tags/`);
  for (const [index, tex] of formulas.entries()) {
    await select(`.math-display:nth-of-type(${index + 1})`);
    expect((await copy()).text).toBe(`$$${tex}$$${index === 0 ? ' (1)' : ''}`);
  }
  await visit(page, `${url}/posts/constructs/`);
});

it('Tables and theorems keep their lines.', async () => {
  await select('figure.table');
  expect((await copy()).text).toMatch(
    /^Table 1\. Ranks of \$n \\times n\$ matrices.*\nLeft\tCentre\t.*\na\tb\t1\t\$\\lvert x \\rvert\$\tone/,
  );
  await select('.theorem');
  expect((await copy()).text).toMatch(
    /^Theorem 1 \(Euler's \$\\phi\$\)\. For every .*, by \(1\), .*:\n\nthe first kind,\nthe second kind\.$/,
  );
});

it('Text without formulas is left to the browser.', async () => {
  await select('.callout p:last-child');
  const { html, text } = await copy();
  expect(text).toBe('A note with code and a link.');
  expect(html).toContain('style=');
});

it('Korean text is copied without the word joiners of the page.', async () => {
  await page
    .locator('.callout p:last-child')
    .first()
    .evaluate((paragraph) => {
      paragraph.textContent = '값(value)\u2060은 크다.';
    });
  await select('.callout p:last-child');
  const { html, text } = await copy();
  expect(text).toBe('값(value)은 크다.');
  expect(html).toContain('값(value)은 크다.');
});
