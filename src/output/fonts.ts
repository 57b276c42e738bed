// Fonts cut to the characters that a site uses. The same font and characters make the same bytes; what was cut
// before is taken from the cache.
import { join } from 'node:path';
import { sha256 } from '../sha256.js';
import { readEntry, writeEntry } from './cache.js';
import { readSubsetter, subsetFonts } from './subset.js';
import { toWoff2 } from './woff2.js';

export interface FontUse {
  /** Names the font's entry in the cache. */
  readonly name: string;
  /** As TrueType. */
  readonly font: Buffer;
  /** The characters that are in use. */
  readonly characters: string;
}

/** Makes of each font one with the glyphs of the characters alone, as woff2. */
export type Subsetter = (
  uses: readonly Pick<FontUse, 'font' | 'characters'>[],
) => Promise<readonly Uint8Array[]>;

/**
 * The fonts with the glyphs in use alone: hints and metrics stay, so that what is left is drawn as before.
 * The cache has one entry a font, the latest. Throws when a font is not in it and the subsetter fails.
 */
export async function cutFonts(
  uses: readonly FontUse[],
  cacheFolder: string | undefined,
  subset: Subsetter = subsetToWoff2,
): Promise<Buffer[]> {
  const tools = await toolsHash();
  const entries = await Promise.all(
    uses.map(async ({ name, font, characters }) => {
      // Every font keeps its space: it is what a browser asks for to learn a font's height.
      const kept = [...new Set(` ${characters}`)].sort().join('');
      const key = sha256(tools, sha256(font), kept);
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

/** HarfBuzz cuts, all fonts in the time that it takes to load it; they are compressed side by side. @internal */
export const subsetToWoff2: Subsetter = async (uses) => Promise.all((await subsetFonts(uses)).map(toWoff2));

/** Counts the changes of our own part in cutting. */
const ownVersion = '2';

/** Another version of what cuts and compresses could do it differently: then nothing of the cache is taken. */
async function toolsHash(): Promise<string> {
  return sha256(ownVersion, String(process.versions.brotli), await readSubsetter());
}
