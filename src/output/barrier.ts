// What stands on the way to a path of the output folder. Links are never followed, and every folder is looked at once.
import { lstatSync, readdirSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../environment.js';

/** What stands at a place. */
export type Standing = Pick<Stats, 'isDirectory'>;

export interface Barrier {
  readonly path: string;
  /** What it is; undefined where nothing is. */
  readonly entry: Standing | undefined;
}

/** Gives what tells the first place on the way to a path of `out` that is no folder; undefined when all are folders. */
export function barriersIn(out: string): (path: string) => Barrier | undefined {
  const folders = new Map<string, Standing | undefined>();
  const listings = new Map<string, ReadonlyMap<string, Standing>>();
  /** Folders beside each other are told by the one that they are in, which takes a look instead of thousands. */
  const lookAtFolder = (path: string): Standing | undefined => {
    const end = path.lastIndexOf('/');
    const above = path.slice(0, Math.max(end, 0));
    let listing = listings.get(above);
    if (!listing) {
      listing = listFolder(join(out, above));
      listings.set(above, listing);
    }
    // The file system may know it by a name that is written in another way.
    return listing.get(path.slice(end + 1)) ?? lstatSync(join(out, path), { throwIfNoEntry: false });
  };
  return (path) => {
    for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      const folder = path.slice(0, end);
      const known = folders.get(folder);
      const entry = known ?? (folders.has(folder) ? undefined : lookAtFolder(folder));
      if (known === undefined) folders.set(folder, entry);
      if (!entry?.isDirectory()) return { path: folder, entry };
    }
    return undefined;
  };
}

/** What is in a folder; nothing when it is not to be listed, and each file and folder has to be asked about. */
function listFolder(path: string): ReadonlyMap<string, Standing> {
  try {
    return new Map(readdirSync(path, { withFileTypes: true }).map((entry) => [entry.name, entry]));
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return new Map();
  }
}
