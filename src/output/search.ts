// The search index, made by Pagefind. It cannot add to an index, so all of it is made again when any text has
// changed; until then it is taken from the cache. Nothing of a site depends on where it comes from.
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { diagnostic } from '../diagnostic.js';
import type { SearchRecord } from '../search/records.js';
import type { Diagnostic, OutputFile } from '../types.js';

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
  const key = hash(pagefindVersion(), JSON.stringify(records));
  const path = cacheFolder && join(cacheFolder, 'index');
  try {
    const cached = path && (await readEntry(path, key));
    const made = cached || (await indexer(records));
    if (path && !cached) await writeEntry(path, key, made);
    const files = made.map(({ path: name, content }) => ({ path: folder + name, content }));
    return { files, folder: `/${folder}`, diagnostics: [] };
  } catch (error) {
    return { files: [], diagnostics: [unavailable(error)] };
  }
}

/** What searching needs; the rest of what Pagefind makes is interfaces of its own. */
const needed =
  /^pagefind(?:-worker)?\.js$|^pagefind-entry\.json$|^wasm\.|\.pf_(?:meta|index|fragment|filter)$/;

/** Pagefind is a program for each platform, in a package of its own that may not be there. */
export async function pagefindIndex(records: readonly SearchRecord[]): Promise<readonly OutputFile[]> {
  const { createIndex } = await import('pagefind');
  const { index, errors } = await createIndex();
  if (!index) throw new Error(errors.join('; '));
  try {
    // One after the other: the index depends on their order.
    for (const { meta, ...record } of records) {
      const added = await index.addCustomRecord({ ...record, meta: { ...meta } });
      if (added.errors.length > 0) throw new Error(`${record.url}: ${added.errors.join('; ')}`);
    }
    const { files, errors: faults } = await index.getFiles();
    if (faults.length > 0) throw new Error(faults.join('; '));
    return files.filter(({ path }) => needed.test(path)).sort((a, b) => (a.path < b.path ? -1 : 1));
  } finally {
    // Not close(): another build of this process may be using the program, which ends with the process.
    await index.deleteIndex();
  }
}

/** Pagefind's package does not tell its version, but ours names the only one that it can have. */
function pagefindVersion(): string {
  const { dependencies } = createRequire(import.meta.url)('../../package.json');
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

/**
 * An entry is a line with a hash, a line of JSON with names and lengths, and the contents: a damaged one, or one made
 * for another key, is not taken.
 */
async function readEntry(path: string, key: string): Promise<readonly OutputFile[] | undefined> {
  const entry = await readFile(path).catch(() => Buffer.alloc(0));
  const body = entry.subarray(65);
  if (entry.toString('latin1', 0, 64) !== hash(key, body)) return undefined;
  const end = body.indexOf('\n');
  const names: readonly (readonly [string, number])[] = JSON.parse(body.toString('utf8', 0, end));
  let offset = end + 1;
  return names.map(([name, length]) => {
    offset += length;
    return { path: name, content: body.subarray(offset - length, offset) };
  });
}

/** Puts the entry in place whole. Without a cache a build is only slower, so a failure is no error. */
async function writeEntry(path: string, key: string, files: readonly OutputFile[]): Promise<void> {
  const contents = files.map(({ content }) => Buffer.from(content));
  const names = files.map((file, index) => [file.path, contents[index]?.length ?? 0]);
  const body = Buffer.concat([Buffer.from(`${JSON.stringify(names)}\n`), ...contents]);
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(temporary, Buffer.concat([Buffer.from(`${hash(key, body)}\n`), body]));
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
