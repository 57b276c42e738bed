// `postulate serve` on a terminal: the address, a line for each build, and what is wrong as soon as it is.
import { resolve } from 'node:path';
import { emptyReport } from '../build-report.js';
import { diagnostic } from '../diagnostic.js';
import { systemCode } from '../environment.js';
import { checkRoot } from '../output/folder.js';
import type { ImageMemory } from '../output/images.js';
import type { Printed } from '../output/print.js';
import { makeHighlighting } from '../render-posts.js';
import { formatRebuild } from '../report.js';
import { explainThrown, fail, type Host, tellDiagnostics } from '../tell.js';
import type { Diagnostic } from '../types.js';
import type { Given } from '../usage.js';
import { makePreview, type Preview } from './preview.js';
import { serve } from './serve.js';

/** Serves until the process is interrupted, which is its normal end. Gives the exit code when it cannot. */
export async function runServe({ flags }: Given, args: readonly string[], host: Host): Promise<number> {
  const root = resolve(host.folder, flags.root);
  const refusal = checkRoot(root);
  if (refusal.length > 0) return fail(refusal, args, host);

  let began = 0;
  let told: ReadonlySet<string> = new Set();
  const highlighting = makeHighlighting();

  const images: ImageMemory = new Map();

  async function make(before: Printed): Promise<Preview> {
    began = host.elapsed();
    const { strict, cache } = flags;
    const now = new Date(host.now.getTime() + began);
    try {
      const settings = { drafts: true, future: true, draftMath: true, check: false };
      return await makePreview({ root, strict, cache, now, highlighting, images, ...settings }, before);
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return notMade(vanished);
      const { fault, stack } = explainThrown(error);
      if (stack !== '') host.tell(`${stack}\n`);
      return notMade(fault);
    }
  }

  /** What was told after the last build is not told again, unless it keeps the site from being built. */
  function onBuild({ report, files }: Preview, changed: readonly string[]): void {
    const milliseconds = host.elapsed() - began;
    const isNew = (one: Diagnostic) => one.severity === 'error' || !told.has(JSON.stringify(one));
    tellDiagnostics({ ...report, diagnostics: report.diagnostics.filter(isNew) }, root, host);
    told = new Set(report.diagnostics.map((one) => JSON.stringify(one)));
    if (flags.json) return;
    host.print(`${formatRebuild(report, { changed, isBuilt: files !== undefined, milliseconds })}\n`);
  }

  const serving = await serve({
    root,
    port: flags.port,
    make,
    onBuild,
    onStart: (url) => host.print(flags.json ? `${JSON.stringify({ url })}\n` : `${url} (Ctrl-C ends it)\n`),
    onWarning: (warning) => tellDiagnostics({ diagnostics: [warning], sources: new Map() }, root, host),
  });
  if ('severity' in serving) return fail([serving], args, host);
  host.onInterrupt(() => {
    void serving.close();
    return 0;
  });
  await serving.done;
  return 0;
}

function notMade(fault: Diagnostic): Preview {
  return { report: { ...emptyReport, diagnostics: [fault] }, basePath: '', sought: new Map() };
}

/** Between listing and reading, as when git changes branches. That it is gone is a change, which builds again. */
const vanished = diagnostic('error', 'env/file-system', 'a file vanished while it was read');
