// A site of files, built and served for one file of tests.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../src/build.js';
import { addFiles, type Tree } from '../output/tree.js';
import { type StaticServer, serve } from './server.js';

/** Builds a site, which must have nothing to be told, and serves it below `basePath` until it is closed. */
export async function serveSite(files: Tree, basePath: string): Promise<StaticServer> {
  const folder = mkdtempSync(join(tmpdir(), 'postulate-site-'));
  const [root, out] = [join(folder, 'root'), join(folder, 'out')];
  mkdirSync(root);
  addFiles(root, files);
  const { diagnostics } = await build({
    ...{
      root,
      out,
      drafts: false,
      future: false,
      strict: false,
      draftMath: false,
      cache: false,
      check: false,
    },
    now: new Date('2026-01-01'),
  });
  if (diagnostics.length > 0) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  const server = await serve(out, basePath);
  return {
    url: server.url,
    close: () => {
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
