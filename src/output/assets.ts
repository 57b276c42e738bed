// Files that are not pages: the theme's style and script, `static/` and files beside posts.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { imageSize } from 'image-size';
import type { ThemeAssets } from '../pages/page.js';
import type { Asset, OutputFile } from '../types.js';
import type { Theme } from './theme.js';

/** The theme's files under `assets/`. Style and script carry a hash in their names, so that caches may keep them. */
export function themeFiles(theme: Theme): {
  files: OutputFile[];
  addresses: Pick<ThemeAssets, 'style' | 'script' | 'favicon'>;
} {
  const files: OutputFile[] = [];
  const addresses = { style: '', script: '', favicon: '' };
  const named: Readonly<Record<string, keyof typeof addresses>> = {
    'assets/style.css': 'style',
    'assets/theme.js': 'script',
    'assets/favicon.svg': 'favicon',
  };
  for (const [path, content] of theme.files) {
    if (!path.startsWith('assets/')) continue;
    const role = named[path];
    const output = role === undefined || role === 'favicon' ? path : withHash(path, content);
    if (role) addresses[role] = `/${output}`;
    files.push({ path: output, content });
  }
  return { files, addresses };
}

/** The path with a hash of the content before its ending: what is at such a path never changes. */
export function withHash(path: string, content: Buffer): string {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 8);
  return path.replace(/(\.\w+)$/, `.${hash}$1`);
}

/** Files that posts may refer to, with the sizes of the images among `measured`. */
export async function listAssets(
  files: readonly { path: string; absolute: string }[],
  measured: (path: string) => boolean,
): Promise<Asset[]> {
  return Promise.all(
    files.map(async ({ path, absolute }): Promise<Asset> => {
      const output = path.replace(/^static\//, '');
      const size = measured(path) ? await measure(absolute) : undefined;
      return { path, output, ...size };
    }),
  );
}

/** Width and height of an image as it is shown; undefined for a file that is not an image we know. */
async function measure(path: string): Promise<{ width: number; height: number } | undefined> {
  try {
    const { width, height, orientation } = imageSize(await readFile(path));
    const turned = orientation !== undefined && orientation >= 5;
    return turned
      ? { width: height, height: width }
      : { width: Math.round(width), height: Math.round(height) };
  } catch {
    return undefined;
  }
}
