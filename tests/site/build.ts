// What tests of whole sites share: a site of files, made in memory.

import { type MadeSite, makeSite, type SiteOptions } from '../../src/build.js';
import type { BuildReport } from '../../src/build-report.js';
import { nothingPrinted, printFiles } from '../../src/output/print.js';
import { makeFolder, type Tree } from '../output/tree.js';

export interface BuiltSite {
  readonly report: BuildReport;
  /** Contents by path of the output; a file that is no text is `binary`. */
  readonly files: Tree;
}

/** Makes a site of these files; call it in a test. The clock stands at 2026-06-15. */
export async function siteOf(files: Tree, options: Partial<SiteOptions> = {}): Promise<BuiltSite> {
  return siteIn(makeFolder(files), options);
}

export async function siteIn(root: string, options: Partial<SiteOptions> = {}): Promise<BuiltSite> {
  const { report, outputs = [] } = await makeSite({
    root,
    drafts: false,
    future: false,
    strict: false,
    draftMath: false,
    cache: false,
    check: false,
    now: new Date('2026-06-15T03:00:00Z'),
    ...options,
  });
  const { printed, diagnostics } = await printFiles(outputs, nothingPrinted);
  const made = diagnostics.length === 0 ? [...printed.values()].map(({ file }) => file) : [];
  const files = made.map(({ path, content }): [string, string] => [
    path,
    typeof content === 'string' ? content : textOf(content),
  ]);
  return {
    report: { ...report, diagnostics: [...report.diagnostics, ...diagnostics] },
    files: Object.fromEntries(files),
  };
}

/** Content of one of the files that a site is made of. */
export async function contentOf(made: MadeSite, path: string): Promise<Buffer> {
  const { printed } = await printFiles(
    (made.outputs ?? []).filter((output) => output.path === path),
    nothingPrinted,
  );
  return Buffer.from(printed.get(path)?.file.content ?? '');
}

function textOf(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return 'binary';
  }
}

/** `error math/syntax posts/x.md:3:5` */
export function brief({ diagnostics }: Pick<BuildReport, 'diagnostics'>): string[] {
  return diagnostics.map(({ severity, code, file, line, column }) =>
    [severity, code, [file, line, column].filter((part) => part !== undefined).join(':')].join(' ').trim(),
  );
}
