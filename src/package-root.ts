// Where the package lies: the same whether this runs from `src/`, as in tests, or from the few files in `dist/`.
const [, root = '', folder = ''] = /^(.*\/)(src|dist)\/[^/]*$/.exec(import.meta.url) ?? [];

/** Of the package, as a folder: `new URL('templates/', packageRoot)`. */
export const packageRoot = new URL(root);

/** Whether this is `dist/`. */
export const isCompiled = folder === 'dist';

/** A module of the program that is not imported by its name, `speed/index`: as it is written, or compiled. */
export function moduleUrl(name: string): URL {
  return new URL(`${folder}/${name}.${isCompiled ? 'js' : 'ts'}`, packageRoot);
}
