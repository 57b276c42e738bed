// Front matter: what is split and how it reads, and where each kind of damage is reported.
import { describe, expect, it } from 'vitest';
import { parseFrontMatter } from '../../src/content/front-matter.js';
import { plainFields } from '../../src/value.js';
import { places } from './site.js';

function read(text: string) {
  const { fields, diagnostics, ...rest } = parseFrontMatter({ path: 'posts/x.md', text });
  return { ...rest, data: plainFields(fields), faults: places(diagnostics), diagnostics };
}

describe('what opens and closes front matter', () => {
  it.each([
    ['YAML between ---', '---\ntitle: x\n---\nbody\n', { title: 'x' }, 'body\n', 4],
    ['TOML between +++', '+++\ntitle = "x"\n+++\nbody\n', { title: 'x' }, 'body\n', 4],
    ['no front matter', 'body\n', {}, 'body\n', 1],
    ['an empty file', '', {}, '', 1],
    ['a rule across the page', '-----\nbody\n', {}, '-----\nbody\n', 1],
    ['a line of four marks', '----\nbody\n', {}, '----\nbody\n', 1],
    ['a list that begins with +', '++++ a\n', {}, '++++ a\n', 1],
    ['empty front matter', '---\n---\nbody', {}, 'body', 3],
    ['only comments', '---\n# c\n\n# d\n---\nbody', {}, 'body', 6],
    ['only TOML comments', '+++\n# c\n+++\nbody', {}, 'body', 4],
    ['blank lines', '---\n\ntitle: x\n\n---\nbody', { title: 'x' }, 'body', 6],
    ['a byte order mark', '\uFEFF---\ntitle: x\n---\nbody', { title: 'x' }, 'body', 4],
    ['CRLF', '---\r\ntitle: x\r\ntags: y\r\n---\r\nbody\r\n', { title: 'x', tags: 'y' }, 'body\r\n', 5],
    [
      'CRLF in TOML',
      '+++\r\ntitle = "x"\r\ndraft = true\r\n+++\r\nbody',
      { title: 'x', draft: 'true' },
      'body',
      5,
    ],
    ['spaces and tabs behind the marks', '--- \t\ntitle: x\n---\t \nbody', { title: 'x' }, 'body', 4],
    ['no line end at the end', '---\ntitle: x\n---', { title: 'x' }, '', 4],
    ['a blank line before the body', '---\ntitle: x\n---\n\nbody', { title: 'x' }, '\nbody', 4],
    ['rules in the body', '---\ntitle: x\n---\na\n\n---\n\nb', { title: 'x' }, 'a\n\n---\n\nb', 4],
    ['an indented --- in a text', '---\nx: |\n  ---\n  a\n---\nb', { x: '---\na\n' }, 'b', 6],
    ['a rule after an empty line', '\n---\nbody', {}, '\n---\nbody', 1],
  ])('reads %s', (_name, text, data, body, bodyLine) => {
    const { diagnostics, faults, ...rest } = read(text);
    expect(faults).toEqual([]);
    expect(rest).toEqual({ data, body, bodyLine });
  });

  it.each([
    ['---js\nprocess.exit(1)\n---\n', 'front-matter/opening-line 1:4'],
    ['---javascript\n({})\n---\n', 'front-matter/opening-line 1:4'],
    ['---JS\n({})\n---\n', 'front-matter/opening-line 1:4'],
    ['---coffee\na\n---\n', 'front-matter/opening-line 1:4'],
    ['---json\n{}\n---\n', 'front-matter/opening-line 1:4'],
    ['---toml\na=1\n---\n', 'front-matter/opening-line 1:4'],
    ['---yaml\na: 1\n---\n', 'front-matter/opening-line 1:4'],
    ['---constructor\na\n---\n', 'front-matter/opening-line 1:4'],
    ['---__proto__\na\n---\n', 'front-matter/opening-line 1:4'],
    ['--- yaml\na: 1\n---\n', 'front-matter/opening-line 1:4'],
    ['+++toml\na = 1\n+++\n', 'front-matter/opening-line 1:4'],
    ['---\ntitle: x\nbody\n', 'front-matter/never-closed 1:1'],
    ['+++\ntitle = "x"\n---\n', 'front-matter/never-closed 1:1'],
    ['---', 'front-matter/never-closed 1:1'],
    ['---\ntitle: x\n ---\nbody\n', 'front-matter/never-closed 1:1'],
    ['---\ntitle: x\n---foo\n---\n', 'front-matter/closing-line 3:1'],
    ['---\ntitle: x\n-----\n---\n', 'front-matter/closing-line 3:1'],
    ['+++\na = 1\n+++ # end\nbody\n+++\n', 'front-matter/closing-line 3:1'],
    ['\n---\ntitle: x\n---\n', 'front-matter/not-first 2:1'],
    [' \n\n+++\ntitle = "x"\n+++\n', 'front-matter/not-first 3:1'],
    [' ---\ntitle: x\n---\n', 'front-matter/not-first 1:2'],
    [`---\n${'\n'.repeat(100_000)}---\n`, 'front-matter/too-long 1:1'],
    [`---\ntitle: ${'x'.repeat(70_000)}\n---\n`, 'front-matter/too-long 1:1'],
  ])('refuses %j', (text, fault) => {
    expect(read(text).faults).toEqual([fault]);
  });

  it.each([
    ['title: T\ndate: 2018-01-09\ntags:\n- ML\n---\n\n# Next\n', 1],
    ['Title: T\r\nDate: 2018-01-09\r\n\r\nText.', 1],
    ['\n\nauthor: Kim\ntitle: >\n  T\n# note\n---\n', 3],
  ])('warns of keys without a line above them: %j', (text, line) => {
    const { diagnostics, body } = read(text);
    expect(diagnostics).toMatchObject([
      { severity: 'warning', code: 'front-matter/not-first', line, column: 1 },
    ]);
    expect(body).toBe(text);
  });

  it.each(['title: T\n\nText.', 'Note: a\nOr: b\n', 'Title: a\nas in\nDate: b\n', 'a\ntitle: T\ndate: D\n'])(
    'takes %j for prose',
    (text) => {
      expect(read(text).faults).toEqual([]);
    },
  );

  it('runs no code, and says the same when it sees a file again', () => {
    const text = '---js\n{ get title() { globalThis.ran = true; return "x" } }\n---\n';
    expect(read('---\ntitle: x\n---\n').data).toEqual({ title: 'x' });
    expect(read(text).faults).toEqual(read(text).faults);
    expect(read('---\na: [\n---\n').faults).toEqual(read('---\na: [\n---\n').faults);
    expect('ran' in globalThis).toBe(false);
  });
});

describe('values', () => {
  it('keeps scalars of YAML as they are written', () => {
    const yaml = 'a: 010\nb: 1.10\nc: 12:30:45\nd: yes\ne: 2019-02-05\nf: 0x1F\ng: 1e3\nh: null\ni: "007"';
    expect(read(`---\n${yaml}\n---\n`).data).toEqual({
      ...{ a: '010', b: '1.10', c: '12:30:45', d: 'yes', e: '2019-02-05' },
      ...{ f: '0x1F', g: '1e3', h: 'null', i: '007' },
    });
  });

  it('keeps scalars of TOML as they are written', () => {
    const toml =
      'a = 1.10\nb = 2024-02-30\nc = 2019-02-05T00:00:00+09:00\nd = 1979-05-27 07:32:00Z # c\ne = 0x1F\nf = true';
    expect(read(`+++\n${toml}\n+++\n`).data).toEqual({
      ...{ a: '1.10', b: '2024-02-30', c: '2019-02-05T00:00:00+09:00' },
      ...{ d: '1979-05-27 07:32:00Z', e: '0x1F', f: 'true' },
    });
  });

  it('treats a key without a value as not set', () => {
    expect(read('---\na:\nb: ""\nc: [x, "", y]\nd: {e: }\n---\n').data).toEqual({
      ...{ a: undefined, b: undefined, c: ['x', 'y'], d: { e: undefined } },
    });
  });

  it('takes names of prototypes for keys like any other', () => {
    const { data } = read('---\n__proto__: {x: y}\nconstructor: z\ntoString: t\n---\n');
    expect(Object.keys(data)).toEqual(['__proto__', 'constructor', 'toString']);
    expect('x' in {}).toBe(false);
  });
});

describe('damaged YAML', () => {
  it.each([
    ['title: Foo: bar', '2:8'],
    ['title: "abc\ndate: x', '2:8'],
    ["title: 'abc", '2:8'],
    ['tags:\n  - "a\n  - b', '3:5'],
    ['tags: [a, b\ndate: x', '3:1'],
    ['tags: {a: b', '2:12'],
    ['title: [Review] Attention', '2:17'],
    ['title: "Attention" is all', '2:20'],
    ["title: 'It's'", '2:12'],
    ['\ttitle: x', '2:1'],
    ['cover:\n\tsrc: x', '3:1'],
    ['title: a\ntitle: b', '3:1'],
    ['title: a\ncover:\n  src: x\n  src: y', '5:3'],
    ['title: @foo', '2:8'],
    ['title: `foo`', '2:8'],
    ['title: *b', '2:8'],
    ['title: &b c', '2:11'],
    ['title: !important news', '2:8'],
    ['title: !!js/function x', '2:8'],
    ['title: {{ .Name }}', '2:9'],
    ['just text', '2:1'],
    ['- a\n- b', '2:1'],
    ['title: a\n  date: b', '2:8'],
    ['title:b\ndate: c', '2:1'],
    ['title\ndate: x', '2:1'],
    ['title: - x', '2:8'],
    ['title: "a\\qb"', '2:10'],
    ['title: "$\\lambda$"', '2:10'],
    ['[a]: b', '2:1'],
    [': x', '2:1'],
    ['a: 1\n...\nb: 2', '4:1'],
    ['tags:\n  - b\n date: d', '4:1'],
    ['한글: "가', '2:5'],
    ['<<: *x', '2:5'],
  ])('%j is reported at %s', (yaml, place) => {
    const { faults, diagnostics } = read(`---\n${yaml}\n---\nbody\n`);
    expect(faults).toEqual([`front-matter/yaml ${place}`]);
    expect(diagnostics.every(({ hint }) => hint)).toBe(true);
    const crlf = `---\n${yaml}\n---\nbody\n`.replaceAll('\n', '\r\n');
    expect(read(crlf).faults).toEqual([`front-matter/yaml ${place}`]);
  });

  it.each([
    ['nested lists', `a: ${'['.repeat(20_000)}`],
    ['nested maps', `a: ${'{b: '.repeat(10_000)}`],
    ['an alias bomb', 'a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]'],
    ['many keys', `a: {${Array.from({ length: 8000 }, (_, index) => `k${index}`).join(',')}, k1}`],
    ['many anchors', `a: ${'&x '.repeat(10_000)}`],
  ])('%s are an error, not a burden', (_name, yaml) => {
    const { faults } = read(`---\n${yaml}\n---\n`);
    expect(faults[0]).toMatch(/^front-matter\/yaml 2:/);
  });
});

describe('damaged TOML', () => {
  it.each([
    ['title = Foo', '2:9'],
    ['title = “smart”', '2:9'],
    ['draft = yes', '2:9'],
    ['title: Foo', '2:6'],
    ['title = "abc\nb = 1', '2:13'],
    ['a = """x', '2:5'],
    ['a = 1\na = 2', '3:1'],
    ['a.b = 1\na = 2', '3:1'],
    ['date = 2024-13-01', '2:8'],
    ['date = 2019-02-05 10:00:00 +0900', '2:28'],
    ['title = "$\\sigma$"', '2:11'],
    ['tags = ["a" "b"]', '2:13'],
    ['tags = [1,', '2:8'],
    ["title = 'a' b", '2:13'],
    ['title', '2:1'],
    ['= 1', '2:1'],
    ['[cover', '2:2'],
    ['한글 = 1', '2:1'],
  ])('%j is reported at %s', (toml, place) => {
    const { faults, diagnostics } = read(`+++\n${toml}\n+++\nbody\n`);
    expect(faults).toEqual([`front-matter/toml ${place}`]);
    expect(diagnostics.every(({ hint }) => hint)).toBe(true);
  });
});

it('Deeply nested TOML is an error, not a burden.', () => {
  expect(read(`+++\na = ${'['.repeat(3000)}\n+++\n`).faults).toEqual(['front-matter/toml 2:1005']);
});
