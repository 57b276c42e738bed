// `site.yaml`: read, held against its schema, every default filled in. A key that means nothing is an error here,
// because a setting that is silently ignored costs its owner a day.
import type * as z from 'zod';
import { configSchema } from './config-schema.js';
import { decodeUtf8, notUtf8 } from './content/decode.js';
import { languageCode } from './content/languages.js';
import { cutAtComment } from './content/losses.js';
import { readFileOf } from './content/read.js';
import { diagnostic } from './diagnostic.js';
import { defineMacros } from './math/macros.js';
import { placesIn } from './place.js';
import { check, type Problem } from './schema.js';
import type { Config, Diagnostic, Language, Link } from './types.js';
import { type Fields, keyPlaceOf, placeOf } from './value.js';
import { parseYaml } from './yaml.js';

export interface ParsedConfig {
  /** Missing when something is wrong. */
  readonly config?: Config;
  /** Of the file, for excerpts; missing without a file that can be read. */
  readonly text?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads `site.yaml` of a site; without the file, every key has its default. */
export async function loadConfig(root: string): Promise<ParsedConfig> {
  const path = 'site.yaml';
  const bytes = await readFileOf(root, path);
  if (bytes === undefined) return (await otherName(root)) ?? parseConfig('', path);
  if ('severity' in bytes) return { diagnostics: [bytes] };
  const decoded = decodeUtf8(bytes);
  if ('text' in decoded) return { ...parseConfig(decoded.text, path), text: decoded.text };
  return { diagnostics: [notUtf8('config/not-utf8', path, decoded)] };
}

/** A file that its owner takes for the configuration must not be passed over. */
async function otherName(root: string): Promise<ParsedConfig | undefined> {
  const found = await readFileOf(root, 'site.yml');
  if (found === undefined) return undefined;
  const message = 'the configuration is read from site.yaml only';
  return {
    diagnostics: [
      diagnostic('error', 'config/wrong-name', message, { file: 'site.yml' }, 'rename it to site.yaml'),
    ],
  };
}

/** Parses the text of `site.yaml`; `path` is shown as its name. @internal */
export function parseConfig(text: string, path: string): ParsedConfig {
  const { fields, faults } = parseYaml(text, placesIn(path, text));
  if (faults.length > 0) {
    return {
      diagnostics: faults.map(({ message, place, hint }) =>
        diagnostic('error', 'config/yaml', message, place, hint),
      ),
    };
  }
  const { data, problems } = check(configSchema, fields);
  if (data === undefined || problems.length > 0) return { diagnostics: problems.map(describe) };
  const wrongMacros = faultsOfMacros(data.math.macros, fields);
  if (wrongMacros.length > 0) return { diagnostics: wrongMacros };
  return { config: fillIn(data, fields), diagnostics: cutMacros(fields) };
}

/** A body in quotes is other than it is written, so its beginning is shown. */
function faultsOfMacros(bodies: Config['math']['macros'], fields: Fields): Diagnostic[] {
  return defineMacros(bodies).faults.map(({ name, message, hint }) => {
    const path = (key: string) => ['math', 'macros', key];
    const written = keyPlaceOf(fields, path(name)) ? name : name.replace(/^\\/, '');
    const place = placeOf(fields, path(written));
    return diagnostic('error', 'config/invalid-value', `math.macros.${written}: ${message}`, place, hint);
  });
}

/** `#1` is an argument to TeX and a comment to YAML. */
function cutMacros(fields: Fields): Diagnostic[] {
  const math = fields.get('math')?.value;
  const macros = math?.type === 'map' ? math.fields.get('macros')?.value : undefined;
  if (macros?.type !== 'map') return [];
  return [...macros.fields.values()].flatMap((field) => cutAtComment(field, 'config/cut-at-comment'));
}

function describe({ path, message, place, unknownKey }: Problem): Diagnostic {
  const key = path.join('.');
  if (unknownKey === undefined)
    return diagnostic('error', 'config/invalid-value', `${key} ${message}`, place);
  const meant = unknownKey.nearest ?? misplaced.get(key);
  const hint = meant ? `did you mean ${[...path.slice(0, -1), meant].join('.')}?` : 'remove it';
  return diagnostic('error', 'config/unknown-key', `${key} is not a known key`, place, hint);
}

/** Keys that stand at the outermost level although they belong to a group. */
const misplaced: ReadonlyMap<string, string> = new Map([
  ...(['markdown', 'math'] as const).flatMap((group) =>
    Object.keys(configSchema.shape[group].def.innerType.shape).map(
      (key) => [key, `${group}.${key}`] as const,
    ),
  ),
  ...['greeting', 'menu'].map((key) => [key, `languages.en.${key}`] as const),
]);

function fillIn(data: z.output<typeof configSchema>, fields: Fields): Config {
  const { baseUrl, ...rest } = data;
  const isList = fields.get('languages')?.value.type === 'list';
  const url = baseUrl === undefined ? undefined : new URL(baseUrl);
  return {
    ...rest,
    origin: url?.origin ?? '',
    // Two slashes in a row are a slip, and would make every address another one than browsers ask for.
    basePath: url?.pathname.replace(/\/{2,}/g, '/').replace(/\/$/, '') ?? '',
    social: placed(data.social, fields, ['social']),
    languages: Object.entries(data.languages).map(([code, language], index): Language => {
      const {
        title = data.title,
        description = data.description,
        author = data.author,
        greeting,
        menu,
      } = language;
      return {
        code: languageCode(code, []) ?? code,
        title,
        description,
        author,
        ...(greeting && { greeting }),
        menu: placed(menu, fields, ['languages', isList ? index : code, 'menu']),
      };
    }),
  };
}

/** Links with the places of their addresses; `path` leads to their list. */
function placed(links: readonly Link[], fields: Fields, path: readonly PropertyKey[]): Link[] {
  return links.map((link, index) => {
    const place = placeOf(fields, [...path, index, 'url']);
    return { ...link, ...(place && { place }) };
  });
}
