// What the tests of this folder share: a parsed file, a site of sources, and diagnostics in one line each.
import { parseConfig } from '../../src/config.js';
import { type Addressed, addressPosts } from '../../src/content/addresses.js';
import { type ParsedSource, sourceParser } from '../../src/content/post.js';
import type { Config, Diagnostic } from '../../src/types.js';

/** The day on which all tests happen. */
const now = { date: '2026-06-15', instant: '2026-06-15T03:00:00Z' };

export function configOf(yaml = ''): Config {
  const { config, diagnostics } = parseConfig(yaml, 'site.yaml');
  if (config === undefined) throw new Error(brief(diagnostics).join('\n'));
  return config;
}

export function parsed(text: string, path = 'posts/x.md', yaml = '', options = {}): ParsedSource {
  return sourceParser(configOf(yaml), { drafts: false, future: false, now, ...options })({ path, text });
}

/** Parses and addresses files, given as path to text. */
export function addressed(files: Readonly<Record<string, string>>, yaml = ''): Addressed {
  const config = configOf(yaml);
  const parse = sourceParser(config, { drafts: false, future: false, now });
  const all = Object.entries(files).map(([path, text]) => parse({ path, text }));
  const { diagnostics, ...rest } = addressPosts(
    all.flatMap(({ unaddressed }) => unaddressed ?? []),
    config,
  );
  return { ...rest, diagnostics: [...all.flatMap((one) => one.diagnostics), ...diagnostics] };
}

/** `error front-matter/yaml 2:8 message` */
export function brief(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(
    ({ severity, code, message, line, column }) =>
      `${severity} ${code}${line === undefined ? '' : ` ${line}:${column}`} ${message}`,
  );
}

/** `front-matter/yaml 2:8` */
export function places(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(
    ({ code, line, column }) => `${code}${line === undefined ? '' : ` ${line}:${column}`}`,
  );
}
