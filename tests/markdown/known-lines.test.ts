import { expect, it } from 'vitest';
import { type LineGrammar, tokenizeOnce } from '../../src/markdown/known-lines.js';

interface Depth {
  readonly depth: number;
  readonly equals: (other: Depth) => boolean;
}

function at(depth: number): Depth {
  return { depth, equals: (other) => other.depth === depth };
}

/** Counts brackets, and how often it is asked. */
function grammar(): LineGrammar<Depth> & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    tokenizeLine2: (line, state) => {
      asked.push(`${state?.depth ?? 'first'} ${line}`);
      const depth = (state?.depth ?? 0) + line.split('(').length - line.split(')').length;
      return { tokens: Uint32Array.of(depth, line.length), ruleStack: at(depth) };
    },
  };
}

function read(one: LineGrammar<Depth>, lines: readonly string[], ask = tokenizeOnce<Depth>): number[][] {
  let state: Depth | null = null;
  return lines.map((line) => {
    const { tokens, ruleStack } = ask(one, line, state);
    state = ruleStack;
    return [...tokens];
  });
}

const plainly: typeof tokenizeOnce<Depth> = (one, line, state) => one.tokenizeLine2(line, state);

it('reads lines as they are read without it', () => {
  const listings = [
    ['f(', 'x', ')', 'x', 'f('],
    ['x', 'x', 'f(', 'x', ')'],
    ['f(', 'x', ')', 'x', 'f('],
    ['))', 'x', '((', 'x'],
  ];
  const one = grammar();
  for (const lines of listings) expect(read(one, lines)).toEqual(read(grammar(), lines, plainly));
});

it('asks for a line in a state once, whatever came before', () => {
  const one = grammar();
  read(one, ['a', 'b', 'c', 'b']);
  expect(one.asked).toEqual(['first a', '0 b', '0 c']);
  read(one, ['c', 'b', 'f(', 'b']);
  expect(one.asked.slice(3)).toEqual(['first c', '0 f(', '1 b']);
});

it('keeps nothing of a line that the grammar refuses', () => {
  const one = grammar();
  const refusing = {
    ...one,
    tokenizeLine2: () => {
      throw new Error('refused');
    },
  };
  expect(() => tokenizeOnce(refusing, 'a', null)).toThrow('refused');
  expect(() => tokenizeOnce(refusing, 'a', null)).toThrow('refused');
});

it('forgets when there is too much to remember', () => {
  const one = grammar();
  for (let line = 0; line < 20_050; line++) tokenizeOnce(one, String(line), null);
  expect(one.known?.count).toBe(50);
});
