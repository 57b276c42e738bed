import { describe, expect, test } from 'vitest';
import { read, show } from './read.js';

function cases(table: readonly (readonly [string, string])[]): void {
  test.each(table)('%j', (markdown, expected) => {
    expect(show(read(markdown))).toBe(expected);
  });
}

describe('a dollar begins a formula', () => {
  cases([
    ['a $x$ b', 'a ⟨x⟩ b'],
    ['$x$, $y$; $z$.', '⟨x⟩, ⟨y⟩; ⟨z⟩.'],
    ['($x$) "$y$" 「$z$」', '(⟨x⟩) "⟨y⟩" 「⟨z⟩」'],
    ['the $n$th, the $x$-axis, 2$x$', 'the ⟨n⟩th, the ⟨x⟩-axis, 2⟨x⟩'],
    ['$i$번째 값은$x$이다 公式$y$是', '⟨i⟩번째 값은⟨x⟩이다 公式⟨y⟩是'],
    ['$|V|$(정점), an $|S|$x$|A|$ table, $|x_i|$s', '⟨|V|⟩(정점), an ⟨|S|⟩x⟨|A|⟩ table, ⟨|x_i|⟩s'],
    ['Cl$^-$(aq), $x_1, x_2, ...$(실수)', 'Cl⟨^-⟩(aq), ⟨x_1, x_2, ...⟩(실수)'],
    ['$a$$b$', '⟨a⟩⟨b⟩'],
    ['$$a$$$b$', '⟨a⟩⟨b⟩'],
    ['$1,000$ and $95\\%$ and $-5$', '⟨1,000⟩ and ⟨95\\%⟩ and ⟨-5⟩'],
    ['$[0,1)$ and $(0,1]$ and $|x|$', '⟨[0,1)⟩ and ⟨(0,1]⟩ and ⟨|x|⟩'],
    ['$f[x](y)$', '⟨f[x](y)⟩'],
    ['$x<y$ and $z>w$', '⟨x<y⟩ and ⟨z>w⟩'],
    ['$a\n+b$', '⟨a\n+b⟩'],
    ['$&alpha;$', '⟨&alpha;⟩'],
    ['$`a_1`$', '⟨a_1⟩'],
    ['a $$x$$ b', 'a ⟨x⟩ b'],
    ['a $$$x$$$ b', 'a ⟨x⟩ b'],
  ]);
});

describe("a body that can only be TeX is exempt from pandoc's rule", () => {
  cases([
    ['$\\sim$6000', '⟨\\sim⟩6000'],
    ['3$\\times$3', '3⟨\\times⟩3'],
    ['x$^2$3', 'x⟨^2⟩3'],
    ['$\\alpha$=$0.5$', '⟨\\alpha⟩=⟨0.5⟩'],
    ['$\\mathbf{S}(Q, \\cdot) $ is', '⟨\\mathbf{S}(Q, \\cdot)⟩ is'],
    ['$ a . x_g . (c / g) = c$', '⟨a . x_g . (c / g) = c⟩'],
    ['$ x^2 $', '⟨x^2⟩'],
    [
      '若$A=\\lbrace x\\rbrace $，则$A$（$a_1 $）、$b_1 $؟',
      '若⟨A=\\lbrace x\\rbrace⟩，则⟨A⟩（⟨a_1⟩）、⟨b_1⟩؟',
    ],
    ['$ n $ and $ x = 5 $', '⟨n⟩ and ⟨x = 5⟩'],
    ['$\n\\alpha\n$', '⟨\\alpha⟩'],
  ]);
});

describe('`\\$` and dollars in \\text belong to the formula', () => {
  cases([
    ['$\\$10 \\pm \\$1$', '⟨\\$10 \\pm \\$1⟩'],
    ['$x \\\\$ y', '⟨x \\\\⟩ y'],
    ['$x\\ $ b', '⟨x\\ ⟩ b'],
    ['$\\text{if $x$}$', '⟨\\text{if $x$}⟩'],
    ['$$ \\text{for all $x$ and $y$} $$', '⟪\\text{for all $x$ and $y$}⟫'],
    ['$\\text{if $x$', '$\\text{if ⟨x⟩'],
    ['$\\text{if x$ is', '⟨\\text{if x⟩ is'],
    ['$\\ce{H2O$ and\n\nmore', '⟨\\ce{H2O⟩ and / more'],
    [
      '$\\colorbox{red}{$x$} + \\fcolorbox{red} {#ff0}{$y$}$',
      '⟨\\colorbox{red}{$x$} + \\fcolorbox{red} {#ff0}{$y$}⟩',
    ],
    ['$\\raisebox{2pt}{$x$} \\rlap{$y$} \\ce{$n$ H2O}$', '⟨\\raisebox{2pt}{$x$} \\rlap{$y$} \\ce{$n$ H2O}⟩'],
    ['$\\colorbox$ {$x$}', '⟨\\colorbox⟩ {⟨x⟩}'],
  ]);
});

describe('`\\$` in prose is a dollar', () => {
  cases([
    ['\\$5 and $x$', '$5 and ⟨x⟩'],
    ['\\$x\\$', '$x$'],
    ['$x\\$', '$x$'],
    ['\\\\$x$', '\\⟨x⟩'],
  ]);
});

describe('prices stay text', () => {
  cases([
    ['$5 and $10', '$5 and $10'],
    ['$5-$10, $5–$10', '$5-$10, $5–$10'],
    ['US$5 or US$10, NT$100', 'US$5 or US$10, NT$100'],
    ['US$5, about A$', 'US$5, about A$'],
    ['$1 to $1,000', '$1 to $1,000'],
    ['$0.124 per hour… $0.5', '$0.124 per hour… $0.5'],
    ['$.50 and $.75', '$.50 and $.75'],
    ['from $5 to 10$', 'from $5 to 10$'],
    ['5$ and 6$', '5$ and 6$'],
    ['5$/month or 6$/month', '5$/month or 6$/month'],
    ['10 $ - 20 $', '10 $ - 20 $'],
    ['Revenue ($M) and cost ($K)', 'Revenue ($M) and cost ($K)'],
    ['costs ($) and prices ($), [$] or [$]', 'costs ($) and prices ($), [$] or [$]'],
    ['$10^6 to $10^7, $10^6-$10^7', '$10^6 to $10^7, $10^6-$10^7'],
    ['$5 for x_1 $-y', '$5 for x_1 $-y'],
    ['5$에서 6$까지', '5$에서 6$까지'],
    ['价格$5元和$x', '价格$5元和$x'],
    ['$1,000 is $x$', '$1,000 is ⟨x⟩'],
    ['It costs $5, where $x$ is', 'It costs $5, where ⟨x⟩ is'],
    ['costs $5\nand $6', 'costs $5\nand $6'],
    ['$$$ and $$$$', '$$$ and $$$$'],
  ]);
});

describe('variables stay text', () => {
  cases([
    ['$HOME and $PATH', '$HOME and $PATH'],
    ['$HOME:$PATH', '$HOME:$PATH'],
    ['$HOME/bin/$USER', '$HOME/bin/$USER'],
    ['$(a).b and $(c)', '$(a).b and $(c)'],
    ['$a=$b', '$a=$b'],
    ['A$AP and Ke$ha', 'A$AP and Ke$ha'],
    ['a ($name of a thing in PHP$)', 'a ($name of a thing in PHP$)'],
    ['C:\\temp costs $5', 'C:\\temp costs $5'],
    ['foo_bar $5 a_b and $6', 'foo_bar $5 a_b and $6'],
  ]);
});

describe('what stands round prices stays intact', () => {
  cases([
    ['$61 per MWh, *cheaper* than $76/MWh', '$61 per MWh, *cheaper* than $76/MWh'],
    ['**$5** and **$6**', '**$5** and **$6**'],
    ['**$5** and **5$**', '**$5** and **5$**'],
    ['[costs $5](a) and [costs $6](b)', '[costs $5] and [costs $6]'],
    ['[$x](a) or [y$](b)', '[$x] or [y$]'],
    ['<b>$5</b> or <b>x$</b>', '<b>$5</b> or <b>x$</b>'],
    ['<a title="$x">$y</a>', '<a title="$x">$y</a>'],
    ['$5[^1] and $6[^1]\n\n[^1]: $7', '$5[^] and $6[^] / [^: $7'],
    ['it is $5, use `$x`', 'it is $5, use `$x`'],
    ['http://a.b/$x$y', '[http://a.b/$x$y]'],
  ]);
});

describe('formulas bind tighter than emphasis and links, code by who comes first', () => {
  cases([
    ['*a $x*y$ b*', '*a ⟨x*y⟩ b*'],
    ['$a*b*c$ *d*', '⟨a*b*c⟩ *d*'],
    ['$x_1$ and $y_2$ _z_', '⟨x_1⟩ and ⟨y_2⟩ *z*'],
    ['[$x$](u) and [a\\]$]$](v)', '[⟨x⟩] and [a]⟨]⟩]'],
    ['`$x` or $y$', '`$x` or ⟨y⟩'],
    ['`a` $x$ `y$`', '`a` ⟨x⟩ `y$`'],
    ['**정리 $x$**는 *$y$*이다', '**정리 ⟨x⟩**는 *⟨y⟩*이다'],
    ['# $1\\times 1$ Convolution', '# ⟨1\\times 1⟩ Convolution'],
    ['$x$[^1]\n\n[^1]: $y$', '⟨x⟩[^] / [^: ⟨y⟩'],
    ['a $x$\\\n$y$  \nz', 'a ⟨x⟩\\⟨y⟩\\z'],
  ]);
});

describe('a formula ends in its paragraph', () => {
  cases([
    ['$x\n\ny$', '$x / y$'],
    ['# A $x\n\ny$', '# A $x / y$'],
    ['- $x\n- y$', '- $x / - y$'],
  ]);
});

describe('two dollars in a sentence', () => {
  test('are inline, or a display by choice', () => {
    expect(show(read('so $$x$$ is'))).toBe('so ⟨x⟩ is');
    expect(show(read('so $$x$$ is', 'display'))).toBe('so ⟪x⟫ is');
  });
  cases([
    ['so $$\\begin{align}x\\end{align}$$ is', 'so ⟪\\begin{align}x\\end{align}⟫ is'],
    ['so $$x \\tag{1}$$ is', 'so ⟪x \\tag{1}⟫ is'],
    ['so: $$\nx\n$$\nis', 'so: ⟪x⟫\nis'],
    ['so\n    $$x$$.\nis', 'so\n⟪x.⟫\nis'],
    ['$$x$$:', '⟨x⟩:'],
  ]);
});

test('an image keeps its formulas with their delimiters', () => {
  expect(show(read('![the curve $x^2$ and \\(y\\)](a.svg)'))).toBe('![the curve $x^2$ and \\(y\\)]');
});
