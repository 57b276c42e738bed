// The theme's files, with a site's own `templates/` laid over them file by file, and pages rendered with them.
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import vento from 'ventojs';
import { MemoryLoader } from 'ventojs/loaders/memory.js';
import { parse as parseYaml } from 'yaml';
import { diagnostic } from '../diagnostic.js';
import { packageRoot } from '../package-root.js';
import type { LateText, Page, PageSources } from '../pages/page.js';
import type { Diagnostic, Output } from '../types.js';
import { hash } from './cache.js';

/** Contents by path below `templates/`: `layout.vto`, `assets/style.css`. */
type Files = ReadonlyMap<string, Buffer>;

export interface Theme {
  /** Those of the theme, and in their place the site's own. */
  readonly files: Files;
  /** Of the theme alone and of the site alone: interface texts are laid over each other key by key. */
  readonly layers: readonly Files[];
}

/** Reads the theme that comes with the package, then what the site in `root` overrides. */
export async function loadTheme(root: string): Promise<Theme> {
  const own = fileURLToPath(new URL('templates/', packageRoot));
  const layers = await Promise.all([own, join(root, 'templates')].map(readFolder));
  return { files: new Map(layers.flatMap((layer) => [...layer])), layers };
}

async function readFolder(folder: string): Promise<Files> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = found.filter((item) => item.isFile() && !item.name.startsWith('.'));
  const contents = files.map(async (file): Promise<[string, Buffer]> => {
    const path = join(file.parentPath, file.name);
    return [relative(folder, path).split(sep).join('/'), await readFile(path)];
  });
  // In one order everywhere, since keys of pages are made of them.
  return new Map((await Promise.all(contents)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Interface texts by language: `texts/ko.yaml`. A text that a language lacks is taken from English. */
export function interfaceTexts(
  theme: Theme,
  languages: readonly string[],
): Map<string, Record<string, string>> {
  const read = (code: string): Record<string, string> => {
    const files = theme.layers.flatMap((layer) => layer.get(`texts/${code}.yaml`) ?? []);
    return Object.assign(
      {},
      ...files.map((file) => parseYaml(file.toString('utf8'), { schema: 'failsafe' })),
    );
  };
  const english = read('en');
  return new Map(languages.map((code) => [code, { ...english, ...read(code) }]));
}

/**
 * The files that pages become. A template that fails is an error of the site's configuration: templates are
 * trusted, and the theme's own are tested.
 */
export function pageFiles(pages: readonly Page[], theme: Theme): readonly Output[] {
  const templates = [...theme.files].filter(([path]) => isTemplate(path));
  const style = hash(JSON.stringify(templates.map(([path, file]) => [path, hash(file)])));
  const onceKey = keyOnce();
  // A site's own templates may do anything with a body; the theme's only put it into the page.
  const onlyPutsBody = !theme.layers.slice(1).some((layer) => [...layer.keys()].some(isTemplate));
  let environment: ReturnType<typeof vento> | undefined;
  const print = async (template: string, view: object, body: LateText | undefined) => {
    environment ??= makeEnvironment(templates);
    const bytes = onlyPutsBody ? body?.bytes : undefined;
    const page = body ? { ...view, bodyHtml: bytes ? bodyMark : body.text() } : view;
    let html: string;
    try {
      const { content } = await environment.run(`/${template}.vto`, { page });
      html = `${content.trim()}\n`;
    } catch (error) {
      return { fault: templateError(error, template) };
    }
    // What is wrong with a body is not the template's fault.
    return { content: bytes ? putBody(html, bytes()) : html };
  };
  return pages.map((page): Output => {
    if ('content' in page) return page;
    const { path } = page;
    if ('text' in page) {
      const { from, text } = page;
      return {
        path,
        prepare: () => ({
          key: () => hash(JSON.stringify([onceKey(from.shared), from.own()])),
          print: async () => ({ content: joined(text()) }),
        }),
      };
    }
    const { template, view, from, body } = page;
    return {
      path,
      prepare: () => {
        let made: object | undefined;
        const viewOnce = () => {
          made ??= view();
          return made;
        };
        return {
          key: () => {
            const { shared, own } = from ?? sourcesOf(viewOnce);
            return hash(JSON.stringify([style, template, onceKey(shared), own(), body?.from()]));
          },
          print: () => print(template, viewOnce(), body),
        };
      },
    };
  });
}

function isTemplate(path: string): boolean {
  return path.endsWith('.vto');
}

/** Stands for a body while its page is printed: a body is long, and lies there as it is written. */
const bodyMark = '<!--body\u{10fffe}-->';

function putBody(html: string, body: readonly Uint8Array[]): Uint8Array {
  const at = html.indexOf(bodyMark);
  return joined([html.slice(0, at), ...body, html.slice(at + bodyMark.length)]);
}

function joined(parts: readonly (string | Uint8Array)[]): Uint8Array {
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
}

/** A page is made of its view. Interface texts are the same object on every page of a language. */
function sourcesOf(view: () => { readonly texts?: object }): PageSources {
  const { texts = {}, ...rest } = view();
  return { shared: texts, own: () => rest };
}

/** Many pages share what is large. */
function keyOnce(): (value: object) => string {
  const keys = new WeakMap<object, string>();
  return (value) => {
    const key = keys.get(value) ?? hash(JSON.stringify(value));
    keys.set(value, key);
    return key;
  };
}

function makeEnvironment(templates: readonly (readonly [string, Buffer])[]): ReturnType<typeof vento> {
  const contents = templates.map(([path, file]) => [`/${path}`, file.toString('utf8')]);
  const loader = new MemoryLoader(Object.fromEntries(contents));
  return vento({ includes: loader, autoescape: true, strict: true });
}

function templateError(error: unknown, template: string): Diagnostic {
  const { message, path, source, position } = error as Error & {
    path?: string;
    source?: string;
    position?: number;
  };
  const before = source?.slice(0, position).split('\n');
  const place = {
    file: `templates${path ?? `/${template}.vto`}`,
    ...(before ? { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 } : {}),
  };
  return diagnostic(
    'error',
    'config/template',
    message.split('\n')[0] ?? message,
    place,
    'compare it with the theme’s own template of that name',
  );
}
