// Settings of `site.yaml` for formulas that are a matter of taste.
import { expect, it } from 'vitest';
import { render, reports } from './render.js';

const body = 'The formula $재현율 + 1$.';

it.each([
  ['warn', ['warning']],
  ['error', ['error']],
  ['ignore', []],
])('Hangul outside of \\text with math.cjkOutsideText: %s', (value, severities) => {
  const found = render(body, { yaml: `math: {cjkOutsideText: ${value}}` });
  expect(found.diagnostics.map(({ severity }) => severity)).toEqual(severities);
});

it('Inside of \\text it is fine.', () => {
  expect(
    reports(render('The formula $\\text{재현율} + 1$.', { yaml: 'math: {cjkOutsideText: error}' })),
  ).toEqual([]);
});
