// Whether a folder may take the site. A folder is ours when it is empty, holds only dot files, or holds our
// manifest; nothing is ever written to one that is not.
import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { diagnostic } from '../diagnostic.js';
import { environmentFault, isMissing } from '../environment.js';
import { manifestName } from '../path.js';
import type { Diagnostic } from '../types.js';
import { parseManifest } from './manifest.js';

/** Folders of a site that hold what cannot be built again, or that others than the build look after. */
const reserved = ['posts', 'templates', 'static', '.git', '.postulate', 'node_modules'];

const rootHint = 'give --root the folder that holds posts/';
const placeHint = 'give --out a folder of its own, such as public';
const foreignHint =
  'give --out another folder, or empty this one yourself; only a .postulate.json makes it ours';
const damaged = 'the list of what earlier builds wrote cannot be read, so nothing here is known to be ours';
const damagedHint = 'restore this file, or delete the folder yourself if all of it was built';

/**
 * Looks whether `outDir` can take the site of `root`, changing nothing. Returns why not: `output/…` and
 * `usage/…` (exit code 2), `env/…` (3); an empty list when it can. Links are followed first, so a folder that
 * is a link is judged by where it leads.
 */
export function checkOutput(outDir: string, root: string): readonly Diagnostic[] {
  const out = resolve(outDir);
  const file = shownPath(root, out);
  const refusal = checkRoot(root);
  if (refusal.length > 0) return refusal;
  try {
    const reason = badPlace(realPath(out), realPath(root));
    if (reason !== undefined) return [diagnostic('error', 'output/place', reason, { file }, placeHint)];
    const nearest = nearestExisting(out);
    if (!isFolder(nearest)) {
      const place = { file: shownPath(root, nearest) };
      return [diagnostic('error', 'output/place', 'this has to be a folder for the site', place, placeHint)];
    }
    return nearest === out ? checkContents(out, file) : [];
  } catch (error) {
    const fault = environmentFault(error, file);
    if (fault === undefined) throw error;
    return [fault];
  }
}

/** Looks whether there is a folder that can be a site: `usage/root` when there is none, `env/…`, or nothing. */
export function checkRoot(root: string): readonly Diagnostic[] {
  try {
    if (isFolder(root)) return [];
    return [diagnostic('error', 'usage/root', `there is no folder ${resolve(root)}`, undefined, rootHint)];
  } catch (error) {
    const fault = environmentFault(error, '.');
    if (fault === undefined) throw error;
    return [fault];
  }
}

/** A path as diagnostics show it: relative to the site's root, with `/`. */
export function shownPath(root: string, path: string): string {
  return relative(resolve(root), resolve(path)).split(sep).join('/') || '.';
}

function badPlace(out: string, root: string): string | undefined {
  if (isWithin(root, out)) return 'the site would be written over its own sources';
  if (dirname(out) === out || isAboveHome(out)) {
    return 'the site would be written over the home folder or a whole disk';
  }
  const folder = reserved.find((name) => {
    const source = realPath(join(root, name));
    return isWithin(out, source) || isWithin(source, out);
  });
  return folder && `the site would be written into ${folder}/, which is not the build's to change`;
}

/** Whether it is the home folder or one above it. In a container a user may have none. */
function isAboveHome(folder: string): boolean {
  let home = '';
  try {
    home = homedir();
  } catch {
    // Neither HOME nor an entry among the users.
  }
  return home !== '' && isWithin(realPath(home), folder);
}

function checkContents(out: string, file: string): readonly Diagnostic[] {
  const names = readdirSync(out).sort();
  const foreign = names.filter((name) => !name.startsWith('.'));
  const [first] = foreign;
  if (first === undefined) return [];
  if (!names.includes(manifestName)) {
    const others = foreign.length > 1 ? ` and ${foreign.length - 1} more` : '';
    const message = `this folder holds what no build wrote (${first}${others})`;
    return [diagnostic('error', 'output/foreign', message, { file }, foreignHint)];
  }
  const path = join(out, manifestName);
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile();
  if (isFile && parseManifest(readFileSync(path, 'utf8')) !== undefined) return [];
  return [diagnostic('error', 'output/foreign', damaged, { file: `${file}/${manifestName}` }, damagedHint)];
}

/** The path without links; of what does not exist yet, the part that does is followed. */
function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch (error) {
    if (!isMissing(error) || dirname(path) === path) throw error;
    return join(realPath(dirname(path)), basename(path));
  }
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** The path, or the nearest folder above it that is there. A link that leads nowhere is there, too. */
function nearestExisting(path: string): string {
  try {
    lstatSync(path);
    return path;
  } catch (error) {
    if (!isMissing(error)) throw error;
    return nearestExisting(dirname(path));
  }
}
