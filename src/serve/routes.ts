// The addresses of a site that was made in memory, and what is at each. An address is looked up as a whole and
// nothing is ever joined to a path of the disk, so that no request, however it is written, leads to another file.
import { encodePath } from '../path.js';
import type { OutputFile } from '../types.js';
import { mediaType } from './media-types.js';

export interface ServedFile {
  readonly type: string;
  readonly content: Buffer;
}

export interface Routes {
  /** Where the site begins: `/blog/`. */
  readonly home: string;
  /** Files by site path, decoded, NFC. A page is there with and without `index.html`. */
  readonly files: ReadonlyMap<string, ServedFile>;
}

export function makeRoutes(outputs: readonly OutputFile[], basePath: string): Routes {
  const home = `${decodePath(basePath) ?? basePath}/`;
  const files = new Map<string, ServedFile>();
  for (const { path, content } of outputs) {
    const address = home + path.normalize('NFC');
    const file = {
      type: mediaType(path),
      content: Buffer.isBuffer(content) ? content : Buffer.from(content),
    };
    files.set(address, file);
    if (/\/index\.html$/.test(address)) files.set(address.replace(/index\.html$/, ''), file);
  }
  return { home, files };
}

/**
 * The site path that the path of an address stands for, NFC; undefined when it is malformed. A slash that is
 * percent-encoded is not one between names, and makes an address that no site has.
 */
export function decodePath(path: string): string | undefined {
  try {
    const names = path.split('/').map(decodeURIComponent);
    return names.some((name) => /[/\p{Cc}]/u.test(name)) ? undefined : names.join('/').normalize('NFC');
  } catch {
    return undefined;
  }
}

/** The page that the site shows for an address that leads nowhere: that of the nearest folder. */
export function notFoundPage({ home, files }: Routes, path: string): ServedFile | undefined {
  const folder = path.startsWith(home) ? path.slice(home.length).split('/')[0] : '';
  return files.get(`${home}${folder}/404.html`) ?? files.get(`${home}404.html`);
}

/** Where a request is sent on: from the server's root to the site, and from a page's name to the page. */
export function redirection({ home, files }: Routes, path: string): string | undefined {
  const target = path === '/' ? home : `${path}/`;
  return path !== home && files.has(target) ? encodePath(target) : undefined;
}
