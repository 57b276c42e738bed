import { describe, expect, test } from 'vitest';
import { setFormula } from '../../src/math/katex.js';
import { defineMacros } from '../../src/math/macros.js';
import { type NumberingOptions, numberFormulas } from '../../src/math/numbering.js';

/** What stands beside each formula: a text for a whole display, a list for rows. */
function shown(formulas: readonly string[], mode: NumberingOptions['mode'] = 'auto') {
  const { formulas: numbered } = numberFormulas(
    formulas.map((tex) => ({ tex, display: true })),
    { mode },
  );
  return numbered.map(
    ({ rows, whole }) =>
      whole?.text ?? (rows.length > 0 ? rows.map(({ text }) => text ?? '-').join(' ') : ''),
  );
}

const displays = (formulas: readonly string[]) => formulas.map((tex) => ({ tex, display: true }));

describe('which rows have numbers', () => {
  test.each([
    ['E = mc^2', ''],
    ['E = mc^2 \\label{eq:e}', '(1)'],
    ['\\label{eq:e} \\begin{split} a &= b \\\\ &= c \\end{split}', '(1)'],
    ['\\begin{equation} a \\end{equation}', '(1)'],
    ['\\begin{equation*} a \\end{equation*}', '-'],
    ['\\begin{align} a &= b \\\\ c &= d \\end{align}', '(1) (2)'],
    ['\\begin{align} a &= b \\\\ c &= d \\\\ \\end{align}', '(1) (2) -'],
    ['\\begin{align} a \\nonumber \\\\ b \\notag \\\\ c \\end{align}', '- - (1)'],
    ['\\begin{align} a \\tag{7} \\\\ b \\tag*{A} \\\\ c \\end{align}', '(7) A (1)'],
    ['\\begin{align*} a \\tag{$\\ast$} \\\\ b \\end{align*}', '(∗) -'],
    ['\\begin{gather} a \\\\ b \\end{gather}', '(1) (2)'],
    [
      '\\begin{subequations} \\begin{align} a \\\\ b \\notag \\\\ c \\end{align} \\end{subequations}',
      '(1a) - (1b)',
    ],
    [
      '\\begin{subequations} \\begin{gather} a \\\\ b \\tag{x} \\\\ c \\end{gather} \\begin{equation} d \\end{equation} \\end{subequations}',
      '(1a) (x) (1b) (1c)',
    ],
    ['\\begin{subequations} \\begin{align*} a \\\\ b \\end{align*} \\end{subequations}', '- -'],
    ['\\begin{alignat}{2} a & b \\\\ c & d \\end{alignat}', '(1) (2)'],
    ['\\begin{eqnarray} a &=& b \\\\ &=& c \\end{eqnarray}', '(1) (2)'],
    ['\\begin{multline} a \\\\ b \\end{multline}', '(1)'],
    ['\\begin{equation}\\begin{aligned} a \\\\ b \\end{aligned}\\end{equation}', '(1)'],
    ['\\begin{align} \\begin{cases} a \\\\ b \\end{cases} \\\\ \\substack{c \\\\ d} \\end{align}', '(1) (2)'],
    ['\\begin{align} a % \\\\ \\label{x}\n \\\\ b \\end{align}', '(1) (2)'],
    ['\\begin{align} a \\cr b \\end{align}', '(1) (2)'],
    ['\\left\\{\\begin{align} a \\\\ b \\end{align}\\right.', '- -'],
    ['x \\tag{11}', '(11)'],
    [
      "\\begin{align} a \\label{a} \\\\ b \\tag{\\ref{a}$'$} \\label{b} \\\\ c \\tag*{\\eqref{b}x} \\end{align}",
      '(1) (1′) (1′)x',
    ],
    [
      '\\begin{align} a \\tag{\\ref{b}a} \\label{a} \\\\ b \\label{b} \\\\ c \\tag{\\ref{d}} \\label{d} \\end{align}',
      '(1a) (1) (d)',
    ],
    ['x \\label{eq:e} \\nonumber', ''],
    ['\\newcommand{\\be}{\\begin{equation}}\\newcommand{\\ee}{\\end{equation}} \\be x \\ee', '(1)'],
    ['\\text{\\begin{align} is an environment}', ''],
  ])('%s', (tex, expected) => {
    expect(shown([tex])).toEqual([expected]);
  });

  test('numbers go on through the post, and tags take none', () => {
    const formulas = [
      '\\begin{align} a \\\\ b \\end{align}',
      'x',
      'y \\tag{A}',
      'z \\label{z}',
      '\\begin{equation} q \\end{equation}',
    ];
    expect(shown(formulas)).toEqual(['(1) (2)', '', '(A)', '(3)', '(4)']);
    expect(shown(formulas, 'all')).toEqual(['(1) (2)', '(3)', '(A)', '(4)', '(5)']);
    expect(shown(formulas, 'none')).toEqual(['- -', '', '(A)', '', '-']);
  });

  test('with all, a starred environment, \\nonumber and definitions alone still have none', () => {
    expect(
      shown(
        [
          '\\begin{align*} a \\end{align*}',
          'x \\nonumber',
          '\\newcommand{\\a}{b}',
          ' ',
          '\\begin{aligned} a \\end{aligned}',
        ],
        'all',
      ),
    ).toEqual(['-', '', '', '', '(1)']);
  });

  test('an inline formula has none', () => {
    expect(
      numberFormulas([{ tex: 'x \\label{a}', display: false }], { mode: 'all' }).formulas[0]?.whole,
    ).toBeUndefined();
  });
});

describe('labels', () => {
  test('a label has a name, an id, a number and a place', () => {
    const { labels } = numberFormulas(
      displays(['x', '\\begin{align} a \\label{eq:First law} \\\\ b \\label{eq:식} \\end{align}']),
      { mode: 'auto' },
    );
    expect([...labels.values()]).toEqual([
      { name: 'eq:First law', id: 'eq-first-law', text: '1', formula: 1, offset: 23, length: 12 },
      { name: 'eq:식', id: 'eq-식', text: '2', formula: 1, offset: 49, length: 4 },
    ]);
  });

  test('names are compared as NFC, and ids are different', () => {
    const { labels, faults } = numberFormulas(
      displays(['a \\label{eq:\u1109\u1175\u11a8}', 'b \\label{a}', 'c \\label{eq:a} \\ref{eq:식}']),
      { mode: 'auto' },
    );
    expect([...labels.values()].map(({ id }) => id)).toEqual(['eq-식', 'eq-a', 'eq-a-2']);
    expect(faults).toEqual([]);
  });

  test('a label in subequations is that of all of them, and the next equation has the next number', () => {
    const { labels, faults } = numberFormulas(
      displays([
        '\\begin{subequations} \\label{all} \\begin{align} a \\label{a} \\\\ b \\label{b} \\end{align} \\end{subequations}',
        'c \\label{c} \\ref{all}',
        '\\begin{subequations} \\label{none} \\begin{align*} a \\end{align*} \\end{subequations} \\ref{none}',
      ]),
      { mode: 'auto' },
    );
    expect([...labels.values()].map(({ name, text = '' }) => `${name} ${text}`)).toEqual([
      'a 1a',
      'b 1b',
      'all 1',
      'c 2',
      'none ',
    ]);
    expect(faults.map(({ code }) => code)).toEqual(['math/unnumbered-label']);
  });

  test('letters go on behind z', () => {
    const rows = Array.from({ length: 28 }, () => 'a').join('\\\\');
    expect(shown([`\\begin{subequations}\\begin{align}${rows}\\end{align}\\end{subequations}`])[0]).toMatch(
      /\(1z\) \(1aa\) \(1ab\)$/,
    );
  });

  test('a label before an environment is that of its first equation', () => {
    const { labels } = numberFormulas(displays(['\\label{a} \\begin{align} x \\\\ y \\end{align}']), {
      mode: 'auto',
    });
    expect(labels.get('a')?.text).toBe('1');
  });

  test('duplicate and ambiguous labels are faults at their place', () => {
    const { faults } = numberFormulas(
      displays(['a \\label{x}', 'b \\label{x}', '\\begin{align} c \\label{y} \\label{z} \\end{align}']),
      { mode: 'auto' },
    );
    expect(faults.map(({ code, formula, offset, length }) => [code, formula, offset, length])).toEqual([
      ['math/duplicate-label', 1, 9, 1],
      ['math/ambiguous-label', 2, 33, 1],
    ]);
  });
});

describe('references', () => {
  test('one may point forwards; to nothing, or to what has no number, is a fault', () => {
    const formulas = displays([
      '\\eqref{later} \\ref{nope} \\eqref{none} \\eqref{ltaer}',
      'a \\label{later}',
      '\\begin{align*} b \\label{none} \\end{align*}',
    ]);
    const { faults } = numberFormulas(formulas, { mode: 'auto' });
    expect(faults.map(({ code, formula, offset, length }) => [code, formula, offset, length])).toEqual([
      ['math/unknown-reference', 0, 19, 4],
      ['math/unnumbered-label', 0, 32, 4],
      ['math/unknown-reference', 0, 45, 5],
    ]);
    expect(faults[2]?.hint).toBe('did you mean later?');
  });

  test('other posts, and labels of other things, are not looked for here', () => {
    const formulas = displays(['\\eqref{other-post#eq:x} \\ref{fig:a}']);
    expect(numberFormulas(formulas, { mode: 'auto', isLabel: (name) => name === 'fig:a' }).faults).toEqual(
      [],
    );
    expect(numberFormulas(formulas, { mode: 'auto' }).faults).toHaveLength(1);
  });

  test('those in a tag are to equations of the post, whose numbers are known', () => {
    const formulas = displays([
      'a \\tag{\\ref{x}a} \\label{a}',
      'b \\label{x}',
      'c \\tag{\\ref{other-post#eq:x}a}',
      'd \\tag{$\\eqref{other-post#eq:x}$}',
      'e \\tag*{\\ref{thm:a}, \\ref{nope}}',
    ]);
    const { labels, faults } = numberFormulas(formulas, {
      mode: 'auto',
      isLabel: (name) => name === 'thm:a',
    });
    expect(labels.get('a')?.text).toBe('1a');
    expect(faults.map(({ code, formula, offset, length }) => [code, formula, offset, length])).toEqual([
      ['math/unknown-reference', 2, 12, 15],
      ['math/unknown-reference', 3, 15, 15],
      ['math/unknown-reference', 4, 13, 5],
      ['math/unknown-reference', 4, 26, 4],
    ]);
  });

  test('those inside macros count, where the macro is used', () => {
    const { macros } = defineMacros({ '\\by': '\\overset{\\eqref{#1}}{=}' });
    const { faults } = numberFormulas(displays(['a \\by{eq:x} b']), { mode: 'auto', macros });
    expect(faults).toMatchObject([{ code: 'math/unknown-reference', offset: 6, length: 4, formula: 0 }]);
  });
});

describe('numbers in the page', () => {
  function render(tex: string, mode: NumberingOptions['mode'] = 'auto') {
    const numbers = numberFormulas([{ tex, display: true }], { mode }).formulas[0];
    const result = setFormula(tex, { display: true, ...(numbers && { numbers }) });
    if (!result.ok) throw new Error(result.error.message);
    const [mathml = '', visible = ''] = result.html.split('<span class="katex-html" aria-hidden="true">');
    return { html: result.html, mathml, visible };
  }
  const cells = (mathml: string) =>
    [...mathml.matchAll(/<mtd><mtext>([^<]*)<\/mtext><\/mtd>/g)].map(([, text]) => text);
  const text = (html: string) => html.replace(/<[^>]*>|\u200b/g, '');

  test('are text in the HTML and in the MathML, manual tags included', () => {
    const { mathml, visible, html } = render(
      '\\begin{align} a &= b \\\\ c &= d \\nonumber \\\\ e &= f \\tag{9} \\\\ g &= h \\label{eq:g} \\\\ \\end{align}',
    );
    expect(cells(mathml)).toEqual(['(1)', '(9)', '(2)']);
    expect(text(visible)).toMatch(/\(1\)\(9\)\(2\)$/);
    expect(html).not.toMatch(/eqn-num/);
    expect(html.match(/ id="[^"]*"/g)).toEqual([' id="eq-g"']);
  });

  test('stand beside a display without rows, whose id is that of its label', () => {
    const { html, mathml, visible } = render('E = mc^2 \\label{eq:e} % a comment');
    expect(html).toMatch(/^<span class="katex-display" id="eq-e">/);
    expect(html.match(/ id="/g)).toHaveLength(1);
    expect(cells(mathml)).toEqual(['(1)']);
    expect(text(visible)).toMatch(/\(1\)$/);
    expect(/<annotation[^>]*>([^<]*)</.exec(html)?.[1]).toBe('E = mc^2 \\label{eq:e} % a comment');
  });

  test('of a manual tag with a label the row has the id', () => {
    const { html, mathml } = render('\\begin{align*} a \\tag{$*$} \\label{star} \\\\ b \\end{align*}');
    expect(html).toContain('id="eq-star"');
    expect(cells(mathml)).toEqual(['(*)']);
  });

  test('stay at the edge when a sentence ends behind the environment', () => {
    const inside = render('\\begin{align} a \\\\ b, \\label{x} \\end{align}');
    const behind = render('\\begin{align} a \\\\ b \\label{x} \\end{align},');
    expect(behind.visible.replace(/<[^>]*>/g, '')).toBe(inside.visible.replace(/<[^>]*>/g, ''));
    expect(behind.visible).toMatch(/<\/span><span class="katex-tag">(?:(?!katex-base).)*$/);
  });

  test('an environment in another shows none', () => {
    const { html, mathml } = render('\\left\\{\\begin{align} a \\\\ b \\end{align}\\right.');
    expect(cells(mathml)).toEqual([]);
    expect(html).not.toMatch(/eqn-num/);
  });

  test('without numbering nothing is left to CSS counters', () => {
    const result = setFormula('\\begin{align} a \\\\ b \\end{align}', { display: true });
    expect(result.ok && result.html).not.toMatch(/eqn-num/);
  });

  test('errors keep their places beside them', () => {
    const tex = '\\begin{align} a \\label{x} \\\\ b \\label{y} \\\\ \\nope \\end{align}';
    const numbers = numberFormulas([{ tex, display: true }], { mode: 'auto' }).formulas[0];
    const result = setFormula(tex, { display: true, ...(numbers && { numbers }) });
    expect(result).toMatchObject({ ok: false, error: { offset: tex.indexOf('\\nope'), length: 5 } });
  });
});
