// Entries of the cache below `.postulate/`. Each is data, with a mark that it is whole and made for its key: a
// damaged one, or one for another key, is as if there were none. Without a cache a build is only slower, so no
// failure counts.
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sha256 } from '../sha256.js';

/** What `writeEntry` wrote there for this key; undefined when it cannot be taken. */
export async function readEntry(path: string, key: string): Promise<Buffer | undefined> {
  const entry = await readFile(path).catch(() => Buffer.alloc(0));
  const content = entry.subarray(64);
  return entry.toString('latin1', 0, 64) === sha256(key, content) ? content : undefined;
}

/** Puts the entry in place whole, where it can. */
export async function writeEntry(path: string, key: string, content: Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, Buffer.concat([Buffer.from(sha256(key, content), 'latin1'), content]));
    await rename(temporary, path);
  } catch {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** Removes unused entries, but for the latest: those of drafts, or of another branch, may be wanted again. */
export async function pruneEntries(folder: string, used: ReadonlySet<string>, kept: number): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const unused = await Promise.all(
    names
      .filter((name) => !used.has(name))
      .map(async (name) => ({
        name,
        time: await stat(join(folder, name)).then(
          ({ mtimeMs }) => mtimeMs,
          () => 0,
        ),
      })),
  );
  const stale = unused.sort((a, b) => b.time - a.time).slice(kept);
  await Promise.all(stale.map(({ name }) => rm(join(folder, name), { force: true }).catch(() => undefined)));
}
