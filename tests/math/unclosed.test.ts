import { describe, expect, test } from 'vitest';
import { unclosedMath } from '../../src/math/tree.js';
import { read, show } from './read.js';

function faults(markdown: string): readonly string[] {
  return unclosedMath(read(markdown)).map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe('a delimiter that nothing closes is reported where it stands', () => {
  test.each([
    ['$$ x', ['1:1 this $$ is never closed']],
    ['a $$x b', ['1:3 this $$ is never closed']],
    ['text\n$$\nx\n', ['2:1 this $$ is never closed']],
    ['$$\nx\n\nThis is prose.\n\n$$\ny\n$$', ['1:1 this $$ is never closed']],
    ['$$\nx\n\n# Next\n\ny', ['1:1 this $$ is never closed']],
    ['> $$\n> x\n\ny', ['1:3 this $$ is never closed']],
    ['1. a\n\n   $$\n   x\n\nb', ['3:4 this $$ is never closed']],
    ['$$x$ and $y$', ['1:1 this $$ is never closed']],
    ['$$$\nx', ['1:1 this $$$ is never closed']],
    ['# $$x', ['1:3 this $$ is never closed']],
    ['| a |\n|-|\n| $$x |', ['3:3 this $$ is never closed']],
    ['\\begin{align}\na\n', ['1:1 this \\begin{align} is never closed']],
    ['a\n\\[\nx', ['2:1 this \\[ is never closed']],
    ['a\n\\[\nrank\n\\[\nx\n\\]', ['2:1 this \\[ is never closed']],
    ['\\\\[\nx', ['1:1 this \\\\[ is never closed']],
  ])('%j', (markdown, expected) => {
    expect(faults(markdown)).toEqual(expected);
  });

  test('and stays in the page as text, as do the lines after it', () => {
    expect(show(read('a $$x b'))).toBe('a $$x b');
    expect(show(read('$$\nx\n\n- b\n- c'))).toBe('$$\nx / - b / - c');
    expect(show(read('\\begin{align}\na\n\n**b**'))).toBe('\\begin{align}\na / **b**');
  });
});

test('no fault is found in formulas, prices and escaped brackets', () => {
  expect(faults('$$ x')).toHaveLength(1);
  const fine = [
    '$$x$$',
    'a $$x$$ b',
    '`$$`',
    '\\$\\$',
    '$$$ a',
    '| $$ | a |\n|-|-|\n| $$ | b |',
    '\\[1\\]',
    '\\[\nrank\n\\]',
    '> \\[\n> rank\n> \\]',
    '\\[\n\\]',
    '\\\\[\n\\\\]',
    '\\(',
    '$5',
  ];
  for (const markdown of fine) expect(faults(markdown), markdown).toEqual([]);
});
