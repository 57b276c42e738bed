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
import {
  type FoundFile,
  type FoundSource,
  notebooks,
  readSources,
  readStatic,
  readTemplates,
} from './content/read.js';
import { diagnostic } from './diagnostic.js';
import { readingFault } from './environment.js';
import type { Highlighting } from './markdown/highlight.js';
import { postTexts } from './markdown/post-texts.js';
import type { Macros } from './math/macros.js';
import { assetOf, refusedNames, themeFiles } from './output/assets.js';
import { checkOutput, checkRoot } from './output/folder.js';
import type { ImageMemory, SiteImages } from './output/images.js';
import { pageFiles } from './output/page-files.js';
import type { Helper } from './output/plan.js';
import { type SearchIndex, searchIndex } from './output/search.js';
import {
  type InterfaceTexts,
  interfaceTexts,
  loadTheme,
  sourcesOf,
  strayFiles,
  type Theme,
  templatesOf,
} from './output/theme.js';
import { writeSite } from './output/write.js';
import { allPages } from './pages/index.js';
import type { Page, ThemeAssets } from './pages/page.js';
import { makeHighlighting, renderPosts } from './render-posts.js';
import { searchRecords } from './search/records.js';
import { loadSpeed, type SeenFiles, type Shortcuts } from './shortcuts.js';
import { assemble, type Parts, withAssets } from './site/assemble.js';
import { checkOutputs } from './site/check-outputs.js';
import { checkReferences } from './site/check-references.js';
import { shownImages } from './site/shown-images.js';
import type {
  Asset,
  Config,
  Diagnostic,
  Output,
  OutputFile,
  Place,
  Post,
  PostRecord,
  Site,
} from './types.js';

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
  const { written, unchanged, removed } = result;
  const isWritten = !result.diagnostics.some(({ severity }) => severity === 'error');
  return {
    report: {
      ...report,
      diagnostics: [...report.diagnostics, ...result.diagnostics],
      files: { written, unchanged, removed },
      ...(isWritten ? { wroteTo: out } : {}),
    },
  };
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

/** What a step of the pipeline makes, what is wrong, and the texts that it has read, for excerpts. */
interface Step<Value> {
  readonly value: Value;
  readonly diagnostics: readonly Diagnostic[];
  readonly sources?: Iterable<readonly [path: string, text: string]>;
}

/** Makes the site in `root`: all that is known of it, and what its files are made of. */
export async function makeSite(options: SiteOptions, shortcuts?: Shortcuts): Promise<MadeSite> {
  const diagnostics: Diagnostic[] = [];
  const sources = new Map<string, string>();
  const take = <Value>(step: Step<Value>): Value => {
    diagnostics.push(...step.diagnostics);
    for (const [path, text] of step.sources ?? []) sources.set(path, text);
    return step.value;
  };
  const isFailed = () =>
    diagnostics.some(({ severity }) => severity === 'error' || (options.strict && severity === 'warning'));

  const config = take(await readConfig(options));
  const outcome = (done: Partial<BuildReport>, made: Partial<MadeSite> = {}): MadeSite => ({
    report: { ...emptyReport, diagnostics, sources, ...done },
    basePath: config?.basePath ?? '',
    sought: new Map(),
    ...made,
  });
  if (!config) return outcome({});
  const read = take(await readSite(options, config, shortcuts));
  if (read.posts.length === 0 && isFailed()) return outcome({});
  const unjoined = take(await renderSite(options, read, shortcuts));
  const joined = take(await joinSite(options, unjoined));
  const { pages, outputs, help } = take(await filesOf(options, joined, shortcuts));
  const { rendered, sought, site, macros } = joined;
  const summary = {
    posts: rendered.length,
    pages,
    formulas: {
      total: sum(rendered, ({ formulas }) => formulas.total),
      rendered: sum(rendered, ({ formulas }) => formulas.rendered),
    },
  };
  if (options.check) {
    const { lintSite } = await import('./site/lint.js');
    diagnostics.push(...lintSite(rendered, site.targets, macros, sources));
    return outcome({ ...summary, fixes: fixesOf(rendered, read.sources) }, { sought });
  }
  return outcome(summary, isFailed() ? { sought } : { sought, outputs, helper: help() });
}

async function readConfig({ root, preview }: SiteOptions): Promise<Step<Config | undefined>> {
  const refusal = checkRoot(root);
  if (refusal.length > 0) return { value: undefined, diagnostics: refusal };
  const { config, text, diagnostics } = await loadConfig(root);
  return {
    value: preview && config ? { ...config, analytics: undefined } : config,
    diagnostics,
    sources: text === undefined ? [] : [['site.yaml', text]],
  };
}

/** What a site is made of, as its author has written it. */
interface ReadSite extends Content {
  readonly config: Config;
  readonly macros: Macros;
  readonly theme: Theme;
}

async function readSite(
  options: SiteOptions,
  config: Config,
  shortcuts: Shortcuts | undefined,
): Promise<Step<ReadSite>> {
  const { macros, text, diagnostics } = await readMacros(options.root, config);
  const [own, content] = await Promise.all([
    readTemplates(options.root),
    readContent(options, config, shortcuts),
  ]);
  return {
    value: { ...content.value, config, macros, theme: await loadTheme(own.files) },
    diagnostics: [...diagnostics, ...own.diagnostics, ...content.diagnostics],
    sources: [...(text === undefined ? [] : [['macros.tex', text] as const]), ...(content.sources ?? [])],
  };
}

interface Content {
  readonly sources: readonly FoundSource[];
  readonly posts: readonly Post[];
  readonly defaultLanguage: string;
  /** Paths of files that posts want, and where they say so. */
  readonly claimed: ReadonlyMap<string, Place>;
  /** Paths of sources that are left out. */
  readonly hidden: readonly string[];
  /** Paths of sources that no post could be made of; that has been reported, each with its place. */
  readonly faulty: readonly string[];
  /** Everything that posts may refer to. */
  readonly files: readonly FoundFile[];
  /** Whether posts would lie in one file; that has been reported, each with its place. */
  readonly collides: boolean;
}

async function readContent(
  options: SiteOptions,
  config: Config,
  shortcuts: Shortcuts | undefined,
): Promise<Step<Content>> {
  const [read, statics] = await Promise.all([readSources(options.root), readStatic(options.root)]);
  const { drafts, future } = options;
  const clocked = { drafts, future, now: momentIn(config.timezone, options.now) };
  const parser = sourceParser(config, clocked);
  const parse = shortcuts?.parser(parser, { config, ...clocked }) ?? parser;
  const parsed = read.sources.map((source) => ({ source, ...parse(source) }));
  const { posts, defaultLanguage, claimed, diagnostics } = addressPosts(
    parsed.flatMap(({ unaddressed }) => unaddressed ?? []),
    config,
  );
  const hidden = parsed.filter((one) => one.hidden).map(({ source }) => source.path);
  const understood = new Set([...posts.map(({ path }) => path), ...hidden]);
  const faulty = [...read.sources.map(({ path }) => path), ...read.unread].filter(
    (path) => !understood.has(path),
  );
  return {
    value: {
      sources: read.sources,
      posts,
      defaultLanguage,
      claimed,
      hidden,
      faulty,
      files: [...read.files, ...statics.files],
      collides: diagnostics.some(({ code }) => code === 'content/duplicate-url'),
    },
    diagnostics: [
      ...read.diagnostics,
      ...statics.diagnostics,
      ...parsed.flatMap((one) => one.diagnostics),
      ...diagnostics,
    ],
    sources: read.sources.map(({ path, text }) => [path, text]),
  };
}

interface RenderedSite extends ReadSite {
  readonly rendered: readonly PostRecord[];
  readonly texts: InterfaceTexts['texts'];
  readonly sought: MadeSite['sought'];
  /** Git takes its time, but none of ours. */
  readonly history: ReturnType<typeof lastModified>;
  /** Fonts are compressed in other threads. */
  readonly formulas: ReturnType<typeof formulaFiles>;
}

async function renderSite(
  options: SiteOptions,
  read: ReadSite,
  shortcuts: Shortcuts | undefined,
): Promise<Step<RenderedSite>> {
  const { config, posts, theme } = read;
  const languages = [
    ...new Set([
      read.defaultLanguage,
      ...posts.map(({ lang }) => lang),
      ...config.languages.map(({ code }) => code),
    ]),
  ];
  const { texts, diagnostics } = interfaceTexts(theme, languages);
  const bibliographies = await readBibliographies(options.root, posts, config);
  const paths = posts.map(({ path }) => path);
  const history = lastModified(options.root, paths, shortcuts?.datesOf);
  // Loaded while workers render.
  const mayHaveFormulas = posts.some(({ body }) => /[$\\]/.test(body));
  const formulaTools = mayHaveFormulas ? loadFormulaTools() : undefined;
  const rendered = await (shortcuts?.render ?? renderPosts)(posts, {
    settings: {
      markdown: config.markdown,
      math: config.math,
      macros: read.macros,
      texts: postTexts(texts),
      theorems: config.theorems,
      draftMath: options.draftMath,
      lint: options.check,
      searchable: config.search,
    },
    bibliography: bibliographies.of,
    highlighting: options.highlighting ?? makeHighlighting(),
    onPost: (done) => options.onStep?.('posts', done, posts.length),
  });
  const formulas = formulaFiles(rendered, config, options, formulaTools);
  return {
    value: { ...read, rendered, texts, sought: bibliographies.sought, history, formulas },
    diagnostics: [
      ...diagnostics,
      ...strayFiles(theme),
      ...bibliographies.diagnostics,
      ...rendered.flatMap((post) => post.diagnostics),
    ],
    sources: [...sourcesOf(theme), ...bibliographies.texts],
  };
}

interface JoinedSite extends RenderedSite {
  readonly parts: Parts;
  readonly site: Site;
  readonly images: SiteImages | undefined;
}

async function joinSite(options: SiteOptions, unjoined: RenderedSite): Promise<Step<JoinedSite>> {
  const { config, defaultLanguage, rendered, hidden, faulty, files, texts } = unjoined;
  const { dates, shallow } = await unjoined.history;
  const assets = files.map(assetOf);
  const lastModified = daysOf(dates, config);
  const parts: Parts = { config, defaultLanguage, rendered, hidden, faulty, assets, lastModified, texts };
  const joined = assemble(parts);
  const images = await imageFiles(joined, files, options);
  const site = images ? withAssets(joined, images.assets) : joined;
  return {
    value: { ...unjoined, parts, site, images },
    diagnostics: [...(shallow ? [shallowHistory] : []), ...(images?.diagnostics ?? [])],
  };
}

interface SiteFiles {
  /** How many pages there are, for readers. */
  readonly pages: number;
  readonly outputs: readonly Output[];
  /** Has a thread make some of them, if that is worth it. */
  readonly help: () => Helper | undefined;
}

async function filesOf(
  options: SiteOptions,
  joined: JoinedSite,
  shortcuts: Shortcuts | undefined,
): Promise<Step<SiteFiles>> {
  const { config, theme, parts, site, images } = joined;
  const themeAssets = themeFiles(theme, config);
  const [math, search] = await Promise.all([joined.formulas, searchFiles(site, options)]);
  const assets: ThemeAssets = {
    ...themeAssets.addresses,
    ...(math ? { math: { style: math.style, preload: math.preload } } : {}),
    ...(search.folder ? { searchIndex: search.folder } : {}),
  };
  const templates = templatesOf(theme);
  const share = shortcuts?.sharePages({ parts, images: images?.assets, assets, templates });
  const pages = allPages({ site, assets });
  const references = checkReferences(site, outputsOf(pages, parts.assets));
  const copied = await copies(parts.assets, joined.files, references.used, images?.contents);
  const others: OutputFile[] = [
    ...themeAssets.files,
    ...(math?.files ?? []),
    ...search.files,
    ...(images?.files ?? []),
    ...copied.files,
  ];
  return {
    value: {
      pages: pages.filter((page) => 'template' in page).length,
      outputs: [...pageFiles(pages, templates), ...others],
      help: () => share?.(pages.length),
    },
    diagnostics: [
      ...themeAssets.diagnostics,
      ...(math?.diagnostics ?? []),
      ...search.diagnostics,
      ...references.diagnostics,
      ...notebooks(joined.files, references.used),
      ...copied.diagnostics,
      ...(joined.collides ? [] : checkOutputs([...pages, ...others], joined.claimed)),
      ...(config.origin ? [] : [noBaseUrl]),
    ],
  };
}

/** What can be mended in the posts, and in which files. */
function fixesOf(rendered: readonly PostRecord[], sources: readonly FoundSource[]): readonly FileFix[] {
  const found = new Map(sources.map(({ path, absolute }) => [path, absolute]));
  const seen = new Set<string>();
  return rendered.flatMap(({ post, lint }) => {
    const absolute = found.get(post.path);
    // Of two posts that are links to one file, the first is enough.
    if (absolute === undefined || seen.has(absolute)) return [];
    seen.add(absolute);
    return (lint?.fixes ?? []).map((fix) => ({ ...fix, absolute }));
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
