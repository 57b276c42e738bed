// The whole pipeline: files in, a site out. Data moves one way; nothing is written before everything has been
// read, rendered and checked, so a build that fails leaves the site as it was.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { type BuildReport, emptyReport, type FileFix } from './build-report.js';
import { loadConfig } from './config.js';
import { addressPosts } from './content/addresses.js';
import { readBibliographies } from './content/bibliography.js';
import { dayReader, momentIn } from './content/dates.js';
import { lastModified } from './content/git.js';
import { readMacros } from './content/macros.js';
import { sourceParser } from './content/post.js';
import { type FoundFile, type FoundSource, readSources, readStatic, readTemplates } from './content/read.js';
import { diagnostic } from './diagnostic.js';
import { readingFault } from './environment.js';
import type { Highlighting } from './markdown/highlight.js';
import { postTexts } from './markdown/post-texts.js';
import { assetOf, refusedNames, themeFiles } from './output/assets.js';
import { checkOutput, checkRoot } from './output/folder.js';
import type { ImageMemory } from './output/images.js';
import { pageFiles } from './output/page-files.js';
import type { Helper } from './output/plan.js';
import { type SearchIndex, searchIndex } from './output/search.js';
import { interfaceTexts, loadTheme, sourcesOf, templatesOf } from './output/theme.js';
import { writeSite } from './output/write.js';
import { allPages } from './pages/index.js';
import type { Page, ThemeAssets } from './pages/page.js';
import { makeHighlighting, renderPosts } from './render-posts.js';
import { searchRecords } from './search/records.js';
import { loadSpeed, type SeenFiles, type Shortcuts } from './shortcuts.js';
import { assemble, type Parts, withAssets } from './site/assemble.js';
import { checkOutputs } from './site/check-outputs.js';
import { checkReferences } from './site/check-references.js';
import { lintSite } from './site/lint.js';
import { shownImages } from './site/shown-images.js';
import type { Asset, Config, Diagnostic, Output, OutputFile, Post, PostRecord, Site } from './types.js';

export type { BuildReport };

export interface SiteOptions {
  readonly root: string;
  readonly drafts: boolean;
  readonly future: boolean;
  readonly strict: boolean;
  readonly draftMath: boolean;
  readonly cache: boolean;
  /** Looks closer and makes no files. */
  readonly check: boolean;
  readonly now: Date;
  /** For its writer alone: who reads is not counted. */
  readonly preview?: true;
  /** Threads that render posts; by default as many as are worth it. */
  readonly workers?: number;
  /** What has been seen of the files, and started, already. */
  readonly seen?: SeenFiles | undefined;
  readonly worker?: Worker | undefined;
  readonly onStep?: (step: string, done: number, total: number) => void;
  /** One that is kept from build to build has its grammars already. */
  readonly highlighting?: Highlighting;
  /** For builds in a row: images as they were made for the last one. */
  readonly images?: ImageMemory;
}

export interface BuildOptions extends SiteOptions {
  readonly out: string;
}

/** A site that nothing has been written of. */
export interface MadeSite {
  readonly report: BuildReport;
  /** Every file of the site; missing when something is wrong with it, and for `check`. */
  readonly outputs?: readonly Output[];
  /** A thread that makes some of them. */
  readonly helper?: Helper | undefined;
  /** Site path that all addresses begin with: `/blog`, or nothing. */
  readonly basePath: string;
  /** Where files of posts were looked for outside of `posts/`, and their states before they were read; empty: none. */
  readonly sought: ReadonlyMap<string, string>;
}

/** Builds the site in `root` into `out`. Whatever is wrong is among the diagnostics; what is thrown is a bug. */
export async function build(options: BuildOptions): Promise<BuildReport> {
  const refusal = options.check ? [] : checkOutput(options.out, options.root);
  if (refusal.length > 0) return { ...emptyReport, diagnostics: refusal };
  const { report } = await withShortcuts(options, (shortcuts) => buildWith(options, shortcuts));
  return report;
}

async function buildWith(options: BuildOptions, shortcuts: Shortcuts | undefined): Promise<Reported> {
  const { report, outputs, helper } = await makeSite(options, shortcuts);
  if (outputs === undefined) return { report };
  const { out, root, onStep } = options;
  const result = await writeSite(out, outputs, root, {
    memory: shortcuts?.outputs,
    newFiles: helper ? undefined : shortcuts?.newFiles,
    helper,
    onFile: (done, total) => onStep?.('pages', done, total),
  });
  const { written, unchanged, removed, isUnmade } = result;
  const diagnostics = [...report.diagnostics, ...result.diagnostics];
  if (isUnmade) return { report: { ...report, diagnostics } };
  return { report: { ...report, diagnostics, files: { written, unchanged, removed }, wroteTo: out } };
}

interface Reported {
  readonly report: BuildReport;
}

/** Does what needs a site with what earlier builds know; once more, when that turns out to be damaged. */
export async function withShortcuts<Result extends Reported>(
  options: SiteOptions & Partial<BuildOptions>,
  run: (shortcuts: Shortcuts | undefined) => Promise<Result>,
): Promise<Result> {
  const speed = await loadSpeed();
  if (!speed) return run(undefined);
  const attempt = async (given: typeof options, before: readonly Diagnostic[]): Promise<Result> => {
    const shortcuts = await speed.openShortcuts(given);
    try {
      const result = await run(shortcuts);
      shortcuts.save(result.report);
      const diagnostics = [...result.report.diagnostics, ...before, ...shortcuts.diagnostics()];
      return { ...result, report: { ...result.report, diagnostics } };
    } catch (error) {
      if (before.length > 0 || !shortcuts.isDamage(error)) throw error;
      // Its worker has ended with the first attempt.
      return await attempt({ ...given, worker: undefined }, [shortcuts.discard()]);
    } finally {
      shortcuts.close();
    }
  };
  return attempt(options, []);
}

/** Makes the site in `root`: all that is known of it, and what its files are made of. */
export async function makeSite(options: SiteOptions, shortcuts?: Shortcuts): Promise<MadeSite> {
  const refusal = checkRoot(options.root);
  if (refusal.length > 0)
    return { report: { ...emptyReport, diagnostics: refusal }, basePath: '', sought: new Map() };
  const { config: written, text: configText, diagnostics: configFaults } = await loadConfig(options.root);
  const config = options.preview && written ? { ...written, analytics: undefined } : written;
  const diagnostics = [...configFaults];
  const sources = new Map<string, string>();
  const sought = new Map<string, string>();
  const failed = () =>
    diagnostics.some(({ severity }) => severity === 'error' || (options.strict && severity === 'warning'));
  const outcome = (
    done: Partial<BuildReport> = {},
    made: Pick<MadeSite, 'outputs' | 'helper'> = {},
  ): MadeSite => ({
    report: { ...emptyReport, diagnostics, sources, ...done },
    basePath: config?.basePath ?? '',
    sought,
    ...made,
  });
  if (configText !== undefined) sources.set('site.yaml', configText);
  if (!config) return outcome();

  const siteMacros = await readMacros(options.root, config);
  if (siteMacros.text !== undefined) sources.set('macros.tex', siteMacros.text);
  diagnostics.push(...siteMacros.diagnostics);
  const [own, content] = await Promise.all([
    readTemplates(options.root),
    readContent(options, config, shortcuts),
  ]);
  const theme = await loadTheme(own.files);
  for (const { path, text } of content.sources) sources.set(path, text);
  diagnostics.push(...own.diagnostics, ...content.diagnostics);
  if (content.posts.length === 0 && failed()) return outcome();

  const languages = [
    ...new Set([
      content.defaultLanguage,
      ...content.posts.map(({ lang }) => lang),
      ...config.languages.map(({ code }) => code),
    ]),
  ];
  const { texts, diagnostics: textFaults } = interfaceTexts(theme, languages);
  for (const [path, text] of sourcesOf(theme)) sources.set(path, text);
  diagnostics.push(...textFaults);
  const bibliographies = await readBibliographies(options.root, content.posts, config);
  for (const [path, text] of bibliographies.texts) sources.set(path, text);
  for (const [path, state] of bibliographies.sought) sought.set(path, state);
  diagnostics.push(...bibliographies.diagnostics);
  // Git takes its time, but none of ours.
  const asked = lastModified(
    options.root,
    content.posts.map(({ path }) => path),
    shortcuts?.datesOf,
  );
  // Loaded while workers render.
  const mayHaveFormulas = content.posts.some(({ body }) => /[$\\]/.test(body));
  const formulaTools = mayHaveFormulas ? loadFormulaTools() : undefined;
  const rendered = await (shortcuts?.render ?? renderPosts)(content.posts, {
    settings: {
      markdown: config.markdown,
      math: config.math,
      macros: siteMacros.macros,
      texts: postTexts(texts),
      theorems: config.theorems,
      draftMath: options.draftMath,
      lint: options.check,
      searchable: config.search,
    },
    bibliography: bibliographies.of,
    highlighting: options.highlighting ?? makeHighlighting(),
    onPost: (done) => options.onStep?.('posts', done, content.posts.length),
  });
  diagnostics.push(...rendered.flatMap((post) => post.diagnostics));
  // Fonts are compressed in other threads.
  const cutting = formulaFiles(rendered, config, options, formulaTools);

  const history = await asked;
  if (history.shallow) diagnostics.push(shallowHistory);
  const assets = content.files.map(assetOf);
  const parts: Parts = {
    config,
    defaultLanguage: content.defaultLanguage,
    rendered,
    hidden: content.hidden,
    assets,
    lastModified: daysOf(history.dates, config),
    texts,
  };
  const joined = assemble(parts);
  const images = await imageFiles(joined, content.files, options);
  diagnostics.push(...(images?.diagnostics ?? []));
  const site = images ? withAssets(joined, images.assets) : joined;

  const themeAssets = themeFiles(theme, config);
  diagnostics.push(...themeAssets.diagnostics);
  const [math, search] = await Promise.all([cutting, searchFiles(site, options)]);
  diagnostics.push(...(math?.diagnostics ?? []), ...search.diagnostics);
  const addresses: ThemeAssets = {
    ...themeAssets.addresses,
    ...(math ? { math: { style: math.style, preload: math.preload } } : {}),
    ...(search.folder ? { searchIndex: search.folder } : {}),
  };
  const templates = templatesOf(theme);
  const share = shortcuts?.sharePages({ parts, images: images?.assets, assets: addresses, templates });
  const pages = allPages({ site, assets: addresses });
  const { diagnostics: referenceFaults, used } = checkReferences(site, outputsOf(pages, assets));
  diagnostics.push(...referenceFaults);
  const copied = await copies(assets, content.files, used, images?.contents);
  diagnostics.push(...copied.diagnostics);
  const others: OutputFile[] = [
    ...themeAssets.files,
    ...(math?.files ?? []),
    ...search.files,
    ...(images?.files ?? []),
    ...copied.files,
  ];
  // Posts with one address have been reported, each with its place.
  if (!diagnostics.some(({ code }) => code === 'content/duplicate-url'))
    diagnostics.push(...checkOutputs(pages, others));
  const summary = {
    posts: rendered.length,
    pages: pages.filter((page) => 'template' in page).length,
    formulas: {
      total: sum(rendered, ({ formulas }) => formulas.total),
      rendered: sum(rendered, ({ formulas }) => formulas.rendered),
    },
  };
  if (!config.origin) diagnostics.push(noBaseUrl);
  if (options.check) {
    diagnostics.push(...lintSite(rendered, site.targets, siteMacros.macros));
    return outcome({ ...summary, fixes: fixesOf(rendered, content.sources) });
  }
  if (failed()) return outcome(summary);
  const outputs = [...pageFiles(pages, templates), ...others];
  return outcome(summary, { outputs, helper: share?.(pages.length) });
}

/** What can be mended in the posts, and in which files. */
function fixesOf(rendered: readonly PostRecord[], sources: readonly FoundSource[]): readonly FileFix[] {
  const found = new Map(sources.map(({ path, absolute }) => [path, absolute]));
  return rendered.flatMap(({ post, lint }) => {
    const absolute = found.get(post.path);
    return absolute === undefined ? [] : (lint?.fixes ?? []).map((fix) => ({ ...fix, absolute }));
  });
}

/** Calendar dates of times. */
function daysOf(times: ReadonlyMap<string, string>, { timezone }: Config): ReadonlyMap<string, string> {
  if (times.size === 0) return new Map();
  const dayOf = dayReader(timezone);
  return new Map([...times].map(([path, time]) => [path, dayOf(new Date(time))]));
}

const noBaseUrl = diagnostic(
  'warning',
  'config/no-base-url',
  'without baseUrl there are no feeds, no sitemap and no canonical addresses',
  undefined,
  'set baseUrl in site.yaml to the address that the site will have',
);

const shallowHistory = diagnostic(
  'warning',
  'content/shallow-history',
  'this checkout has only the newest commit, so no post shows when it was last changed',
  undefined,
  'fetch the whole history: fetch-depth: 0 in GitHub Actions, git fetch --unshallow elsewhere',
);

interface Content {
  readonly sources: readonly FoundSource[];
  readonly posts: readonly Post[];
  readonly defaultLanguage: string;
  /** Paths of sources that are left out. */
  readonly hidden: readonly string[];
  /** Everything that posts may refer to. */
  readonly files: readonly FoundFile[];
  readonly diagnostics: readonly Diagnostic[];
}

async function readContent(
  options: SiteOptions,
  config: Config,
  shortcuts: Shortcuts | undefined,
): Promise<Content> {
  const [read, statics] = await Promise.all([readSources(options.root), readStatic(options.root)]);
  const { drafts, future } = options;
  const clocked = { drafts, future, now: momentIn(config.timezone, options.now) };
  const parser = sourceParser(config, clocked);
  const parse = shortcuts?.parser(parser, { config, ...clocked }) ?? parser;
  const parsed = read.sources.map((source) => ({ source, ...parse(source) }));
  const addressed = addressPosts(
    parsed.flatMap(({ unaddressed }) => unaddressed ?? []),
    config,
  );
  return {
    sources: read.sources,
    posts: addressed.posts,
    defaultLanguage: addressed.defaultLanguage,
    hidden: parsed.filter(({ hidden }) => hidden).map(({ source }) => source.path),
    files: [...read.files, ...statics.files],
    diagnostics: [
      ...read.diagnostics,
      ...statics.diagnostics,
      ...parsed.flatMap((one) => one.diagnostics),
      ...addressed.diagnostics,
    ],
  };
}

/** KaTeX's style sheet and fonts, and which fonts each post needs; nothing when there is no formula. */
async function formulaFiles(
  rendered: readonly PostRecord[],
  config: Config,
  options: SiteOptions,
  tools: ReturnType<typeof loadFormulaTools> | undefined,
) {
  if (!rendered.some(({ uses }) => uses.math)) return undefined;
  const { katexFiles, katex, mergeGlyphs } = await (tools ?? loadFormulaTools());
  const { files, style, preload, diagnostics } = await katexFiles(katex, {
    glyphs: mergeGlyphs(rendered.map(({ glyphs }) => glyphs)),
    fonts: config.fonts,
    cacheFolder: options.cache ? join(options.root, '.postulate', 'fonts') : undefined,
  });
  return {
    files,
    style,
    preload: new Map(rendered.map(({ post, glyphs }) => [post.path, preload(glyphs)])),
    diagnostics,
  };
}

async function loadFormulaTools() {
  const { katexFiles, loadKatex } = await import('./output/katex.js');
  const { mergeGlyphs } = await import('./output/katex-glyphs.js');
  return { katexFiles, katex: await loadKatex(), mergeGlyphs };
}

/** Looking for mistakes needs no index. */
async function searchFiles(site: Site, options: SiteOptions): Promise<SearchIndex> {
  const records = site.config.search && !options.check ? searchRecords(site) : [];
  return searchIndex(records, options.cache ? join(options.root, '.postulate', 'search') : undefined);
}

/** The images that posts show, and what is made of them; nothing when there are none. */
async function imageFiles(site: Site, files: readonly FoundFile[], options: SiteOptions) {
  const shown = shownImages(site);
  if (shown.length === 0) return undefined;
  const { makeImages } = await import('./output/images.js');
  const absolute = new Map(files.map((file) => [file.path, file.absolute]));
  return makeImages(shown, {
    absolute: (path) => absolute.get(path) ?? path,
    previews: site.config.origin !== '',
    cacheFolder: options.cache ? join(options.root, '.postulate', 'images') : undefined,
    memory: options.images,
    onImage: (done) => options.onStep?.('images', done, shown.length),
  });
}

/** Paths of everything that the site will have. */
function outputsOf(pages: readonly Page[], assets: readonly Asset[]): ReadonlySet<string> {
  return new Set([...pages.map(({ path }) => path), ...assets.map(({ output }) => output)]);
}

/** `static/` whole, and of the files beside posts those that a post refers to; `known` are contents of some. */
async function copies(
  assets: readonly Asset[],
  files: readonly FoundFile[],
  used: ReadonlySet<string>,
  known: ReadonlyMap<string, Uint8Array> = new Map(),
): Promise<{ readonly files: OutputFile[]; readonly diagnostics: Diagnostic[] }> {
  const absolute = new Map(files.map((file) => [file.path, file.absolute]));
  const wanted = assets.filter(({ path }) => path.startsWith('static/') || used.has(path));
  const refused = refusedNames(wanted);
  if (refused.length > 0) return { files: [], diagnostics: refused };
  const read = await Promise.all(
    wanted.map(async ({ path, output }) => {
      try {
        return { path: output, content: known.get(path) ?? (await readFile(absolute.get(path) ?? path)) };
      } catch (error) {
        return readingFault(error, path);
      }
    }),
  );
  return {
    files: read.flatMap((one) => ('content' in one ? one : [])),
    diagnostics: read.flatMap((one) => ('content' in one ? [] : one)),
  };
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
