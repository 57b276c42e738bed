// What builds keep, below `.postulate/`: values by key in one file of lines, and large contents by place in files beside
// it. All of it is data, with checksums; what is damaged or was kept by another program is as if it were not there.
import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { diagnostic } from '../diagnostic.js';
import { systemCode } from '../environment.js';
import { sha256 } from '../sha256.js';
import type { Diagnostic } from '../types.js';
import { writeAll } from './files.js';

/** Where a content lies: the name of its file, its bytes in it, and their SHA-256. */
export type BlobPlace = readonly [file: string, offset: number, length: number, hash: string];

/** A folder with contents, and the file that this build writes itself, which is trusted. Plain data. */
export interface BlobFolder {
  readonly folder: string;
  readonly own: string;
}

export interface Store {
  /** What `put` was given for the key, by this build or an earlier one. */
  readonly get: (key: string) => unknown;
  readonly has: (key: string) => boolean;
  readonly put: (key: string, value: unknown, place?: BlobPlace) => void;
  readonly placeOf: (key: string) => BlobPlace | undefined;
  readonly putBlob: (bytes: Uint8Array) => BlobPlace;
  /** Throws an error that `isDamage` knows when the bytes are not those that were put there. */
  readonly getBlob: (place: BlobPlace) => Buffer;
  /** Where contents are read from without this store; `undefined` when they are in its memory alone. */
  readonly blobs: () => BlobFolder | undefined;
  /** Writes down what is new, and drops what no build has asked for in a while. */
  readonly save: () => void;
  /** Lets go of the files. */
  readonly close: () => void;
  /** What was wrong with what earlier builds kept, or keeps this one from keeping anything. */
  readonly diagnostics: () => readonly Diagnostic[];
}

/** Builds that may pass before an entry that none of them has asked for is dropped: those of drafts come back. */
const patience = 8;

interface Line {
  /** Builds since it was asked for. */
  readonly age: number;
  readonly place?: BlobPlace;
  /** Of the value, as JSON; made when it is wanted, since all of them together are large. */
  readonly json: () => Buffer;
}

const magic = 'postulate-cache 1';

export const damaged = new Error('the cache is damaged');

/** Whether an error says that a content in the cache is damaged. */
export function isDamage(error: unknown): boolean {
  return error === damaged;
}

/** Opens what is kept in a folder; without one everything is kept in memory, for this build. */
export function openStore(folder: string | undefined, version: string): Store {
  const said = new Map<string, Diagnostic>();
  const say = (one: Diagnostic) => said.set(one.code, one);
  const kept = folder === undefined ? undefined : readIndex(folder, version, say);
  const lines = kept ?? new Map<string, Line>();
  const fresh = new Map<string, { readonly value: unknown; readonly place?: BlobPlace | undefined }>();
  const asked = new Set<string>();
  const blobs = openBlobs(folder, say);
  const find = (key: string): Line | undefined => {
    const line = lines.get(key);
    return line?.place && !blobs.has(line.place) ? undefined : line;
  };
  return {
    has: (key) => fresh.has(key) || find(key) !== undefined,
    get: (key) => {
      const own = fresh.get(key);
      if (own) return own.value;
      const line = find(key);
      if (!line) return undefined;
      asked.add(key);
      return JSON.parse(line.json().toString('utf8'));
    },
    put: (key, value, place) => fresh.set(key, { value, place }),
    placeOf: (key) => (fresh.get(key) ?? lines.get(key))?.place,
    putBlob: blobs.put,
    getBlob: blobs.get,
    blobs: () => (folder !== undefined && blobs.isKept() ? { folder, own: blobs.own } : undefined),
    save: () => {
      if (folder === undefined || !blobs.isKept()) return;
      const next = new Map<string, Line>();
      for (const [key, line] of lines) {
        const age = asked.has(key) ? 0 : line.age + 1;
        if (age <= patience && !fresh.has(key)) next.set(key, age === line.age ? line : { ...line, age });
      }
      for (const [key, { value, place }] of fresh)
        next.set(key, { age: 0, json: () => Buffer.from(JSON.stringify(value)), ...(place && { place }) });
      const isSame =
        fresh.size === 0 &&
        next.size === lines.size &&
        [...next].every(([key, line]) => lines.get(key) === line);
      if (isSame) return;
      try {
        writeIndex(folder, version, blobs.compact(next));
        removeUnused(folder, next);
      } catch (error) {
        if (systemCode(error) === undefined && !isDamage(error)) throw error;
        if (!isDamage(error)) say(unwritable(error));
      }
    },
    close: blobs.close,
    diagnostics: () => [...said.values()],
  };
}

/** Lines: what it is and its version; then key, age, place and value of each entry; the checksum of all that. */
function readIndex(
  folder: string,
  version: string,
  say: (one: Diagnostic) => void,
): Map<string, Line> | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(folder, 'index'));
  } catch (error) {
    // Nothing is there, or a file stands where the folder has to be: then it cannot be written either.
    if (!['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) say(damageNote);
    return undefined;
  }
  const all = bytes.subarray(0, Math.max(0, bytes.length - checksumLength));
  const begin = all.indexOf(lineEnd) + 1;
  const [name, by] = all.toString('latin1', 0, Math.max(begin - 1, 0)).split('\t');
  if (name !== magic || bytes.toString('latin1', all.length) !== sha256(all)) {
    say(damageNote);
    return undefined;
  }
  if (by !== version) {
    say(otherVersion);
    return undefined;
  }
  const lines = new Map<string, Line>();
  for (let at = begin; at < all.length; ) {
    const [tab, stop] = [all.indexOf(9, at), all.indexOf(lineEnd, at)];
    const [key = '', age = '0', file, offset, length, hash = ''] = all.toString('latin1', at, tab).split(' ');
    const place = file === undefined ? {} : { place: [file, Number(offset), Number(length), hash] as const };
    lines.set(key, { age: Number(age), json: () => all.subarray(tab + 1, stop), ...place });
    at = stop + 1;
  }
  return lines;
}

const lineEnd = 10;
const checksumLength = 64;

function writeIndex(folder: string, version: string, lines: ReadonlyMap<string, Line>): void {
  const path = join(folder, `index.${randomUUID()}.tmp`);
  mkdirSync(folder, { recursive: true });
  try {
    const file = openSync(path, 'wx');
    try {
      const sum = createHash('sha256');
      for (const batch of batches(version, lines)) {
        sum.update(batch);
        writeAll(file, batch);
      }
      writeAll(file, Buffer.from(sum.digest('hex')));
    } finally {
      closeSync(file);
    }
    renameSync(path, join(folder, 'index'));
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
}

/** A write for each line would take long, and one for all of them much memory. */
function* batches(version: string, lines: ReadonlyMap<string, Line>): Iterable<Buffer> {
  let parts: Buffer[] = [Buffer.from(`${magic}\t${version}\n`)];
  for (const [key, { age, place, json }] of lines) {
    parts.push(
      Buffer.from(`${[key, age, ...(place ?? [])].join(' ')}\t`, 'latin1'),
      json(),
      Buffer.of(lineEnd),
    );
    if (parts.length < 3000) continue;
    yield Buffer.concat(parts);
    parts = [];
  }
  yield Buffer.concat(parts);
}

/** Bytes of new contents that stay in memory, since most of them are asked for soon. */
const mostInMemory = 32_000_000;

/** Contents in files that grow at their end. A build writes to one of its own, so builds never disturb each other. */
function openBlobs(folder: string | undefined, say: (one: Diagnostic) => void) {
  const own = `${process.pid}-${randomUUID()}.blobs`;
  const inMemory = new Map<string, Uint8Array>();
  const kept = readBlobs({ folder: folder ?? '', own });
  let writing: number | undefined;
  let length = 0;
  let isKept = folder !== undefined;

  const write = (bytes: Uint8Array): boolean => {
    if (folder === undefined || !isKept) return false;
    try {
      if (writing === undefined) {
        mkdirSync(folder, { recursive: true });
        writing = openSync(join(folder, own), 'ax');
      }
      writeAll(writing, bytes);
      return true;
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
      say(unwritable(error));
      isKept = false;
      return false;
    }
  };
  const put = (bytes: Uint8Array): BlobPlace => {
    const place: BlobPlace = [own, length, bytes.length, sha256(bytes)];
    const isWritten = write(bytes);
    if (!isWritten || length + bytes.length <= mostInMemory) inMemory.set(place.join(), bytes);
    length += bytes.length;
    return place;
  };
  const get = (place: BlobPlace): Buffer => {
    const known = inMemory.get(place.join());
    return known ? Buffer.from(known.buffer, known.byteOffset, known.byteLength) : kept.get(place);
  };
  return {
    own,
    put,
    get,
    has: ([name, offset, size]: BlobPlace) =>
      name === own || offset + size <= (kept.sizeOf(name) ?? Number.NEGATIVE_INFINITY),
    isKept: () => isKept,
    /** Moves contents into one file, once most of what the files hold is of no use, or there are many files. */
    compact: (lines: Map<string, Line>): Map<string, Line> => {
      const live = new Map<string, number>();
      for (const { place } of lines.values())
        if (place) live.set(place[0], (live.get(place[0]) ?? 0) + place[2]);
      const sizes = [...live.keys()].map((name) => (name === own ? length : (kept.sizeOf(name) ?? 0)));
      const [used, held] = [[...live.values()], sizes].map((all) => all.reduce((a, b) => a + b, 0)) as [
        number,
        number,
      ];
      if (live.size <= 8 && used * 2 >= held) return lines;
      for (const [key, line] of lines) {
        if (line.place && line.place[0] !== own) lines.set(key, { ...line, place: put(get(line.place)) });
      }
      return lines;
    },
    close: () => {
      kept.close();
      if (writing !== undefined) closeSync(writing);
      writing = undefined;
    },
  };
}

/** Reads contents. `get` throws as that of the store does. */
export function readBlobs({ folder, own }: BlobFolder) {
  const files = new Map<string, { readonly file: number; readonly size: number } | undefined>();
  const open = (name: string) => {
    if (files.has(name)) return files.get(name);
    let opened: { readonly file: number; readonly size: number } | undefined;
    try {
      const path = join(folder, name);
      opened = { file: openSync(path, 'r'), size: statSync(path).size };
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
    }
    files.set(name, opened);
    return opened;
  };
  return {
    get: ([name, offset, size, hash]: BlobPlace): Buffer => {
      const bytes = Buffer.allocUnsafe(size);
      const file = open(name)?.file;
      const read = file === undefined ? 0 : readSync(file, bytes, 0, size, offset);
      if (read < size || (name !== own && sha256(bytes) !== hash)) throw damaged;
      return bytes;
    },
    sizeOf: (name: string) => open(name)?.size,
    close: () => {
      for (const opened of files.values()) if (opened) closeSync(opened.file);
      files.clear();
    },
  };
}

/** Files that no entry is in, but for those of builds that still run. */
function removeUnused(folder: string, lines: ReadonlyMap<string, Line>): void {
  const used = new Set([...lines.values()].map(({ place }) => place?.[0]));
  for (const name of readdirSync(folder)) {
    const pid = Number(/^(\d+)-.*\.blobs$/.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(pid) || used.has(name) || (pid !== process.pid && isRunning(pid))) continue;
    rmSync(join(folder, name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

export const damageNote = diagnostic(
  'note',
  'cache/damaged',
  'the cache in .postulate/ is damaged, and everything is made anew',
);

const otherVersion = diagnostic(
  'note',
  'cache/other-version',
  'the cache is of another version of Postulate or Node.js, and everything is made anew',
);

function unwritable(error: unknown): Diagnostic {
  return diagnostic(
    'note',
    'cache/unwritable',
    `the next build cannot be faster than this one: .postulate/ cannot be written (${systemCode(error)})`,
    undefined,
    'make it writable, or say --no-cache',
  );
}
