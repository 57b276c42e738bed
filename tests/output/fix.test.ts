// Fixes put into source texts: at their places, once, and nothing else.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fixText } from '../../src/output/fix.js';

const fix = (line: number, column: number, length: number, replacement: string) => ({
  place: { file: 'posts/a.md', line, column, length },
  replacement,
});

it.each([
  ['a *b\nc *d *e\n', [fix(1, 3, 1, '_'), fix(2, 3, 1, '_'), fix(2, 6, 1, '_')], 'a _b\nc _d _e\n'],
  ['a *b\r\nc *d\r\n', [fix(2, 3, 1, '_')], 'a *b\r\nc _d\r\n'],
  ['\ufeffa *b', [fix(1, 3, 1, '_')], '\ufeffa _b'],
  ['a \\\\\\\\ b', [fix(1, 3, 4, '\\\\')], 'a \\\\ b'],
])('%j', (text, fixes, fixed) => {
  expect(fixText(text, fixes)).toBe(fixed);
});

it('Without fixes a text stays as it is.', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => fixText(text, []) === text));
});
