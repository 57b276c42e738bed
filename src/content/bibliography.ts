// The works that posts can cite: `references.bib` in the site's root, and the files that a post names itself.
import { join } from 'node:path';
import type { Bibliography } from '../bibliography/cite.js';
import { bibliographyPaths } from '../bibliography/files.js';
import type { ParsedBibliography } from '../bibliography/parse.js';
import { diagnostic } from '../diagnostic.js';
import type { Config, Diagnostic, Place, Post } from '../types.js';
import { decodeUtf8, notUtf8 } from './decode.js';
import { readFileOf, stateOfFile } from './read.js';

export interface Bibliographies {
  /** By the path of the post; `undefined` is what every post can cite. */
  readonly of: (post: Post) => Bibliography;
  readonly diagnostics: readonly Diagnostic[];
  /** Texts of the files by path, for excerpts. */
  readonly texts: ReadonlyMap<string, string>;
  /** Where files were looked for, and their states before they were read. */
  readonly sought: ReadonlyMap<string, string>;
}

/** Reads every `.bib` file that is wanted, each once. */
export async function readBibliographies(
  root: string,
  posts: readonly Post[],
  config: Config,
): Promise<Bibliographies> {
  const texts = new Map<string, string>();
  const sought = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  const parsed = new Map<string, ParsedBibliography | undefined>();
  const load = async (path: string): Promise<ParsedBibliography | undefined> => {
    if (parsed.has(path)) return parsed.get(path);
    sought.set(path, await stateOfFile(join(root, path)));
    const text = await readText(root, path, diagnostics);
    const result = text === undefined ? undefined : await parse(text, path);
    if (text !== undefined) texts.set(path, text);
    diagnostics.push(...(result?.diagnostics ?? []));
    parsed.set(path, result);
    return result;
  };

  const style = config.citations;
  const site: Bibliography = { style, entries: (await load('references.bib'))?.entries ?? new Map() };
  const own = new Map<string, Bibliography>();
  for (const post of posts) {
    if (post.bibliography.length === 0) continue;
    const entries = new Map(site.entries);
    for (const { path, place } of post.bibliography) {
      let found: ParsedBibliography | undefined;
      for (const candidate of bibliographyPaths(path, post.path)) found ??= await load(candidate);
      if (!found) diagnostics.push(missing(path, place));
      for (const [key, entry] of found?.entries ?? []) entries.set(key, entry);
    }
    own.set(post.path, { style, entries });
  }
  return { of: (post) => own.get(post.path) ?? site, diagnostics, texts, sought };
}

/** Most sites have no bibliography: the parser is loaded for those that do. */
async function parse(text: string, path: string): Promise<ParsedBibliography> {
  const { parseBibliography } = await import('../bibliography/parse.js');
  return parseBibliography(text, path);
}

async function readText(root: string, path: string, diagnostics: Diagnostic[]): Promise<string | undefined> {
  const bytes = await readFileOf(root, path);
  if (bytes === undefined) return undefined;
  if ('severity' in bytes) {
    diagnostics.push(bytes);
    return undefined;
  }
  const decoded = decodeUtf8(bytes);
  if ('text' in decoded) return decoded.text;
  diagnostics.push(notUtf8('content/not-utf8', path, decoded));
  return undefined;
}

function missing(path: string, place: Place): Diagnostic {
  return diagnostic(
    'error',
    'bibliography/missing-file',
    `there is no bibliography ${path}`,
    place,
    'write its path from the post’s folder or from the site’s root',
  );
}
