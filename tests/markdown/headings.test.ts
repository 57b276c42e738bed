// Titles and the table of contents. Ids and levels have their cases in cases/headings.md.
import { describe, expect, it } from 'vitest';
import { html, render, reports } from './render.js';

const untitled = { post: { title: undefined } };

describe('the title', () => {
  it('is that of the front matter, with its formulas set', () => {
    const post = render('text', { post: { title: 'The $O(n^2)$ *way* & <b>' } });
    expect(post.title.text).toBe('The O(n²) *way* & <b>');
    expect(html(post, post.title.html)).toBe('The <katex>O(n^2)</katex> *way* &amp; &lt;b&gt;');
  });

  it('is the first # heading of a post without one, which then leaves the text', () => {
    const post = render('![badge](b.png)\n\n# The $O(n^2)$ *way*\n\n## Part\n\n# Later', untitled);
    expect(post.title.text).toBe('The O(n²) way');
    expect(html(post, post.title.html)).toBe('The <katex>O(n^2)</katex> <em>way</em>');
    expect(html(post)).not.toContain('way');
    expect(post.headings.map(({ depth, text }) => [depth, text])).toEqual([
      [3, 'Part'],
      [2, 'Later'],
    ]);
  });

  it('is not shown twice when the text begins with it', () => {
    const repeated = render('# The $x$ way\n\nText', { post: { title: 'The $x$ way' } });
    expect(html(repeated).trim()).toBe('<p>Text</p>');
    const other = render('# Another\n\nText', { post: { title: 'The $x$ way' } });
    expect(other.headings).toMatchObject([{ depth: 2, text: 'Another' }]);
    const later = render('Text\n\n# The $x$ way', { post: { title: 'The $x$ way' } });
    expect(later.headings).toHaveLength(1);
  });

  it('has an address where it stands in the text', () => {
    const heading = (body: string, title?: string) => {
      const { titleHeading, ids, headings, diagnostics } = render(body, { post: { title } });
      expect(diagnostics).toEqual([]);
      return [titleHeading?.id, ids, headings.map(({ id }) => id)];
    };
    expect(heading('# The $x^2$ way')).toEqual(['the-x2-way', ['the-x2-way'], []]);
    expect(heading('# The way', 'The way')).toEqual(['the-way', ['the-way'], []]);
    expect(heading('# The way {#t}\n\n## T')).toEqual(['t', ['t', 't-1'], ['t-1']]);
    expect(heading('# Way\n\n## Way\n\n<i id="way-1"></i>')).toEqual([
      'way-2',
      ['way-2', 'way', 'way-1'],
      ['way'],
    ]);
    expect(heading('text', 'The way')).toEqual([undefined, [], []]);
  });

  it('has an address of its own', () => {
    expect(reports(render('# T {#t}\n\n## U {#t}', untitled))).toEqual([
      expect.stringMatching(/^warning markdown\/duplicate-id 3:1 /),
    ]);
  });

  it('is missed when there is neither', () => {
    expect(reports(render('Text', untitled))[0]).toMatch(/^error front-matter\/missing-title 1:1 /);
    expect(reports(render('#\n\n## Not this', untitled))[0]).toMatch(
      /^error front-matter\/missing-title 1:1 /,
    );
  });

  it('has errors in its formulas where they stand', () => {
    const title = { file: 'posts/case.md', line: 2, column: 8 };
    const post = render('text', { post: { title: 'A $x + \\foo$', textPlaces: { title } } });
    expect(post.diagnostics).toMatchObject([{ code: 'math/unknown-command', line: 2, column: 15 }]);
  });
});

describe('the contents', () => {
  const contents = (body: string) => {
    const post = render(body);
    return post.headings.map((heading) => html(post, heading.html));
  };

  it('show formulas and style, but no links, notes, ids and images', () => {
    expect(
      contents('## *A* [link $x$](x.md)[^1] `c` ![icon](i.png)<br>b <span id="q">s</span>\n\n[^1]: N'),
    ).toEqual(['<em>A</em> link <katex>x</katex> <code>c</code> icon b <span>s</span>']);
  });

  it('have no link inside a link, in references and formulas neither', () => {
    const post = render('$$ x \\label{eq:x} $$\n\n## By \\eqref{eq:x} and $x \\eqref{eq:x}$');
    const [heading] = post.headings;
    expect(html(post)).toMatch(/<h2 id="[^"]*">By <a class="reference" href="#eq-x">\(1\)<\/a>/);
    expect(html(post, heading?.html)).toMatch(/^By \(1\) and /);
    expect(JSON.stringify(post.html)).toContain('<a ');
    expect(JSON.stringify(heading?.html)).not.toContain('<a ');
  });

  it('hold headings of quotes and blocks, and not that of the notes', () => {
    expect(contents('> ## In a quote\n\n:::theorem\n### In a block\n:::\n\nx[^1]\n\n[^1]: note')).toEqual([
      'In a quote',
      'In a block',
    ]);
  });
});

describe('ids', () => {
  it('are all known, of equations too', () => {
    const { ids } = render(
      '## Part\n\n$$ a \\label{eq:a} $$\n\n![a](a.png "b") {#fig:a}\n\n<a name="old"></a> x[^1]\n\n[^1]: n',
    );
    expect(ids).toEqual(['part', 'fig:a', 'old', 'fnref:1', 'fn:label', 'fn:1', 'eq-a']);
  });

  it('are NFC whatever the file has', () => {
    const { ids, headings } = render('## 한글 제목'.normalize('NFD'));
    expect(ids).toEqual(['한글-제목'.normalize('NFC')]);
    expect(headings[0]?.text).toBe('한글 제목'.normalize('NFC'));
  });
});
