// Reads `posts/` and `templates/`, and lists `static/`. Only plain files inside the site's root are opened, in an order
// that depends on nothing but their names; a pipe, a socket or a device is never opened.
import { type BigIntStats, type Dirent, existsSync, readFileSync } from 'node:fs';
import { lstat, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { diagnostic } from '../diagnostic.js';
import { isMissing, readingFault, systemCode } from '../environment.js';
import { compare } from '../lists.js';
import { manifestName } from '../path.js';
import type { Diagnostic, Source } from '../types.js';
import { decodeUtf8, notUtf8 } from './decode.js';

/** A file as it is shown and as it is opened: macOS gives Hangul names in NFD. */
export interface FoundFile {
  /** Relative to the site's root, with `/`, NFC. */
  readonly path: string;
  /** As the folder spells it; where a link leads. */
  readonly absolute: string;
}

export interface FoundSource extends FoundFile, Source {}

export interface ReadSources {
  readonly sources: readonly FoundSource[];
  /** Paths of those that cannot be read. */
  readonly unread: readonly string[];
  /** Everything else in `posts/`: images and what a post may offer for download. */
  readonly files: readonly FoundFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads all posts below `root`. What cannot be read is among the diagnostics; so is that there is nothing to read. */
export async function readSources(root: string): Promise<ReadSources> {
  const { found, leftOut, diagnostics } = await walk(root, 'posts', isLeftOut);
  const markdown = found.filter(({ path }) => path.endsWith('.md'));
  const files = found.filter(({ path }) => !path.endsWith('.md'));
  const read = markdown.map(readSource);
  const sources = read.flatMap((one) => ('text' in one ? one : []));
  const unread = markdown.flatMap(({ path }, index) => ('text' in (read[index] ?? {}) ? [] : path));
  const noPosts = markdown.length === 0 && !diagnostics.some(({ severity }) => severity === 'error');
  return {
    sources,
    unread,
    files,
    diagnostics: [
      ...diagnostics,
      ...read.flatMap((one) => ('text' in one ? [] : one)),
      ...files.flatMap(otherEnding),
      ...leftOutNote(leftOut),
      ...(noPosts ? [noPostsFault] : []),
    ],
  };
}

/** Lists the files of `static/`, which are copied as they are. */
export async function readStatic(root: string): Promise<Pick<ReadSources, 'files' | 'diagnostics'>> {
  const { found, diagnostics } = await walk(root, 'static', () => false);
  return { files: found, diagnostics };
}

export interface ReadTemplates {
  /** Contents by path below `templates/`: `layout.vto`, `assets/style.css`. Those of texts are UTF-8. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads all files of `templates/`; a site need not have any. */
export async function readTemplates(root: string): Promise<ReadTemplates> {
  const { found, diagnostics } = await walk(root, 'templates', (name) => name.startsWith('.'));
  const read = await Promise.all(found.map(readTemplate));
  return {
    files: new Map(read.flatMap((one) => ('content' in one ? [[one.path, one.content]] : []))),
    diagnostics: [...diagnostics, ...read.flatMap((one) => ('content' in one ? [] : one))],
  };
}

async function readTemplate({ path, absolute }: FoundFile) {
  const below = path.replace(/^templates\//, '');
  try {
    const content = await readFile(absolute);
    if (!/\.(?:vto|yaml)$/.test(path)) return { path: below, content };
    const decoded = decodeUtf8(content);
    if ('text' in decoded) return { path: below, content: Buffer.from(decoded.text) };
    return notUtf8('content/not-utf8', path, decoded);
  } catch (error) {
    return readingFault(error, path);
  }
}

const deadLink = 'a link that leads nowhere';

/** Reads one file below the root; undefined when it does not exist. A pipe is not opened. */
export async function readFileOf(root: string, path: string): Promise<Uint8Array | Diagnostic | undefined> {
  const absolute = join(root, path);
  try {
    if ((await stat(absolute)).isFile()) return await readFile(absolute);
    return diagnostic('error', 'env/file-system', 'this is not a file', { file: path }, 'move it away');
  } catch (error) {
    if (!isMissing(error)) return readingFault(error, path);
    if (await isGone(absolute)) return undefined;
    const hint = 'put back what it leads to, or remove it';
    return diagnostic('error', 'env/file-system', `this is ${deadLink}`, { file: path }, hint);
  }
}

/** What a change of the file at a path would alter; empty where there is no file. */
export async function stateOfFile(absolute: string): Promise<string> {
  const found = await stat(absolute, { bigint: true }).catch(() => undefined);
  return found?.isFile() ? fileState(found) : '';
}

export function fileState({ mtimeNs, ctimeNs, size }: BigIntStats): string {
  return [mtimeNs, ctimeNs, size].join();
}

const noPostsFault = diagnostic(
  'error',
  'content/no-posts',
  'there is no Markdown file in posts/',
  undefined,
  'write posts/hello.md, or name the folder that holds posts/ with --root',
);

function isLeftOut(name: string): boolean {
  return /^[_.]|^readme\.md$/i.test(name);
}

function leftOutNote(paths: readonly string[]): Diagnostic[] {
  // Of files that are not Markdown nobody expects a page. A build that was started in the wrong folder may have left a cache.
  const missed = paths.filter((path) => /\.md$|(?<!\/\.postulate)\/$/.test(path));
  if (missed.length === 0) return [];
  const more = missed.length > 5 ? ` and ${missed.length - 5} more` : '';
  const message = `left out because of their names: ${missed.slice(0, 5).join(', ')}${more}`;
  const hint = 'names that begin with _ or . and README.md are no posts';
  return [diagnostic('note', 'content/left-out', message, undefined, hint)];
}

function otherEnding({ path }: FoundFile): Diagnostic[] {
  if (!/\.(?:md|mdx|markdown|mdown|mkdn?)$/i.test(path)) return [];
  const message = 'only files that end in .md become pages';
  const place = { file: path };
  return [diagnostic('warning', 'content/other-ending', message, place, 'rename it to end in .md')];
}

/** Texts of R Markdown, Quarto and Jupyter, unless a post offers them: `used` are the paths of what posts refer to. */
export function notebooks(files: readonly FoundFile[], used: ReadonlySet<string>): Diagnostic[] {
  const unread = files.filter(
    ({ path }) => /\.(?:rmd|qmd|ipynb)$/i.test(path) && path.startsWith('posts/') && !used.has(path),
  );
  return unread.map(({ path: file }) =>
    diagnostic(
      'warning',
      'content/other-ending',
      'only files that end in .md become pages',
      { file },
      'let its own program turn it into Markdown',
    ),
  );
}

/** At once: for thousands of small files, promises take three times as long. */
function readSource(file: FoundFile): FoundSource | Diagnostic {
  const { path, absolute } = file;
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(absolute);
  } catch (error) {
    return readingFault(error, path);
  }
  const decoded = decodeUtf8(bytes);
  return 'text' in decoded ? { ...file, text: decoded.text } : notUtf8('content/not-utf8', path, decoded);
}

interface Listing {
  readonly found: readonly FoundFile[];
  /** Folders that were read. Without links on the way, so equal folders have equal paths. */
  readonly folders: readonly string[];
  readonly links: readonly FoundFile[];
  /** Paths of what `skip` said; folders end with `/`. */
  readonly leftOut: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

const nothing: Listing = { found: [], folders: [], links: [], leftOut: [], diagnostics: [] };

function merge(listings: readonly Listing[]): Listing {
  return {
    found: listings.flatMap(({ found }) => found),
    folders: listings.flatMap(({ folders }) => folders),
    links: listings.flatMap(({ links }) => links),
    leftOut: listings.flatMap(({ leftOut }) => leftOut),
    diagnostics: listings.flatMap(({ diagnostics }) => diagnostics),
  };
}

type Skip = (name: string) => boolean;

/** Lists a folder of the site, sorted by path. Links are followed last, inside the root, and to each folder once. */
async function walk(root: string, folder: string, skip: Skip): Promise<Listing> {
  const boundary = await realpath(root);
  let listing = await follow(
    { path: folder, absolute: join(boundary, folder) },
    { boundary, skip, seen: [] },
  );
  for (let next = 0; next < listing.links.length; next += 1) {
    const link = listing.links[next];
    if (link === undefined) break;
    listing = merge([listing, await follow(link, { boundary, skip, seen: listing.folders })]);
  }
  const found = [...listing.found].sort((a, b) => compare(a.path, b.path));
  return { ...listing, found };
}

interface Bounds {
  readonly boundary: string;
  readonly skip: Skip;
  readonly seen: readonly string[];
}

/** Lists what stands at a path that may be a link. */
async function follow({ path, absolute }: FoundFile, { boundary, skip, seen }: Bounds): Promise<Listing> {
  try {
    const real = await realpath(absolute);
    const inside = real.startsWith(boundary.endsWith(sep) ? boundary : boundary + sep);
    if (!inside) return skipped('content/outside-root', path, 'a link that leads out of the site');
    const what = await stat(real);
    if (what.isFile() && path.includes('/')) return { ...nothing, found: [{ path, absolute: real }] };
    if (!what.isDirectory()) return skipped('content/skipped', path, 'no file or folder that can be read');
    if (real !== join(boundary, path) && isBuilt(real, boundary))
      return skipped('content/skipped', path, 'a link to what a build has written');
    if (seen.includes(real))
      return skipped('content/skipped', path, 'a link to a folder that is read anyway');
    return await list(path, real, skip);
  } catch (error) {
    if (isMissing(error) && !path.includes('/') && (await isGone(absolute))) return nothing;
    if (isMissing(error) || systemCode(error) === 'ELOOP') return skipped('content/skipped', path, deadLink);
    return { ...nothing, diagnostics: [readingFault(error, path)] };
  }
}

/** Whether a folder belongs to an output folder or to the cache: what comes out would go in again the next time. */
function isBuilt(folder: string, boundary: string): boolean {
  const names = relative(boundary, folder).split(sep);
  return names.some(
    (name, index) =>
      name === '.postulate' || existsSync(join(boundary, ...names.slice(0, index + 1), manifestName)),
  );
}

function skipped(code: 'content/outside-root' | 'content/skipped', path: string, why: string): Listing {
  return { ...nothing, diagnostics: [diagnostic('warning', code, `${why}, not read`, { file: path })] };
}

/** Lists a folder and all below it; links are only noted. */
async function list(path: string, absolute: string, skip: Skip): Promise<Listing> {
  const entries = (await readdir(absolute, { withFileTypes: true })).sort(byName);
  const listings = await Promise.all(
    entries.map(async (entry): Promise<Listing> => {
      const own = { path: `${path}/${entry.name.normalize('NFC')}`, absolute: join(absolute, entry.name) };
      if (skip(entry.name)) return { ...nothing, leftOut: [entry.isDirectory() ? `${own.path}/` : own.path] };
      if (entry.name.includes('\uFFFD') && (await isGone(own.absolute)))
        return { ...nothing, diagnostics: [nameNotUtf8(own.path)] };
      if (entry.isSymbolicLink()) return { ...nothing, links: [own] };
      if (entry.isFile()) return { ...nothing, found: [own] };
      if (!entry.isDirectory()) return skipped('content/skipped', own.path, 'a pipe, a socket or a device');
      return list(own.path, own.absolute, skip).catch((error) => ({
        ...nothing,
        diagnostics: [readingFault(error, own.path)],
      }));
    }),
  );
  return merge([{ ...nothing, folders: [absolute] }, ...listings]);
}

/** Whether not even a link is there. Of a name that is not UTF-8, Node.js gives one with U+FFFD in it, where nothing is. */
function isGone(path: string): Promise<boolean> {
  return lstat(path).then(() => false, isMissing);
}

function nameNotUtf8(path: string): Diagnostic {
  const message = 'this name is not UTF-8, as \uFFFD shows where it is not';
  return diagnostic('error', 'content/not-utf8', message, { file: path }, 'rename the file');
}

function byName(a: Dirent, b: Dirent): number {
  return compare(a.name.normalize('NFC'), b.name.normalize('NFC'));
}
