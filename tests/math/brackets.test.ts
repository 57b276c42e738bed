import { describe, expect, test } from 'vitest';
import { read, show } from './read.js';

function cases(table: readonly (readonly [string, string])[]): void {
  test.each(table)('%j', (markdown, expected) => {
    expect(show(read(markdown))).toBe(expected);
  });
}

describe('escaped brackets are formulas', () => {
  cases([
    ['let \\(x\\) be', 'let ⟨x⟩ be'],
    ['\\( a_i * b_i * c \\)', '⟨a_i * b_i * c⟩'],
    ['\\(x+y\\), \\(n\\), \\(\\sin x\\), \\(sin x\\)', '⟨x+y⟩, ⟨n⟩, ⟨\\sin x⟩, ⟨sin x⟩'],
    ['\\(a\nb\\)', '⟨a\nb⟩'],
    ['the group \\(GL\\), a triangle \\(ABC\\), \\(x, y\\)', 'the group ⟨GL⟩, a triangle ⟨ABC⟩, ⟨x, y⟩'],
    [
      'matrices \\(A\\) and \\(B\\), \\(AB\\); points $A$, $B$ and $C$, \\(ABC\\); between A and B \\(AB\\)',
      'matrices ⟨A⟩ and ⟨B⟩, ⟨AB⟩; points ⟨A⟩, ⟨B⟩ and ⟨C⟩, ⟨ABC⟩; between A and B ⟨AB⟩',
    ],
    [
      '\\(1024\\), \\(2019\\), \\(n mod 2000\\), \\(λx. x\\), \\(f.g\\)',
      '⟨1024⟩, ⟨2019⟩, ⟨n mod 2000⟩, ⟨λx. x⟩, ⟨f.g⟩',
    ],
    ['\\(f\\left(x\\right)\\)', '⟨f\\left(x\\right)⟩'],
    [
      '给定\\(n\\)个, 함수\\(f\\)는, 区间\\([0,1]\\), 関数\\(f(x)\\)は, 식\\(1 + 1 = 2\\)',
      '给定⟨n⟩个, 함수⟨f⟩는, 区间⟨[0,1]⟩, 関数⟨f(x)⟩は, 식⟨1 + 1 = 2⟩',
    ],
    ['text \\[ \\frac12 \\] text', 'text ⟪\\frac12⟫ text'],
    ['\\[x = y\\] in text', '⟪x = y⟫ in text'],
    ['- \\[ \\sum_i x_i \\]', '- ⟪\\sum_i x_i⟫'],
    ['\\[ a \\\\[2pt] b \\]', '⟪a \\\\[2pt] b⟫'],
  ]);
});

describe('escaped brackets of prose stay brackets', () => {
  cases([
    ['\\[not a link\\](x)', '[not a link](x)'],
    ['\\[x^2\\](y)', '[x^2](y)'],
    ['\\[link\\]\\(url\\)', '[link](url)'],
    ['\\[1\\] and \\[sic\\] and \\[0, 1\\]', '[1] and [sic] and [0, 1]'],
    ['\\[1\\]', '[1]'],
    ['\\[note\\]', '[note]'],
    ['\\[\nrank\n\\]', '[\nrank\n]'],
    ['- \\[ \\] todo', '- [ ] todo'],
    ['file\\(s\\) \\(see above\\) \\(주의\\)', 'file(s) (see above) (주의)'],
    [
      'by \\(Kim, 2019\\), in \\(2018–2020\\), \\(cf. Li 1998b\\), \\(Wu et al., 2020\\)',
      'by (Kim, 2019), in (2018–2020), (cf. Li 1998b), (Wu et al., 2020)',
    ],
    [
      '\\(a.k.a. RL\\), \\(e.g. SGD\\), \\(p. 12\\), \\(Fig. 2\\)',
      '(a.k.a. RL), (e.g. SGD), (p. 12), (Fig. 2)',
    ],
    [
      'Natural Language Processing \\(NLP\\), reinforcement learning \\(RL\\), area under the curve \\(AUC\\)',
      'Natural Language Processing (NLP), reinforcement learning (RL), area under the curve (AUC)',
    ],
    [
      '주성분 분석\\(PCA\\), 그림\\(2\\), 논문\\(2019\\), 언어\\(C++\\), 값\\(들\\), 論文\\(Kim et al\\)',
      '주성분 분석(PCA), 그림(2), 논문(2019), 언어(C++), 값(들), 論文(Kim et al)',
    ],
    ['\\(x', '(x'],
    ['x\\)', 'x)'],
  ]);
});

describe("kramdown's doubled backslashes", () => {
  cases([
    ['\\\\(a\\\\) and \\\\( h \\\\)', '⟨a⟩ and ⟨h⟩'],
    ['\\\\( x\\_i \\* y\\_j \\\\)', '⟨x_i * y_j⟩'],
    ['\\\\(y \\in \\\\{ -1,1 \\\\}\\\\)', '⟨y \\in \\{ -1,1 \\}⟩'],
    ['\\\\(\\{1\\}, p\\|\\|q\\\\)', '⟨\\{1\\}, p||q⟩'],
    ['\\\\[ x\\\\\\\\ y \\\\]', '⟪x\\\\ y⟫'],
    ['\\\\[\nx\n\\\\].', '⟪x.⟫'],
    ['C:\\\\(x', 'C:\\(x'],
    ['\\$$ 5 + 5 $$', '⟨5 + 5⟩'],
    ['1. \\$$ x_i $$ is\n   \\$$y$$ here', '- ⟨x_i⟩ is\n⟨y⟩ here'],
    ['\\$$\\text{all } x \\text{ but one}$$ is', '⟨\\text{all } x \\text{ but one}⟩ is'],
    ['\\$$5', '$$5'],
    ['\\$$20 is $$x$$', '$$20 is ⟨x⟩'],
    ['\\$$10 bills: I pay $$x$$.', '$$10 bills: I pay ⟨x⟩.'],
    ['\\$$5 + $$x$$', '$$5 + ⟨x⟩'],
    ['\\$$5 each ($$x$$)', '$$5 each (⟨x⟩)'],
    ['\\$$x$ and $$y$$', '$⟨x⟩ and ⟨y⟩'],
    ['it costs \\$$x$', 'it costs $⟨x⟩'],
  ]);
});
