// The second reading of TOML, which keeps places: it must agree with smol-toml on every valid text.
import fc from 'fast-check';
import { parse, stringify } from 'smol-toml';
import { expect, it } from 'vitest';
import { parseToml } from '../../src/content/toml.js';
import { placesIn } from '../../src/place.js';
import { placeOf, plainFields, type Value } from '../../src/value.js';

function read(text: string) {
  const { fields, faults } = parseToml(text, placesIn('x.md', text));
  expect(faults).toEqual([]);
  return fields;
}

const example = `title = "a \\u00e9 \\\\ b"   # a comment
quote = 'C:\\dir'
"two words" = 1
site."host.name".port = 80
list = [ "a", 'b', # one
  """c
d""", [1.10, 2], ]
empty = ""
none = ''
long = """
first \\
  second "quoted" ""
"""
raw = '''it's'''
ends = """a"""""
inline = { x = 1, y.z = "2", list = [{ a = true }] }
at = 1979-05-27 07:32:00Z

[cover]
image = "plot.svg"
  [cover.more]
  alt = "한글"
[[parts]]
name = "one"
[[parts]]
name = "two"
[parts.inner]
deep = true
`;

it('Every form of TOML is read, scalars as they are written.', () => {
  expect(plainFields(read(example))).toEqual({
    title: 'a é \\ b',
    quote: 'C:\\dir',
    'two words': '1',
    site: { 'host.name': { port: '80' } },
    list: ['a', 'b', 'c\nd', ['1.10', '2']],
    empty: undefined,
    none: undefined,
    long: 'first second "quoted" ""\n',
    raw: "it's",
    ends: 'a""',
    inline: { x: '1', y: { z: '2' }, list: [{ a: 'true' }] },
    at: '1979-05-27 07:32:00Z',
    cover: { image: 'plot.svg', more: { alt: '한글' } },
    parts: [{ name: 'one' }, { name: 'two', inner: { deep: 'true' } }],
  });
});

it.each([
  [['title'], '1:9'],
  [['two words'], '3:15'],
  [['site', 'host.name', 'port'], '4:25'],
  [['list', 1], '5:15'],
  [['list', 3, 0], '7:8'],
  [['inline', 'y', 'z'], '16:25'],
  [['cover', 'more', 'alt'], '22:9'],
  [['parts', 1, 'name'], '26:8'],
])('The value at %j is at %s.', (path, expected) => {
  const { line, column } = placeOf(read(example), path) ?? {};
  expect(`${line}:${column}`).toBe(expected);
});

it('Whatever smol-toml writes is read as smol-toml reads it.', () => {
  const scalar = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom('"', "'", '\\', '\n', '#', ',', ']', '}', '=', 'a', '한') }),
    fc.boolean(),
    fc.integer(),
  );
  const { table } = fc.letrec<{ table: Record<string, unknown>; value: unknown }>((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, scalar, fc.array(scalar), fc.array(tie('table')), tie('table')),
    table: fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 5 }), tie('value'), { maxKeys: 4 }),
  }));
  fc.assert(
    fc.property(table, (data) => {
      const text = stringify(data);
      expect(texts(read(text))).toEqual(strings(parse(text)));
    }),
    { numRuns: 150, seed: 7 },
  );
});

function texts(fields: ReadonlyMap<string, { value: Value }>): unknown {
  return [...fields].map(([key, { value }]) => [key, textsOf(value)]).sort();
}

function textsOf(value: Value): unknown {
  if (value.type === 'text') return value.text;
  return value.type === 'list' ? value.items.map(textsOf) : texts(value.fields);
}

function strings(data: object): unknown {
  return Object.entries(data)
    .map(([key, value]) => [key, stringsOf(value)])
    .sort();
}

function stringsOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stringsOf);
  return typeof value === 'object' && value !== null ? strings(value) : String(value);
}
