// A small site, built and served as `postulate serve` does, on a port of its own.
import { expect, onTestFinished } from 'vitest';
import { nothingPrinted, type Printed } from '../../src/output/print.js';
import { makePreview, type Preview } from '../../src/serve/preview.js';
import { type ServeOptions, type Serving, serve } from '../../src/serve/serve.js';
import type { Diagnostic } from '../../src/types.js';
import { makeFolder, type Tree } from '../output/tree.js';

export const post = (title: string, body = 'Text.', more = ''): string =>
  `---\ntitle: ${title}\ndate: 2020-01-01\n${more}---\n\n${body}\n`;

/** Expects something that takes its time, on a busy machine more of it. */
export const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 30_000 });

/** Makes the site in `root` as `serve` wants it. */
export function make(root: string, before: Printed = nothingPrinted): Promise<Preview> {
  const options = {
    ...{ root, drafts: true, future: true, draftMath: true },
    ...{ strict: false, cache: false, check: false, now: new Date('2026-01-01T00:00:00Z') },
  };
  return makePreview(options, before);
}

export interface ServedSite extends Serving {
  readonly root: string;
  readonly builds: readonly { readonly made: Preview; readonly changed: readonly string[] }[];
  readonly warnings: readonly Diagnostic[];
  /** Waits until the site has been built so often. */
  readonly built: (times: number) => Promise<void>;
}

/** Serves a site with these files until the test is over. */
export async function serveSite(files: Tree, options: Partial<ServeOptions> = {}): Promise<ServedSite> {
  const root = makeFolder(files);
  const builds: { made: Preview; changed: readonly string[] }[] = [];
  const warnings: Diagnostic[] = [];
  const waiting = new Set<() => void>();
  const serving = await serve({
    root,
    port: 0,
    make: (before) => make(root, before),
    onStart: () => {},
    onBuild: (made, changed) => {
      builds.push({ made, changed });
      for (const look of waiting) look();
    },
    onWarning: (warning) => warnings.push(warning),
    ...options,
  });
  if ('severity' in serving) throw new Error(serving.message);
  onTestFinished(async () => {
    await serving.close();
    await serving.done;
  });
  const built = (times: number) =>
    new Promise<void>((done) => {
      const look = () => {
        if (builds.length < times) return;
        waiting.delete(look);
        done();
      };
      waiting.add(look);
      look();
    });
  return { ...serving, root, builds, warnings, built };
}
