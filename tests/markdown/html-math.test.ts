// Formulas in raw HTML: what a browser reads there, and where it stands in the file.
import { expect, it } from 'vitest';
import { html, render, reports } from './render.js';

it.each([
  ['$f&#39;(x) &#x3c; 2$', 'f&#39;(x) &lt; 2'],
  ['$\\alpha &le; &beta;$', '\\alpha ≤ β'],
  ['$a&nbsp;b$', 'a b'],
  ['$\\text{a &amp;lt b}$', '\\text{a &amp;lt b}'],
])('References to characters in %s', (written, tex) => {
  const rendered = render(`<center>${written}</center>`, { draftMath: true });
  expect(html(rendered)).toContain(`<katex>${tex}</katex>`);
});

it.each([
  ['<div>$a &lt; \\foo$</div>', '1:14'],
  ['<div>$a &lt; &gt;\n&lt; \\foo$</div>', '2:6'],
  ['<p>A line,\nand &lt; $&lt; &lt; \\foo$</p>', '2:21'],
])('An error in %s is told at its place', (body, place) => {
  expect(reports(render(body)).map((one) => one.split(' ')[2])).toContain(place);
});
