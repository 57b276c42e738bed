// Bodies as bytes, against bodies as they are made.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type BodyParts, wholeBody } from '../../src/site/body.js';
import { filledFeedBody } from '../../src/site/fill-holes.js';
import { bodyPacker, unpackBody, unpackForFeed, unpackPieces } from '../../src/speed/body.js';

/** Some text, a hole, or a formula, in any order. */
const pieces = fc.array(
  fc.record({
    text: fc.string({ unit: fc.constantFrom('a', 'é', '글', '\u{1d465}', '\ud83d', '\n') }),
    kind: fc.constantFrom('text', 'formula', 'hole'),
  }),
);

it('hold the same, whatever they are made of, and the pieces between their holes', () => {
  const packBody = bodyPacker();
  const check = fc.property(pieces, fc.string(), (all, text) => {
    const html: string[] = [];
    const holesAt: number[] = [];
    const formulas: number[] = [];
    let length = 0;
    for (const { text: part, kind } of all) {
      if (kind === 'hole') {
        holesAt.push(length);
        continue;
      }
      const shown = kind === 'formula' && part !== '' ? `<span><math>${part}</math>${part}</span>` : part;
      html.push(shown);
      if (kind === 'formula') formulas.push(length, length + shown.length);
      length += shown.length;
    }
    const parts: BodyParts = { html, holesAt, formulas, text };
    const whole = wholeBody(parts);
    const packed = packBody(parts);
    expect(unpackBody(packed)).toEqual(whole);
    const filled = holesAt.map((_, index) => `<${index}>`);
    expect(filledFeedBody(unpackForFeed(packed), filled)).toBe(filledFeedBody(whole, filled));
    const ends = [...holesAt, length];
    expect(unpackPieces(packed).map(String)).toEqual(
      ends.map((end, index) => whole.html.slice(ends[index - 1] ?? 0, end)),
    );
  });
  fc.assert(check, { numRuns: 500 });
});

it('can be longer than the room that there is at first', () => {
  const parts: BodyParts = { html: ['한'.repeat(100_000)], holesAt: [0], formulas: [], text: 'x'.repeat(9) };
  expect(unpackBody(bodyPacker()(parts))).toEqual(wholeBody(parts));
});
