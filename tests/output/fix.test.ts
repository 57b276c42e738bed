// Fixes put into source texts: at their places, once, and nothing else.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fixText } from '../../src/output/fix.js';

const fix = (line: number, column: number, written: string, replacement: string) => ({
  place: { file: 'posts/a.md', line, column },
  written,
  replacement,
});

it.each([
  ['a *b\nc *d *e\n', [fix(1, 3, '*', '_'), fix(2, 3, '*', '_'), fix(2, 6, '*', '_')], 'a _b\nc _d _e\n'],
  ['a *b\r\nc *d\r\n', [fix(2, 3, '*', '_')], 'a *b\r\nc _d\r\n'],
  ['a *b\rc *d\ne *f\r', [fix(2, 3, '*', '_'), fix(3, 3, '*', '_')], 'a *b\rc _d\ne _f\r'],
  ['\ufeffa *b', [fix(1, 3, '*', '_')], '\ufeffa _b'],
  ['a \\\\\\\\ b', [fix(1, 3, '\\\\\\\\', '\\\\')], 'a \\\\ b'],
])('%j', (text, fixes, fixed) => {
  expect(fixText(text, fixes)).toEqual({ text: fixed, made: fixes.length });
});

it.each([
  ['where something else stands', 'a _b\n', fix(1, 3, '*', '_')],
  ['where less stands', 'a *', fix(1, 3, '**', '_')],
  ['behind the last line', 'a *b\n', fix(7, 3, '*', '_')],
])('No fix is made %s.', (_, text, one) => {
  expect(fixText(text, [one])).toEqual({ text, made: 0 });
});

it('A fix that another one overlaps is not made.', () => {
  expect(fixText('a *** b', [fix(1, 3, '**', '_'), fix(1, 4, '**', '_')])).toEqual({
    text: 'a _* b',
    made: 1,
  });
});

it('Without fixes a text stays as it is.', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => fixText(text, []).text === text));
});
