// The site's files in memory, for the preview. Those that are made of the same as before are not made again.
import type { Diagnostic, Output, OutputFile } from '../types.js';

/** Files of the last time, by path. */
export type Printed = ReadonlyMap<string, { readonly key?: string; readonly file: OutputFile }>;

export const nothingPrinted: Printed = new Map();

/** Makes every file; what cannot be made is among the diagnostics. */
export async function printFiles(
  outputs: readonly Output[],
  before: Printed,
): Promise<{ readonly printed: Printed; readonly diagnostics: readonly Diagnostic[] }> {
  const printed = new Map<string, { readonly key?: string; readonly file: OutputFile }>();
  const diagnostics: Diagnostic[] = [];
  for (const output of outputs) {
    const { path } = output;
    if ('content' in output) {
      printed.set(path, { file: output });
      continue;
    }
    const prepared = output.prepare();
    const key = prepared.key();
    const known = before.get(path);
    if (known?.key === key) {
      printed.set(path, known);
      continue;
    }
    const made = await prepared.print();
    if ('fault' in made) diagnostics.push(made.fault);
    else printed.set(path, { key, file: { path, content: made.content } });
  }
  return { printed, diagnostics };
}
