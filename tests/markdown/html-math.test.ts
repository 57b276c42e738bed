// Formulas in raw HTML: what a browser reads there, and where it stands in the file.
import { expect, it } from 'vitest';
import { referencesIn } from '../../src/site/references.js';
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

it('A reference is a link as in a paragraph, wherever it stands', () => {
  const body =
    '$$ x \\label{eq:a} $$\n\n<div title="\\eqref{eq:a}">\nBy~\\eqref{eq:a}, \\cref{eq:a,other#b&amp;c} &amp; <b>$5 \\ref{eq:a}</b>\n<code>\\eqref{eq:a}</code> \\\\eqref{eq:a}\n</div>';
  const shown = html(render(body)).replaceAll('<a class="reference" href="#eq-a">', '<a>');
  expect(shown).toContain('By\u00a0<a>(1)</a>, <a>(1)</a>, ');
  expect(shown).toContain('&#x26; <b>$5 <a>1</a></b>');
  expect(shown).toContain('<code>\\eqref{eq:a}</code> \\\\eqref{eq:a}');
  expect(shown).toContain('title="\\eqref{eq:a}"');
});

it.each(['<div>\n<a href="/x/">by \\eqref{eq:a}</a>\n</div>', 'A <a href="/x/">by $\\eqref{eq:a}$</a>'])(
  'A reference in a link is none itself: %s',
  (body) => {
    expect(html(render(`$$ x \\label{eq:a} $$\n\n${body}`))).toContain('<a href="/x/">by (1)</a>');
  },
);

it.each([
  ['<center>\\eqref{no}</center>', '1:9'],
  ['<p>A,\n$x \\ref{b#no}$ &lt; \\ref{b#no} \\ref{b#no}</p>', '2:2 2:21 2:32'],
  ['<p>A</p><p>\\eqref{no}\nx \\eqref{no}</p>', '1:12 2:3'],
])('A reference in %s has its place', (body, places) => {
  const references = render(body).html.flatMap((hole) =>
    typeof hole === 'string' ? [] : referencesIn(hole),
  );
  expect(references.map(({ place }) => `${place.line}:${place.column}`).join(' ')).toBe(places);
});
