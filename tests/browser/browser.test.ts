// The browser that the other tests in this folder use.
import { expect, inject, it } from 'vitest';
import { launchBrowser } from './browser.js';

it('A browser starts, runs scripts and knows MathML.', async () => {
  const browser = await launchBrowser(inject('browser'));
  const page = await browser.newPage();
  await page.setContent('<math><mi>x</mi></math><script>document.title = 1 + 1</script>');
  expect(await page.title()).toBe('2');
  expect(await page.locator('mi').evaluate((element) => element.namespaceURI)).toContain('MathML');
  await browser.close();
});

it('A missing browser is a clear error.', async () => {
  await expect(launchBrowser('')).rejects.toThrow('CHROME_PATH');
});
