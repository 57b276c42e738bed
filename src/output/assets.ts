// Files that are not pages: the theme's style and script, `static/` and files beside posts.
import { diagnostic } from '../diagnostic.js';
import type { ThemeAssets } from '../pages/page.js';
import { sha256 } from '../sha256.js';
import type { Asset, Config, Diagnostic, OutputFile } from '../types.js';
import { compact } from './compact.js';
import { isOutputPath } from './manifest.js';
import type { Theme } from './theme.js';

type Role = 'style' | 'script' | 'favicon' | 'search' | 'comments';

const roles: Readonly<Record<string, Role>> = {
  'assets/style.css': 'style',
  'assets/theme.js': 'script',
  'assets/favicon.svg': 'favicon',
  'assets/search.js': 'search',
  'assets/comments.js': 'comments',
};

/**
 * The theme's files under `assets/`, without those that the site has no use for. Style and scripts carry a hash in
 * their names, so that caches may keep them.
 */
export function themeFiles(
  theme: Theme,
  { search, comments }: Config,
): {
  readonly files: readonly OutputFile[];
  readonly addresses: Pick<ThemeAssets, Role>;
  readonly diagnostics: readonly Diagnostic[];
} {
  const own = [...theme.layers[1].keys()].filter((path) => path.startsWith('assets/'));
  const unused = new Set([...(search ? [] : ['search']), ...(comments ? [] : ['comments'])]);
  const files = [...theme.files].flatMap(([path, written]) => {
    const role = roles[path];
    if (!path.startsWith('assets/') || (role && unused.has(role))) return [];
    // What a site has put in its place is the site's business.
    const content = theme.layers[0].get(path)?.equals(written) ? compact(path, written) : written;
    const output = role === undefined || role === 'favicon' ? path : withHash(path, content);
    return [{ path: output, content, role }];
  });
  const addresses = { style: '', script: '', favicon: '' };
  for (const { path, role } of files) if (role) Object.assign(addresses, { [role]: `/${path}` });
  return {
    files: files.map(({ path, content }) => ({ path, content })),
    addresses,
    diagnostics: refusedNames(own.map((output) => ({ path: `templates/${output}`, output }))),
  };
}

/** The path with a hash of the content before its ending: what is at such a path never changes. */
export function withHash(path: string, content: Buffer): string {
  const hash = sha256(content).slice(0, 8);
  return path.replace(/(\.\w+)$/, `.${hash}$1`);
}

// Why the output folder takes no file of a name, as the end of a sentence; `isOutputPath` decides whether it does.
const refusals: readonly (readonly [RegExp, string])[] = [
  [/\\/, 'holds a backslash, which stands between folders on Windows'],
  [/^\.postulate\./i, 'is one that builds keep for themselves'],
  [/^[a-z]:/i, 'begins like that of a disk of Windows'],
];

/** Says which files have names that no file of the site can have. */
export function refusedNames(assets: readonly Pick<Asset, 'path' | 'output'>[]): Diagnostic[] {
  return assets.flatMap(({ path, output }) => {
    if (isOutputPath(output)) return [];
    const why = refusals.find(([pattern]) => pattern.test(output))?.[1] ?? 'leads out of the folder';
    const message = `the name ${output} ${why}`;
    return [diagnostic('error', 'content/unsafe-path', message, { file: path }, 'rename the file')];
  });
}

/** A file that posts may refer to, as long as nothing is known of its content. */
export function assetOf({ path }: { readonly path: string }): Asset {
  return { path, output: path.replace(/^static\//, '') };
}
