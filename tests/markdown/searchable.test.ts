// The readable text of a post, when nobody asks for it.
import { expect, it } from 'vitest';
import { render } from './render.js';

it('is empty, and nothing else is different', () => {
  const body = '# One $\\alpha$\n\nWords of $x^2$ and `code`.\n\n```js\nlet it = 1;\n```\n\n$$\ny\n$$\n';
  const { text: whole, runs: _, ...all } = render(body);
  const { text: none, runs: _runs, ...others } = render(body, { searchable: false });
  expect(whole).toContain('Words of x²');
  expect(none).toBe('');
  expect(JSON.stringify(others)).toBe(JSON.stringify(all));
});

it('is not what posts are related by: that is prose', () => {
  expect(render('Words of $x^2$ and `code`.\n\n```js\nlet it = 1;\n```\n').prose).toMatch(
    /^Words of\s+and\s+\.\s*$/,
  );
});
