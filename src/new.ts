// `postulate new`: a file for a post, with front matter. Nothing that exists is ever changed.
import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { loadConfig } from './config.js';
import { momentIn } from './content/dates.js';
import { languageOfSuffix } from './content/languages.js';
import { segmentFault, slugify } from './content/permalinks.js';
import { diagnostic } from './diagnostic.js';
import { readableIdText } from './math/readable.js';
import { createFile } from './output/create.js';
import { checkRoot } from './output/folder.js';
import type { Diagnostic } from './types.js';
import { quoteYaml } from './yaml.js';

export interface NewPost {
  /** Of the site; `posts/` is made if it is not there. */
  readonly root: string;
  readonly title: string;
  readonly lang?: string;
  readonly now: Date;
}

/** The path of what was made, relative to the root, or why nothing was. */
export type Made = { readonly path: string } | { readonly diagnostics: readonly Diagnostic[] };

/** Makes `posts/<slug>.md`, or `<slug>.<lang>.md` in a language that is not the default one. */
export async function newPost({ root, title: written, lang, now }: NewPost): Promise<Made> {
  const refusal = checkRoot(root);
  if (refusal.length > 0) return { diagnostics: refusal };
  const above = await siteAbove(root);
  if (above !== undefined) return { diagnostics: [insideOf(above)] };
  const { config, diagnostics } = await loadConfig(root);
  if (config === undefined) return { diagnostics };

  const languages = config.languages.map(({ code }) => code);
  const code = lang === undefined ? languages[0] : languageOfSuffix(lang, languages);
  if (lang !== undefined && code === undefined) return refuse(...unknownLanguage(lang));
  const suffix = lang === undefined || code === languages[0] ? '' : `.${code}`;

  const title = written
    .normalize('NFC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  const name = slugify(readableIdText(title))
    .replace(/-{2,}/g, '-')
    .replace(/^[-_]+|-$/g, '');
  const fault = nameFault(name);
  if (fault !== undefined) {
    return refuse(
      `the file name of this title ${fault}`,
      'choose another title; it can be changed in the file',
    );
  }

  const path = `posts/${name}${suffix}.md`;
  const rival = await existing(root, [path, `posts/${name}/index${suffix}.md`]);
  if (rival !== undefined) return { diagnostics: [exists(rival)] };
  const { date } = momentIn(config.timezone, now);
  const text = `---\ntitle: ${quoteYaml(title)}\ndate: ${date}\ntags: []\n---\n\n`;
  const made = await createFile(root, path, text);
  if (made === 'made') return { path };
  return { diagnostics: [made === 'exists' ? exists(path) : made] };
}

/** What tells a site's folder from another one with a folder named posts. */
const siteNames = ['site.yaml', 'macros.tex', 'references.bib', 'templates', '.postulate'];

/** The folder of the site in whose `posts/` the root lies; a folder with settings or posts of its own is a site itself. */
async function siteAbove(root: string): Promise<string | undefined> {
  const namesIn = (folder: string) => readdir(folder).catch((): string[] => []);
  const own = await namesIn(root);
  if (own.includes('posts') || own.includes('site.yaml')) return undefined;
  let posts = resolve(root);
  while (basename(posts) !== 'posts' && dirname(posts) !== posts) posts = dirname(posts);
  if (basename(posts) !== 'posts') return undefined;
  const above = await namesIn(dirname(posts));
  const isSite = siteNames.some((name) => above.includes(name));
  return isSite || (await namesIn(posts)).some((name) => name.endsWith('.md')) ? dirname(posts) : undefined;
}

function insideOf(site: string): Diagnostic {
  const message = 'this is the posts/ of a site, and new would make another posts/ in it';
  return diagnostic('error', 'usage/root', message, undefined, `say it in ${site}, or with --root ${site}`);
}

function refuse(message: string, hint: string): Made {
  return { diagnostics: [diagnostic('error', 'usage/arguments', message, undefined, hint)] };
}

function unknownLanguage(lang: string): [message: string, hint: string] {
  return [
    `${lang} is no language of this site`,
    'give a code of two letters, such as ko, or add the language to languages in site.yaml',
  ];
}

function nameFault(name: string): string | undefined {
  if (name === '') return 'has no letter or digit';
  return name === 'readme' ? 'would be README.md, which is no post' : segmentFault(name);
}

function exists(file: string): Diagnostic {
  const hint = 'write there, or choose another title; it can be changed in the file';
  return diagnostic('error', 'usage/exists', 'there is such a post already', { file }, hint);
}

/** The first of these paths that exists, in whatever case and normal form its name is written. */
async function existing(root: string, paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const at = path.lastIndexOf('/');
    const names = await readdir(join(root, path.slice(0, at))).catch(() => []);
    const same = names.find(
      (name) => name.normalize('NFC').toLowerCase() === path.slice(at + 1).toLowerCase(),
    );
    if (same !== undefined) return path.slice(0, at + 1) + same.normalize('NFC');
  }
  return undefined;
}
