// Labels that several things of a post have.
import { expect, it } from 'vitest';
import { render, reports } from './render.js';

const equation = '$$ x \\label{a} $$';
const theorem = ':::theorem{#a}\nx\n:::';

it.each([
  [equation, theorem, '3:1'],
  [theorem, equation, '5:13'],
])('One that is given twice is told at its second place: %s and %s', (first, second, place) => {
  const [report, ...others] = reports(render(`${first}\n\n${second}`));
  expect(others).toEqual([]);
  expect(report).toBe(
    `error math/duplicate-label ${place} the label a is given twice in this post, first in line 1 (rename one of the two)`,
  );
});
