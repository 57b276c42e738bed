// The search index, made by Pagefind. It cannot add to an index, so all of it is made again when any text has
// changed; until then it is taken from the cache. Nothing of a site depends on where it comes from.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { diagnostic } from '../diagnostic.js';
import { packageRoot } from '../package-root.js';
import type { SearchRecord } from '../search/records.js';
import { sha256 } from '../sha256.js';
import type { Diagnostic, OutputFile } from '../types.js';
import { readEntry, writeEntry } from './cache.js';
import { runInThread } from './thread.js';

export interface SearchIndex {
  readonly files: readonly OutputFile[];
  /** Site path of the folder that the files lie in; missing when there is no index. */
  readonly folder?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Makes the records' index, with the script and the program that search it in a browser. */
export type Indexer = (records: readonly SearchRecord[]) => Promise<readonly OutputFile[]>;

const folder = 'search/pagefind/';

/** The files of the index. Where it cannot be made, the site goes without, with a warning. */
export async function searchIndex(
  records: readonly SearchRecord[],
  cacheFolder: string | undefined,
  indexer: Indexer = pagefindIndex,
): Promise<SearchIndex> {
  if (records.length === 0) return { files: [], diagnostics: [] };
  const key = sha256(pagefindVersion(), JSON.stringify(records));
  const path = cacheFolder && join(cacheFolder, 'index');
  try {
    const cached = path ? await readEntry(path, key) : undefined;
    const made = cached ? unpack(cached) : await indexer(records);
    if (path && !cached) await writeEntry(path, key, pack(made));
    const files = made.map(({ path: name, content }) => ({ path: folder + name, content }));
    return { files, folder: `/${folder}`, diagnostics: [] };
  } catch (error) {
    return { files: [], diagnostics: [unavailable(error)] };
  }
}

/** What searching needs; the rest of what Pagefind makes is interfaces of its own. */
const needed =
  /^pagefind(?:-worker)?\.js$|^pagefind-entry\.json$|^wasm\.|\.pf_(?:meta|index|fragment|filter)$/;

/**
 * Pagefind is a program for each platform, in a package of its own that may not be there; its module waits for ever
 * for a program that has died. Records are added one after the other: the index depends on their order.
 */
const program = `
const { parentPort, workerData: { module, records } } = require('node:worker_threads');
const checked = ({ errors, ...result }) => {
  if (errors.length > 0) throw new Error(errors.join('; '));
  return result;
};
import(module).then(async ({ createIndex, close }) => {
  const { index } = checked(await createIndex());
  for (const record of records) checked(await index.addCustomRecord(record));
  const { files } = checked(await index.getFiles());
  await close();
  parentPort.postMessage(files);
});
`;

/** The files of a new index, in the order of their paths. @internal */
export async function pagefindIndex(records: readonly SearchRecord[]): Promise<readonly OutputFile[]> {
  const module = resolve('pagefind');
  const files = await runInThread<readonly OutputFile[]>(program, { module, records });
  return files.filter(({ path }) => needed.test(path)).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The address of a package that can only be imported. */
function resolve(name: string): string {
  const folders = createRequire(packageRoot).resolve.paths(name) ?? [];
  const folder = folders.map((one) => join(one, name)).find((one) => existsSync(one));
  if (folder === undefined) throw new Error(`Cannot find package '${name}'`);
  const { main } = createRequire(packageRoot)(join(folder, 'package.json'));
  return pathToFileURL(join(folder, main)).href;
}

/** Pagefind's package does not tell its version, but ours names the only one that it can have. */
function pagefindVersion(): string {
  const { dependencies } = createRequire(packageRoot)('./package.json');
  return String(dependencies.pagefind);
}

function unavailable(error: unknown): Diagnostic {
  const [reason] = String(error instanceof Error ? error.message : error).split('\n');
  return diagnostic(
    'warning',
    'search/unavailable',
    `the search index cannot be made, and the search page only leads to the archive: ${reason}`,
    undefined,
    'install Postulate again without --omit=optional, or set search: false in site.yaml',
  );
}

/** A line of JSON with names and lengths, and the contents one after the other. */
function pack(files: readonly OutputFile[]): Buffer {
  const contents = files.map(({ content }) => Buffer.from(content));
  const names = files.map(({ path }, index) => [path, contents[index]?.length ?? 0]);
  return Buffer.concat([Buffer.from(`${JSON.stringify(names)}\n`), ...contents]);
}

function unpack(packed: Buffer): readonly OutputFile[] {
  let offset = packed.indexOf('\n') + 1;
  const names: readonly (readonly [string, number])[] = JSON.parse(packed.toString('utf8', 0, offset));
  return names.map(([path, length]) => {
    offset += length;
    return { path, content: packed.subarray(offset - length, offset) };
  });
}
