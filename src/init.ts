// `postulate init`: a folder to begin a blog in. Nothing that exists is ever changed.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { momentIn } from './content/dates.js';
import { createFile } from './output/create.js';
import { packageRoot } from './package-root.js';
import type { Diagnostic } from './types.js';

export interface NewSite {
  /** Made if it is not there. */
  readonly folder: string;
  /** Of this program, which the new site will depend on. */
  readonly version: string;
  readonly now: Date;
}

/** Paths relative to the folder. What was there already is kept as it was. */
export interface InitResult {
  readonly written: readonly string[];
  readonly kept: readonly string[];
  /** What npm has still to install: nothing when a package.json that was there names this program. */
  readonly install: 'nothing' | 'package.json' | 'by name';
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

/** Makes a site in `folder`. When the system refuses a file it ends there; what was written until then stays. */
export async function initSite({ folder, version, now }: NewSite): Promise<InitResult> {
  const source = fileURLToPath(new URL('starter/', packageRoot));
  const { date } = momentIn('UTC', now);
  const written: string[] = [];
  const kept: string[] = [];
  const names = await readdir(join(folder, 'posts')).catch(() => []);
  // Where a disk was full, a part of our own post may be there.
  const isOwn = (name: string) => Object.keys(starter).some((path) => path.startsWith(`posts/${name}/`));
  const hasPosts = !names.every(isOwn);

  const files = new Map<string, string>([['package.json', packageJson(version)]]);
  for (const [path, name] of Object.entries(starter)) {
    if (hasPosts && path.startsWith('posts/')) continue;
    files.set(path, (await readFile(join(source, name), 'utf8')).replace('{{date}}', date));
  }
  for (const [path, text] of files) {
    const made = await createFile(folder, path, text);
    if (made === 'made') written.push(path);
    else if (made === 'exists') kept.push(path);
    else return { written, kept, install: 'nothing', diagnostics: [made] };
  }
  const isOurs = written.includes('package.json');
  const install = isOurs ? 'package.json' : (await dependsOnUs(folder)) ? 'nothing' : 'by name';
  return { written, kept, install, diagnostics: [] };
}

/** Whether the folder's package.json names this program. */
async function dependsOnUs(folder: string): Promise<boolean> {
  try {
    const { dependencies, devDependencies } = JSON.parse(
      await readFile(join(folder, 'package.json'), 'utf8'),
    );
    return 'postulate' in { ...dependencies, ...devDependencies };
  } catch {
    return false;
  }
}

function packageJson(version: string): string {
  const scripts = { dev: 'postulate serve', build: 'postulate build' };
  return `${JSON.stringify({ private: true, scripts, devDependencies: { postulate: `^${version}` } }, null, 2)}\n`;
}
