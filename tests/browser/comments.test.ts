// Comments: nothing is asked of another origin before a reader gets to them, and they follow the colour scheme.
// What giscus.app answers is played by the test.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serveSite } from './own-site.js';
import type { StaticServer } from './server.js';
import { connect, newPage } from './visit.js';

const post = `---\ntitle: Long\ndate: 2020-01-01\ncomments: a-thread\n---\n${'A paragraph.\n\n'.repeat(200)}`;
const files = {
  'site.yaml':
    'baseUrl: https://example.org/\nsearch: false\ncomments: {giscus: {repo: kim/blog, repoId: R, category: C, categoryId: D}}\n',
  'posts/long.md': post,
};

/** Puts a frame into the box, as the client of giscus does; the frame keeps what it is told. */
const client = `
  const { repo, mapping, term, theme } = document.currentScript.dataset;
  const frame = document.createElement('iframe');
  frame.className = 'giscus-frame';
  frame.src = 'https://giscus.app/widget?' + new URLSearchParams({ repo, mapping, term, theme });
  document.querySelector('.giscus').replaceChildren(frame);
`;
const widget = `<script>window.told = []; addEventListener('message', ({ data }) => told.push(data.giscus.setConfig.theme))</script>`;

let browser: Browser;
let page: Page;
let server: StaticServer;
const asked: string[] = [];

beforeAll(async () => {
  server = await serveSite(files, '');
  browser = await connect();
  page = await newPage(browser);
  await page.route('https://giscus.app/**', (route) => {
    const url = new URL(route.request().url());
    asked.push(url.pathname);
    return route.fulfill(
      url.pathname === '/client.js'
        ? { contentType: 'text/javascript', body: client, headers: { 'access-control-allow-origin': '*' } }
        : { contentType: 'text/html', body: widget },
    );
  });
});
afterAll(async () => {
  server?.close();
  await browser?.close();
});

it('are loaded when the reader gets there, with the discussion of the post', async () => {
  await page.goto(`${server.url}/posts/long/`, { waitUntil: 'networkidle' });
  expect(asked).toEqual([]);
  const link = page.locator('.comments').getByRole('link');
  expect(await link.getAttribute('href')).toBe(
    'https://github.com/kim/blog/discussions?discussions_q=a-thread',
  );
  await page.locator('.comments').scrollIntoViewIfNeeded();
  await page.locator('iframe.giscus-frame').waitFor();
  expect(new URL((await page.locator('iframe.giscus-frame').getAttribute('src')) ?? '').search).toBe(
    '?repo=kim%2Fblog&mapping=specific&term=a-thread&theme=preferred_color_scheme',
  );
  expect(asked).toEqual(['/client.js', '/widget']);
  expect(await link.count()).toBe(0);
});

it('follow the button of the colour scheme', async () => {
  const button = page.locator('button.theme');
  const frame = () => page.frames().find((one) => one.url().startsWith('https://giscus.app'));
  const told = () => frame()?.evaluate(() => (window as unknown as { told?: string[] }).told);
  // A frame hears nothing before it is loaded.
  await expect.poll(told, { timeout: 30_000 }).toEqual([]);
  for (let press = 0; press < 3; press++) await button.click();
  await expect.poll(told, { timeout: 30_000 }).toEqual(['light', 'dark', 'preferred_color_scheme']);
});

it('are a link without JavaScript', async () => {
  const quiet = await newPage(browser, { javaScriptEnabled: false });
  await quiet.goto(`${server.url}/posts/long/`);
  expect(await quiet.locator('.comments').getByRole('link').innerText()).toBe(
    'Read and write comments on GitHub',
  );
  await quiet.context().close();
});
