// For tests: pages are shared, however soon one thread would have made them all.
import type { startPrinter } from '../../src/speed/printing.js';

/** Leaves at least every file but the first `share` of the pages to the other thread. */
export function sharing(start: typeof startPrinter, share: number): typeof startPrinter {
  return (...asked) => {
    const printer = start(...asked);
    return (
      printer && {
        ...printer,
        share: (parts) => {
          const help = printer.share(parts);
          return (pages) => {
            const helper = help(pages);
            return { ...helper, left: (total) => some(helper.left(total), pages, total, share) };
          };
        },
      }
    );
  };
}

/** Not a loop over the files, whose end would tell the other thread that nobody wants more of them. */
function* some(left: Iterable<number>, pages: number, total: number, share: number): Iterable<number> {
  const files = left[Symbol.iterator]();
  for (let count = 0; count < Math.floor(pages * share); count += 1) {
    const { value, done } = files.next();
    if (done) return;
    yield value;
    // Others have been made, and this is one of those that are not shared.
    if (value >= pages) return yield* rest(value + 1, total);
  }
  yield* rest(pages, total);
}

function* rest(from: number, total: number): Iterable<number> {
  for (let index = from; index < total; index += 1) yield index;
}
