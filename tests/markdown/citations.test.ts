// Citations in Markdown: what is one, what is not, where it can stand, and the list at the end.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CitationStyle } from '../../src/bibliography/cite.js';
import { parseBibliography } from '../../src/bibliography/parse.js';
import { renderPost } from '../../src/markdown/render.js';
import type { Post, RenderedPost } from '../../src/types.js';
import { configOf, html, postOf, reports, texts } from './render.js';

const { entries } = parseBibliography(
  `@article{vaswani2017, author = {Vaswani, Ashish and Shazeer, Noam and Parmar, Niki}, title = {Attention}, journal = {NIPS}, year = 2017}
@article{luong2015, author = {Luong, M. and Manning, C.}, title = {Effective $O(n^2)$}, year = 2015, doi = {10.18653/v1/D15-1166}}
@misc{kim_a:1, author = {Kim, A.}, title = {A}, year = 2020}
@misc{kim.b-2, author = {Kim, A.}, title = {B}, year = 2020}
@misc{hong, author = {홍길동}, title = {제목}, year = 2021}
@misc{odd, author = {Odd, O.}, title = {On \\foo{x} and $\\unknown$}, year = 2000}
@misc{10.1016/0370(83)9, author = {Key, D.}, title = {D}, year = 1983}`,
  'references.bib',
);

interface Given {
  readonly style?: CitationStyle;
  readonly post?: Partial<Post>;
  readonly empty?: boolean;
}

function render(
  body: string,
  { style = 'author-year', post: fields = {}, empty = false }: Given = {},
): RenderedPost {
  const { markdown, math, theorems } = configOf();
  const post = postOf(body, fields);
  const bibliography = empty ? {} : { bibliography: { style, entries } };
  const options = {
    markdown,
    math,
    theorems,
    macros: new Map(),
    draftMath: false,
    lint: false,
    searchable: true,
  };
  return renderPost(post, { ...options, texts: texts.get(post.lang) ?? {}, ...bibliography });
}

/** The text as a reader sees it, links to works between angle brackets, without the list. */
function read(rendered: RenderedPost): string {
  return html(rendered)
    .replace(/<section class="references".*/s, '')
    .replace(/<a href="#ref:([^"]*)"[^>]*>(.*?)<\/a>/gs, '‹$2›')
    .replace(/<(?!katex|\/katex)[^>]*>/g, '')
    .replace(/\u2060/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The references of the list as text, without the links back. */
function list(rendered: RenderedPost): string[] {
  return [...html(rendered).matchAll(/<li id="ref:[^>]*>(.*?)<\/li>/gs)].map(([, item = '']) =>
    item
      .replace(/ ?<a href="#cite:.*/s, '')
      .replace(/<[^>]*>/g, '')
      .trim(),
  );
}

describe('a citation', () => {
  it.each([
    ['As [@vaswani2017] show.', 'As (‹Vaswani et al., 2017›) show.'],
    ['As @vaswani2017 show.', 'As ‹Vaswani et al. (2017)› show.'],
    ['@luong2015.', '‹Luong and Manning (2015)›.'],
    ['(@luong2015)', '(‹Luong and Manning (2015)›)'],
    ['“@luong2015”', '“‹Luong and Manning (2015)›”'],
    ['*@luong2015* _@hong_ __see @hong__', '‹Luong and Manning (2015)› ‹홍길동 (2021)› see ‹홍길동 (2021)›'],
    ['**[@luong2015]**은', '(‹Luong and Manning, 2015›)은'],
    ['[@vaswani2017; @luong2015]', '(‹Vaswani et al., 2017›; ‹Luong and Manning, 2015›)'],
    ['[@vaswani2017;@luong2015]', '(‹Vaswani et al., 2017›; ‹Luong and Manning, 2015›)'],
    ['[@vaswani2017, @luong2015]', '(‹Vaswani et al., 2017›; ‹Luong and Manning, 2015›)'],
    ['[@vaswani2017, p. 3]', '(‹Vaswani et al., 2017›, p. 3)'],
    [
      '[see @vaswani2017, pp. 3–4; also @luong2015]',
      '(see ‹Vaswani et al., 2017›, pp. 3–4; also ‹Luong and Manning, 2015›)',
    ],
    [
      '[@vaswani2017, eq. $x;y$ and *more*; @hong]',
      '(‹Vaswani et al., 2017›, eq. <katex>x;y</katex> and more; ‹홍길동, 2021›)',
    ],
    ['[@vaswani2017; and much more]', '(‹Vaswani et al., 2017›; and much more)'],
    ['They [-@vaswani2017] show.', 'They (‹2017›) show.'],
    ['[see -@vaswani2017]', '(see ‹2017›)'],
    ['[@kim_a:1; @kim.b-2]', '(‹Kim, 2020a›, ‹2020b›)'],
    ['[@{10.1016/0370(83)9}] and @{hong}s', '(‹Key, 1983›) and ‹홍길동 (2021)›s'],
    ['two\nlines [@vaswani2017,\np. 3]', 'two lines (‹Vaswani et al., 2017›, p. 3)'],
    ['[a [@hong] b] [c]', '[a (‹홍길동, 2021›) b] [c]'],
    ['1 < 2 [@hong] &amp; <b>@hong</b>', '1 &#x3C; 2 (‹홍길동, 2021›) &#x26; ‹홍길동 (2021)›'],
  ])('%j reads %j', (body, text) => {
    const rendered = render(body);
    expect(reports(rendered)).toEqual([]);
    expect(read(rendered)).toBe(text);
  });

  it.each([
    [
      '@vaswani2017은 [@luong2015]을 @hong이',
      '‹Vaswani 외(2017)›은 (‹Luong, Manning, 2015›)을 ‹홍길동(2021)›이',
    ],
    ['@hong.그리고 [@hong은]', '‹홍길동(2021)›.그리고 (‹홍길동, 2021›은)'],
  ])('%j reads %j on a Korean page', (body, text) => {
    expect(read(render(body, { post: { lang: 'ko' } }))).toBe(text);
  });

  it.each([
    ['As [@vaswani2017; @luong2015] and [@vaswani2017] show.', 'As [‹1›, ‹2›] and [‹1›] show.'],
    ['@luong2015, then [@vaswani2017; @luong2015]', '‹Luong and Manning [1]›, then [‹1›, ‹2›]'],
    [
      '@luong2015, then [see @vaswani2017, p. 3; @luong2015]',
      '‹Luong and Manning [1]›, then [see ‹2›, p. 3; ‹1›]',
    ],
    ['[-@luong2015]', '[‹1›]'],
  ])('%j reads %j in numbers', (body, text) => {
    expect(read(render(body, { style: 'numeric' }))).toBe(text);
  });

  it('counts those of the notes after all others, in the order in which notes are read', () => {
    const body = 'A[^b] b[^a] [@hong].\n\n[^a]: @luong2015\n\n[^b]: @vaswani2017[^c]\n\n[^c]: [@odd]';
    const rendered = render(body, { style: 'numeric' });
    expect(list(rendered).map((item) => item.split('.')[0])).toEqual(['홍길동', 'A', 'M', 'O']);
  });

  it('stands in lists, tables, captions, quotes, theorems and notes', () => {
    const body = `- [@hong]

| a | b |
|---|---|
| [@hong] | @hong |

![x](x.svg "Of [@hong]")

> @hong

:::theorem[By @hong]
As [@hong].
:::

A note[^1].

[^1]: [@hong]
`;
    const rendered = render(body);
    expect(reports(rendered)).toEqual([]);
    expect(read(rendered).match(/‹/g)).toHaveLength(8);
    expect(rendered.html.some((part) => typeof part === 'string' && part.includes('@hong'))).toBe(false);
  });

  it('is text in the contents, and leaves the id of its heading alone', () => {
    const body = '## On attention [@vaswani2017]\n\n## @luong2015 again\n\ntext';
    expect(render(body).headings.map(({ id, text }) => [id, text])).toEqual([
      ['on-attention', 'On attention (Vaswani et al., 2017)'],
      ['luong-and-manning-again', 'Luong and Manning (2015) again'],
    ]);
    const [first] = render(body, { style: 'numeric' }).headings;
    expect([first?.id, first?.text, JSON.stringify(first?.html)]).toEqual([
      'on-attention',
      'On attention',
      expect.not.stringContaining('<a'),
    ]);
  });

  it('in the title has no way back, since the title is set without links', () => {
    const rendered = render('# On [@hong]\n\n[@hong]', { post: { title: undefined } as never });
    expect(html(rendered).match(/href="#cite:\d"/g)).toEqual(['href="#cite:2"']);
    expect(rendered.title.text).toBe('On (홍길동, 2021)');
  });

  it('is left out of a card when it is a number', () => {
    expect(render('As shown [@hong], yes.').excerptText).toBe('As shown (홍길동, 2021), yes.');
    expect(render('As shown [@hong], yes.', { style: 'numeric' }).excerptText).toBe('As shown, yes.');
    expect(render('As @luong2015 shows.', { style: 'numeric' }).excerptText).toBe(
      'As Luong and Manning [1] shows.',
    );
  });
});

describe('what looks like a citation', () => {
  it.each([
    ['@angrypark and @media', '@angrypark and @media'],
    ['a@vaswani2017 b', 'a@vaswani2017 b'],
    ['mail hong@vaswani2017.org', 'mail hong@vaswani2017.org'],
    ['`@vaswani2017` and `[@nobody]`', '@vaswani2017 and [@nobody]'],
    ['$@$ [@ vaswani2017]', '<katex>@</katex> [@ vaswani2017]'],
    ['[@vaswani2017](https://example.org)', '@vaswani2017'],
    ['[see *@vaswani2017*](https://example.org)', 'see @vaswani2017'],
    ['[@nobody]\n\n[@nobody]: https://example.org', '@nobody'],
    ['https://example.org/@vaswani2017', 'https://example.org/@vaswani2017'],
    ['<https://example.org/@vaswani2017>', 'https://example.org/@vaswani2017'],
    ['example.org/@vaswani2017', 'example.org/@vaswani2017'],
    ['\\@vaswani2017 and [\\@nobody]', '@vaswani2017 and [@nobody]'],
    ['[cc @alice]', '[cc @alice]'],
    ['@{nobody} @{} @{a b} @', '@{nobody} @{} @{a b} @'],
    ['@vaswani2017-like', '@vaswani2017-like'],
    ['@@vaswani2017', '@@vaswani2017'],
    ['@vaswani2017x', '@vaswani2017x'],
  ])('%j is text', (body, text) => {
    const rendered = render(body);
    expect(rendered.diagnostics).toEqual([]);
    expect(read(rendered)).toBe(text);
    expect(html(rendered)).not.toContain('class="references"');
  });

  it('is text in code and in the alternative text of an image', () => {
    const rendered = render('```\n[@hong]\n```\n\ntext ![a @hong](x.svg)');
    expect(html(rendered)).toContain('[@hong]');
    expect(html(rendered)).toContain('alt="a @hong"');
    expect(rendered.diagnostics.filter(({ code }) => code.startsWith('cite'))).toEqual([]);
  });

  it('leaves every other text as it is without a bibliography', () => {
    const body = 'To @angrypark, a@b.co, [x] and **@y**은 (@z).';
    expect(html(render(body))).toBe(html(render(body, { empty: true })));
  });
});

describe('a key that the bibliography does not have', () => {
  it.each([
    [
      'a [@vaswani2018]',
      '1:4',
      'vaswani2018',
      'did you mean @vaswani2017?; if this is no citation, write \\@vaswani2018',
    ],
    [
      'a\nb [see @hong; @nobody, p. 3]',
      '2:15',
      'nobody',
      'add it to the bibliography; if this is no citation, write \\@nobody',
    ],
    [
      '> - x\n>   [-@lunog2015]',
      '2:7',
      'lunog2015',
      'did you mean @luong2015?; if this is no citation, write \\@lunog2015',
    ],
    [
      '| a |\n|---|\n| [@nobody] |',
      '3:4',
      'nobody',
      'add it to the bibliography; if this is no citation, write \\@nobody',
    ],
    [
      '![x](y.svg "Of [@nobody]")',
      '1:17',
      'nobody',
      'add it to the bibliography; if this is no citation, write \\@nobody',
    ],
    [
      'a[^1]\n\n[^1]: b [@{no(body)}]',
      '3:10',
      'no(body)',
      'add it to the bibliography; if this is no citation, write \\@{no(body)}',
    ],
  ])('is an error where it stands: %j', (body, place, key, hint) => {
    expect(reports(render(body))).toEqual([
      `error cite/unknown-key ${place} the bibliography has no ${key} (${hint})`,
    ]);
  });

  it('is an error in a file with a byte order, front matter and line ends of Windows', () => {
    const { diagnostics } = render('a\r\n[@nobody]\r\n', { post: { bodyLine: 5 } });
    expect(diagnostics).toMatchObject([{ line: 6, column: 2, length: 7 }]);
  });

  it('leaves what stands behind it in its place', () => {
    const places = [
      'See [@nobody] and',
      'See @nobody and',
      'As @vaswani2017은 and',
      'As [@vaswani2017] and',
    ].map((text) => {
      const { diagnostics } = render(`${text} \\textbf{x}.`);
      const { column } = diagnostics.find(({ code }) => code === 'markdown/foreign-syntax') ?? {};
      return [text, column];
    });
    expect(places).toEqual(places.map(([text]) => [text, String(text).length + 2]));
  });

  it('is explained when there is no bibliography', () => {
    const { diagnostics } = render('[@nobody]', { empty: true });
    expect(diagnostics).toMatchObject([
      {
        severity: 'error',
        hint: expect.stringContaining('no bibliography has an entry yet: write it into references.bib'),
      },
    ]);
  });

  it('keeps what was written', () => {
    expect(read(render('a [see @hong; @nobody] b'))).toBe('a [see ‹홍길동 (2021)›; @nobody] b');
  });
});

describe('the list of references', () => {
  it('names what is cited, each once, sorted by author', () => {
    const rendered = render('[@vaswani2017] @hong [@luong2015; @vaswani2017]');
    expect(list(rendered)).toEqual([
      'Luong, M. and Manning, C. (2015). Effective O(n^2).',
      'Vaswani, A., Shazeer, N., and Parmar, N. (2017). Attention. NIPS.',
      '홍길동(2021). 제목.',
    ]);
  });

  it('is sorted by number in the numeric style', () => {
    expect(list(render('[@vaswani2017] @hong', { style: 'numeric' }))).toEqual([
      'A. Vaswani, N. Shazeer, and N. Parmar. Attention. NIPS, 2017.',
      '홍길동. 제목. 2021.',
    ]);
  });

  it('is a section with a heading, behind the notes, in which every citation is linked to and fro', () => {
    const rendered = render('A[^1] @luong2015 [@luong2015].\n\n[^1]: note');
    const page = html(rendered).trim();
    expect(page.slice(page.indexOf('<section class="references"'))).toBe(
      '<section class="references" role="doc-bibliography" aria-labelledby="refs:label"><h2 id="refs:label">References</h2>' +
        '<ul class="author-year"><li id="ref:luong2015">Luong, M. and Manning, C. (2015). ' +
        '<a href="https://doi.org/10.18653/v1/D15-1166">Effective <katex>O(n^2)</katex></a>. ' +
        '<a href="#cite:1" class="reference-back" role="doc-backlink" aria-label="Back to citation 1">↩</a> ' +
        '<a href="#cite:2" class="reference-back" role="doc-backlink" aria-label="Back to citation 2">↩<sup>2</sup></a>' +
        '</li></ul></section>',
    );
    expect(page.indexOf('class="footnotes"')).toBeLessThan(page.indexOf('class="references"'));
    const ids = new Set([...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id));
    const targets = [...page.matchAll(/ href="#([^"]*)"/g)].map(([, target = '']) =>
      decodeURIComponent(target),
    );
    expect(targets.filter((target) => !ids.has(target))).toEqual([]);
  });

  it('has its heading in the language of the page', () => {
    expect(html(render('[@hong]', { post: { lang: 'ko' } }))).toContain('>참고 문헌<');
  });

  it('is linked by keys of every kind', () => {
    const page = html(render('[@{10.1016/0370(83)9}; @kim_a:1]'));
    for (const key of ['10.1016/0370(83)9', 'kim_a:1']) {
      expect(page).toContain(`id="ref:${key}"`);
      expect(page).toContain(`href="#ref:${encodeURIComponent(key)}"`);
    }
  });

  it('is no part of the text that is counted, shown on cards or searched for by its words', () => {
    const [cited, plain] = [render('Words [@vaswani2017].'), render('Words (Vaswani et al., 2017).')];
    expect([cited.minutes, cited.excerptText]).toEqual([plain.minutes, plain.excerptText]);
  });

  it('is where remarks on a work are made, at their place in its file, with errors in formulas', () => {
    const { diagnostics } = render('[@odd]');
    const found = diagnostics.map(({ file, code, line, column }) => `${file} ${code} ${line}:${column}`);
    expect(found).toContain('references.bib bibliography/unknown-command 6:44');
    expect(found).toContain('references.bib math/unknown-command 6:57');
    expect(render('[@hong]').diagnostics).toEqual([]);
  });

  it('is not changed by an author who writes its marks himself', () => {
    const body = '<a id="cite:1" href="#ref:vaswani2017" role="doc-biblioref">x</a> [@hong]';
    expect(list(render(body))).toEqual(['홍길동(2021). 제목.']);
  });
});

describe('any text', () => {
  const pieces = [...'@@@[[[]]];-{}*_`()!| \n', 'ab', '한', '\n\n', '[@', '[^1]', '[^1]: ', '# ', '> '];
  const text = (more: readonly string[]) =>
    fc.array(fc.constantFrom(...pieces, ...more), { maxLength: 30 }).map((parts) => parts.join(''));

  it('that cites nothing is what it would be if @ were a comma', () => {
    fc.assert(
      fc.property(text([]), (body) => {
        expect(html(render(body)).replaceAll('@', ',')).toBe(html(render(body.replaceAll('@', ','))));
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('that cites has a target for every link, and no id twice', () => {
    fc.assert(
      fc.property(
        text(['@hong', '[@luong2015]', '; @vaswani2017', 'hong', '$', '\\']),
        fc.constantFrom('author-year', 'numeric'),
        (body, style) => {
          const page = html(render(body, { style }));
          const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id);
          const targets = [...page.matchAll(/ href="#((?:ref|cite):[^"]*)"/g)].map(([, target]) => target);
          expect(targets.filter((target = '') => !ids.includes(target))).toEqual([]);
          expect(new Set(ids).size).toBe(ids.length);
        },
      ),
      { numRuns: 300, seed: 1 },
    );
  });
});
