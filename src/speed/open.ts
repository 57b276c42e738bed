// What one build takes from earlier ones, or has done by workers, and what it leaves for the next.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ShortcutOptions, Shortcuts } from '../shortcuts.js';
import { removeHalfWritten } from './files.js';
import { keyOf } from './keys.js';
import { openOutputs } from './outputs.js';
import { parserWith } from './parser.js';
import { createPool } from './pool.js';
import { renderWith } from './posts.js';
import { isWorthIt, type Printer, startPrinter } from './printing.js';
import { fileClock, historyKey, isOfPosts, lookAtFiles, rememberBuild } from './recall.js';
import { damageNote, isDamage, openStore } from './store.js';
import { programVersion } from './version.js';
import { threadedFiles } from './writer.js';

export function openShortcuts(options: ShortcutOptions): Shortcuts {
  const { root, out, workers } = options;
  // A folder without posts is hardly a site: the command was given in the wrong place.
  const cache = options.cache && existsSync(join(root, 'posts'));
  const version = programVersion();
  const base = join(root, '.postulate');
  const folder = cache ? join(base, 'posts') : undefined;
  const store = openStore(folder, version);
  const outputs = join(base, 'outputs');
  const memory = out !== undefined && cache ? openOutputs(outputs, out, version) : undefined;
  // Looked at before the clock: what changes after that look is not what the next build will find noted.
  const isKept = cache && out !== undefined;
  const seen = isKept ? (options.seen ?? lookAtFiles(root)) : undefined;
  const began = isKept ? fileClock(root) : undefined;
  const pool = createPool(workers, options.worker);
  let printer: Printer | undefined;
  const preparePrinter = (posts: number, rendered: number): void => {
    const blobs = store.blobs();
    if (!memory || !blobs || out === undefined || options.check) return;
    const edited = seen?.changed?.every(isOfPosts) ? rendered : undefined;
    if (isWorthIt({ posts, edited, workers }))
      printer = startPrinter({ out, memory: outputs, version, blobs }, memory, store.placeOf);
  };
  const sourceKeys = new Map<string, string>();
  let history = '';
  return {
    parser: (parse, settings) =>
      parserWith(store, parse, settings, {
        onKey: (path, key) => sourceKeys.set(path, key),
        onNew: pool.expect,
      }),
    datesOf: async (head, read) => {
      history = historyKey(head);
      const key = `git-${keyOf(head)}`;
      const known = store.get(key) as Awaited<ReturnType<typeof read>> | undefined;
      if (known) return known;
      const dates = await read();
      store.put(key, dates);
      return dates;
    },
    render: async (posts, job) => {
      const { records, rendered } = await renderWith(store, pool, posts, {
        ...job,
        sourceKeys,
        meanwhile: () => memory?.lookAhead(),
      });
      preparePrinter(posts.length, rendered);
      return records;
    },
    sharePages: (parts) => printer?.share(parts),
    outputs: memory,
    newFiles: threadedFiles,
    save: (report) => {
      store.save();
      if (report.wroteTo === undefined || began === undefined) return;
      rememberBuild(options, report, { version, history, began, seen });
      for (const kept of [base, join(base, 'posts')]) removeHalfWritten(kept, began);
    },
    close: () => {
      pool.close();
      void printer?.close();
      store.close();
    },
    // `check` writes to the cache in passing, and says nothing of its own if it cannot.
    diagnostics: () =>
      store.diagnostics().filter(({ code }) => !options.check || code !== 'cache/unwritable'),
    isDamage,
    discard: () => {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
      return damageNote;
    },
  };
}
