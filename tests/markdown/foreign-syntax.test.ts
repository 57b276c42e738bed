// What other systems would replace stays text, and is said at its place.
import { expect, it } from 'vitest';
import { html, render } from './render.js';

const found = (body: string) =>
  render(body)
    .diagnostics.filter(({ code }) => code === 'markdown/foreign-syntax')
    .map(({ line, column, length }) => `${line}:${column}+${length}`)
    .join(' ');

it.each([
  ['A {{< figure src="x.png" >}} here', '1:3+26'],
  ['text\n{% include x.html %}', '2:1+20'],
  ['See {{ site.baseurl }}/x and {{ "/a" | relative_url }}', '1:5+18 1:30+25'],
  ['![plot]({{ site.baseurl }}/x.png)', '1:9+18'],
  ['{{page.title}}', '1:1+14'],
  ['words\n{: .note}', '2:1+9'],
  ['* contents\n{:toc}', '2:1+6'],
  ['{::comment}\nwords\n{:/comment}', '1:1+11 3:1+11'],
  ['As \\cite{kim2020} says', '1:4+14'],
  ['As \\citep[see][p. 3]{kim2020} and \\parencite*{kim} say', '1:4+26 1:35+16'],
  // Labels where there is nothing that they could belong to.
  ['$$\nx\n$$\n{#eq-x}', '4:1+7'],
  // Other commands of LaTeX.
  ['\\begin{subequations}\nWords\n\\begin{algin}\nx\n\\end{algin}', '1:1+20 3:1+13'],
  ['\\newcommand{\\Q}{\\mathbb{Q}}\n\\def\\R{x}', '1:1+11 2:1+4'],
  [':::lemma\n\\label{lem:x} Let $x$.\n:::', '2:1+13'],
  ['See \\hyperref[a]{words} and \\emph{so}, \\section{A}', '1:5+19 1:29+9 1:40+11'],
  ['\\nameref{x}, \\pageref{x}, \\vref{x} and \\labelcref{x}', '1:1+11 1:14+11 1:27+8 1:40+13'],
  ['\\crefrange{a}{b}, \\texttt{y}, \\href{a}{b}, \\url{x}', '1:1+16 1:19+10 1:31+11 1:44+7'],
  ['\\url{https://x.org} and \\href{https://x.org}{words}', '1:1+5 1:25+6'],
  ['::: theorem\nwords\n:::', '1:1+11'],
  ['::: theorem\n\nwords\n\n:::\n\nwords\n\n:::', '1:1+11 9:1+3'],
  // As addresses.
  ['![x]({{site.url}}/images/a.png)', '1:6+12'],
  ['[z]({{"/c/"}}) and {{"/a"}} in text', '1:5+9 1:20+8'],
  ['<a href="{{ site.baseurl }}/e">e</a>', '1:10+18'],
  // Without blanks.
  ['{{<figure src="a.png" title="Cap">}}\n\nwords {{<mark>}}x{{</mark>}}', '1:1+36 3:7+10 3:18+11'],
  // Each once, and as one thing.
  ['{{% hint %}} words {{% /hint %}}', '1:1+12 1:20+13'],
  ['a {{< x >}} and\n{{< x >}}', '1:3+9 2:1+9'],
  ['\\{{< x >}} and {{< x >}}', '1:16+9'],
  // What an address divides.
  ['{{< figure src="https://x.org/a.png" >}}', '1:1+16'],
  ['{% include a.html url="https://x.org" %}', '1:1+23'],
  // In HTML.
  ['<div>\n<p>{{< x >}} $y$ {{< x >}}</p>\n</div>', '2:4+9 2:18+9'],
  ['> <img src="{{ site.baseurl }}/x.png">', '1:13+18'],
  // MkDocs.
  ['!!! note "Title"\n\n    First.\n\n    Second.', '1:1+16'],
  ['!!! note "Title $x$"\n    First.', '1:1+16'],
  ['Words\n\n!!! my-kind inline end\n\n    Text', '3:1+22'],
  ['- ???+ tip\n\n      Text', '1:3+8'],
  ['=== "Tab"\n\n    Text', '1:1+9'],
  // MyST.
  ['As {eq}`ma`, {cite:p}`k`', '1:4+8 1:14+11'],
  ['(sec-x)=\n## Title', '1:1+8'],
  ['```{note}\nText\n```', '1:1+9'],
  ['> ```{prf:theorem} Title\n> :label: x\n> ```', '1:3+22'],
  [':::{note}\nText\n:::', '1:1+9'],
  // Obsidian.
  ['[[link]], [[Page#Part|words]] and ![[pic.png]]', '1:1+8 1:11+19 1:35+12'],
  ['| a | b |\n|-|-|\n| [[Maths/Free modules\\|Free]] | ![[pic.png\\|200]] |', '3:3+28 3:34+17'],
  ['[[한글]] [[2024-01-02]]', '1:1+6 1:8+14'],
  ['[[words, 1]], [[ab]] and [[likely-so]]', '1:1+12 1:15+6'],
  ['a %%hidden%% b', '1:3+10'],
  ['a\n\n%%\nhidden\n%%', '3:1+12'],
  ['%%\n\nhidden\n\n%%', '1:1+2 5:1+2'],
  ['Words ^abc-1\n\n- item ^37066d\n- item', '1:7+6 3:8+7'],
])('%j', (body, places) => {
  expect(found(body)).toBe(places);
});

it.each([
  '\\begin{align}\nx\n\n\\begin{pmatrix*}',
  'In <code>{{ x.y }}</code> and <kbd>{% raw %} \\emph{x}</kbd>',
  '| a | b |\n|---|---|\n| %% | percent |',
  '%%timeit is a cell magic. 50%% of 20%% off.',
  'C++ has [[nodiscard]] and [[maybe_unused]], POSIX [[:space:]] and [[:alpha:]]+',
  'Elixir {:ok, value} and {:error, :reason}, Clojure {:a 1 :b 2} and {:keys [a b]}, Python {:d}',
  'By \\cref{x} and \\ref{x}: the \\url command, `\\texttt{x}`, $\\texttt{x}$',
  'One writes \\begin{align} for it, \\beginning, \\\\emph{x}',
  'By \\ref{a} and \\eqref{a}, \\label, \\itemize',
  '`{{< x >}}` in code',
  'a {brace} and ::colons::',
  '```\n{% raw %}\n```',
  '$\\{\\% x \\}$',
  'sets {{a}}, {{1, 2}}, {{}} and {:.2f}',
  '\\{\\{< x >}}, \\[[link]], \\{eq}`x`',
  '<!-- {{< x >}} -->\n\n<pre>\n{{< x >}}\n</pre>',
  '!!! wow\n\nWhat ??? note "x" and !!! note',
  '=== and a === "b"',
  '```{code-block} python\nx\n```\n\n```{code-cell}\nx\n```\n\n```{r}\nx\n```\n\n```{python}\nx\n```',
  'a {x}`b`, a{eq}',
  'f(x)=\n(x)=',
  '`[[a]]` and a[[1]], `l`[[name]], x[["name"]], [[1]](x.md), [[1, 2], [3, 4]], [[a]]',
  '$[[link]]$ [^1]\n\n[^1]: Note.',
  'from 50%% to 60%%, %%',
  'm ^2\n\n2 ^n\n\n$a$ ^abc and so on',
])('%j is fine', (body) => {
  expect(found(body)).toBe('');
});

const hints = (body: string) => render(body).diagnostics.map(({ hint }) => hint);

it.each([
  [
    '!!! danger "Of $x$"\n    a',
    'write :::danger[Of], then the text, not indented, and ::: on a line of its own',
  ],
  ['!!! abstract "Short"\n    a', /:::note\[Short\],/],
  ['??? proof\n    a', /:::proof\{fold\},/],
  ['??? note "More"\n    a', /<details><summary>More<\/summary> and <\/details>/],
  ['::: tip Try $x$\na\n:::', /:::tip\[Try\],/],
  [':::theorem Pythagoras {#thm:x}\na\n:::', /:::theorem\[Pythagoras\]\{#thm:x\},/],
  ['::: Hint\na\n:::', /:::tip,/],
  [':::this one\na\n:::', /:::name\[Title\]\{#label\},/],
  ['{eq}`ma`', 'write \\eqref{ma}'],
  ['{math}`a^2`', 'write $a^2$'],
  ['{ref}`words <x>`', 'write [words](#x)'],
  ['{prf:ref}`x`', 'write [](#x)'],
  ['{cite}`a,b`', 'write [@a; @b]'],
  ['{cite:t}`a`', 'write @a'],
  ['{doc}`words <./x.md>`', /\[words\]\(\.\/x\.md\)/],
  ['{abbr}`x`', 'write Markdown or HTML for it'],
  ['```{prf:axiom}\n```', /:::definition\[Title\]\{#label\}/],
  ['```{prf:other}\n```', /:::remark/],
  ['```{seealso}\n```', /:::note/],
  ['```{figure} x.png\n```', /!\[what it shows\]/],
  ['```{tableofcontents}\n```', /leave it out/],
  ['```{margin}\n```', 'write Markdown or HTML for it'],
])('%j is told what to write', (body, hint) => {
  expect(hints(body)).toEqual([typeof hint === 'string' ? hint : expect.stringMatching(hint)]);
});

it('a shortcode without a blank begins no element of HTML', () => {
  const body =
    '{{<details title="Proof">}}\n\n**a**\n\n{{</details>}}\n\nBy {{<katex>}}H_0{{</katex>}}, not {<b>x</b>}';
  expect(html(render(body)).trim()).toBe(
    [
      '<p>{{&#x3C;details title="Proof">}}</p>',
      '<p><strong>a</strong></p>',
      '<p>{{&#x3C;/details>}}</p>',
      '<p>By {{&#x3C;katex>}}H_0{{&#x3C;/katex>}}, not {<b>x</b>}</p>',
    ].join('\n'),
  );
});

it('a link or an image to a variable of Liquid stays text, with its emphasis', () => {
  expect(html(render('[*z*]({{"/c/"}}), ![x]({{site.url}}/a.png)')).trim()).toBe(
    '<p>[<em>z</em>]({{"/c/"}}), ![x]({{site.url}}/a.png)</p>',
  );
});

it('an address of HTML that holds a variable is told once', () => {
  const { diagnostics } = render('<a href="{{ site.baseurl }}/e">e</a>');
  expect(diagnostics).toHaveLength(1);
  expect(html(render('<a href="{{ site.baseurl }}/e">e</a>'))).toContain('href="{{ site.baseurl }}/e"');
});
