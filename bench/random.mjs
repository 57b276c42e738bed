// Chance that comes out the same for the same seed: what the corpora are made with.

/** Numbers in [0, 1) from a seed (the generator known as mulberry32), and what is drawn with them. */
export function random(seed) {
  let state = seed >>> 0;
  function next() {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const between = (low, high) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    /** A whole number, both ends included. */
    between,
    chance: (probability) => next() < probability,
    pick: (items) => items[Math.floor(next() * items.length)],
    /** As `pick`, the first ones more often: the n-th about 1/n times as often as the first. */
    often: (items) => items[Math.floor(items.length ** next()) - 1],
    /** One of `[weight, item]`. */
    weighted(pairs) {
      let left = next() * pairs.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, item] of pairs) {
        left -= weight;
        if (left < 0) return item;
      }
      return pairs[0][1];
    },
    /** Around 1 (the mean), seldom much more: how sizes of texts are spread. */
    spread: (sigma) => {
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return Math.exp(sigma * normal - (sigma * sigma) / 2);
    },
  };
}
