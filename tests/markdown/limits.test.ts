// Inputs that bring parsers to their knees: each ends, and what cannot be shown is an error at its place.
import { describe, expect, it } from 'vitest';
import { html, render, reports } from './render.js';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('nesting', () => {
  const depth = 'error markdown/too-deep';

  it.each([
    ['quotes', `a\n\n${'> '.repeat(100)}b`, '3:1'],
    ['quotes without spaces', `${'>'.repeat(25_000)}b`, '1:1'],
    ['lists in a line', `${'- '.repeat(5000)}b`, '1:1'],
    ['quotes in a list', `1. ${'> '.repeat(5000)}b`, '1:1'],
    [
      'lists by indentation',
      numbers(60)
        .map((level) => `${'  '.repeat(level)}- a\n`)
        .join(''),
      '50:99',
    ],
    ['emphasis', `${'*a **b '.repeat(200)}${'c** d*'.repeat(200)}`, '1:344'],
    ['HTML', '<div>'.repeat(150), '1:496'],
    ['too many elements in one that is left out', `<foo>\n${'a<br>'.repeat(70_000)}\n</foo>`, '1:1'],
    ['HTML beyond the stack', `x\n\n${'<b>'.repeat(20_000)}`, '3:1'],
    [
      'blocks',
      numbers(150)
        .map((level) => `${':'.repeat(200 - level)}proof\n`)
        .join(''),
      '100:1',
    ],
  ])('of %s has a limit', (_, body, place) => {
    const post = render(body);
    expect(reports(post)).toContainEqual(expect.stringContaining(`${depth} ${place} `));
  });

  it('is told of each of many lines', () => {
    const count = 50_000;
    expect(reports(render(`${'>'.repeat(101)}\n`.repeat(count)))).toHaveLength(count);
  }, 30_000);

  it('of fifty quotes is allowed', () => {
    const post = render(`${'> '.repeat(50)}innermost`);
    expect(reports(post)).toEqual([]);
    expect(html(post)).toContain('innermost');
  });

  it('is no error in a line of dashes', () => {
    expect(html(render(`a\n\n${'- '.repeat(200)}\n\nb`))).toContain('<hr>');
    expect(
      reports(render(`${'-'.repeat(300)}\n\n| a |\n| ${'-'.repeat(300)} |\n\n${'* '.repeat(200)}`)),
    ).toEqual([]);
  });

  it('leaves the rest of the post as it is', () => {
    expect(html(render(`Before\n\n${'> '.repeat(200)}a\n\nAfter`))).toMatch(/Before.*After/s);
  });
});

describe('a post of', () => {
  it.each([
    ['open brackets', '['.repeat(5000)],
    ['open links', '[a]('.repeat(3000)],
    ['open links in pointed brackets', '[a](<b'.repeat(5000)],
    ['images in images', '![[]()'.repeat(3000)],
    ['links in links', `${'['.repeat(1000)}a${'](b)'.repeat(1000)}`],
    ['open emphasis', '*a **a '.repeat(3000)],
    ['mixed emphasis', '*a_ '.repeat(1000)],
    ['closing emphasis', `a**b${'c* '.repeat(2000)}`],
    ['open strikethrough', '~~a '.repeat(5000)],
    [
      'backticks',
      numbers(300)
        .map((count) => `e${'`'.repeat(count)}`)
        .join(''),
    ],
    ['open code', '`a'.repeat(5000)],
    ['pointed brackets', '<'.repeat(20_000)],
    ['open comments', '<!--'.repeat(5000)],
    ['open declarations', '<!A '.repeat(5000)],
    ['open instructions', '<?'.repeat(5000)],
    ['open CDATA', '<![CDATA['.repeat(5000)],
    ['open scripts', '<script>'.repeat(2000)],
    ['attributes', `<a ${'x="'.repeat(10_000)}>`],
    ['unclosed tags in a block', `<div>\n${'<a x="$y$" '.repeat(5000)}`],
    ['addresses', 'www.'.repeat(3000)],
    ['half mail addresses', 'a.b@'.repeat(3000)],
    ['dollars', '$a '.repeat(10_000)],
    ['ampersands', '&'.repeat(20_000)],
    ['backslashes', '\\'.repeat(20_000)],
    ['references', '\\ref{'.repeat(10_000)],
    ['colons', ':'.repeat(20_000)],
    ['dots', `${'.'.repeat(50_000)} a`],
    ['dashes and a word', `a ${'-'.repeat(50_000)}`],
    ['blanks in a heading', `## a${' '.repeat(50_000)}{`],
    ['braces in a heading', `## ${'{#'.repeat(20_000)}`],
    ['columns', `${'|a'.repeat(2000)}|\n${'|-'.repeat(2000)}|\n${'|b'.repeat(2000)}|`],
    ['line numbers', `\`\`\`py {${'1-99999,'.repeat(5000)}}\nx\n\`\`\``],
    ['settings of code', `\`\`\`${'a='.repeat(20_000)}\nx\n\`\`\``],
    [
      'definitions',
      numbers(1000)
        .map((name) => `[${name}]: x\n`)
        .join(''),
    ],
    ['equal headings', '## a\n'.repeat(1000)],
    ['setext underlines', `${'a\n'.repeat(2000)}===`],
    ['callouts', '> [!NOTE]\n'.repeat(1000)],
    ['foreign marks', '{{< [[ab]] ![[ab]] %%a%% {% a %} {:a} '.repeat(2000)],
    ['foreign marks with escapes', '\\[[ab]] '.repeat(5000)],
    ['foreign marks that are never closed', '{{< {% a [[a %%a {:a '.repeat(3000)],
    ...['[[', '{#', '\\'].map((mark): [string, string] => [
      `letters behind ${mark}`,
      `${mark}${'cite'.repeat(100_000)}`,
    ]),
    ['open arguments of LaTeX', '\\cite[\\hyperref['.repeat(2000)],
    ['admonitions', '!!! note "a"\n'.repeat(3000)],
    ['blanks in admonitions', `!!! note${' '.repeat(50_000)}"${' '.repeat(50_000)}" x`],
    ['blanks in blocks', `:::note a${' '.repeat(50_000)}}\n\n::: note${' '.repeat(50_000)}a`],
    ['roles', '{ref}`a` '.repeat(3000)],
    ['blanks in roles', `{ref}\`a${' '.repeat(50_000)}b\``],
    ['NUL and noncharacters', 'a\0b\ufffe\uffff\ufdd0'],
    ['control characters', String.fromCharCode(...numbers(160))],
    ['nothing', ''],
  ])('%s is rendered', (_, body) => {
    expect(typeof html(render(body, { draftMath: true }))).toBe('string');
  });

  it('5,000 footnotes has all of them', () => {
    const count = 5000;
    const uses = numbers(count).map((note) => `a[^${note}]`);
    const notes = numbers(count).map((note) => `[^${note}]: Note ${note}.`);
    const post = render(`${uses.join(' ')}\n\n${notes.join('\n\n')}`);
    expect(reports(post)).toEqual([]);
    expect(html(post)).toContain(`<li id="fn:${count}"><p>Note ${count - 1}.`);
    // The references, the notes, and the label of the section.
    expect(post.ids).toHaveLength(2 * count + 1);
  });

  it('5,000 footnotes of one name has all of them', () => {
    const count = 5000;
    const post = render(`a[^x]\n\n${'[^x]: Note.\n\n'.repeat(count)}`);
    expect(reports(post)).toHaveLength(count - 1);
    expect(html(post)).toContain(`<li id="fn:${count}"><p>Note.`);
  });

  it('every private-use character of the basic plane still has its code', () => {
    const all = numbers(0xf900 - 0xe000).map((index) => String.fromCharCode(0xe000 + index));
    const post = render(`${all.join('')} \`code\`\n\n\`\`\`\nblock\n\`\`\``);
    expect(html(post)).toContain('<code>block</code>');
    expect(html(post)).toContain(all.join(''));
  });
});
