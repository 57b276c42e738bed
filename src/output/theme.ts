// The theme's files, with a site's own `templates/` laid over them file by file.
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { diagnostic, nearest } from '../diagnostic.js';
import { isolated, isRightToLeft } from '../direction.js';
import { packageRoot } from '../package-root.js';
import { placesIn } from '../place.js';
import type { Diagnostic, Place } from '../types.js';
import { parseYaml } from '../yaml.js';
import type { Templates } from './page-files.js';

/** Contents by path below `templates/`: `layout.vto`, `assets/style.css`. */
type Files = ReadonlyMap<string, Buffer>;

export interface Theme {
  /** Those of the theme, and in their place the site's own. */
  readonly files: Files;
  /** Of the theme alone and of the site alone: interface texts are laid over each other key by key. */
  readonly layers: readonly [theme: Files, site: Files];
}

/** Reads the theme that comes with the package; `site` is what a site overrides. */
export async function loadTheme(site: Files): Promise<Theme> {
  const theme = await readFolder(fileURLToPath(new URL('templates/', packageRoot)));
  return { files: new Map([...theme, ...site]), layers: [theme, site] };
}

async function readFolder(folder: string): Promise<Files> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((item) => item.isFile() && !item.name.startsWith('.'));
  const contents = files.map(async (file): Promise<[string, Buffer]> => {
    const path = join(file.parentPath, file.name);
    return [relative(folder, path).split(sep).join('/'), await readFile(path)];
  });
  // In one order everywhere, since keys of pages are made of them.
  return new Map((await Promise.all(contents)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

type Texts = Readonly<Record<string, string>>;

export interface InterfaceTexts {
  readonly texts: ReadonlyMap<string, Texts>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Interface texts by language: `texts/ko.yaml`. A text that a language lacks is taken from English. */
export function interfaceTexts({ layers }: Theme, languages: readonly string[]): InterfaceTexts {
  const [theme, site] = layers;
  const diagnostics: Diagnostic[] = [];
  const textsOf = (code: string, layer: Files, known?: Texts): Texts => {
    const file = layer.get(`texts/${code}.yaml`);
    if (!file) return {};
    const read = readTexts(file.toString('utf8'), `templates/texts/${code}.yaml`, known);
    diagnostics.push(...read.diagnostics);
    return read.texts;
  };
  const ownEnglish = textsOf('en', theme);
  const english = { ...ownEnglish, ...textsOf('en', site, ownEnglish) };
  const textsIn = (code: string): Texts => {
    const own = { ...textsOf(code, theme), ...textsOf(code, site, ownEnglish) };
    return { ...lentTo(code, english), ...own, ...pluralRules(code, own) };
  };
  const texts = new Map(languages.map((code) => [code, code === 'en' ? english : textsIn(code)]));
  return { texts, diagnostics };
}

/** English in another language: from right to left each text is an isolate, so that `1 min` does not become `min 1`. */
function lentTo(code: string, english: Texts): Texts {
  if (!isRightToLeft(code)) return english;
  return Object.fromEntries(Object.entries(english).map(([key, text]) => [key, isolated(text)]));
}

/** For each count whose rule tells one from many: that of the language from which its texts are. */
function pluralRules(code: string, own: Texts): Texts {
  return Object.fromEntries(
    ['posts-count', 'search-results'].map((name) => [
      `${name}-rule`,
      own[`${name}-many`] === undefined ? 'en' : code,
    ]),
  );
}

/** Keys that are not `known` may be those of the site's own templates, unless they look like a known one. */
function readTexts(source: string, path: string, known: Texts | undefined) {
  const { fields, faults } = parseYaml(source, placesIn(path, source));
  const texts: Record<string, string> = {};
  const wrong = (message: string, place: Place | undefined, hint: string | undefined) =>
    diagnostic('error', 'config/texts', message, place, hint);
  const strange = (message: string, place: Place, hint: string) =>
    diagnostic('warning', 'config/unknown-text', message, place, hint);
  const diagnostics = faults.map(({ message, place, hint }) => wrong(message, place, hint));
  for (const { key, value, place } of fields.values()) {
    const theirs = known && Object.hasOwn(known, key) ? known[key] : undefined;
    const meant = known && theirs === undefined ? nearest(key, Object.keys(known)) : undefined;
    if (meant !== undefined)
      diagnostics.push(strange(`the theme has no text ${key}`, place, `did you mean ${meant}?`));
    if (value.type !== 'text') {
      diagnostics.push(wrong(`${key} is not a text`, value.place, 'write each line as key: "text"'));
      continue;
    }
    texts[key] = value.text;
    const placeholder = strangePlaceholder(value.text, theirs);
    if (placeholder !== undefined)
      diagnostics.push(
        strange(`nothing is put in for ${placeholder}`, value.place, `the theme has ${theirs}`),
      );
  }
  return { texts, diagnostics };
}

/** The first placeholder of a text that the theme's text does not have. */
function strangePlaceholder(text: string, known: string | undefined): string | undefined {
  return known === undefined ? undefined : text.match(/\{\w+\}/g)?.find((one) => !known.includes(one));
}

/** Files of `templates/` that are named or placed so that nothing reads them. */
export function strayFiles({ layers: [theme, site] }: Theme): Diagnostic[] {
  const own = [...site].filter(([path]) => isTemplate(path)).map(([, file]) => file.toString('utf8'));
  const templates = [...theme.keys()].filter(isTemplate);
  return [...site.keys()].flatMap((path) => {
    const meant = meantPath(path, theme, templates);
    if (meant === undefined || own.some((text) => text.includes(baseName(path)))) return [];
    const hint = `did you mean templates/${meant}?`;
    const place = { file: `templates/${path}` };
    return [diagnostic('warning', 'config/wrong-name', 'nothing reads this file', place, hint)];
  });
}

/** What a file should be called that takes no other's place; undefined for one that does, and for files of its own. */
function meantPath(path: string, theme: Files, templates: readonly string[]): string | undefined {
  if (theme.has(path)) return undefined;
  if (/^texts\/[^/]+\.yml$/.test(path)) return path.replace(/yml$/, 'yaml');
  if (isTemplate(path))
    return templates.find((one) => baseName(one) === baseName(path)) ?? nearest(path, templates);
  return /\.(?:html?|njk|liquid|j2)$/.test(path)
    ? templates.find((one) => one === path.replace(/\w+$/, 'vto'))
    : undefined;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The site's own templates and texts by path below its root, for excerpts. */
export function sourcesOf({ layers: [, site] }: Theme): ReadonlyMap<string, string> {
  const files = [...site].filter(([path]) => /\.(?:vto|yaml)$/.test(path));
  return new Map(files.map(([path, file]) => [`templates/${path}`, file.toString('utf8')]));
}

export function templatesOf({ files, layers }: Theme): Templates {
  const texts = [...files].filter(([path]) => isTemplate(path));
  return {
    texts: texts.map(([path, file]) => [path, file.toString('utf8')]),
    areOwn: ![...layers[1].keys()].some(isTemplate),
  };
}

function isTemplate(path: string): boolean {
  return path.endsWith('.vto');
}
