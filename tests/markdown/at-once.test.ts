// Which parts of a text become tokens at once. That they are the tokens of micromark is for tests/patches.test.ts, since
// only the bundle asks for them.
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Construct, Extension } from 'micromark-util-types';
import { describe, expect, it } from 'vitest';
import { blocksOf } from '../../src/markdown/at-once/blocks.js';
import { extensionsOf } from '../../src/markdown/extensions.js';
import type { Feature } from '../../src/markdown/feature.js';
import { features } from '../../src/markdown/features.js';
import { plainOptions } from './render.js';

const typesOf = (text: string, hasMath = true) => blocksOf(text, hasMath).map(({ type }) => type);

/** What the constructs of all features are called that can begin with each character. */
function constructsIn(field: 'document' | 'flow' | 'text'): Record<string, string[]> {
  const names: Record<string, string[]> = {};
  for (const { syntax = [], isKnownAtOnce } of features) {
    if (!isKnownAtOnce) continue;
    const given = typeof syntax === 'function' ? syntax(plainOptions, '') : syntax;
    for (const extension of [given].flat() as Extension[])
      for (const [code, constructs] of Object.entries(extension[field] ?? {}))
        for (const { name = '' } of [constructs].flat() as Construct[]) {
          // Begins with any letter, and has an @ in it.
          if (name === 'emailAutolink') continue;
          const key = /\d/.test(code) ? String.fromCharCode(Number(code)) : code;
          names[key] = [...(names[key] ?? []), name];
        }
  }
  return names;
}

describe('the blocks of a text', () => {
  it('are what they look like', () => {
    expect(typesOf('# Title\n\nWords\nand more.\n\n```js\ncode\n\n```\n\n$$\nx\n$$\n')).toEqual([
      'heading',
      'paragraph',
      'code',
      'math',
    ]);
  });

  it('need no blank lines between them', () => {
    expect(typesOf('## Title\nWords:\n$$x$$\nwords:\n~~~\ncode\n~~~\nwords\n# Title')).toEqual([
      ...['heading', 'paragraph', 'math', 'paragraph', 'code', 'paragraph', 'heading'],
    ]);
  });

  it('are left to micromark where they are part of something else, and what comes after is not', () => {
    for (const rest of [
      '- a\n\n  b',
      '- a\n\n- b',
      '- [ ] a\n- [x] b',
      '- a\n  - b',
      '1. a\nlazy',
      '> a\nlazy',
      '1. ```\n   a\n\n   ```',
      '| a |\n|--|\n| b |',
      'Title\n===',
      '<div>\n</div>',
      '[a]: /b',
      '[^a]: note\n\n    more',
      '    code',
      ':::proof\nWords\n\n# Title\n:::',
    ])
      expect(typesOf(`Words\n\n${rest}\n\nwords`), rest).toEqual(['paragraph', 'rest', 'paragraph']);
  });

  it('are all left to micromark after what may go on for longer than can be told', () => {
    for (const open of [
      '```\na',
      '<!--',
      '<pre>',
      '2) a\n  ```',
      ':::proof',
      '* * *\n  ~~~',
      '1. a\n\n b\n   ```',
      'a\n2) b\n   ```',
    ])
      expect(typesOf(`Words\n\n${open}\n\nwords\n\nwords`), open).toEqual(['paragraph', 'rest']);
  });

  it('are lists of nothing but words', () => {
    expect(typesOf('- a\n- b\n  c\n\nWords:\n1. a\n2. b\n\n\nwords')).toEqual([
      ...['list', 'paragraph', 'list', 'paragraph'],
    ]);
  });

  it('know no formulas where there are none', () => {
    expect(typesOf('$$\nx\n$$', false)).toEqual(['rest']);
  });

  it('are left to micromark with characters that it replaces', () => {
    for (const text of ['a\r\nb', 'a\0b', '\ufeffa'])
      expect(typesOf(text), JSON.stringify(text)).toEqual(['rest']);
  });

  it('stand one after the other, with nothing but blanks between them, in any text', () => {
    const pieces = [
      'a',
      ' ',
      '\n',
      '\n\n',
      '```\n',
      '- ',
      '> ',
      '# ',
      '$$',
      '\\[',
      '\\]',
      ':::\n',
      '<pre>',
      '\t',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        let at = 0;
        for (const { start, end, line } of blocksOf(text, true)) {
          expect(text.slice(at, start)).toMatch(/^\s*$/);
          expect(line).toBe(text.slice(0, start).split('\n').length);
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        expect(text.slice(at)).toMatch(/^\s*$/);
      }),
    );
  });

  it('are most of what posts consist of', () => {
    const count = { all: 0, rest: 0 };
    const folder = 'tests/browser/site/posts';
    for (const name of readdirSync(folder).filter((name) => name.endsWith('.md'))) {
      const text = readFileSync(`${folder}/${name}`, 'utf8').replace(/^---\n[\s\S]*?\n---\n/, '');
      count.all += text.length;
      for (const { type, start, end } of blocksOf(text, true)) if (type === 'rest') count.rest += end - start;
    }
    expect(count.rest).toBeLessThan(count.all / 2);
  });
});

// A construct that is not here may begin where at-once/ sees only words: teach it the new one, then name it here. Or let
// its feature do without `isKnownAtOnce`.
describe('the constructs that at-once/ knows', () => {
  it('are all that the features bring that say so', () => {
    expect(constructsIn('document')).toEqual({ '[': ['gfmFootnoteDefinition'] });
    expect(constructsIn('flow')).toEqual({
      $: ['math'],
      '\\': ['math'],
      '`': ['math'],
      '~': ['math'],
      ':': [''],
      null: ['table'],
    });
    expect(constructsIn('text')).toEqual({
      $: ['inlineMath', 'mathLiteral'],
      '\\': ['inlineMath', 'mathLiteral', 'reference'],
      '*': ['attention'],
      _: ['attention'],
      '~': ['strikethrough'],
      '[': ['tasklistCheck', 'gfmFootnoteCall'],
      ']': ['gfmPotentialFootnoteCall'],
      '@': ['citationKey'],
      h: ['protocolAutolink'],
      H: ['protocolAutolink'],
      w: ['wwwAutolink'],
      W: ['wwwAutolink'],
    });
  });

  it('are all that a text can hold that is not left to micromark', () => {
    const marks: Feature = { name: 'marks', syntax: { text: {} } };
    const isAtOnce = (wanted: readonly Feature[]) =>
      extensionsOf(wanted, 'a ==b==', plainOptions).micromarkExtensions.some((one) => 'atOnce' in one);
    const known = features.filter(({ syntax, isKnownAtOnce }) => isKnownAtOnce || !syntax);
    expect(features.filter((feature) => !known.includes(feature)).map(({ name }) => name)).toEqual([
      'foreign syntax',
    ]);
    expect(isAtOnce(known)).toBe(true);
    expect(isAtOnce([...known, marks])).toBe(false);
  });
});
