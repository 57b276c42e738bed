// The list of what we wrote into the output folder, kept there as `.postulate.json`. It alone decides what may
// be removed, and since anybody can edit it, none of its paths is believed before it is checked.

export interface Manifest {
  /** SHA-256 by path: the finished site. */
  readonly files: ReadonlyMap<string, string>;
  /** What a build that has not ended was about to write; it runs, or it was killed. A path can come twice. */
  readonly unfinished: readonly (readonly [path: string, hash: string])[];
}

export const emptyManifest: Manifest = { files: new Map(), unfinished: [] };

/**
 * Whether a path names a file inside the output folder: relative, `/` between names, no way up or out on any
 * system, and not one of our own `.postulate.*`.
 */
export function isOutputPath(path: string): boolean {
  return !/(?:^|\/)\.{0,2}(?:\/|$)|[\\\0]|^[a-z]:|^\.postulate\./i.test(path);
}

/** Reads what `printManifest` wrote. Undefined when the text is anything else. */
export function parseManifest(text: string): Manifest | undefined {
  const value = parseJson(text);
  if (!isRecord(value) || value.version !== 1 || !isRecord(value.files)) return undefined;
  const files = Object.entries(value.files);
  const unfinished = value.unfinished ?? [];
  if (!Array.isArray(unfinished) || !files.every(isEntry) || !unfinished.every(isEntry)) return undefined;
  return { files: new Map(files), unfinished };
}

/** The manifest as JSON, sorted, so that equal sites have equal manifests. */
export function printManifest({ files, unfinished }: Manifest): string {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const value = {
    version: 1,
    files: Object.fromEntries(sorted),
    ...(unfinished.length > 0 ? { unfinished } : {}),
  };
  return `${JSON.stringify(value, null, 1)}\n`;
}

/** Whether both would be printed the same. */
export function areEqual(a: Manifest, b: Manifest): boolean {
  if (a.files.size !== b.files.size || a.unfinished.length + b.unfinished.length > 0) return false;
  for (const [path, fileHash] of a.files) if (b.files.get(path) !== fileHash) return false;
  return true;
}

/** Every hash that we may have left at a path; a killed build leaves more than one. */
export function knownHashes({ files, unfinished }: Manifest): ReadonlyMap<string, ReadonlySet<string>> {
  const known = new Map<string, Set<string>>();
  for (const [path, fileHash] of [...files, ...unfinished]) {
    const hashes = known.get(path);
    if (hashes) hashes.add(fileHash);
    else known.set(path, new Set([fileHash]));
  }
  return known;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEntry(value: unknown): value is [path: string, hash: string] {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    typeof value[0] === 'string' &&
    typeof value[1] === 'string' &&
    isOutputPath(value[0])
  );
}
