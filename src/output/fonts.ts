// Fonts cut to the characters that a site uses. The same font and characters make the same bytes; what was cut
// before is taken from the cache without loading the programs that cut, which takes longer than cutting.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { hash, readEntry, writeEntry } from './cache.js';
import { runInThread } from './thread.js';

export interface FontUse {
  /** Names the font's entry in the cache. */
  readonly name: string;
  /** As woff2. */
  readonly font: Buffer;
  /** The characters that are in use. */
  readonly characters: string;
}

/** Makes of each font one with the glyphs of the characters alone, as woff2. */
export type Subsetter = (
  uses: readonly Pick<FontUse, 'font' | 'characters'>[],
) => Promise<readonly Uint8Array[]>;

const require = createRequire(import.meta.url);

/**
 * The fonts with the glyphs in use alone: hints and metrics stay, so that what is left is drawn as before.
 * The cache has one entry a font, the latest. Throws when a font is not in it and the subsetter fails.
 */
export async function cutFonts(
  uses: readonly FontUse[],
  cacheFolder: string | undefined,
  subset: Subsetter = subsetInThread,
): Promise<Buffer[]> {
  const tools = await toolsHash();
  const entries = await Promise.all(
    uses.map(async ({ name, font, characters }) => {
      // Every font keeps its space: it is what a browser asks for to learn a font's height.
      const kept = [...new Set(` ${characters}`)].sort().join('');
      const key = hash(tools, hash(font), kept);
      const path = cacheFolder && join(cacheFolder, name);
      return { font, characters: kept, key, path, cached: path && (await readEntry(path, key)) };
    }),
  );
  const missing = entries.filter(({ cached }) => !cached);
  const cut = missing.length > 0 ? await subset(missing) : [];
  const made = new Map(missing.map((entry, index) => [entry, Buffer.from(cut[index] ?? [])]));
  await Promise.all([...made].map(([{ path, key }, font]) => path && writeEntry(path, key, font)));
  return entries.map((entry) => entry.cached || (made.get(entry) as Buffer));
}

/** Runs in a thread of its own: where WebAssembly has no memory, the compressor brings down what it runs in. */
const program = `
const { parentPort, workerData } = require('node:worker_threads');
const subsetFont = require(workerData.module);
const cut = ({ font, characters }) => subsetFont(Buffer.from(font), characters, { targetFormat: 'woff2' });
Promise.all(workerData.uses.map(cut)).then((fonts) => parentPort.postMessage(fonts));
`;

/** HarfBuzz's subsetter, as WebAssembly. */
export async function subsetInThread(
  uses: readonly Pick<FontUse, 'font' | 'characters'>[],
): Promise<readonly Uint8Array[]> {
  return runInThread(program, {
    module: require.resolve('subset-font'),
    uses: uses.map(({ font, characters }) => ({ font, characters })),
  });
}

/** Another version of a program that cuts could cut differently: then nothing of the cache is taken. */
async function toolsHash(): Promise<string> {
  const own = createRequire(require.resolve('subset-font'));
  const compressor = createRequire(own.resolve('fontverter'));
  const programs = [
    require.resolve('subset-font'),
    own.resolve('harfbuzzjs/dist/harfbuzz-subset.wasm'),
    compressor.resolve('wawoff2/build/compress_binding.js'),
  ];
  return hash(...(await Promise.all(programs.map((path) => readFile(path)))));
}
