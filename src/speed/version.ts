// What the program is, beside the sources of a site: what another program has kept is of no use to this one.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isCompiled, packageRoot } from '../package-root.js';

/** Changes with the program, the packages that it names, and the Node.js that runs it. */
export function programVersion(): string {
  const sum = createHash('sha256').update(readFileSync(new URL('package.json', packageRoot)));
  const { node, icu = '', unicode = '' } = process.versions;
  sum.update([node, icu, unicode].join());
  const id = new URL('dist/build-id', packageRoot);
  if (isCompiled && existsSync(id)) return sum.update(readFileSync(id)).digest('hex');
  const sources = new URL('src/', packageRoot);
  const names = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  for (const name of names.sort()) sum.update(name).update(readFileSync(new URL(name, sources)));
  return sum.digest('hex');
}
