import { describe, expect, test } from 'vitest';
import { barsInFormulas } from '../../src/math/table-syntax.js';
import { read, show } from './read.js';

function rows(...lines: string[]): string {
  const columns = (lines[0]?.match(/\|/g)?.length ?? 2) - 1;
  return show(read(['| a | b |', `|${'-|'.repeat(Math.min(columns, 2))}`, ...lines].join('\n'))).slice(
    '|a|b| / '.length,
  );
}

describe('in a table', () => {
  test.each([
    ['| $|x|$ | y |', '|⟨|x|⟩|y|'],
    ['| $P(A\\|B)$ | $P(A | B)$ |', '|⟨P(A|B)⟩|⟨P(A | B)⟩|'],
    ['| \\(a|b\\) | $$c|d$$ |', '|⟨a|b⟩|⟨c|d⟩|'],
    ['| $a \\mid b$ | $\\\\|$ |', '|⟨a \\mid b⟩|⟨\\\\|⟩|'],
    ['| `$a` | `$b` |', '|`$a`|`$b`|'],
    ['| costs $5 | gains $6 |', '|costs $5|gains $6|'],
    ['| $5 | 6$ |', '|$5|6$|'],
    ['| $|-3|$ | 3 |', '|⟨|-3|⟩|3|'],
    ['| $HOME | $PATH |', '|$HOME|$PATH|'],
    ['| Free ($) | Pro ($) |', '|Free ($)|Pro ($)|'],
    ['| In ($/M) | Out ($/M) |', '|In ($/M)|Out ($/M)|'],
    ['| $10 | R$ 20 |', '|$10|R$ 20|'],
    ['| $3M | US$ |', '|$3M|US$|'],
    ['| $/kg | USD ($) |', '|$/kg|USD ($)|'],
    ['| $a | b$ | $x^2 | 10$ |', '|⟨a | b⟩|⟨x^2 | 10⟩|'],
    ['| $`2|4`$ | $$2|4$$ |', '|⟨2|4⟩|⟨2|4⟩|'],
    ['| $\\alpha | $\\beta$ |', '|$\\alpha|⟨\\beta⟩|'],
    ['| $x$ \\| $y$ | z |', '|⟨x⟩ | ⟨y⟩|z|'],
    ['| $$ | $$$ |', '|$$|$$$|'],
    ['| $$x$$ | \\[x=y\\] |', '|⟨x⟩|⟪x=y⟫|'],
  ])('%j', (row, expected) => {
    expect(rows(row)).toBe(expected);
  });

  test('a formula with a bar stands in the head, and without outer bars', () => {
    expect(show(read('$|x|$ | b\n--|--\n$|y|$ | z'))).toBe('|⟨|x|⟩|b| / |⟨|y|⟩|z|');
  });

  test('a dollar in code begins no formula outside it', () => {
    expect([...barsInFormulas('| `c` $a|b$ |')]).toEqual([8]);
    expect([...barsInFormulas('| `$a` | `b$` |')]).toEqual([]);
  });
});

test('outside tables `\\|` is a norm', () => {
  expect(show(read('$\\|x\\|$ and $a | b$'))).toBe('⟨\\|x\\|⟩ and ⟨a | b⟩');
});

test('a formula with a bar above a rule makes no table', () => {
  expect(show(read('$|x|$\n---'))).toBe('# ⟨|x|⟩');
});
