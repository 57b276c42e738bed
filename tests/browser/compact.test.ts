// The theme's style sheet means the same as it is sent.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compact } from '../../src/output/compact.js';
import { connect, newPage } from './visit.js';

it('has the same rules without comments and indentation', async () => {
  const written = readFileSync(join(import.meta.dirname, '../../templates/assets/style.css'));
  const sent = compact('style.css', written).toString();
  const browser = await connect();
  const page = await newPage(browser);
  const [before, after] = await page.evaluate(
    (texts) =>
      texts.map((text) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
        return [...sheet.cssRules].map(({ cssText }) => cssText.replace(/\s+/g, ' '));
      }),
    [written.toString(), sent],
  );
  await browser.close();
  expect(before?.length).toBeGreaterThan(200);
  expect(after).toEqual(before);
  expect(sent).not.toMatch(/\/\*|^\s/m);
});
