// Fonts cut to the characters that a site uses. The same font and characters make the same bytes; what was cut
// before is taken from the cache without loading the program that cuts, which takes longer than cutting.
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A font, and the characters of it that are in use. */
export interface FontUse {
  /** Names the font's entry in the cache. */
  readonly name: string;
  /** As woff2. */
  readonly font: Buffer;
  readonly characters: string;
}

/** Cuts a font. */
export type Subsetter = (font: Buffer, characters: string) => Promise<Buffer>;

/** HarfBuzz's subsetter as WebAssembly. Throws where it cannot run. */
export async function loadSubsetter(): Promise<Subsetter> {
  const { default: subsetFont } = await import('subset-font');
  return (font, characters) => subsetFont(font, characters, { targetFormat: 'woff2' });
}

/**
 * The fonts with the glyphs in use alone: hints and metrics stay, so that what is left is drawn as before.
 * The cache has one entry a font, the latest. Throws when a font is not in it and the subsetter fails.
 */
export async function cutFonts(
  uses: readonly FontUse[],
  cacheFolder: string | undefined,
  load: () => Promise<Subsetter> = loadSubsetter,
): Promise<Buffer[]> {
  const tools = await toolsHash();
  let subsetter: Promise<Subsetter> | undefined;
  return Promise.all(
    uses.map(async ({ name, font, characters }) => {
      // Every font keeps its space: it is what a browser asks for to learn a font's height.
      const kept = [...new Set(` ${characters}`)].sort().join('');
      const key = hash(tools, hash(font), kept);
      const path = cacheFolder && join(cacheFolder, 'fonts', name);
      const cached = path && (await readEntry(path, key));
      if (cached) return cached;
      subsetter ??= load();
      const cut = await (await subsetter)(font, kept);
      if (path) await writeEntry(path, key, cut);
      return cut;
    }),
  );
}

/** Another version of a program that cuts could cut differently: then nothing of the cache is taken. */
async function toolsHash(): Promise<string> {
  const require = createRequire(import.meta.url);
  const own = createRequire(require.resolve('subset-font'));
  const compressor = createRequire(own.resolve('fontverter'));
  const programs = [
    require.resolve('subset-font'),
    own.resolve('harfbuzzjs/dist/harfbuzz-subset.wasm'),
    compressor.resolve('wawoff2/build/compress_binding.js'),
  ];
  return hash(...(await Promise.all(programs.map((path) => readFile(path)))));
}

/** An entry is a hash of key and font, and the font: a damaged one, or one made for another key, is not taken. */
async function readEntry(path: string, key: string): Promise<Buffer | undefined> {
  const entry = await readFile(path).catch(() => Buffer.alloc(0));
  const font = entry.subarray(64);
  return entry.toString('latin1', 0, 64) === hash(key, font) ? font : undefined;
}

/** Puts the entry in place whole. Without a cache a build is only slower, so a failure is no error. */
async function writeEntry(path: string, key: string, font: Buffer): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, Buffer.concat([Buffer.from(hash(key, font), 'latin1'), font]));
    await rename(temporary, path);
  } catch {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

function hash(...parts: readonly (string | Buffer)[]): string {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part);
  return sum.digest('hex');
}
