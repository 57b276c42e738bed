// What a person, an editor and GitHub see of a diagnostic.
import { describe, expect, it } from 'vitest';
import type { BuildReport } from '../src/build.js';
import { codes, diagnostic, nearest } from '../src/diagnostic.js';
import { environmentFault } from '../src/environment.js';
import {
  exitCode,
  formatAnnotation,
  formatCheck,
  formatDiagnostic,
  formatJson,
  formatSummary,
  inOrder,
  mostImportant,
  tally,
} from '../src/report.js';
import type { Diagnostic } from '../src/types.js';

const plain = { color: false };

const one = (fields: Partial<Diagnostic> = {}): Diagnostic => ({
  severity: 'error',
  code: 'link/broken',
  message: 'the link leads nowhere',
  ...fields,
});

/** The lines below the first one for a place in a text. */
const excerpt = (text: string, line: number, column?: number, length?: number) =>
  formatDiagnostic(
    one({ file: 'posts/a.md', line, ...(column && { column }), ...(length && { length }) }),
    text,
    plain,
  )
    .split('\n')
    .slice(1);

describe('a diagnostic as text', () => {
  it('is what the design shows', () => {
    const text = `${'\n'.repeat(41)}$$ \\sofmax(QK^\\top) $$\nmore\n`;
    const fault: Diagnostic = {
      severity: 'error',
      code: 'math/unknown-command',
      message: 'KaTeX does not know \\sofmax',
      hint: 'did you mean \\softmax? Define it under math.macros in site.yaml',
      file: 'posts/attention.md',
      line: 42,
      column: 4,
      length: 7,
    };
    expect(formatDiagnostic(fault, text, plain)).toBe(
      [
        'posts/attention.md:42:4: error math/unknown-command: KaTeX does not know \\sofmax',
        '  42 | $$ \\sofmax(QK^\\top) $$',
        '     |    ^^^^^^^',
        '  hint: did you mean \\softmax? Define it under math.macros in site.yaml',
      ].join('\n'),
    );
  });

  it.each<[string, Partial<Diagnostic>, string]>([
    ['no place', {}, 'error link/broken: the link leads nowhere'],
    ['only a file', { file: 'a.md' }, 'a.md: error link/broken: the link leads nowhere'],
    ['only a line', { file: 'a.md', line: 3 }, 'a.md:3: error link/broken: the link leads nowhere'],
    ['a hint', { hint: 'mend it' }, 'error link/broken: the link leads nowhere\n  hint: mend it'],
    ['a note', { severity: 'note' }, 'note link/broken: the link leads nowhere'],
  ])('is as short as what is known: %s', (_, fields, expected) => {
    expect(formatDiagnostic(one(fields), undefined, plain)).toBe(expected);
  });

  it('has colours only when they are wanted', () => {
    const fault = one({ file: 'a.md', line: 1, column: 1, hint: 'mend it' });
    const colored = formatDiagnostic(fault, 'text', { color: true });
    expect(colored).toContain('\u001B[31merror link/broken:\u001B[0m');
    expect(colored.replaceAll('\u001B', '').replace(/\[[0-9]+m/g, '')).toBe(
      formatDiagnostic(fault, 'text', plain),
    );
    expect(formatDiagnostic(fault, 'text', plain)).not.toContain('\u001B');
  });

  it('cannot command the terminal', () => {
    const evil = 'a\u001B[2Jb\u0007\u202Ec\u009Bd\ne';
    const text = formatDiagnostic(
      one({ file: evil, message: evil, hint: evil, line: 1, column: 1 }),
      evil,
      plain,
    );
    expect(text).toContain('a␛[2Jb␇�c�d');
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202E]/u);
    expect(text.split('\n')).toHaveLength(4);
  });
});

describe('the excerpt', () => {
  it.each<[string, string, number, number | undefined, number | undefined, string[]]>([
    ['one character', 'abc', 1, 2, undefined, ['  1 | abc', '    |  ^']],
    ['the last line', 'a\nb\nxyz', 3, 3, 1, ['  3 | xyz', '    |   ^']],
    ['CRLF', 'a\r\nxyz\r\nb', 2, 1, 3, ['  2 | xyz', '    | ^^^']],
    ['a lone CR', 'a\rxyz\rb', 2, 1, 3, ['  2 | xyz', '    | ^^^']],
    ['the end of a line', 'abc\nd', 1, 4, 1, ['  1 | abc', '    |    ^']],
    ['far behind the end of a line', 'abc', 1, 99, 5, ['  1 | abc', '    |    ^']],
    ['longer than the line', 'abc\nd', 1, 2, 50, ['  1 | abc', '    |  ^^']],
    ['an empty line', 'a\n\nb', 2, 1, 1, ['  2 |', '    | ^']],
    ['no column', 'abc', 1, undefined, undefined, ['  1 | abc']],
    ['a line that is not there', 'abc', 2, 1, 1, []],
    ['an empty file', '', 1, 1, 1, ['  1 |', '    | ^']],
    ['Hangul', '굵게 $x$', 1, 4, 3, ['  1 | 굵게 $x$', '    |      ^^^']],
    ['Hangul that is marked', '가나다', 1, 2, 1, ['  1 | 가나다', '    |   ^^']],
    [
      'Hangul in parts (NFD)',
      '가x'.normalize('NFD'),
      1,
      3,
      1,
      [`  1 | ${'가x'.normalize('NFD')}`, '    |   ^'],
    ],
    ['Han, Kana, full width', '漢かナ！x', 1, 5, 1, ['  1 | 漢かナ！x', '    |         ^']],
    ['half width Kana', 'ｱx', 1, 2, 1, ['  1 | ｱx', '    |  ^']],
    ['an emoji', '😀x', 1, 3, 1, ['  1 | 😀x', '    |   ^']],
    ['a mathematical letter', '𝑥y', 1, 3, 1, ['  1 | 𝑥y', '    |  ^']],
    ['a combining accent', 'e\u0301x', 1, 3, 1, ['  1 | e\u0301x', '    |  ^']],
    ['a tab', '\tx', 1, 2, 1, ['  1 |     x', '    |     ^']],
    ['a marked tab', 'a\tx', 1, 2, 1, ['  1 | a    x', '    |  ^^^^']],
  ])('underlines %s', (_, text, line, column, length, expected) => {
    expect(excerpt(text, line, column, length)).toEqual(expected);
  });

  it.each([1, 30, 500, 999_990, 1_000_001])('cuts a long line around column %i', (column) => {
    const text = 'ab가 '.repeat(250_000);
    const [source = '', carets = ''] = excerpt(text, 1, column, 3);
    expect(source.length).toBeLessThan(110);
    expect(source.startsWith('  1 | …')).toBe(column > 30);
    expect(source.endsWith('…')).toBe(column < 999_900);
    const end = carets.length;
    expect(carets.slice(carets.indexOf('^'))).toMatch(/^\^{1,4}$/);
    expect(end).toBeLessThan(115);
  });

  it('shows a long line from its beginning when the place is there', () => {
    expect(excerpt(`${'x'.repeat(40)}!${'y'.repeat(400)}`, 1, 41)[1]).toBe(`    | ${' '.repeat(40)}^`);
  });
});

describe('the list of diagnostics', () => {
  it('goes through the files from top to bottom, each fault once', () => {
    const list = [
      one({ file: 'posts/b.md', line: 1 }),
      one({ file: 'posts/a.md', line: 10, column: 1, severity: 'warning' }),
      one({ file: 'posts/a.md', line: 10, column: 1 }),
      one({ file: 'posts/a.md', line: 9, column: 4 }),
      one({ file: 'posts/a.md', line: 9, column: 20 }),
      one({ file: 'posts/a.md' }),
      one(),
      one({ file: 'posts/b.md', line: 1 }),
    ];
    const shown = inOrder(list).map((each) => [each.file, each.line, each.column, each.severity]);
    expect(shown).toEqual([
      [undefined, undefined, undefined, 'error'],
      ['posts/a.md', undefined, undefined, 'error'],
      ['posts/a.md', 9, 4, 'error'],
      ['posts/a.md', 9, 20, 'error'],
      ['posts/a.md', 10, 1, 'error'],
      ['posts/a.md', 10, 1, 'warning'],
      ['posts/b.md', 1, undefined, 'error'],
    ]);
    expect(inOrder(list.toReversed())).toEqual(inOrder(list));
    expect(tally(list)).toBe('6 errors, 1 warning');
  });

  it('shows errors before warnings when there are too many, still in order', () => {
    const warnings = Array.from({ length: 60 }, (_, index) =>
      one({ severity: 'warning', file: 'a.md', line: index }),
    );
    const errors = [one({ file: 'z.md' }), one({ file: 'a.md', line: 99 })];
    const shown = mostImportant([...warnings, ...errors]);
    expect(shown).toHaveLength(50);
    expect(shown.slice(-2)).toEqual([one({ file: 'a.md', line: 99 }), one({ file: 'z.md' })]);
    expect(mostImportant(warnings.slice(0, 50))).toHaveLength(50);
  });
});

describe('a diagnostic as an annotation of GitHub', () => {
  it('names file, lines and columns', () => {
    const fault = one({ file: 'posts/a.md', line: 3, column: 5, length: 4 });
    expect(formatAnnotation(fault, '')).toBe(
      '::error file=posts/a.md,line=3,col=5,endColumn=8,title=link/broken::the link leads nowhere',
    );
    expect(formatAnnotation(fault, 'blog/site')).toContain('file=blog/site/posts/a.md,');
  });

  it('leaves out what is not known, and calls a note a notice', () => {
    expect(formatAnnotation(one({ severity: 'note' }), 'blog')).toBe(
      '::notice title=link/broken::the link leads nowhere',
    );
  });

  it('escapes what has a meaning', () => {
    const fault = one({ file: 'a,b:c%.md', message: '50% off\r\n::error::no', hint: 'x: y, z' });
    expect(formatAnnotation(fault, '')).toBe(
      '::error file=a%2Cb%3Ac%25.md,title=link/broken::50%25 off%0D%0A::error::no%0Ahint: x: y, z',
    );
  });
});

describe('the exit code', () => {
  const warning = one({ severity: 'warning' });
  it.each<[string, Diagnostic[], boolean, number]>([
    ['nothing', [], true, 0],
    ['notes', [one({ severity: 'note' })], true, 0],
    ['warnings', [warning, one({ severity: 'warning', code: 'env/locked' })], false, 0],
    ['warnings with --strict', [warning], true, 1],
    [
      'a warning about the configuration with --strict',
      [one({ severity: 'warning', code: 'config/x' })],
      true,
      1,
    ],
    ['an error in the content', [one()], false, 1],
    ['an error in the configuration', [one(), one({ code: 'config/unknown-key' })], false, 2],
    ['an error on the command line', [one({ code: 'usage/unknown-flag' })], false, 2],
    ['an output folder that is not ours', [one({ code: 'output/foreign' })], false, 2],
    ['an error of the environment', [one({ code: 'config/x' }), one({ code: 'env/disk-full' })], false, 3],
    ['a bug', [one({ code: 'env/disk-full' }), one({ code: 'internal/bug' })], false, 70],
  ])('for %s', (_, list, strict, expected) => expect(exitCode(list, strict)).toBe(expected));
});

const report: BuildReport = {
  posts: 6,
  pages: 42,
  files: { written: 40, unchanged: 2, removed: 0 },
  formulas: { total: 9, rendered: 9 },
  diagnostics: [],
  sources: new Map(),
  fixes: [],
};

describe('the report', () => {
  const summary = (change: Partial<BuildReport>, strict = false) =>
    formatSummary({ ...report, ...change }, { out: 'public', strict, milliseconds: 1234 });

  it('sums up a build in two lines', () => {
    expect(summary({})).toBe('6 posts, 42 pages in 1.23 s\npublic: 40 written, 2 unchanged, 0 removed');
    expect(summary({ posts: 1, pages: 1, diagnostics: [one({ severity: 'warning' })] })).toContain(
      '1 post, 1 page in 1.23 s (1 warning)',
    );
  });

  const none = { written: 0, unchanged: 0, removed: 0 };
  it('says that the folder is as it was when the build failed', () => {
    expect(summary({ diagnostics: [one()], files: none })).toBe('not built: 1 error\npublic is as it was');
    expect(summary({ diagnostics: [one({ severity: 'warning' })], files: none }, true)).toBe(
      'not built: 1 warning (--strict makes warnings errors)\npublic is as it was',
    );
  });

  it('does not say so when the system failed halfway', () => {
    const text = summary({ diagnostics: [one({ code: 'env/disk-full' })], files: { ...none, written: 3 } });
    expect(text).toContain('public: 3 written, 0 removed; each file is whole');
    expect(text).not.toContain('as it was');
  });

  it('of a check says what can be mended, or what was', () => {
    const fix = { place: { file: 'posts/a.md', line: 1, column: 1 }, written: '*', replacement: '_' };
    const lastLine = (fixes: number, fixed: number | undefined) =>
      formatCheck({ ...report, fixes: Array(fixes).fill(fix) }, { fixed, milliseconds: 0 }).split('\n')[1];
    expect(lastLine(0, 0)).toBeUndefined();
    expect(lastLine(2, undefined)).toBe('--fix mends 2 places');
    expect(lastLine(2, 2)).toBe('2 places mended');
    expect(lastLine(2, 1)).toBe('1 of 2 places mended');
  });

  it('is one JSON object with the keys of the contract, and all diagnostics', () => {
    const many = Array.from({ length: 60 }, (_, line) =>
      one({ file: 'a.md', line, column: 2, length: 3, hint: 'h' }),
    );
    const value = JSON.parse(formatJson({ ...report, diagnostics: many }, 1234.5));
    expect(Object.keys(value)).toEqual(['posts', 'pages', 'files', 'formulas', 'diagnostics', 'ms']);
    expect(value).toMatchObject({ posts: 6, files: report.files, formulas: report.formulas, ms: 1235 });
    expect(value.diagnostics).toHaveLength(60);
    expect(value.diagnostics[7]).toEqual({
      severity: 'error',
      code: 'link/broken',
      message: 'the link leads nowhere',
      hint: 'h',
      file: 'a.md',
      line: 7,
      column: 2,
    });
  });
});

describe('a failure of the environment', () => {
  const thrown = (code: string) => Object.assign(new Error(`${code}: x`), { code, syscall: 'open' });
  it.each([
    ['ENOSPC', 'env/disk-full'],
    ['EDQUOT', 'env/disk-full'],
    ['EACCES', 'env/permission'],
    ['EPERM', 'env/permission'],
    ['EROFS', 'env/read-only'],
    ['EMFILE', 'env/too-many-files'],
    ['EBUSY', 'env/busy'],
    ['ENAMETOOLONG', 'env/name-too-long'],
    ['EIO', 'env/file-system'],
    ['EFBIG', 'env/file-system'],
  ])('%s has words and a hint', (code, expected) => {
    const fault = environmentFault(thrown(code), 'public/a');
    expect(fault).toMatchObject({ severity: 'error', code: expected, file: 'public/a' });
    expect(fault?.hint).toBeTruthy();
  });

  it.each([
    ['a missing file', thrown('ENOENT')],
    ['an error of another kind', Object.assign(new Error('x'), { code: 'ERR_INVALID_ARG_TYPE' })],
    ['a type error', new TypeError('x')],
    ['nothing', undefined],
  ])('is not %s: that is a bug', (_, error) => expect(environmentFault(error, 'a')).toBeUndefined());
});

describe('the nearest name', () => {
  it.each([
    ['buidl', 'build'],
    ['biuld', 'build'],
    ['bild', 'build'],
    ['Build', 'build'],
    ['serv', 'serve'],
    ['deploy', undefined],
    ['', undefined],
  ])('to %j is %j', (word, expected) => expect(nearest(word, ['build', 'serve', 'new'])).toBe(expected));

  it('is nothing without candidates', () => expect(nearest('x', [])).toBeUndefined());
});

describe('the table of codes', () => {
  it('is sorted, and every code is an area and a name with a line of docs', () => {
    const names = Object.keys(codes);
    expect(names).toEqual(names.toSorted());
    for (const [name, text] of Object.entries(codes)) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(text).toMatch(/^[^\n]+\.$/);
    }
  });

  it('makes a diagnostic with its place', () => {
    const place = { file: 'a.md', line: 1 };
    expect(diagnostic('note', 'env/busy', 'x', place)).toEqual({
      severity: 'note',
      code: 'env/busy',
      message: 'x',
      ...place,
    });
  });
});
