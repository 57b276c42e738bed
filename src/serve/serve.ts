// A site while it is being written: built, shown, and built again whenever a source changes. There is no other way to
// build than `makeSite`; what is shown is the last site that could be built, from memory, as it would be written.
import { diagnostic } from '../diagnostic.js';
import { systemCode } from '../environment.js';
import { nothingPrinted, type Printed } from '../output/print.js';
import { formatDiagnostic, mostImportant } from '../report.js';
import type { Diagnostic, Severity } from '../types.js';
import { stateAt } from './live.js';
import type { Preview } from './preview.js';
import { makeRoutes, type Routes } from './routes.js';
import { type RunningServer, type Served, startServer } from './server.js';
import { takeSnapshot, type WatchFolder, watchSources } from './watch.js';

export interface ServeOptions {
  readonly root: string;
  /** The first port that is tried; 0 for any. */
  readonly port: number;
  /** Makes the site, with what was made before. What it throws ends the serving. */
  readonly make: (before: Printed) => Promise<Preview>;
  /** Called with the address, before the first build. */
  readonly onStart: (url: string) => void;
  /** Called after each build with the paths that changed, none for the first. */
  readonly onBuild: (made: Preview, changed: readonly string[]) => void;
  readonly onWarning: (warning: Diagnostic) => void;
  /** Instead of the file system's own. */
  readonly watchFolder?: WatchFolder;
}

export interface Serving {
  readonly url: string;
  /** Resolves after `close`, rejects with what is thrown. */
  readonly done: Promise<void>;
  readonly close: () => Promise<void>;
}

/** Serves the site in `root` until it is closed; a diagnostic says why it cannot. */
export async function serve(options: ServeOptions): Promise<Serving | Diagnostic> {
  let routes: Routes | undefined;
  let errors: readonly string[] = [];
  const server = await start(options.port, {
    routes: () => routes,
    stateOf: (path) => ({ ...stateAt(path, routes), errors }),
  });
  if ('severity' in server) return server;
  const url = `http://127.0.0.1:${server.port}/`;
  options.onStart(url);

  const sought = new Map<string, string>();
  let printed = nothingPrinted;
  const build = async (changed: readonly string[]): Promise<void> => {
    const made = await options.make(printed);
    const { files } = made;
    // What one build has looked for is kept in sight: the posts that name it come and go.
    for (const [path, state] of made.sought) if (!sought.has(path)) sought.set(path, state);
    if (files !== undefined) {
      printed = files;
      routes = makeRoutes(
        [...files.values()].map(({ file }) => file),
        made.basePath,
      );
    }
    errors = files === undefined ? faultsOf(made) : [];
    options.onBuild(made, changed);
    server.tell();
  };

  const closing = new AbortController();
  const run = async (): Promise<void> => {
    const before = await takeSnapshot(options.root);
    await build([]);
    const changes = watchSources(options.root, {
      before,
      others: () => sought,
      onLimit: () => options.onWarning(watchLimit),
      signal: closing.signal,
      ...(options.watchFolder && { watchFolder: options.watchFolder }),
    });
    for await (const changed of changes) await build(changed);
  };
  const done = run().finally(server.close);
  return {
    url,
    done,
    close: () => {
      closing.abort();
      return server.close();
    },
  };
}

/** What keeps the site from being built, as the terminal shows it. */
function faultsOf({ report: { diagnostics, sources } }: Preview): readonly string[] {
  const of = (wanted: Severity) => diagnostics.filter(({ severity }) => severity === wanted);
  const errors = of('error');
  return mostImportant(errors.length > 0 ? errors : of('warning')).map((one) =>
    formatDiagnostic(one, one.file === undefined ? undefined : sources.get(one.file), { color: false }),
  );
}

async function start(port: number, served: Served): Promise<RunningServer | Diagnostic> {
  try {
    return (await startServer(port, served)) ?? portFault(`no port from ${port} on is free`);
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    const why = code === 'EACCES' ? 'the system keeps it for its administrator' : `the system says ${code}`;
    return portFault(`port ${port} cannot be used: ${why}`);
  }
}

function portFault(message: string): Diagnostic {
  return diagnostic('error', 'usage/port', message, undefined, 'give --port another number, such as 8080');
}

const watchLimit = diagnostic(
  'warning',
  'env/watch-limit',
  'the system’s limit of watched folders is reached (its disk is not full): the sources are looked at every second instead',
  undefined,
  'on Linux, raise it: sudo sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512',
);
