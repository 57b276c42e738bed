// What tests of whole sites share: a site of files, made in memory.

import { makeSite, type SiteOptions } from '../../src/build.js';
import type { BuildReport } from '../../src/build-report.js';
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
  const files = outputs.map(({ path, content }): [string, string] => [
    path,
    typeof content === 'string' ? content : textOf(content),
  ]);
  return { report, files: Object.fromEntries(files) };
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
