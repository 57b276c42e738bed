// What a card shows, and how long a text takes to read: the contract's numbers.
import { describe, expect, it } from 'vitest';
import { siteOf } from '../site/build.js';
import { html, render } from './render.js';

const words = (count: number) => Array.from({ length: count }, (_, index) => `w${index}`).join(' ');

describe("a card's text", () => {
  it('is what stands before <!--more-->', () => {
    const post = render('One *two*, $x^2$.\n\n- three\n- four\n\n<!--more-->\n\nRest.', {
      post: { summary: 'Not this' },
    });
    expect(post.excerptText).toBe('One two, x². three four');
    expect(html(post, post.excerpt)).toBe('One two, x². three four');
    expect(render('One.\n\n<!-- MORE -->\n\nRest.').excerptText).toBe('One.');
    expect(render('> One.\n>\n> <!--more-->\n>\n> Rest.').excerptText).toBe('One.');
  });

  it('is else the summary', () => {
    const { excerptText } = render('Text.', { post: { summary: 'About $\\alpha$ & <b>' } });
    expect(excerptText).toBe('About α & <b>');
    expect(render('<!--more-->\n\nText.', { post: { summary: 'S' } }).excerptText).toBe('S');
  });

  it('is else the beginning of the text: 70 words', () => {
    expect(render(words(70)).excerptText).toBe(words(70));
    expect(render(words(71)).excerptText).toBe(`${words(70)}…`);
    expect(render(`${words(69)} end. ${words(9)}`).excerptText).toBe(`${words(69)} end…`);
  });

  it('holds whole words, however long they are and wherever text in another element begins', () => {
    const long = 'x'.repeat(1000);
    expect(render(`${long} and ${words(80)}`).excerptText).toBe(`${long} and ${words(68)}…`);
    expect(render(`**${long}**${long} ${words(80)}`).excerptText).toBe(`${long}${long} ${words(69)}…`);
    // 70 words of nine characters, the last of which goes on in another element.
    const some = 'wordwords '.repeat(69);
    for (let length = 80; length < 130; length++) {
      const last = 'l'.repeat(length);
      expect(render(`${some}${last}**${last}** and so on`).excerptText).toBe(`${some}${last}${last}…`);
    }
  });

  it('is not what stands before <!--more--> in what is no prose', () => {
    expect(render('One.\n\n| a <!--more--> |\n| - |\n| b |\n\nTwo.').excerptText).toBe('One. Two.');
  });

  it('counts 140 characters of Hangul, Han or Kana for 70 words, and cuts between words', () => {
    expect(render('가나다라 '.repeat(35)).excerptText).toBe('가나다라 '.repeat(35).trim());
    expect(render('가나다라 '.repeat(36)).excerptText).toBe(`${'가나다라 '.repeat(35).trim()}…`);
    expect(render(`${'가나다 '.repeat(46)}라마바 ${'가나다 '.repeat(9)}`).excerptText).toBe(
      `${'가나다 '.repeat(46).trim()}…`,
    );
    expect(render('漢'.repeat(150)).excerptText).toBe(`${'漢'.repeat(140)}…`);
    expect(render(`${words(35)} ${'가나 '.repeat(50)}`).excerptText).toBe(
      `${words(35)} ${'가나 '.repeat(35).trim()}…`,
    );
  });

  it('leaves out what is no prose', () => {
    const body =
      '# Heading\n\nOne[^1].\n\n```\ncode\n```\n\n![alt](a.png "caption")\n\n| table |\n| - |\n\n> [!NOTE]\n> two\n\nthree `code`\n\n[^1]: note';
    expect(render(body).excerptText).toBe('One. two three code');
  });

  it('holds theorems and their proofs', () => {
    expect(render(':::theorem\nA.\n:::\n\n:::proof\nB.\n:::').excerptText).toBe('Theorem 1. A. Proof. B.');
  });

  it('has MathML where a formula has no readable form in characters', () => {
    const post = render('A $\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}$ z.');
    expect(post.excerpt.join('')).toMatch(/^A <math.*<\/math> z\.$/s);
    expect(post.excerpt.join('')).not.toContain('<annotation');
  });

  it('names headings and other posts that it refers to', async () => {
    const { files } = await siteOf({
      'site.yaml': 'search: false\n',
      'posts/a.md':
        '---\ntitle: A\ndate: 2026-01-02\n---\nBy [](#basic-idea), \\ref{basic-idea}, [](#eq:e) and [](b.md#eq:x).\n\n## Basic $x$ idea {#basic-idea}\n\n$$ e \\label{eq:e} $$\n',
      'posts/b.md': '---\ntitle: B\ndate: 2026-01-01\n---\n$$ x \\label{eq:x} $$\n',
    });
    expect(files['index.html']).toContain(
      '<p class="excerpt">By Basic x idea, Basic x idea, (1) and (1) in <cite>B</cite>. e</p>',
    );
    expect(files['posts/a/index.html']).toContain(
      '<meta name="description" content="By Basic x idea, Basic x idea, (1) and',
    );
  });

  it.each(['safe', 'trusted'])('holds no script, style or spare content, with rawHtml: %s', (rawHtml) => {
    const hidden = ['script', 'style', 'noscript', 'object'].map(
      (name) => `<${name}>\n  var secret = ${words(900)};\n</${name}>`,
    );
    const post = render([...hidden, 'First <noscript>secret</noscript> words.'].join('\n\n'), {
      yaml: `markdown: { rawHtml: ${rawHtml} }`,
    });
    expect(post.excerptText).toBe('First words.');
    expect(post.text).toBe('First words.');
    expect(post.minutes).toBe(1);
  });

  it('is safe as HTML', () => {
    expect(render('a \\<script> & b').excerpt).toEqual(['a &lt;script&gt; &amp; b']);
  });
});

describe('reading time', () => {
  it.each([
    [1, ''],
    [1, words(1)],
    [1, words(200)],
    [2, words(201)],
    [2, words(400)],
    [3, words(401)],
    [1, '가'.repeat(500)],
    [2, '가'.repeat(501)],
    [1, `${words(100)} ${'漢'.repeat(250)}`],
    [2, `${words(101)} ${'かな'.repeat(125)}`],
    [1, `${words(200)} — – … !!! *** 🙂`],
  ])('is %i min', (minutes, body) => {
    expect(render(body).minutes).toBe(minutes);
  });

  it('counts headings, captions, quotes, tables and notes', () => {
    const parts = [
      `# ${words(50)}`,
      `![x](x.png "${words(50)}")`,
      `> ${words(50)}[^1]`,
      `| ${words(40)} |\n| - |`,
      `[^1]: ${words(10)}`,
    ];
    expect(render(parts.join('\n\n')).minutes).toBe(1);
    expect(render([...parts, 'more'].join('\n\n')).minutes).toBe(2);
  });

  it('counts neither code, inline or not, nor formulas', () => {
    const code = `\`${words(50)}\`\n\n\`\`\`\n${words(900)}\n\`\`\`\n\n    ${words(90)}`;
    expect(render(`${words(200)} ${code}\n\n$x$ $y$ $a b c d$\n\n$$\n${words(300)}\n$$`).minutes).toBe(1);
  });
});

describe('the text for search', () => {
  it('holds all prose with readable formulas, but no blocks of code', () => {
    const body =
      '## Part $x^2$\n\nA `c`[^1] ![alt](a.png).\n\n```\ncode\n```\n\n| a | b |\n| - | - |\n\n[^1]: Note.';
    expect(render(body).text).toBe('Part x² A c alt. a b Note.');
  });
});
