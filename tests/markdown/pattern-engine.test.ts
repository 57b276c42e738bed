import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { all } from '@wooorm/starry-night';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { translate } from '../../src/markdown/ascii-patterns.js';
import { createEngine, type Engine } from '../../src/markdown/pattern-engine.js';

const own = createRequire(createRequire(import.meta.url).resolve('@wooorm/starry-night'));
const oniguruma = own('vscode-oniguruma') as Engine & {
  readonly loadWASM: (program: Uint8Array) => Promise<void>;
};

await oniguruma.loadWASM(readFileSync(own.resolve('vscode-oniguruma/release/onig.wasm')));

type Matches = (readonly [pattern: number, ...groups: string[]])[];

/** All matches in a text, as tokens are made of it. Where a group is that is empty does not matter. */
function matches(engine: Engine, patterns: string[], texts: readonly string[]): Matches {
  const scanner = engine.createOnigScanner(patterns);
  const found = texts.flatMap((text) => {
    const line = engine.createOnigString(text);
    const inLine: Matches = [];
    for (let from = 0; from <= text.length && inLine.length < 8; ) {
      const match = scanner.findNextMatchSync(line, from, 0);
      if (!match) break;
      const [whole, ...groups] = match.captureIndices.map(({ start, end }) => [start, end] as const);
      inLine.push([
        match.index,
        String(whole),
        ...groups.map(([start, end]) => (start === end ? '' : `${start},${end}`)),
      ]);
      const end = whole?.[1] ?? from;
      from = end > from ? end : from + 1;
    }
    line.dispose?.();
    return inLine;
  });
  scanner.dispose?.();
  return found;
}

function isAccepted(pattern: string): boolean {
  try {
    oniguruma.createOnigScanner([pattern]).dispose?.();
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether Oniguruma finds of each pattern what it finds beside the others, and from each place what it finds from an earlier
 * one: in `a\n` it finds `$.*` behind the line's end when it begins before the `a`, and otherwise before it.
 */
function isOfOneMind(patterns: string[], texts: readonly string[]): boolean {
  const alone: Engine = {
    createOnigString: oniguruma.createOnigString,
    createOnigScanner: (all) => {
      const scanners = all.map((pattern) => remembering(oniguruma.createOnigScanner([pattern])));
      return {
        findNextMatchSync: (...asked) => {
          const found = scanners.flatMap((scanner, index) => {
            const match = scanner.findNextMatchSync(...asked);
            return match ? [{ ...match, index }] : [];
          });
          const startOf = (match: (typeof found)[number]) => match.captureIndices[0]?.start ?? 0;
          return found.sort((a, b) => startOf(a) - startOf(b) || a.index - b.index)[0] ?? null;
        },
        dispose: () => {
          for (const scanner of scanners) scanner.dispose?.();
        },
      };
    },
  };
  return (
    JSON.stringify(matches(alone, patterns, texts)) === JSON.stringify(matches(oniguruma, patterns, texts))
  );
}

/** Takes a match that is still ahead for the next one. */
function remembering(scanner: ReturnType<Engine['createOnigScanner']>): typeof scanner {
  let last: { text: unknown; match: ReturnType<typeof scanner.findNextMatchSync> } | undefined;
  return {
    dispose: () => scanner.dispose?.(),
    findNextMatchSync: (text, from, options) => {
      const isAhead = (last?.match?.captureIndices[0]?.start ?? Number.POSITIVE_INFINITY) >= from;
      if (last?.text !== text || !isAhead)
        last = { text, match: scanner.findNextMatchSync(text, from, options) };
      return last.match;
    },
  };
}

function same(patterns: string[], texts: readonly string[]): void {
  const own = matches(createEngine()(oniguruma), patterns, texts);
  expect([patterns, texts, own]).toEqual([patterns, texts, matches(oniguruma, patterns, texts)]);
}

/** Patterns of all grammars. The ends of some refer to groups of their beginnings, and are none by themselves. */
const patternsOfGrammars = [
  ...new Set(
    all.flatMap((grammar) => {
      const found: string[] = [];
      const walk = (value: unknown, key = ''): void => {
        if (typeof value === 'string' && /^(?:match|begin|end|while)$/.test(key)) found.push(value);
        if (typeof value !== 'object' || value === null) return;
        for (const [name, inner] of Object.entries(value)) walk(inner, name);
      };
      walk([grammar.patterns, grammar.repository]);
      return found;
    }),
  ),
].filter((pattern, index) => index % 9 === 0 && isAccepted(pattern));

const code = [
  'def f(x: int = 0x1F, *args) -> str:  # shown\n',
  '\treturn f"{x!r:>10}" + r\'\\d+\' if x is not None else "a\\"b"\n',
  'const a = async (b) => { await c?.d`x`; /* e */ } // f\n',
  '<p class="t" id=\'u\'>x &amp; y</p><!-- z --><script>let a = 1</script>\n',
  '  for f in *.md; do echo "$f" | sed -e \'s/a/b/\' >> $OUT; done\n',
  '#include <vector> // C++\n',
  'template <typename T> static inline std::vector<T> f(const T& x) noexcept;\n',
  "SELECT count(*) AS n FROM t WHERE a = 'b' -- c\n",
  '\\begin{equation} x^2_{i} \\end{equation} % note\n',
  '{ "a": [1, 2.5e-3, true, null], "b": "c\\n" }\n',
  '- key: &anchor !!str "value" # comment\n',
  '@media (min-width: 10px) { a:hover > b::after { color: #fff !important; } }\n',
  '$x = @{$h->{key}}; print <<EOT if $x =~ m/^a+$/gi;\n',
  'END IF; :: |> <- <= == != && || ++ -- ** // %% ~ ^ ? ; , . ...\n',
  '',
  '\n',
  '    \n',
  'no newline at the end (of a capture)',
];

/** Texts that a pattern is more likely to match: some of its own words. */
function wordsOf(pattern: string): string[] {
  const words = pattern
    .replace(/\(\?[a-z]*[:=!<>]*|\\[a-zA-Z]|[()?*+|^$[\]{}\n]|[^\0-\x7f]/g, ' ')
    .split(/ +/);
  return [0, 1, 2].map((shift) =>
    `${words.slice(shift, shift + 9).join([' ', '', '.('][shift])}\n`.slice(0, 300),
  );
}

describe('patterns of grammars', () => {
  it('match as in Oniguruma', { timeout: 120_000 }, () => {
    for (const pattern of patternsOfGrammars) same([pattern], [...code, ...wordsOf(pattern)]);
  });

  it('match together as in Oniguruma', () => {
    for (let at = 0; at < patternsOfGrammars.length; at += 40) {
      const some = patternsOfGrammars.slice(at, at + 40);
      same(some, [...code, ...some.flatMap(wordsOf)]);
    }
  });

  it('are mostly translated', () => {
    const translated = patternsOfGrammars.filter((pattern) => translate(pattern));
    expect(translated.length / patternsOfGrammars.length).toBeGreaterThan(0.9);
  });
});

describe('any pattern', () => {
  const atoms = fc.constantFrom(
    ...[
      'a',
      'b',
      'A',
      ' ',
      '\\n',
      '.',
      '\\w',
      '\\W',
      '\\s',
      '\\S',
      '\\d',
      '\\h',
      '\\b',
      '\\B',
      '^',
      '$',
      '\\A',
      '\\Z',
    ],
    ...[
      '\\G',
      '[ab]',
      '[^a]',
      '[^\\w]',
      '[[:alpha:]_]',
      '[[:^space:]]',
      '[[:punct:]]',
      '[a-c&&[^b]]',
      '[-a]',
      '[a-]',
    ],
    ...[
      '[\\w-]',
      '\\x61',
      '\\x{62}',
      '\\u0061',
      '\\-',
      '\\1',
      '(?<!a)',
      '(?<=b|ab)',
      '(?=a)',
      '(?!b)',
      '\\p{Lu}',
      'é',
    ],
    ...['\\k<n>', '\\R', '\\K', '(?i)', '{', ']', '\\.', '[^\\n]', '(?#c)'],
  );
  const { pattern } = fc.letrec<{ pattern: string; part: string; group: string }>((tie) => ({
    pattern: fc
      .array(
        fc.array(tie('part'), { maxLength: 4 }).map((parts) => parts.join('')),
        {
          minLength: 1,
          maxLength: 3,
        },
      )
      .map((alternatives) => alternatives.join('|')),
    part: fc
      .tuple(
        fc.oneof({ depthSize: 'small', withCrossShrink: true }, atoms, tie('group')),
        fc.constantFrom(
          ...['', '', '', '', '?', '*', '+', '??', '*?', '+?', '?+', '*+', '++', '{2}', '{1,2}', '{,2}'],
        ),
      )
      .map((both) => both.join('')),
    group: fc
      .tuple(
        fc.constantFrom(
          '(',
          '(',
          '(?:',
          '(?>',
          '(?=',
          '(?!',
          '(?<=',
          '(?<!',
          '(?i:',
          '(?x:',
          '(?m:',
          '(?-i:',
          '(?<n>',
        ),
        tie('pattern'),
      )
      .map(([open, inner]) => `${open}${inner})`),
  }));
  const text = fc
    .array(fc.constantFrom('a', 'b', 'A', 'B', ' ', '_', '1', '-', '.', 'aa', 'ab', '\t'), { maxLength: 9 })
    .chain((parts) => fc.constantFrom('\n', '').map((end) => parts.join('') + end));

  it('matches as in Oniguruma, or is refused', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('', '', '(?i)', '(?x)', '(?m)'),
        fc.array(pattern, { minLength: 1, maxLength: 3 }),
        fc.array(text, { minLength: 1, maxLength: 4 }),
        (flags, some, texts) => {
          const patterns = some.map((one) => flags + one);
          if (patterns.every(isAccepted) && isOfOneMind(patterns, texts)) same(patterns, texts);
        },
      ),
      { numRuns: 20_000 },
    );
  });
});

describe('a scanner', () => {
  it('knows where its search began', () => {
    same(['\\Gab', 'b', '(^|\\G) a'], ['abab\n', ' a ab\n', 'b ab']);
    same(['(?!\\G)', 'a'], ['aab\n']);
  });

  it('leaves lines to Oniguruma that are not ASCII, or long', () => {
    same(
      ['\\w+', '(?i)ss|k', '[^a]'],
      ['aé가 ß\n', '\u{1d400}a\n', '\u212a\n', '\ud800x\n', `${'ab '.repeat(500)}\n`],
    );
  });

  it('takes matches of the first pattern, and with `\\K` those that Oniguruma takes', () => {
    same(['b', 'a*', 'ab', ''], ['aab\n', 'b']);
    same(['a\\Kb', 'b', 'ab'], ['aab\n', 'abab']);
  });

  it('does not care what was looked for before', () => {
    const sets = [
      ['a', '\\Gb|c', 'x'],
      ['b+', 'a', '(c)(d)?', 'x|\\(\\g<0>\\)'],
    ];
    const asked = (engine: Engine) => {
      const scanners = sets.map((some) => engine.createOnigScanner(some));
      const lines = ['abcdx\n', 'cabd((x))', 'abcdx\n', 'aé'].map((text) => engine.createOnigString(text));
      return [0, 2, 1, 4, 0, 5, 3].flatMap((from) =>
        lines.flatMap((line) =>
          scanners.map((scanner) => {
            const match = scanner.findNextMatchSync(line, from, 0);
            return match && [match.index, match.captureIndices[0]];
          }),
        ),
      );
    };
    expect(asked(createEngine()(oniguruma))).toEqual(asked(oniguruma));
  });

  it('refuses what Oniguruma refuses', () => {
    const engine = createEngine()(oniguruma);
    for (let times = 0; times < 2; times++)
      expect(() => engine.createOnigScanner(['a', '\\g<missing>'])).toThrow('undefined name');
  });

  it('gives back what it had of Oniguruma', () => {
    const open = new Set<object>();
    const counting: Engine = {
      ...oniguruma,
      createOnigScanner: (some) => {
        const scanner = oniguruma.createOnigScanner(some);
        open.add(scanner);
        return {
          findNextMatchSync: (...ask) => scanner.findNextMatchSync(...ask),
          dispose: () => {
            open.delete(scanner);
            scanner.dispose?.();
          },
        };
      },
    };
    const engine = createEngine()(counting);
    const scanners = [0, 1].map(() => engine.createOnigScanner(['a', '\\R', '\\X']));
    scanners[0]?.findNextMatchSync(engine.createOnigString('é'), 0, 0);
    expect(open.size).toBe(3);
    for (const scanner of scanners) scanner.dispose?.();
    expect(open.size).toBe(0);
  });
});
