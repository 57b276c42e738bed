// A tool that remembers what it made, by the bytes of the image and what was asked for. Sharp is loaded only
// for what is not remembered.
import { join } from 'node:path';
import { sha256 } from '../sha256.js';
import { pruneEntries, readEntry, writeEntry } from './cache.js';
import type { ImageTool, ImageToolSource } from './sharp.js';

export interface RememberingTool extends ImageTool {
  /** Why the tool does not run here, if that is so. */
  readonly failure: () => unknown;
  /** Removes what was made long ago and never asked for. */
  readonly prune: () => Promise<void>;
}

/** How many entries are kept that this build did not use: some ten are made of one image. */
const keptEntries = 1000;

/** `folder`: where it is remembered between builds; nowhere if undefined. */
export function rememberingTool(source: ImageToolSource, folder: string | undefined): RememberingTool {
  const digests = new WeakMap<Buffer, string>();
  const used = new Set<string>();
  let isNew = false;
  let version: Promise<string> | undefined;
  let tool: Promise<ImageTool> | undefined;
  let failure: unknown;
  const orFail = <T>(promise: Promise<T>) =>
    promise.catch((error) => {
      failure ??= error;
      throw error;
    });

  async function recall(
    bytes: Buffer,
    task: unknown,
    make: (tool: ImageTool) => Promise<Buffer>,
  ): Promise<Buffer> {
    version ??= orFail(source.version());
    const digest = digests.get(bytes) ?? sha256(bytes);
    digests.set(bytes, digest);
    const key = sha256(JSON.stringify([await version, task, digest]));
    used.add(key);
    const entry = folder === undefined ? undefined : join(folder, key);
    const remembered = entry && (await readEntry(entry, key));
    if (remembered) return remembered;
    tool ??= orFail(source.load());
    const made = await make(await tool);
    if (entry) await writeEntry(entry, key, made);
    isNew = true;
    return made;
  }

  return {
    inspect: async (bytes) => {
      const facts = await recall(bytes, 'facts', async ({ inspect }) =>
        Buffer.from(JSON.stringify(await inspect(bytes))),
      );
      return JSON.parse(facts.toString());
    },
    encode: (bytes, encoding) => recall(bytes, encoding, ({ encode }) => encode(bytes, encoding)),
    failure: () => failure,
    prune: async () => {
      if (folder !== undefined && isNew) await pruneEntries(folder, used, keptEntries);
    },
  };
}
