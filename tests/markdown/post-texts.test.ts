// The interface texts that posts get are those that constructs ask for.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { postTexts } from '../../src/markdown/post-texts.js';
import { texts } from './render.js';

const sources = ['src/markdown', 'src/bibliography'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('post-texts.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8')),
);

it('Every text that a construct names is among them', () => {
  const all = texts.get('en') ?? {};
  const given = postTexts(texts).get('en') ?? {};
  const asked = sources
    .flatMap((text) => [...text.matchAll(/\btexts(?:\.(\w+)|\['([\w-]+)'\])/g)])
    .map(([, plain, quoted]) => plain ?? quoted ?? '')
    .filter((name) => name in all);
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.filter((name) => !(name in given))).toEqual([]);
  // Others by the name of what they are, as in texts[kind].
  const named = Object.keys(all).filter((name) => sources.some((text) => text.includes(`'${name}'`)));
  expect(named).toEqual(expect.arrayContaining(['theorem', 'tip']));
  expect(Object.keys(given)).toEqual(
    expect.arrayContaining(['theorem', 'proof', 'tip', 'caution', 'figure']),
  );
  expect(given).not.toHaveProperty('archive');
});
