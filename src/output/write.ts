// Brings the output folder to the state of the new site, and says in diagnostics why it could not. Only files
// that an earlier build wrote and nobody changed since are ever removed.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { diagnostic } from '../diagnostic.js';
import { environmentFault } from '../environment.js';
import { foldersOf, manifestName } from '../path.js';
import type { Diagnostic, Output } from '../types.js';
import {
  clearStaging,
  makeStaging,
  type Progress,
  putInPlace,
  putManifest,
  putStagingAside,
  readManifest,
  remove,
  removeEmptyFolders,
  removeHollow,
  stager,
} from './disk.js';
import { checkOutput, shownPath } from './folder.js';
import {
  holdsLock,
  keepLock,
  lockName,
  longestSilence,
  type Owner,
  ownerOf,
  releaseLock,
  takeLock,
  touchLock,
} from './lock.js';
import { areEqual, isOutputPath, type Manifest } from './manifest.js';
import type { FileWriter } from './new-files.js';
import { type Helper, type OutputMemory, type Plan, planOutput } from './plan.js';

export interface WriteResult {
  readonly written: number;
  readonly unchanged: number;
  readonly removed: number;
  /** Stale files left where they are, because they were changed by hand. */
  readonly kept: number;
  readonly diagnostics: readonly Diagnostic[];
}

export interface WriteOptions {
  /** What earlier builds know; without it every file is made. */
  readonly memory?: OutputMemory | undefined;
  /** Writes into a new folder; without it each file is written at once. */
  readonly newFiles?: ((folder: string) => FileWriter) | undefined;
  readonly helper?: Helper | undefined;
  /** Called before each file that has to be made. */
  readonly onFile?: (done: number, total: number) => void;
}

/**
 * Writes the site into `outDir`: what differs is replaced, what earlier builds wrote and is no longer part of
 * the site is removed, all else is left alone. `root` is only for names in diagnostics. On an error nothing is
 * touched, with one exception: when the system fails between two renames, `written` and `removed` say how much
 * is done, each file is whole, and the next build goes on from there. Throws when two files have one path or a
 * path leaves the folder: a bug of the caller.
 */
export async function writeSite(
  outDir: string,
  files: readonly Output[],
  root: string,
  options: WriteOptions = {},
): Promise<WriteResult> {
  assertPaths(files);
  const out = resolve(outDir);
  const shown = (path: string) => shownPath(root, join(out, path));
  const refusal = checkOutput(out, root);
  if (refusal.length > 0) return untouched(refusal);
  const progress: Progress = { written: 0, removed: 0, at: '' };
  try {
    mkdirSync(out, { recursive: true });
    const owner = await takeLock(out);
    if (owner !== undefined) return untouched([locked(owner, shown)]);
    const letGo = keepLock(out);
    try {
      return await update(out, files, progress, shown, options);
    } finally {
      letGo();
      cleanUp(out);
    }
  } catch (error) {
    const fault = environmentFault(error, shown(failedAt(error) ?? progress.at));
    if (fault === undefined) throw error;
    return { ...untouched([fault]), written: progress.written, removed: progress.removed };
  }
}

/** Cleans up, at once, after a `writeSite` of this process that a signal interrupts. Otherwise does nothing. */
export function abandonWrite(outDir: string): void {
  const out = resolve(outDir);
  if (!holdsLock(out)) return;
  // What still writes to it, in a thread, finds nothing there any more.
  putStagingAside(out);
  cleanUp(out);
}

async function update(
  out: string,
  site: readonly Output[],
  progress: Progress,
  shown: (path: string) => string,
  { memory, newFiles, helper, onFile }: WriteOptions,
): Promise<WriteResult> {
  clearStaging(out);
  // A helper makes none: when the build is abandoned, nothing is to be there any more.
  if (helper) makeStaging(out);
  progress.at = manifestName;
  const earlier = readManifest(out);
  progress.at = '';
  const staging = stager(out, newFiles);
  let plan: Plan;
  try {
    const { stage } = staging;
    const count = (index: number) => {
      if (index % 500 === 499) touchLock(out);
      onFile?.(helper?.begun() ?? index, site.length);
    };
    plan = await planOutput({ out, site: counted(site, count), earlier, memory, stage, progress, helper });
    await staging.finish();
  } finally {
    await staging.close();
    await helper?.close();
  }
  if (plan.faults.length > 0) return untouched(plan.faults);
  if (plan.obstacles.length > 0) return untouched(plan.obstacles.map((path) => obstacle(shown(path))));

  // A machine that slept for long can have been taken for dead.
  if (!holdsLock(out)) return untouched([locked(ownerOf(out), shown)]);

  const finished: Manifest = { files: plan.files, unfinished: [] };
  const hasWork = plan.write.length + plan.clear.length + plan.remove.length > 0;
  if (hasWork) {
    // Until the last manifest a kill leaves a mixture of two sites; with this one all of it is known to be ours.
    await putManifest(out, withUnfinished(earlier, plan), progress);
    remove(out, plan.clear, progress);
    removeHollow(out, plan.hollow, progress);
    await putInPlace(out, plan.write, progress);
    remove(out, plan.remove, progress);
  }
  removeEmptyFolders(out, plan.gone);
  // Files that were only restored are those of the earlier manifest, which is no longer the one on the disk.
  if (hasWork || !areEqual(finished, earlier)) await putManifest(out, finished, progress);
  memory?.save();
  return {
    written: progress.written,
    unchanged: plan.unchanged,
    removed: progress.removed,
    kept: plan.kept.length,
    diagnostics: remarks(plan, shown),
  };
}

function counted(site: readonly Output[], onFile: (index: number) => void): readonly Output[] {
  return site.map((file, index) => {
    if (!('prepare' in file)) return file;
    const prepare = () => {
      onFile(index);
      return file.prepare();
    };
    return { path: file.path, prepare };
  });
}

function withUnfinished(earlier: Manifest, plan: Plan): Manifest {
  const started = plan.write.map((path): [string, string] => [path, plan.files.get(path) ?? '']);
  return { files: earlier.files, unfinished: [...earlier.unfinished, ...started] };
}

/** A thread that is behind, or another one, says which file it was that could not be written. */
function failedAt(error: unknown): string | undefined {
  return error instanceof Error && 'at' in error ? String(error.at) : undefined;
}

function cleanUp(out: string): void {
  if (!holdsLock(out)) return;
  try {
    clearStaging(out);
  } finally {
    releaseLock(out);
  }
}

function assertPaths(files: readonly Output[]): void {
  const paths = new Set<string>();
  for (const { path } of files) {
    if (!isOutputPath(path)) throw new Error(`the output path ${JSON.stringify(path)} is not allowed`);
    if (paths.has(path)) throw new Error(`the output path ${JSON.stringify(path)} is written twice`);
    paths.add(path);
  }
  for (const path of paths) {
    const file = foldersOf(path).find((folder) => paths.has(folder));
    if (file !== undefined) throw new Error(`the output path ${JSON.stringify(file)} is a file and a folder`);
  }
}

function untouched(diagnostics: readonly Diagnostic[]): WriteResult {
  return { written: 0, unchanged: 0, removed: 0, kept: 0, diagnostics };
}

function locked(owner: Owner | undefined, shown: (path: string) => string): Diagnostic {
  const process = owner?.pid === undefined ? '' : ` (process ${owner.pid} on ${owner.host})`;
  return diagnostic(
    'error',
    'env/locked',
    `another build${process} is writing to this folder`,
    { file: shown('') },
    `wait for it to end; if it was killed in a container or on another machine, wait ${longestSilence / 60_000} minutes, or delete ${shown(lockName)}`,
  );
}

function obstacle(file: string): Diagnostic {
  return diagnostic(
    'error',
    'output/in-the-way',
    'the site needs this place, but no build wrote what is here, or it was changed by hand since',
    { file },
    'move it to static/ if it belongs to the site; otherwise delete it',
  );
}

function remarks({ kept, overwritten }: Plan, shown: (path: string) => string): readonly Diagnostic[] {
  const warnings = kept.map((path) =>
    diagnostic(
      'warning',
      'output/kept',
      'this file is no longer part of the site, but was changed by hand since it was built, so it stays',
      { file: shown(path) },
      'delete it, or move it to static/ to make it part of the site',
    ),
  );
  const [first] = overwritten;
  if (first === undefined) return warnings;
  const others = overwritten.length > 1 ? `, and so were ${overwritten.length - 1} more` : '';
  const note = diagnostic(
    'note',
    'output/overwritten',
    `this file was changed by hand since it was built${others}; a build writes such files anew`,
    { file: shown(first) },
    'make the change in posts/, templates/ or static/, or after each build',
  );
  return [note, ...warnings];
}
