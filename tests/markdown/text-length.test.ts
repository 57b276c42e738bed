// The readable text of a post, when only its beginning is asked for.
import { expect, it } from 'vitest';
import { termsOf, vocabularyLength } from '../../src/site/vocabulary.js';
import { render } from './render.js';

const body = Array.from(
  { length: 300 },
  (_, index) => `Word${index % 37} of $\\alpha_{${index}}$ and $x^{${index % 7}}$ in paragraph.\n\n`,
).join('');

it('is the beginning of the whole, says the same words, and changes nothing else', () => {
  const { text: whole, runs: _, ...all } = render(body);
  const { text: beginning, runs: _runs, ...others } = render(body, { textLength: vocabularyLength });
  expect(beginning.length).toBeGreaterThanOrEqual(vocabularyLength);
  expect(beginning.length).toBeLessThan(whole.length / 2);
  expect(whole.startsWith(beginning)).toBe(true);
  expect(termsOf(beginning, 'en')).toEqual(termsOf(whole, 'en'));
  expect(JSON.stringify(others)).toBe(JSON.stringify(all));
});
