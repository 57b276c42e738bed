// The table of names: each key leads to one field, or is passed over.
import { expect, it } from 'vitest';
import { examples, frontMatterSchema, nameFields, otherNames } from '../../src/content/fields.js';
import { hidingKeys } from '../../src/content/hiding-keys.js';
import { ignoredKeys } from '../../src/content/ignored-keys.js';
import type { Field } from '../../src/value.js';
import { parsed } from './site.js';

const place = { file: 'x.md' };
/** With a year: `published` is a date then, not a flag. */
const value = { type: 'text', text: '2019', raw: '2019', place } as const;
const field = (key: string): Field => ({ key, value, place });
const named = (key: string) => [...nameFields(new Map([[key, field(key)]])).fields.keys()];

it('Every field is found under its name and under every other name.', () => {
  expect(Object.keys(otherNames).sort()).toEqual(Object.keys(frontMatterSchema.shape).sort());
  for (const [name, others] of Object.entries(otherNames)) {
    if (name === 'published') continue;
    for (const key of [name, name.toUpperCase(), ...others]) expect(named(key), key).toEqual([name]);
  }
});

it('No key is both a field and passed over, and none stands twice.', () => {
  const without = [...ignoredKeys, ...Object.keys(hidingKeys)];
  for (const key of without) expect(named(key), key).toEqual([]);
  expect(new Set(without).size).toBe(without.length);
  const names = Object.values(otherNames).flat();
  expect(new Set(names).size).toBe(names.length);
});

it('What is neither is unknown.', () => {
  const { fields, unknown } = nameFields(new Map([['titel', field('titel')]]));
  expect(fields.size).toBe(0);
  expect(unknown).toEqual([{ field: field('titel'), nearest: 'title' }]);
});

it('The example of every field is right.', () => {
  for (const [name, example] of Object.entries(examples)) {
    const text = `---\ntitle: T\ndate: 2019-01-01\nlayout: post\n---\n`.replace(
      new RegExp(`^${name}:.*\n`, 'm'),
      '',
    );
    const { diagnostics } = parsed(
      text.replace('\n---\n', `\n${name}: ${example}\n---\n`),
      'posts/x.md',
      '',
      { drafts: true },
    );
    expect(diagnostics, name).toEqual([]);
  }
});
