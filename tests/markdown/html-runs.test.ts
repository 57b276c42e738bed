// Blocks that the HTML parser is given together: with those alone it makes what it makes of the whole post.
import fc from 'fast-check';
import type { Nodes, Root, RootContent } from 'hast';
import { raw } from 'hast-util-raw';
import { toHtml } from 'hast-util-to-html';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { toHast } from 'mdast-util-to-hast';
import { describe, expect, it } from 'vitest';
import { htmlRuns, parseRun } from '../../src/markdown/html-runs.js';

const rootOf = (children: readonly RootContent[]): Root => ({ type: 'root', children: [...children] });

function blocksOf(markdown: string): readonly RootContent[] {
  const tree = toHast(fromMarkdown(markdown), { allowDangerousHtml: true });
  return tree.type === 'root' ? tree.children : [];
}

/** The blocks of each run, and `|` before and behind those that the parser is given. */
function shown(markdown: string): string[] {
  return htmlRuns(blocksOf(markdown)).map(({ blocks, holdsHtml }) => {
    const text = toHtml(rootOf(blocks), { allowDangerousHtml: true }).replace(/<\/?p>|\n/g, '');
    return holdsHtml ? `|${text}|` : text;
  });
}

describe('A block goes alone', () => {
  it.each([
    ['a <b>c</b>', '|a <b>c</b>|'],
    ['a<br>c', '|a<br>c|'],
    ['<img src="a.png" alt=\'it\' width=3 hidden />', '|<img src="a.png" alt=\'it\' width=3 hidden />|'],
    ['<!-- </b> --><i>c</i>', '|<!-- </b> --><i>c</i>|'],
    ['<DIV>c</div>', '|<DIV>c</div>|'],
  ])('%s', (html, alone) => {
    expect(shown(`before\n\n${html}\n\nafter`)).toEqual(['before', alone, 'after']);
  });
});

it('blocks between a tag and its end go together', () => {
  expect(shown('a\n\n<div>\n\nb\n\n</div>\n\nc\n\nd')).toEqual(['a', '|<div>b</div>|', 'cd']);
});

it('very many runs are one', () => {
  expect(shown('a\n\n<br>b\n\n'.repeat(40))).toHaveLength(80);
  expect(shown('a\n\n<br>b\n\n'.repeat(60))).toHaveLength(1);
});

describe('All that follows goes together after', () => {
  it.each([
    '<b>',
    '</b>',
    '<b><i></b></i>',
    '<pad>',
    '<div x="',
    '<a b="c"d>',
    '<!-- c --!> -->',
    '<!--> -->',
    '<?a?>',
    '<plaintext></plaintext>',
    '</br>',
  ])('%s', (html) => {
    expect(shown(`before\n\n<p>x</p>${html}\n\nthen\n\n*after*`)).toHaveLength(2);
  });
});

const pieces = [
  ...[
    'text',
    '*em*',
    '`code`',
    '[link](u)',
    '[link <i>a</i>](u)',
    '![image](u)',
    '\\<',
    '&lt;',
    ' < ',
    '</ ',
  ],
  ...['\n\n', '\n\n', '\n\n', '\n', '- ', '> ', '# ', '1. ', '    ', '***\n', '```\na\n```\n'],
  ...[
    '<div>',
    '</div>',
    '<div class="a">',
    '<p>',
    '</p>',
    '<b>',
    '</b>',
    '<i>',
    '</i>',
    '<a href="x">',
    '</a>',
  ],
  ...['<br>', '<br/>', '</br>', '<img src=a>', '<hr>', '<!-- c -->', '<!-- <b> -->', '<!-->', '<!--', '-->'],
  ...['<table><tr><td>', '</td></tr></table>', '<table>', '</table>', '<tr>', '</tr>', '<td>', '</td>'],
  ...['<ul><li>', '</li></ul>', '<li>', '<details><summary>', '</summary>', '</details>', '<h2>', '</h2>'],
  ...['<script>', '</script>', '<style>', '</style>', '<textarea>', '</textarea>', '<pre>', '</pre>'],
  ...['<svg>', '<path/>', '</svg>', '<math>', '<mi>', '</mi>', '</math>', '<select><option>', '</select>'],
  ...['<button>', '</button>', '<form>', '</form>', '<template>', '</template>', '<nobr>', '</nobr>'],
  ...['<iframe src="x">', '</iframe>', '<body>', '</body>', '<head>', '<html>', '<image>', '<plaintext>'],
  ...[
    '<noscript>',
    '</noscript>',
    '<object>',
    '</object>',
    '<dl><dt>',
    '<dd>',
    '</dl>',
    '<ruby><rt>',
    '</ruby>',
  ],
  ...[
    '<div a="',
    "<div a='",
    '">',
    "'>",
    '<pad>',
    '<x-y>',
    '</x-y>',
    '<?php',
    '?>',
    '<![CDATA[',
    ']]>',
    '<!DOCTYPE html>',
  ],
];

/** Of a block of code that begins with an empty line, the parser would leave that line out. */
const html = (tree: Nodes): string => toHtml(tree).replace(/<pre><code>\n+/g, '<pre><code>');

const numRuns = Number(process.env.HTML_RUNS ?? 3000);

it(`comes out as the whole, ${numRuns} random posts`, () => {
  const text = fc
    .array(fc.constantFrom(...pieces), { maxLength: 25 })
    .map((parts) => `Begin.\n\n${parts.join('')}`);
  fc.assert(
    fc.property(text, (markdown) => {
      const inRuns = htmlRuns(blocksOf(markdown)).flatMap(({ blocks, holdsHtml }) => {
        return holdsHtml ? parseRun(blocks, markdown).children : blocks;
      });
      expect(html(rootOf(inRuns))).toBe(html(raw(rootOf(blocksOf(markdown)))));
    }),
    { numRuns },
  );
}, 120_000);
