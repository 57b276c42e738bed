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
  ['See {{ site.baseurl }}/x and {{ "/a" | relative_url }}', [[1, 5, 18]]],
  ['![plot]({{ site.baseurl }}/x.png)', [[1, 9, 18]]],
  ['{{page.title}}', [[1, 1, 14]]],
  ['words\n{: .note}', [[2, 1, 9]]],
  ['* contents\n{:toc}', [[2, 1, 6]]],
  ['{::comment}\nwords\n{:/comment}', [[1, 1, 11]]],
  ['As \\cite{kim2020} says', [[1, 4, 14]]],
  ['::: theorem\nwords\n:::', [[1, 1, 11]]],
])('%j', (body, places) => {
  expect(found(body)).toEqual(places);
});

it.each([
  '`{{< x >}}` in code',
  'a {brace} and ::colons::',
  '```\n{% raw %}\n```',
  '$\\{\\% x \\}$',
  'sets {{a}}, {{1, 2}}, {{}} and {:.2f}',
])('%j is fine', (body) => {
  expect(found(body)).toEqual([]);
});
