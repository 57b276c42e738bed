// `postulate init`: a folder to begin a blog in. Nothing that exists is ever changed.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { momentIn } from './content/dates.js';
import { environmentFault, systemCode } from './environment.js';
import type { Diagnostic } from './types.js';

export interface NewSite {
  /** Made if it is not there. */
  readonly folder: string;
  /** Of this program, which the new site will depend on. */
  readonly version: string;
  readonly now: Date;
}

/** Paths relative to the folder. What was there already was kept. */
export interface InitResult {
  readonly written: readonly string[];
  readonly kept: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The files of a new site, and where they come from. npm leaves a file named `.gitignore` out of packages, so in
 * `starter/` nothing begins with a dot.
 */
const starter = {
  'site.yaml': 'site.yaml',
  'posts/estimating-pi/index.md': 'first-post.md',
  'posts/estimating-pi/darts.svg': 'darts.svg',
  '.gitignore': 'gitignore',
  '.github/workflows/deploy.yml': 'deploy.yml',
} as const;

/** Makes a site in `folder`. A file of the environment's refusal ends it; what was written until then stays. */
export async function initSite({ folder, version, now }: NewSite): Promise<InitResult> {
  const source = fileURLToPath(new URL('../starter/', import.meta.url));
  const { date } = momentIn('UTC', now);
  const written: string[] = [];
  const kept: string[] = [];
  const hasPosts = (await readdir(join(folder, 'posts')).catch(() => [])).length > 0;

  const files = new Map<string, string>([['package.json', packageJson(version)]]);
  for (const [path, name] of Object.entries(starter)) {
    if (hasPosts && path.startsWith('posts/')) continue;
    files.set(path, (await readFile(join(source, name), 'utf8')).replace('{{date}}', date));
  }
  for (const [path, text] of files) {
    try {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text, { flag: 'wx' });
      written.push(path);
    } catch (error) {
      if (systemCode(error) === 'EEXIST') {
        kept.push(path);
        continue;
      }
      const fault = environmentFault(error, path);
      if (fault === undefined) throw error;
      return { written, kept, diagnostics: [fault] };
    }
  }
  return { written, kept, diagnostics: [] };
}

function packageJson(version: string): string {
  const scripts = { dev: 'postulate serve', build: 'postulate build' };
  return `${JSON.stringify({ private: true, scripts, devDependencies: { postulate: `^${version}` } }, null, 2)}\n`;
}
