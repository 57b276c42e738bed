// What tests of whole sites share: a site of files built into a temporary folder, and read again.
import { join } from 'node:path';
import { type BuildOptions, type BuildReport, build } from '../../src/build.js';
import { makeFolder, readSite, type Tree } from '../output/tree.js';

export interface BuiltSite {
  readonly root: string;
  readonly report: BuildReport;
  /** Contents by path of the output. */
  readonly files: Tree;
}

/** Builds a site of these files. The clock stands at 2026-06-15. */
export async function buildSite(files: Tree, options: Partial<BuildOptions> = {}): Promise<BuiltSite> {
  const root = makeFolder(files);
  const out = options.out ?? join(root, 'public');
  const report = await build({
    root,
    out,
    drafts: false,
    future: false,
    strict: false,
    draftMath: false,
    cache: false,
    lint: false,
    now: new Date('2026-06-15T03:00:00Z'),
    ...options,
  });
  return { root, report, files: report.wroteTo === undefined ? {} : readSite(report.wroteTo) };
}

/** `error math/syntax posts/x.md:3:5` */
export function brief({ diagnostics }: Pick<BuildReport, 'diagnostics'>): string[] {
  return diagnostics.map(({ severity, code, file, line, column }) =>
    [severity, code, [file, line, column].filter((part) => part !== undefined).join(':')].join(' ').trim(),
  );
}
