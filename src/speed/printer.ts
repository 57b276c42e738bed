// A thread that makes the pages of a site once more, and then the files that the main thread leaves to it, from the last
// one on.
import { parentPort, workerData } from 'node:worker_threads';
import { readManifest, stagingFolder } from '../output/disk.js';
import { knownHashes } from '../output/manifest.js';
import { newFiles } from '../output/new-files.js';
import { pageFiles } from '../output/page-files.js';
import { makeFiles } from '../output/plan.js';
import { allPages } from '../pages/index.js';
import { assemble, withAssets } from '../site/assemble.js';
import type { Output } from '../types.js';
import { openOutputs } from './outputs.js';
import { recordOf } from './posts.js';
import { type Beginning, type PlainParts, type Printed, type PrinterSetup, takeOne } from './printing.js';
import { refusalOf } from './refusal.js';
import { isDamage, readBlobs } from './store.js';

const { out, memory, version, blobs } = workerData as PrinterSetup;

function filesOf({ parts, records, images, assets, templates }: PlainParts): readonly Output[] {
  const { get } = readBlobs(blobs);
  const rendered = records.map(({ key, post, data, place }) => recordOf(key, post, data, () => get(place)));
  const joined = assemble({ ...parts, rendered });
  const site = images ? withAssets(joined, images) : joined;
  return pageFiles(allPages({ site, assets }), templates);
}

/** Indices of files that nobody else makes, from the last one on. */
function* fromTheEnd(beginning: Beginning): Iterable<number> {
  for (let index = beginning.pages - 1; takeOne(beginning); index -= 1) yield index;
}

async function print(files: readonly Output[], beginning: Beginning): Promise<Printed> {
  if (files.length !== beginning.pages) throw new Error('two threads make different pages of one site');
  const remembered = openOutputs(memory, out, version);
  const progress = { at: '' };
  const { write } = newFiles(stagingFolder(out));
  try {
    const outcomes = await makeFiles({
      out,
      site: files,
      indices: fromTheEnd(beginning),
      known: knownHashes(readManifest(out)),
      removable: new Set(beginning.removable),
      memory: remembered,
      stage: async (path, bytes) => write(path, bytes),
      progress,
    });
    return { outcomes, remembered: remembered.remembered() };
  } catch (error) {
    if (isDamage(error)) return { isDamage: true };
    return { refusal: refusalOf(error, progress.at) };
  }
}

parentPort?.once('message', (parts: PlainParts) => {
  const files = filesOf(parts);
  parentPort?.once('message', async (beginning: Beginning) => {
    parentPort?.postMessage(await print(files, beginning));
  });
});
