// A post's text is untrusted: nothing in it may run in a reader's browser, wherever in the Markdown it stands.
import { describe, expect, it } from 'vitest';
import { fillHoles } from '../../src/site/fill-holes.js';
import type { RenderedPost } from '../../src/types.js';
import { render, targetsOf } from '../markdown/render.js';
import { dangers } from './dangers.js';
import { active, sly } from './payloads.js';

/** Every part of a post that comes into a page, formulas as KaTeX sets them. */
function htmlOf(post: RenderedPost): string {
  const targets = targetsOf([post]);
  const parts = [post.html, post.title.html, post.excerpt, ...post.headings.map(({ html }) => html)];
  const page = parts.map((part) => fillHoles(part, post.post, targets));
  return [...page, fillHoles(post.html, post.post, targets, 'https://example.org')].join('\n');
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ');

const positions: Readonly<Record<string, (payload: string) => string>> = {
  block: (x) => `Before\n\n${x}\n\nAfter\n`,
  inline: (x) => `Before ${x} after\n`,
  heading: (x) => `# ${oneLine(x)}\n\n## ${oneLine(x)}\n\nSetext ${oneLine(x)}\n---\n`,
  'heading id': (x) => `## Heading {#${x.replace(/\s/g, '')}}\n\n[](#${encodeURIComponent(x)})\n`,
  'table cell': (x) => `| ${oneLine(x)} |\n| - |\n| ${oneLine(x)} |\n\nTable: ${oneLine(x)} {#tbl:x}\n`,
  'list and quote': (x) => `- ${x}\n\n> ${x}\n> [!NOTE] ${oneLine(x)}\n\n> [!TIP] ${oneLine(x)}\n`,
  footnote: (x) => `a[^1]\n\n[^1]: ${x}\n\n[^${oneLine(x)}]: x\n`,
  'link text': (x) => `[${x}](y) [${x}][z]\n\n[z]: ${oneLine(x)}\n`,
  'link address': (x) => `[x](${x}) [y](<${oneLine(x)}>) [z]\n\n[z]: <${oneLine(x)}>\n`,
  'link title': (x) => `[x](y "${oneLine(x).replaceAll('"', '\\"')}") [z](y '${oneLine(x)}')\n`,
  autolink: (x) => `<${x}> <https://${x}> www.example.org/${x}\n`,
  'image text': (x) => `![${x}](y.png)\n\na ![${x}](y.png)\n`,
  'image address': (x) => `![x](${x})\n\na ![y](<${oneLine(x)}>)\n`,
  caption: (x) => `![x](y.png "${oneLine(x).replaceAll('"', '\\"')}")\n\na ![x](y.png '${oneLine(x)}')\n`,
  'image id': (x) => `![x](y.png) {#${x.replace(/\s/g, '')}}\n`,
  'code info': (x) => `\`\`\`${oneLine(x)}\ncode\n\`\`\`\n\n~~~js title="${oneLine(x)}" {1}\ncode\n~~~\n`,
  code: (x) => `\`\`\`html\n${x}\n\`\`\`\n\n\`\`${oneLine(x)}\`\`\n\n\`\`\`nothing\n${x}\n\`\`\`\n`,
  'inline formula': (x) => `$${oneLine(x)}$ and ## $${oneLine(x)}$\n\n## $\\text{${oneLine(x)}}$\n`,
  display: (x) => `$$\n${x}\n$$\n\n\\[ ${oneLine(x)} \\]\n`,
  block_title: (x) => `:::theorem[${oneLine(x)}]{#${oneLine(x)} .x}\n${x}\n:::\n\n:::${oneLine(x)}\nx\n:::\n`,
  'HTML attribute': (x) => `<b title="${x}">b</b> <b title='${x}'>b</b> <b class=${oneLine(x)}>b</b>\n`,
  'HTML address': (x) => `<a href="${x}">b</a> <a href='${x}'>b</a> <img src="${x}" alt='${x}'>\n`,
  'HTML block': (x) => `<div>\n${x}\n</div>\n\n<details><summary>${x}</summary>\n\n${x}\n\n</details>\n`,
  reference: (x) => `\\ref{${x}} \\eqref{${oneLine(x)}} [](${encodeURI(x)}#x) [](x.md#${x})\n`,
  comment: (x) => `<!-- ${x} -->\n\n<!--${x}\n\n<!--more-->\n`,
};

describe.each(Object.entries(positions))('in the %s', (_, position) => {
  it('no hostile text comes into the page alive', () => {
    const alive = [...active, ...sly].flatMap((payload) => {
      const html = htmlOf(render(position(payload), { draftMath: true }));
      const found = [
        ...dangers(html),
        ...(/[\ue000-\uf8ff]\d+[\ue000-\uf8ff]/.test(html) && !/[\ue000-\uf8ff]|&#/.test(payload)
          ? ['placeholder']
          : []),
      ];
      return found.length > 0 ? [{ payload, found, html }] : [];
    });
    expect(alive).toEqual([]);
  });
});

it('the active ones are found when they come into a page as they are', () => {
  expect(active.filter((payload) => dangers(payload).length === 0)).toEqual([]);
});

it('as title and summary they are text', () => {
  const alive = [...active, ...sly].flatMap((payload) => {
    const post = { title: payload, summary: payload };
    const html = htmlOf(render('x', { post, draftMath: true }));
    return dangers(html).length > 0 ||
      /<(?!\/?(?:p|span|math|code|m[a-z]+|svg|path|a|semantics|annotation)\b)/.test(html)
      ? [{ payload, html }]
      : [];
  });
  expect(alive).toEqual([]);
});

it('with rawHtml: none they are text', () => {
  for (const payload of active) {
    const post = render(`Before\n\n${payload}\n\nin ${payload} line`, { yaml: 'markdown: {rawHtml: none}' });
    expect(dangers(htmlOf(post))).toEqual([]);
  }
});
