// The theme's files, with a site's own `templates/` laid over them file by file.
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse as parseYaml } from 'yaml';
import { packageRoot } from '../package-root.js';
import type { Templates } from './page-files.js';

/** Contents by path below `templates/`: `layout.vto`, `assets/style.css`. */
type Files = ReadonlyMap<string, Buffer>;

export interface Theme {
  /** Those of the theme, and in their place the site's own. */
  readonly files: Files;
  /** Of the theme alone and of the site alone: interface texts are laid over each other key by key. */
  readonly layers: readonly Files[];
}

/** Reads the theme that comes with the package, then what the site in `root` overrides. */
export async function loadTheme(root: string): Promise<Theme> {
  const own = fileURLToPath(new URL('templates/', packageRoot));
  const layers = await Promise.all([own, join(root, 'templates')].map(readFolder));
  return { files: new Map(layers.flatMap((layer) => [...layer])), layers };
}

async function readFolder(folder: string): Promise<Files> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = found.filter((item) => item.isFile() && !item.name.startsWith('.'));
  const contents = files.map(async (file): Promise<[string, Buffer]> => {
    const path = join(file.parentPath, file.name);
    return [relative(folder, path).split(sep).join('/'), await readFile(path)];
  });
  // In one order everywhere, since keys of pages are made of them.
  return new Map((await Promise.all(contents)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Interface texts by language: `texts/ko.yaml`. A text that a language lacks is taken from English. */
export function interfaceTexts(
  theme: Theme,
  languages: readonly string[],
): Map<string, Record<string, string>> {
  const read = (code: string): Record<string, string> => {
    const files = theme.layers.flatMap((layer) => layer.get(`texts/${code}.yaml`) ?? []);
    return Object.assign(
      {},
      ...files.map((file) => parseYaml(file.toString('utf8'), { schema: 'failsafe' })),
    );
  };
  const english = read('en');
  return new Map(languages.map((code) => [code, { ...english, ...read(code) }]));
}

export function templatesOf({ files, layers }: Theme): Templates {
  const texts = [...files].filter(([path]) => isTemplate(path));
  return {
    texts: texts.map(([path, file]) => [path, file.toString('utf8')]),
    areOwn: !layers.slice(1).some((layer) => [...layer.keys()].some(isTemplate)),
  };
}

function isTemplate(path: string): boolean {
  return path.endsWith('.vto');
}
