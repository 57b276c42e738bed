// Takes docs/blog.png, the picture of the README: the home page in light and a post with formulas in dark colours,
// side by side. Wants a compiled program (npm run compile), and a Chrome, or in CHROME_PATH a Chromium.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import process from 'node:process';
import { chromium } from 'playwright-core';
import sharp from 'sharp';

const types = { '.css': 'text/css', '.svg': 'image/svg+xml', '.js': 'text/javascript' };
const half = { width: 752, height: 936 };
const origin = 'http://blog.test';

const folder = mkdtempSync(join(tmpdir(), 'postulate-picture-'));
const built = spawnSync(process.execPath, ['dist/cli.js', 'build', '--out', folder], { stdio: 'inherit' });
if (built.status !== 0) process.exit(1);

const path = process.env.CHROME_PATH;
const browser = await chromium.launch(path ? { executablePath: path } : { channel: 'chrome' });

/** A page of the blog as half of the picture. `prepare` brings it into position. */
async function shoot(address, colorScheme, prepare) {
  const page = await browser.newPage({ viewport: half, colorScheme, reducedMotion: 'reduce' });
  await page.route(`${origin}/**`, (route) => {
    const file = new URL(route.request().url()).pathname.replace(/\/$/, '/index.html');
    return route.fulfill({
      body: readFileSync(join(folder, file)),
      contentType: types[extname(file)] ?? 'text/html; charset=utf-8',
    });
  });
  await page.goto(origin + address);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await prepare?.(page);
  const picture = await page.screenshot();
  await page.close();
  return `<img src="data:image/png;base64,${picture.toString('base64')}">`;
}

const home = await shoot('/', 'light');
const post = await shoot('/posts/two-tower-model/', 'dark', async (page) => {
  const reference = page.locator('.body h3 + p a.reference').last();
  await reference.evaluate((link) => {
    const heading = link.closest('p')?.previousElementSibling;
    scrollTo(0, (heading?.getBoundingClientRect().top ?? 0) + scrollY - 40);
  });
  await reference.hover();
  await page.locator('.preview').waitFor();
});
const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
await page.setContent(`<style>
body { display: flex; gap: 32px; margin: 0; padding: 32px; background: #d8d4ca }
img { border-radius: 8px }
</style>${home}${post}`);
await sharp(await page.screenshot())
  .png({ palette: true, effort: 10 })
  .toFile('docs/blog.png');
await browser.close();
rmSync(folder, { recursive: true });
