import { describe, expect, test } from 'vitest';
import { type FormulaOptions, setFormula } from '../../src/math/katex.js';
import { defineMacros, type Macros, noMacros, parseMacros } from '../../src/math/macros.js';
import { equationText } from '../../src/math/reference-commands.js';
import type { ReferenceForm } from '../../src/types.js';

/** Sets a formula that has to be right. */
function set(tex: string, options: Partial<FormulaOptions> = {}) {
  const result = setFormula(tex, { display: true, ...options });
  if (!result.ok) throw new Error(`${result.error.message} in ${tex}`);
  return result;
}

/** What is read, without the markup: of the MathML, and of the visible HTML. */
function texts(html: string) {
  const [mathml = '', visible = ''] = html.split('<span class="katex-html" aria-hidden="true">');
  const text = (part: string) =>
    part.replace(/<annotation[\s\S]*?<\/annotation>/, '').replace(/<[^>]*>|[\u200b\u2061]/g, '');
  return { mathml: text(mathml), visible: text(visible) };
}

function annotation(html: string): string | undefined {
  return /<annotation[^>]*>([^<]*)</.exec(html)?.[1];
}

/** Sets formulas as a post does: each with the macros that the ones before it leave. */
function setPost(formulas: readonly string[], macros: Macros = noMacros) {
  let current = macros;
  return formulas.map((tex) => {
    const result = setFormula(tex, { display: true, macros: current });
    current = result.macros;
    return result;
  });
}

describe('output', () => {
  test('a formula comes as HTML and as MathML, inline or as a display', () => {
    const { html } = set('x + 1', { display: false });
    expect(html).toMatch(/^<span class="katex"><span class="katex-mathml"><math/);
    expect(texts(html)).toEqual({ mathml: 'x+1', visible: 'x+1' });
    expect(set('x + 1').html).toMatch(/^<span class="katex-display">/);
  });

  test('the source in the annotation is the author’s, whatever KaTeX was given', () => {
    const tex = '\\begin{eqnarray} a &=& \\text{b_c} < d \\end{eqnarray} % end';
    expect(annotation(set(tex).html)).toBe(tex.replaceAll('&', '&amp;').replaceAll('<', '&lt;'));
  });

  test('the MathML is such as HTML parsers understand: no element inside mo, mi or mn, none closed by a slash', () => {
    const { html } = set('a \\overset{n}{=} \\mathop{\\rm arg\\,min}_x \\mathrel{x\\;y}');
    expect(html).toContain('<mover><mrow><mo>=</mo></mrow><mi>n</mi></mover>');
    expect(html.replace(/<span class="katex-html".*/s, '')).not.toMatch(/<m[ion](?: [^>]*)?><m|\/>/);
  });

  test('sizes are bounded', () => {
    const { html } = set('\\rule{123456em}{123456em}');
    expect(html.replace(/<annotation[\s\S]*?<\/annotation>/, '')).not.toMatch(/\d{3,}em/);
    expect(html).toContain('50em');
  });

  test('a formula of definitions alone leaves nothing in the page', () => {
    expect(set('\\newcommand{\\E}{\\mathbb{E}}').html).toBe('');
    expect(set('\\let\\oldsum\\sum').html).toBe('');
    expect(set('\\newcommand{\\E}{\\mathbb{E}} \\E').html).not.toBe('');
  });
});

describe('what MathJax users write', () => {
  test.each([
    ['\\mbox{if } x', 'if\u00a0x'],
    ['\\bm{x} + \\boldsymbol{y}', 'x+y'],
    ['\\text{hidden_size & C# ^}', 'hidden_size\u00a0&amp;\u00a0C#\u00a0^'],
    ['\\text{a_b $x_1$}', 'a_b\u00a0x1'],
    ['\\text{\\textcolor{#f00}{#1}}', '#1'],
    ['\\providecommand{\\R}{r} \\R', 'r'],
    ['\\begin{eqnarray*} a &=& b \\\\ &=& c \\end{eqnarray*}', 'a=b=c'],
    ['\\begin{multline*} a \\\\ b \\end{multline*}', 'ab'],
    ['\\begin{flalign*} a &= b \\end{flalign*}', 'a=b'],
    ['\\begin{aligned} a \\\\* b \\end{aligned}', 'ab'],
    ['\\cases{a \\cr b}', '{ab'],
    ['\\begin{array}{@{}l@{\\quad}p{2cm}|*{2}{c}@{}} a & b & c & d \\end{array}', 'abcd'],
    ['\\begin{aligned}[t] a &= b \\end{aligned} \\begin{gathered}[b] x \\\\ y\\end{gathered}', 'a=bxy'],
    ['\\begin{alignedat}[t]{2} a &= b & c &= d \\end{alignedat}', 'a=bc=d'],
    ['\\begin{array} [t]{c@{}c} a & b \\end{array}', 'ab'],
    ['\\begin{aligned} [t] &= b \\\\ [c]a \\end{aligned}', '[t]=b[c]a'],
    ['\\begin{gathered}[a] \\end{gathered}', '[a]'],
    ['\\ce{H2O}', 'HX2O'],
    ['\\DeclareMathOperator{\\foo}{foo} \\foo x', 'foox'],
    ['\\def\\foo#1#2{#2#1} \\foo ab', 'ba'],
    ['\\newcommand{\\foo}[2][z]{#1#2} \\foo[y]{a}\\foo{b}', 'yazb'],
    ['\\newcommand*\\foo[1]{<#1>} \\foo{x}', '&lt;x&gt;'],
    ['\\newcommand{\\R}{r} \\R', 'r'],
    ['\\renewcommand{\\vec}[1]{v(#1)} \\vec{x}', 'v(x)'],
    ['\\providecommand{\\foo}{a} \\providecommand{\\foo}{b} \\foo', 'a'],
    ['\\global\\def\\foo{x} \\foo', 'x'],
    ['\\let\\oldsum\\sum \\renewcommand{\\sum}{\\oldsum\\limits} \\sum', '∑'],
    ['\\newcommand{\\twice}[1]{#1 #1} \\twice{\\newcommand{\\foo}{x} \\foo}', 'xx'],
  ])('%s', (tex, mathml) => {
    expect(texts(set(tex).html).mathml).toBe(mathml);
  });

  test('an eqnarray is set like an align, without the gap of its middle column', () => {
    const [eqnarray, align] = [
      set('\\begin{eqnarray*} a &=& b \\\\ && + c \\end{eqnarray*}').html,
      set('\\begin{align*} a &= b \\\\ & + c \\end{align*}').html,
    ].map((html) => html.replace(/<annotation[\s\S]*?<\/annotation>/, ''));
    expect(eqnarray).toBe(align);
  });

  describe('in macros', () => {
    const { macros } = parseMacros(String.raw`
      \newcommand{\bml}{\begin{multline}} \newcommand{\eml}{\end{multline}}
      \newcommand{\ml}[1]{\begin{multline}#1\end{multline}}
      \newcommand{\bse}{\begin{subequations}} \newcommand{\ese}{\end{subequations}}
      \newcommand{\vect}[1]{\left(\begin{array}{@{}c@{}}#1\end{array}\right)}
      \newcommand{\be}{\begin{eqnarray}} \newcommand{\ee}{\end{eqnarray}}
      \newcommand{\bea}{\be} \newcommand{\all}[1]{\begin{eqnarray}#1\end{eqnarray}}
      \newcommand{\two}[2]{\begin{eqnarray} #1 &=& #2 \\* &=& {\text{a_b #2}} \end{eqnarray}}
      \newcommand{\ba}{\begin{aligned}[t]}
      \newcommand{\env}[2]{\begin{#1}#2\end{#1}}`);

    test.each([
      ['\\bml a\\\\b\\eml', '\\begin{multline} a\\\\b\\end{multline}'],
      ['\\ml{a\\\\b}', '\\begin{multline}a\\\\b\\end{multline}'],
      ['\\bse\\begin{align} a \\\\ b \\end{align}\\ese', '\\begin{align} a \\\\ b \\end{align}'],
      ['\\vect{a\\\\b}', '\\left(\\begin{array}{c}a\\\\b\\end{array}\\right)'],
      ['\\be a &=& b \\\\ &=& c \\ee', '\\begin{align} a &= b \\\\ &= c \\end{align}'],
      ['\\bea a &=& b \\ee', '\\begin{align} a &= b \\end{align}'],
      ['\\all{a &=& b}', '\\begin{align} a &= b \\end{align}'],
      ['\\two{x}{y}', '\\begin{align} x &= y \\\\ &= {\\text{a\\_b y}} \\end{align}'],
      ['\\newcommand{\\bq}{\\begin{eqnarray}} \\bq a &=& b \\ee', '\\begin{align} a &= b \\end{align}'],
      ['\\ba a &= b \\end{aligned}', '\\begin{aligned} a &= b \\end{aligned}'],
    ])('%s is read as outside', (tex, plain) => {
      const [inMacro, outside] = [tex, plain].map((one) => set(one, { macros }).html);
      const withoutSource = (html = '') => html.replace(/<annotation[\s\S]*?<\/annotation>/, '');
      expect(withoutSource(inMacro)).toBe(withoutSource(outside));
    });

    test.each(['multline', 'subequations'])(
      'a name that is put together is not read, and %s is not misspelt',
      (name) => {
        expect(setFormula(`\\env{${name}}{a}`, { display: true, macros })).toMatchObject({
          error: { hint: `write \\begin{${name}} out: it is not read where a macro puts its name together` },
        });
      },
    );
  });

  test('\\require is left out with a note', () => {
    const { warnings, html } = set('x + \\require{cancel} \\cancel{y}');
    expect(warnings).toMatchObject([
      { severity: 'note', code: 'math/ignored-command', offset: 4, length: 16 },
    ]);
    expect(texts(html).mathml).toBe('x+y');
  });
});

describe('macros', () => {
  const site = defineMacros({
    '\\E': '\\mathbb{E}',
    '\\norm': '\\lVert #1 \\rVert',
    inner: '\\langle #1, #2 \\rangle',
  });

  test('those of the site are there in every formula', () => {
    expect(site.faults).toEqual([]);
    expect(texts(set('\\E\\norm{x}\\inner{a}{b}', { macros: site.macros }).html).mathml).toBe('E∥x∥⟨a,b⟩');
  });

  test('those of a formula are there from it on, and only in its post', () => {
    const [first, second, third] = setPost(['\\foo', '\\newcommand{\\foo}{x} \\foo', '\\foo + \\foo']);
    expect([first?.ok, second?.ok, third?.ok]).toEqual([false, true, true]);
    expect([second?.defines, third?.defines]).toEqual([true, false]);
    expect(setFormula('\\foo', { display: true }).ok).toBe(false);
  });

  test('what \\let, \\edef and macros define stays, too', () => {
    const definitions = [
      '\\let\\oldsum\\sum',
      '\\edef\\foo{xy}',
      '\\newcommand{\\mk}{\\gdef\\made{z}}',
      '\\mk',
      '\\def\\pair(#1,#2){#2#1}',
    ];
    const results = setPost([...definitions, '\\oldsum\\foo\\made\\pair(a,b)']);
    const last = results.at(-1);
    expect(results.map(({ defines }) => defines)).toEqual([true, true, true, true, true, false]);
    expect(last?.ok && texts(last.html).mathml).toBe('∑xyzba');
  });

  test('a macro that has another name now still knows the macros that it uses', () => {
    const results = setPost([
      '\\newcommand{\\inner}[1]{|#1|} \\newcommand{\\outer}[1]{\\inner{#1}}',
      '\\let\\oldouter\\outer \\renewcommand{\\outer}[1]{\\oldouter{#1}!} \\outer{x}',
      '\\outer{y} \\renewcommand{\\outer}[1]{<#1>}',
      '\\def\\call(#1){\\inner{#1}} \\let\\other\\call',
      '\\outer{z} \\oldouter{u} \\call(v) \\other(w)',
    ]);
    const shown = results.map((result) => result.ok && texts(result.html).mathml);
    expect(shown).toEqual(['', '∣x∣!', '∣y∣!', '', '&lt;z&gt;∣u∣∣v∣∣w∣']);
  });

  test('a formula that fails keeps its definitions, so that one mistake makes one error', () => {
    const [first, second] = setPost(['\\newcommand{\\foo}{x} \\frca', '\\foo']);
    expect([first?.ok, second?.ok]).toEqual([false, true]);
  });

  test('a definition that cannot be read takes no other with it', () => {
    const [first, second] = setPost([
      '\\newcommand{\\pp}{p}\n\\newcommand{\\star1}{y}\n\\newcommand{\\qq}{q}',
      '\\pp \\qq',
    ]);
    expect(first).toMatchObject({ ok: false, defines: true, error: { code: 'math/bad-macro', offset: 32 } });
    expect(second?.ok && texts(second.html).mathml).toBe('pq');
  });

  test('a list of macros is never changed', () => {
    const before = new Map(site.macros);
    set('\\newcommand{\\E}{e} \\gdef\\x{y} \\E', { macros: site.macros });
    expect(site.macros).toEqual(before);
  });
});

describe('characters outside \\text', () => {
  test('Hangul and Han are warned about at their place, a word at a time', () => {
    const { warnings } = set('x = 번째 + 第n\\text{안}');
    expect(warnings.map(({ severity, code, offset, length }) => [severity, code, offset, length])).toEqual([
      ['warning', 'math/cjk-outside-text', 4, 2],
      ['warning', 'math/cjk-outside-text', 9, 1],
    ]);
  });

  test('those from a macro are shown at its use', () => {
    const { macros } = defineMacros({ '\\nth': 'n번째' });
    const { warnings } = set('x + \\nth', { macros });
    expect(warnings).toMatchObject([{ code: 'math/cjk-outside-text', offset: 4, length: 4 }]);
  });

  test('a character without metrics is warned about, an accented letter is not', () => {
    expect(set('x😀').warnings).toMatchObject([{ code: 'math/unknown-character', offset: 1, length: 2 }]);
    expect(set('é + д').warnings).toEqual([]);
  });
});

describe('characters that nobody sees', () => {
  test.each([
    ['\u200b', 'U+200B'],
    ['\u200c', 'U+200C'],
    ['\u200d', 'U+200D'],
    ['\u2060', 'U+2060'],
    ['\ufeff', 'U+FEFF'],
    ['\u00ad', 'U+00AD'],
  ])('%j is called by its number', (character, name) => {
    const message = `the invisible ${name} stands in the formula`;
    const warning = { code: 'math/unknown-character', message, hint: 'delete it', offset: 1, length: 1 };
    expect(set(`a${character}b`).warnings).toMatchObject([warning]);
    expect(set(`a${character}b`, { display: false }).warnings).toMatchObject([warning]);
  });

  test('a blank that TeX does not take for one is no reason to delete it', () => {
    const [warning] = set('a\u00a0b').warnings;
    expect(warning?.message).toBe('the invisible U+00A0 stands in the formula');
    expect(warning?.hint).toBe('write a plain blank, or ~ for one that is seen');
  });

  test('those that stand together are one warning, apart from what is seen', () => {
    expect(set('a\u200b\u200b😀').warnings.map(({ message, length }) => [message, length])).toEqual([
      ['the invisible U+200B stands in the formula', 2],
      ['KaTeX has no metrics for 😀', 2],
    ]);
  });
});

describe('references inside formulas', () => {
  const reference = (name: string, form: ReferenceForm) =>
    name === 'eq:a' ? { href: '#eq-a', text: equationText('3', form) } : undefined;

  test('a reference is a link in the HTML, and one that can be reached in the MathML', () => {
    const { html } = set('\\overset{\\eqref{eq:a}}{=} \\ref{eq:a}', { reference });
    expect(html).toContain('<mtext><a href="#eq-a">(3)</a></mtext>');
    expect(html).toMatch(/<a class="mtight" href="#eq-a" tabindex="-1">/);
    expect(html).toMatch(/<a href="#eq-a" tabindex="-1">/);
    expect(html).not.toContain('postulate');
  });

  test('what the caller gives comes out as it is, escaped', () => {
    const target = { href: '\ue0007\ue000', text: '\ue0008\ue000' };
    const { html } = set('\\text{by \\eqref{other#eq:x}}', { reference: () => target });
    expect(html).toContain('<a href="\ue0007\ue000" tabindex="-1">');
    expect(html.match(/\ue0008\ue000/g)).toHaveLength(2);
    expect(set('\\ref{x}', { reference: () => ({ href: '"><script>', text: '<b>' }) }).html).not.toMatch(
      /<script|<b>/,
    );
  });

  test('a label may have characters that TeX minds, inside \\text too, and so may what is shown', () => {
    const names: string[] = [];
    const shown = 'C# {50%} a_b ~ ^ $ & \\\\';
    const collect = (name: string) => {
      names.push(name);
      return { href: '#x', text: shown };
    };
    const { html } = set('\\eqref{eq:a_b} \\text{by \\eqref{eq:c_d}}', { reference: collect });
    expect(names).toEqual(['eq:a_b', 'eq:c_d']);
    expect(texts(html).mathml.replaceAll('\u00a0', ' ')).toContain(shown.replace('&', '&amp;'));
  });

  test('each command has its form', () => {
    const { html } = set('\\ref{eq:a} \\eqref{eq:a} \\autoref{eq:a} \\cref{eq:a} \\Cref{eq:a}', {
      reference,
    });
    expect(texts(html).visible).toBe('3(3)(3)(3)(3)');
    expect(texts(set('\\cref{eq:a, eq:a}', { reference }).html).visible.replaceAll('\u00a0', ' ')).toBe(
      '(3), (3)',
    );
  });

  test('a reference to nothing shows question marks', () => {
    expect(texts(set('\\eqref{nope}\\ref{nope}', { reference }).html)).toEqual({
      mathml: '(??)??',
      visible: '(??)??',
    });
  });
});

describe('hostile formulas', () => {
  test.each([
    ['expansion without end', '\\def\\a{\\a\\a}\\a', 'math/expansion'],
    [
      'a body of thousands, a thousand times',
      `\\def\\a{${'x'.repeat(5000)}}${'\\a '.repeat(1000)}`,
      'math/expansion',
    ],
    ['arguments multiplied', `\\def\\a#1{${'#1'.repeat(3000)}}\\a{${'x'.repeat(3000)}}`, 'math/expansion'],
    [
      'optional arguments multiplied',
      `\\newcommand{\\a}[1][${'x'.repeat(3000)}]{${'#1'.repeat(3000)}}\\a`,
      'math/expansion',
    ],
    ['doubling definitions', `\\edef\\a{xx}${'\\edef\\a{\\a\\a}'.repeat(40)}\\a`, 'math/expansion'],
    [
      'depth by macros',
      `\\def\\a#1{${'{'.repeat(150)}#1${'}'.repeat(150)}}${'\\a{'.repeat(100)}x${'}'.repeat(100)}`,
      'math/too-deep',
    ],
  ])('%s', (_, tex, code) => {
    expect(setFormula(tex, { display: true })).toMatchObject({ ok: false, error: { code } });
  });

  test('the own commands of the program cannot be misused', () => {
    for (const tex of [
      '\\postulate@row{0}',
      '\\postulate@define{0}',
      '\\@eqnsw',
      '\\__proto__',
      '\\constructor',
    ]) {
      expect(() => setFormula(tex, { display: true })).not.toThrow();
    }
    expect(defineMacros({ ['__proto__']: 'x', constructor: 'y' }).macros.get('\\constructor')?.body).toBe(
      'y',
    );
    expect(defineMacros(JSON.parse('{"__proto__": "x"}')).faults).toMatchObject([
      { name: '__proto__', code: 'math/bad-macro' },
    ]);
  });
});
