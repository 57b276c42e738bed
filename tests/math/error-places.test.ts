import { expect, test } from 'vitest';
import { setFormula } from '../../src/math/katex.js';
import { defineMacros } from '../../src/math/macros.js';

// «…» marks the place that the error must have.
const siteMacros = defineMacros({
  '\\bad': '\\frca{#1}',
  '\\deep': '\\bad{#1}',
  '\\half': '\\frac{1}',
  '\\open': '\\left(',
  '\\opens': '{\\left[}',
}).macros;

interface Case {
  readonly tex: string;
  readonly code?: string;
  readonly says: string;
  readonly inline?: true;
}

const cases: readonly Case[] = [
  // Unknown names.
  { tex: '«\\sofmax»(QK^\\top)', code: 'math/unknown-command', says: 'KaTeX does not know \\sofmax' },
  { tex: 'a + «\\frca»{1}{2}', code: 'math/unknown-command', says: '\\frca' },
  { tex: '\\frac{1}{«\\betta»   }', code: 'math/unknown-command', says: '\\betta' },
  { tex: '% \\first\n  «\\second» % \\third', code: 'math/unknown-command', says: '\\second' },
  { tex: '50\\% % x\n«\\nope»', code: 'math/unknown-command', says: '\\nope' },
  { tex: '𝒳 \\in 𝔸 «\\nope»', code: 'math/unknown-command', says: '\\nope' },
  { tex: '\\text{한글} + «\\nope»', code: 'math/unknown-command', says: '\\nope' },
  { tex: 'x\r\n  + «\\nope»\r\n', code: 'math/unknown-command', says: '\\nope' },
  {
    tex: '\\begin{array}{ll} a & b \\\\ c & «\\nope» \\end{array}',
    code: 'math/unknown-command',
    says: '\\nope',
  },
  {
    tex: '\\begin{pmatrix} 1 \\\\[2pt] «\\nope» \\end{pmatrix}',
    code: 'math/unknown-command',
    says: '\\nope',
  },
  {
    tex: '\\begin{align} a &= b \\\\ c &= «\\nope» \\end{align}',
    code: 'math/unknown-command',
    says: '\\nope',
  },
  { tex: '\\text{where $«\\nope»$ holds}', code: 'math/unknown-command', says: '\\nope' },
  { tex: '\\sqrt[«\\nope»]{x}', code: 'math/unknown-command', says: '\\nope' },
  { tex: 'x_{a^{b_{«\\nope»}}}', code: 'math/unknown-command', says: '\\nope' },
  { tex: '\\begin{«algin»} a \\end{algin}', code: 'math/unknown-environment', says: 'algin' },
  { tex: 'x = \\begin{«tabular»}{c} a \\end{tabular}', code: 'math/unknown-environment', says: 'tabular' },

  // What is never closed, and what closes nothing.
  { tex: '\\frac{1}«{»2', says: 'a { is not closed' },
  { tex: 'x^«{»a + b', says: 'a { is not closed' },
  { tex: '\\mathbb«{»R', says: 'a { is not closed' },
  { tex: 'a «}» b', says: 'a } has no {' },
  { tex: '«\\left(» \\frac{1}{2}', says: 'has no \\right' },
  { tex: '{ «\\left[» x } y', says: 'has no \\right' },
  { tex: 'x «\\right») y', says: 'a \\right has no \\left' },
  { tex: '«\\begin{matrix}» a & b \\\\ c', says: 'has no \\end{matrix}' },
  { tex: '\\begin{matrix} a «\\end{pmatrix}»', says: '\\begin{matrix} is ended by \\end{pmatrix}' },
  { tex: 'a «\\end{align}»', says: 'an \\end has no \\begin' },
  { tex: '\\sqrt«[»3 x', says: 'a [ is not closed' },
  { tex: '\\hat«\\boldsymbol»{\\beta}', says: 'are not one argument' },
  { tex: '\\bar«\\mathbf» x', says: 'are not one argument' },
  { tex: 'x + «\\mathbf»', says: 'lacks an argument' },
  { tex: '\\text«{»a $x$', says: 'a { is not closed' },
  { tex: '\\text{a «$»x}', says: 'a $ in a text is not closed' },
  { tex: '\\frac{1}«}»{2}', says: 'a } has no {' },
  { tex: '\\begin«{»align a &= b \\end{align}', says: 'a { is not closed' },
  { tex: '\\begin{bmatrix} 1 \\end«{»bmatrix', says: 'a { is not closed' },
  { tex: '\\begin{matrix} a \\\\[«2zz»] b \\end{matrix}', says: 'no unit' },
  { tex: '{ a «\\left(» b } c \\right)', says: 'has no \\right' },
  { tex: '\\begin{align}\na &= \\frac{b}«{»c \\\\\nd &= e\n\\end{align}', says: 'a { is not closed' },
  { tex: '\\begin{align} a &= x^«{»2 \\\\ b &= c \\end{align}', says: 'a { is not closed' },
  { tex: '\\begin{pmatrix} a & \\mathbf«{»b \\\\ c & d \\end{pmatrix}', says: 'a { is not closed' },
  { tex: '\\begin{cases} 1 & \\text«{»if $x$ \\\\ 2 & y \\end{cases}', says: 'a { is not closed' },
  { tex: '\\left( \\frac{a}«{»b + c \\right)', says: 'a { is not closed' },
  { tex: '\\left( \\frac{a}«{»b \\right', says: 'a { is not closed' },
  { tex: '\\begin{matrix} a «}» b \\end{matrix}', says: 'a } has no {' },
  { tex: '\\begin{matrix} a «\\right») \\end{matrix}', says: 'a \\right has no \\left' },
  { tex: '{ a «\\end{align}» }', says: 'an \\end has no \\begin' },

  // Arguments and scripts.
  { tex: '«\\frac»{1}', says: '\\frac lacks an argument' },
  { tex: '{ «\\frac»{1} }', says: '\\frac lacks an argument' },
  { tex: 'y + «\\sqrt»', says: '\\sqrt lacks an argument' },
  { tex: 'x + «\\Bigg»', says: '\\Bigg lacks an argument' },
  { tex: 'x«^»', says: 'nothing stands after ^' },
  { tex: '{x«_»} + y', says: 'nothing stands after _' },
  { tex: 'x_a«_»b', says: 'a subscript already' },
  { tex: "x^a«'»", says: 'a superscript already' },
  { tex: 'x^«\\sqrt» y', says: 'stands alone' },
  { tex: '\\left «x» \\right)', says: 'no delimiter' },
  { tex: '\\textcolor{«no colour!»}{x}', says: 'no colour' },
  { tex: '\\rule{«2qq»}{1em}', says: 'no unit' },
  { tex: '\\hspace{«wide»}', says: 'no length' },
  { tex: '\\begin{array}{l«x»r} a \\end{array}', says: 'no kind of column' },
  { tex: 'x«\\limits»_a', says: 'follows no operator' },

  // Characters that mean something.
  { tex: 'a «&» b', says: 'an & stands where no column can end' },
  { tex: 'a \\\\«&» b', says: 'the backslash of \\& is written twice' },
  { tex: '\\\\«#» S', says: 'the backslash of \\# is written twice' },
  { tex: '\\frac{a «&» b}{c}', says: 'an &' },
  { tex: 'a «&lt;» b', says: '&lt; is a character to HTML alone', inline: true },
  { tex: '\\left( a «&gt;» b \\right)', says: '&gt; is a character to HTML alone' },
  { tex: '\\begin{split} a &= b «&amp;» c \\end{split}', says: '&amp; is a character to HTML alone' },
  { tex: 'p_«\\*»', code: 'math/unknown-command', says: 'KaTeX does not know \\*' },
  { tex: '\\left«\\\\»{ a \\right.', says: 'a row end stands where an argument is expected' },
  { tex: 'a «\\(» b', says: '\\( stands inside a formula' },
  { tex: 'a «#» b', says: 'a # stands outside a definition' },
  { tex: 'a «$» b', says: 'a $ stands inside the formula' },
  { tex: 'a «\\»', says: 'a backslash has nothing behind it' },
  { tex: 'a «\ue000» b', says: 'U+E000' },
  { tex: '\\text{«\\alpha»}', says: 'cannot stand in a text' },
  { tex: '20«\\textdegree»', says: '\\textdegree works only in texts' },
  { tex: '«\\ss» + \\i', says: '\\ss works only in texts' },
  { tex: 'a«\\textbar» b', says: '\\textbar works only in texts' },
  { tex: 'a«\\textquoteright»', says: '\\textquoteright works only in texts' },

  // Where KaTeX gives no place.
  {
    tex: '«\\begin{align}» a \\end{align}',
    code: 'math/display-only',
    says: 'align works only in a display',
    inline: true,
  },
  { tex: 'x «\\tag»{1}', code: 'math/display-only', says: '\\tag works only in a display', inline: true },
  { tex: 'x \\tag{1} «\\tag»{2}', says: 'two tags' },
  { tex: 'a «\\hline» b', says: 'outside an array' },
  { tex: '«\\middle»|', says: 'outside \\left' },
  { tex: 'x \\def\\a{\\a\\a} «\\a»', code: 'math/expansion', says: 'in the macro \\a' },

  // Macros: the use, and its name.
  {
    tex: 'x + «\\bad»{2}',
    code: 'math/unknown-command',
    says: 'in the macro \\bad: KaTeX does not know \\frca',
  },
  {
    tex: 'x + «\\deep»{2}',
    code: 'math/unknown-command',
    says: 'in the macro \\deep: KaTeX does not know \\frca',
  },
  { tex: '\\frac{«\\deep»{2}}{3}', code: 'math/unknown-command', says: 'in the macro \\deep' },
  {
    tex: '\\newcommand{\\twice}[1]{#1#1} \\twice{a + «\\nope»}',
    code: 'math/unknown-command',
    says: 'KaTeX does not know \\nope',
  },
  {
    tex: '\\newcommand{\\ours}{\\nope} x «\\ours»',
    code: 'math/unknown-command',
    says: 'in the macro \\ours',
  },
  { tex: '\\def\\ours{\\nope} x «\\ours»', code: 'math/unknown-command', says: 'in the macro \\ours' },
  { tex: '\\let\\ours=\\nope «\\ours»', code: 'math/unknown-command', says: 'in the macro \\ours' },
  {
    tex: '\\begin{align} a &= b \\\\ &= «\\bad» x \\end{align}',
    code: 'math/unknown-command',
    says: 'in the macro \\bad',
  },
  { tex: '«\\open» x', says: 'in the macro \\open: \\left( has no \\right' },
  {
    tex: '\\newcommand{\\mis}[1]{\\left( #1} «\\mis»{x}',
    says: 'in the macro \\mis: \\left( has no \\right',
  },
  { tex: '{«\\open» x}', says: 'in the macro \\open: \\left( has no \\right' },
  { tex: '\\left( «\\opens» \\right)', says: 'in the macro \\opens: \\left[ has no \\right' },
  {
    tex: '\\newcommand{\\on}{\\left(}\\newcommand{\\off}{\\right)} \\on x \\off \\frac{1}«{»2',
    says: 'a { is not closed',
  },
  { tex: '\\newcommand{\\ea}{\\end{aligned}} \\begin{aligned} x^«{»2 \\ea', says: 'a { is not closed' },

  // Definitions.
  { tex: '\\newcommand{«iid»}{x}', code: 'math/bad-macro', says: 'lacks its backslash: iid' },
  { tex: '\\newcommand{\\one}[1]{«#2»}', code: 'math/bad-macro', says: '#2' },
  { tex: '\\newcommand{\\one}[«x»]{y}', code: 'math/bad-macro', says: 'number of arguments' },
  { tex: 'x «\\newcommand»{\\one}', code: 'math/bad-macro', says: 'lacks its body' },
  { tex: '\\newcommand{\\one}«{»x', says: 'a { is not closed' },
  { tex: '\\DeclareMathOperator{«foo»}{f}', code: 'math/bad-macro', says: 'backslash' },

  // What is refused.
  { tex: 'x «\\href»{javascript:alert(1)}{y}', code: 'math/untrusted', says: '\\href' },
  { tex: '«\\href»{https://example.org}{y}', code: 'math/untrusted', says: '\\href' },
  { tex: '«\\url»{https://example.org}', code: 'math/untrusted', says: '\\url' },
  { tex: 'a + «\\includegraphics»{x.png}', code: 'math/untrusted', says: '\\includegraphics' },
  { tex: '«\\htmlData»{a=b}{x}', code: 'math/untrusted', says: '\\htmlData' },
  { tex: '\\text{«\\htmlClass»{a}{x}}', code: 'math/untrusted', says: '\\htmlClass' },
  {
    tex: '\\newcommand{\\go}[1]{\\href{#1}{x}} «\\go»{javascript:1}',
    code: 'math/untrusted',
    says: 'in the macro \\go',
  },
  { tex: '\\let\\go=\\href «\\go»{javascript:1}{x}', code: 'math/untrusted', says: '\\href' },
  { tex: '«\\message»{x}', code: 'math/untrusted', says: '\\message' },
];

test.each(cases)('$tex', ({ tex, code = 'math/syntax', says, inline }) => {
  const source = tex.replace(/[«»]/g, '');
  const result = setFormula(source, { display: !inline, macros: siteMacros });
  if (result.ok) throw new Error('The formula was set.');
  const { error } = result;
  const shown = `${source.slice(0, error.offset)}«${source.slice(error.offset, error.offset + error.length)}»${source.slice(error.offset + error.length)}`;
  expect(shown).toBe(tex);
  expect(error).toMatchObject({ severity: 'error', code });
  expect(error.message).toContain(says);
  expect(error.message).not.toMatch(/KaTeX parse error|\u0332/);
});

test.each([
  ['\\frca{1}{2}', 'did you mean \\frac?'],
  [
    '\\sofmax',
    'did you mean \\softmax? Define it under math.macros in site.yaml: softmax: \\operatorname{softmax}',
  ],
  ['\\Q', 'define it under math.macros in site.yaml: Q: \\mathbb{Q}'],
  ['\\abs{x}', "define it under math.macros in site.yaml: abs: '\\lvert #1 \\rvert'"],
  ['\\1', 'define it under math.macros in site.yaml: 1: \\mathbf{1}'],
  ['\\alhpa', 'did you mean \\alpha?'],
  ['\\qwertzuiop', 'define it under math.macros in site.yaml'],
  ['\\part x', 'did you mean \\partial?'],
  [
    '\\eqalignno{a & (1)}',
    'write \\begin{align} … \\end{align}, with \\tag{…} at the end of a row for its number',
  ],
  ['\\hlaf', 'did you mean \\half?'],
  ['\\begin{algined}a\\end{algined}', 'did you mean aligned?'],
  ['\\begin{tabular}{c}a\\end{tabular}', 'write array'],
  ['\\begin{tikzcd}a\\end{tikzcd}', 'write CD'],
  ['\\begin{empheq}a\\end{empheq}', '\\boxed'],
  ['\\begin{numcases}a\\end{numcases}', 'write cases'],
  ['\\begin{dmath}a\\end{dmath}', 'write split'],
  ['\\begin{IEEEeqnarray}{rCl}a\\end{IEEEeqnarray}', 'write align'],
  ['\\begin{itemize}a\\end{itemize}', 'a Markdown list'],
  ['\\begin{enumerate}a\\end{enumerate}', 'a Markdown list'],
  ['\\begin{theorem}a\\end{theorem}', 'from :::theorem to :::'],
  ['a &lt; b', 'write < instead of &lt;'],
  ['p_\\*', 'write * without the backslash'],
  ['\\left\\\\{ a \\right.', 'write \\{ for a brace'],
  ['20\\textdegree', 'put it into \\text{…}'],
  ['\\ss', 'put it into \\text{…}'],
  ['\\newcommand{\\R}{\\mathbb{R}', 'add its }'],
  ['\\text{\\alpha}', 'put it into dollars inside the text: $\\alpha$'],
  ['\\text{a \\textelipsis}', 'did you mean \\textellipsis?'],
])('%s comes with a hint', (tex, hint) => {
  const result = setFormula(tex, { display: true, macros: siteMacros });
  expect(result.ok || result.error.hint).toContain(hint);
});

test('a formula that is too long or nested too deep is refused before KaTeX sees it', () => {
  expect(setFormula('{'.repeat(200) + '}'.repeat(200), { display: true }).ok).toBe(true);
  const deep = setFormula('{'.repeat(201) + '}'.repeat(201), { display: true });
  expect(deep).toMatchObject({ ok: false, error: { code: 'math/too-deep', offset: 200, length: 1 } });
  const commands = setFormula('\\left('.repeat(300) + '\\right)'.repeat(300), { display: true });
  expect(commands).toMatchObject({ ok: false, error: { code: 'math/too-deep', offset: 1200, length: 5 } });
  const long = setFormula('x'.repeat(20_001), { display: true });
  expect(long).toMatchObject({ ok: false, error: { code: 'math/too-long' } });
});
