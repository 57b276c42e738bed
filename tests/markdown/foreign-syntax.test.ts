// What other systems would replace stays text, and is said at its place.
import { expect, it } from 'vitest';
import { render } from './render.js';

const found = (body: string) =>
  render(body)
    .diagnostics.filter(({ code }) => code === 'markdown/foreign-syntax')
    .map(({ line, column, length }) => [line, column, length]);

it.each([
  ['A {{< figure src="x.png" >}} here', [[1, 3, 26]]],
  ['text\n{% include x.html %}', [[2, 1, 20]]],
  ['As \\cite{kim2020} says', [[1, 4, 14]]],
  ['::: theorem\nwords\n:::', [[1, 1, 11]]],
])('%j', (body, places) => {
  expect(found(body)).toEqual(places);
});

it.each(['`{{< x >}}` in code', 'a {brace} and ::colons::', '```\n{% raw %}\n```', '$\\{\\% x \\}$'])(
  '%j is fine',
  (body) => {
    expect(found(body)).toEqual([]);
  },
);
