// The site as it is served: made as for a build, and printed into memory.
import { type MadeSite, makeSite, type SiteOptions, withShortcuts } from '../build.js';
import { type Printed, printFiles } from '../output/print.js';

export interface Preview extends Pick<MadeSite, 'report' | 'basePath' | 'sought'> {
  /** Every file of the site; missing when something is wrong with it. */
  readonly files?: Printed;
}

/** Makes the site in `root`; what comes out as `before` is not printed again. */
export function makePreview(options: SiteOptions, before: Printed): Promise<Preview> {
  return withShortcuts(options, async (shortcuts) => {
    const { report, outputs, basePath, sought } = await makeSite({ ...options, preview: true }, shortcuts);
    const site = { report, basePath, sought };
    if (outputs === undefined) return site;
    const { printed, diagnostics } = await printFiles(outputs, before);
    if (diagnostics.length === 0) return { ...site, files: printed };
    return { ...site, report: { ...report, diagnostics: [...report.diagnostics, ...diagnostics] } };
  });
}
