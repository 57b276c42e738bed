// No word is ever lost: whatever constructs lie in each other, every word of the source is in the page or is said
// to be missing. And whatever characters a post is made of, nothing is thrown and nothing in it runs.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dangers } from '../security/dangers.js';
import { html, render, reports } from './render.js';

/** Words are told apart by their numbers: `w12w`. */
const word = '\u0000';
const words = (count: number) => Array.from({ length: count }, () => word).join(' ');

const inline: fc.Arbitrary<string> = fc.letrec<{ inline: string }>((tie) => ({
  inline: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.integer({ min: 1, max: 3 }).map(words),
    fc.constantFrom(
      '$x$',
      '\\$5',
      '`code`',
      '&amp;',
      '<br>',
      '<!-- c -->',
      '[^1]',
      '12:30',
      'a_b',
      '{#x}',
      '@key',
      '한글',
    ),
    tie('inline').map((text) => `*${text}*`),
    tie('inline').map((text) => `**${text}**`),
    tie('inline').map((text) => `~~${word} ${text}~~`),
    tie('inline').map((text) => `[${text}](other.md)`),
    tie('inline').map((text) => `[${text}][ref]`),
    tie('inline').map((text) => `![${text}](x.png)`),
    tie('inline').map((text) => `<span title="t">${text}</span>`),
    tie('inline').map((text) => `<b>${text}</b>`),
    tie('inline').map((text) => `<unknown>${text}</unknown>`),
    fc.tuple(tie('inline'), tie('inline')).map(([a, b]) => `${a} ${b}`),
    fc.tuple(tie('inline'), tie('inline')).map(([a, b]) => `${a}${b}`),
  ),
})).inline;

const indent = (text: string, by: string) => text.replace(/^(?!$)/gm, by);

const block: fc.Arbitrary<string> = fc.letrec<{ block: string; blocks: string }>((tie) => ({
  block: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    inline,
    fc.tuple(fc.integer({ min: 1, max: 6 }), inline).map(([level, text]) => `${'#'.repeat(level)} ${text}`),
    inline.map((text) => `${text}\n===`),
    inline.map((text) => `![${word}](x.png "${text.replaceAll('"', "'")}")`),
    inline.map((text) => `![${word}](x.png '${text.replaceAll("'", '"')}') {#fig:x}`),
    inline.map(
      (text) =>
        `| ${text.replaceAll('|', '')} | ${word} |\n| - | - |\n| ${word} | ${word} |\n\nTable: ${text}`,
    ),
    inline.map((text) => `[^1]: ${text}`),
    inline.map((text) => `- [ ] ${text}\n- ${word}`),
    fc.constant(`\`\`\`js title="${word}"\n${word}\n\`\`\``),
    fc.constant(`    ${word}`),
    fc.constant('---'),
    tie('blocks').map((text) => indent(text, '> ')),
    tie('blocks').map((text) => `> [!NOTE] ${word}\n${indent(text, '> ')}`),
    tie('blocks').map((text) => `- ${indent(text, '  ').trimStart()}`),
    tie('blocks').map((text) => `1. ${indent(text, '   ').trimStart()}`),
    tie('blocks').map((text) => `[^name]: ${indent(text, '    ').trimStart()}`),
    tie('blocks').map((text) => `::::::theorem[${word}]\n${text}\n::::::`),
    tie('blocks').map((text) => `::::::proof\n${text}`),
    tie('blocks').map((text) => `::::::nothing[${word}]\n${text}\n::::::`),
    tie('blocks').map((text) => `<details><summary>${word}</summary>\n\n${text}\n\n</details>`),
    tie('blocks').map((text) => `<div>\n${text}\n</div>`),
    tie('blocks').map((text) => `<unknown>\n\n${text}`),
    tie('blocks').map((text) => `<table><tr><td>\n\n${text}\n\n</td></tr></table>`),
  ),
  blocks: fc
    .array(tie('block'), { minLength: 1, maxLength: 3, depthIdentifier: 'blocks' })
    .map((all) => all.join('\n\n')),
})).block;

const post = fc.array(block, { minLength: 1, maxLength: 5 }).map((blocks) => {
  let number = 0;
  const text = `${blocks.join('\n\n')}\n\n[ref]: x\n`;
  return text.replaceAll(word, () => `w${number++}w`);
});

describe('every word', () => {
  it('of a post comes into the page, or is said to be missing', () => {
    fc.assert(
      fc.property(post, (text) => {
        const rendered = render(text, { draftMath: true });
        const page = html(rendered);
        const said = reports(rendered).some((report) => /markdown\/(?:too-deep|table-cells)/.test(report));
        const lost = [...new Set(text.match(/w\d+w/g))].filter((one) => !page.includes(one));
        if (!said) expect(lost).toEqual([]);
        expect(dangers(page)).toEqual([]);
      }),
      { numRuns: 400, seed: 7 },
    );
  });
});

describe('any characters', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 4 }),
    fc.constantFrom(
      ...'*_`~$\\[](){}<>!#|:-+=&;"\'@^/\t\n\r '.split(''),
      ...[
        '\n\n',
        '\r\n',
        '    ',
        '```',
        '~~~',
        '$$',
        '\\(',
        '\\]',
        '\\begin{align}',
        '\\end{align}',
        '<!--',
        '-->',
        '<div>',
        '</div>',
      ],
      ...[
        '<script>',
        '</script>',
        '<b',
        '&#x',
        '&amp',
        ':::',
        ':::proof',
        '[^1]',
        '[^1]: ',
        '> [!NOTE]',
        '| - |',
        '{#',
        '.png)',
        '](',
        '한글',
      ],
      ...[
        '\ue000',
        '0\ue000',
        '&#xE000;',
        '<table>',
        '<p',
        'javascript:',
        'http://',
        'www.',
        '@a',
        '\\ref{',
        '{{<',
        '<svg>',
        '<!more-->',
      ],
    ),
  );
  const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));

  it('make a page in which nothing runs, and no error without a place', () => {
    fc.assert(
      fc.property(text, (body) => {
        const rendered = render(body, { draftMath: true });
        expect(dangers(html(rendered))).toEqual([]);
        expect(rendered.diagnostics.filter(({ line, column }) => !line || !column)).toEqual([]);
      }),
      { numRuns: 1500, seed: 11, examples: [[':::proof*www.']] },
    );
  });

  it('do so also as a title and a summary', () => {
    fc.assert(
      fc.property(text, (written) => {
        const rendered = render('x', { draftMath: true, post: { title: written, summary: written } });
        expect(dangers(html(rendered, rendered.title.html) + html(rendered, rendered.excerpt))).toEqual([]);
      }),
      { numRuns: 300, seed: 13 },
    );
  });
});
