// The whole pipeline: files in, a site out. Data moves one way; nothing is written before everything has been
// read, rendered and checked, so a build that fails leaves the site as it was.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildReport, emptyReport } from './build-report.js';
import { loadConfig } from './config.js';
import { addressPosts } from './content/addresses.js';
import { type Bibliographies, readBibliographies } from './content/bibliography.js';
import { momentIn } from './content/dates.js';
import { lastModified } from './content/git.js';
import { readMacros } from './content/macros.js';
import { sourceParser } from './content/post.js';
import { type FoundFile, readSources, readStatic } from './content/read.js';
import { diagnostic } from './diagnostic.js';
import { readingFault } from './environment.js';
import type { Highlighter, RenderOptions } from './markdown/feature.js';
import type { Macros } from './math/macros.js';
import { assetOf, themeFiles } from './output/assets.js';
import { checkOutput, checkRoot } from './output/folder.js';
import type { ImageMemory } from './output/images.js';
import { type SearchIndex, searchIndex } from './output/search.js';
import { interfaceTexts, loadTheme, renderPages } from './output/theme.js';
import { writeSite } from './output/write.js';
import { allPages } from './pages/index.js';
import type { Page } from './pages/page.js';
import { searchRecords } from './search/records.js';
import { assemble, withAssets } from './site/assemble.js';
import { checkOutputs } from './site/check-outputs.js';
import { checkReferences } from './site/check-references.js';
import { lintSite } from './site/lint.js';
import { shownImages } from './site/shown-images.js';
import type { Asset, Config, Diagnostic, OutputFile, Post, RenderedPost, Site } from './types.js';

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
  readonly onStep?: (step: string, done: number, total: number) => void;
  /** Gives the highlighter, when there is code: of a small site, making one takes most of the time. */
  readonly highlighter?: () => Promise<Highlighter>;
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
  readonly outputs?: readonly OutputFile[];
  /** Site path that all addresses begin with: `/blog`, or nothing. */
  readonly basePath: string;
}

/** Builds the site in `root` into `out`. Whatever is wrong is among the diagnostics; what is thrown is a bug. */
export async function build(options: BuildOptions): Promise<BuildReport> {
  const refusal = options.check ? [] : checkOutput(options.out, options.root);
  if (refusal.length > 0) return { ...emptyReport, diagnostics: refusal };
  const { report, outputs } = await makeSite(options);
  if (outputs === undefined) return report;
  const { written, unchanged, removed, diagnostics } = await writeSite(options.out, outputs, options.root);
  return {
    ...report,
    diagnostics: [...report.diagnostics, ...diagnostics],
    files: { written, unchanged, removed },
    wroteTo: options.out,
  };
}

/** Makes every file of the site in `root`, in memory. */
export async function makeSite(options: SiteOptions): Promise<MadeSite> {
  const refusal = checkRoot(options.root);
  if (refusal.length > 0) return { report: { ...emptyReport, diagnostics: refusal }, basePath: '' };
  const { config, text: configText, diagnostics: configFaults } = await loadConfig(options.root);
  const diagnostics = [...configFaults];
  const sources = new Map<string, string>();
  const failed = () =>
    diagnostics.some(({ severity }) => severity === 'error' || (options.strict && severity === 'warning'));
  const outcome = (done: Partial<BuildReport> = {}, outputs?: readonly OutputFile[]): MadeSite => ({
    report: { ...emptyReport, diagnostics, sources, ...done },
    basePath: config?.basePath ?? '',
    ...(outputs && { outputs }),
  });
  if (configText !== undefined) sources.set('site.yaml', configText);
  if (!config) return outcome();

  const siteMacros = await readMacros(options.root, config);
  if (siteMacros.text !== undefined) sources.set('macros.tex', siteMacros.text);
  diagnostics.push(...siteMacros.diagnostics);
  const content = await readContent(options, config);
  for (const { path, text } of content.sources) sources.set(path, text);
  diagnostics.push(...content.diagnostics);
  if (content.posts.length === 0 && failed()) return outcome();

  const theme = await loadTheme(options.root);
  const languages = [
    ...new Set([
      content.defaultLanguage,
      ...content.posts.map(({ lang }) => lang),
      ...config.languages.map(({ code }) => code),
    ]),
  ];
  const texts = interfaceTexts(theme, languages);
  const bibliographies = await readBibliographies(options.root, content.posts, config);
  for (const [path, text] of bibliographies.texts) sources.set(path, text);
  diagnostics.push(...bibliographies.diagnostics);
  const rendered = await renderPosts(
    content.posts,
    config,
    siteMacros.macros,
    bibliographies,
    texts,
    options,
  );
  diagnostics.push(...rendered.flatMap((post) => post.diagnostics));

  const history = await lastModified(
    options.root,
    content.posts.map(({ path }) => path),
  );
  if (history.shallow) diagnostics.push(shallowHistory);
  const assets = content.files.map(assetOf);
  const joined = assemble({
    config,
    defaultLanguage: content.defaultLanguage,
    rendered,
    hidden: content.hidden,
    assets,
    lastModified: new Map(
      [...history.dates].map(([path, time]) => [path, momentIn(config.timezone, new Date(time)).date]),
    ),
    texts,
  });
  const images = await imageFiles(joined, content.files, options);
  diagnostics.push(...(images?.diagnostics ?? []));
  const site = images ? withAssets(joined, images.assets) : joined;

  const themeAssets = themeFiles(theme, config);
  const [math, search] = await Promise.all([
    formulaFiles(rendered, config, options),
    searchFiles(site, options),
  ]);
  diagnostics.push(...(math?.diagnostics ?? []), ...search.diagnostics);
  const pages = allPages({
    site,
    assets: {
      ...themeAssets.addresses,
      ...(math ? { math } : {}),
      ...(search.folder ? { searchIndex: search.folder } : {}),
    },
  });
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
    return outcome({ ...summary, fixes: rendered.flatMap(({ lint }) => lint?.fixes ?? []) });
  }
  if (failed()) return outcome(summary);

  const printed = await renderPages(pages, theme, (done) => options.onStep?.('pages', done, pages.length));
  diagnostics.push(...printed.diagnostics);
  return failed() ? outcome(summary) : outcome(summary, [...printed.files, ...others]);
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
  readonly sources: readonly { readonly path: string; readonly text: string }[];
  readonly posts: readonly Post[];
  readonly defaultLanguage: string;
  /** Paths of sources that are left out. */
  readonly hidden: readonly string[];
  /** Everything that posts may refer to. */
  readonly files: readonly FoundFile[];
  readonly diagnostics: readonly Diagnostic[];
}

async function readContent(options: SiteOptions, config: Config): Promise<Content> {
  const [read, statics] = await Promise.all([readSources(options.root), readStatic(options.root)]);
  const parse = sourceParser(config, {
    drafts: options.drafts,
    future: options.future,
    now: momentIn(config.timezone, options.now),
  });
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

/** The renderer is loaded here and nowhere else: a build with nothing to render never pays for it. */
async function renderPosts(
  posts: readonly Post[],
  config: Config,
  macros: Macros,
  bibliographies: Bibliographies,
  texts: ReadonlyMap<string, Readonly<Record<string, string>>>,
  options: SiteOptions,
): Promise<RenderedPost[]> {
  const { renderPost } = await import('./markdown/render.js');
  const hasCode = posts.some(({ body }) => /```|~~~/.test(body));
  const { highlighter = makeHighlighter } = options;
  const highlight = hasCode ? await highlighter() : undefined;
  const shared = {
    markdown: config.markdown,
    math: config.math,
    macros,
    theorems: config.theorems,
    draftMath: options.draftMath,
    lint: options.check,
    ...(highlight ? { highlight } : {}),
  };
  const optionsOf = new Map<string, RenderOptions>();
  return posts.map((post, index) => {
    const own = optionsOf.get(post.lang) ?? { ...shared, texts: texts.get(post.lang) ?? {} };
    optionsOf.set(post.lang, own);
    options.onStep?.('posts', index, posts.length);
    return renderPost(post, { ...own, bibliography: bibliographies.of(post) });
  });
}

/** A highlighter for as many builds as one likes. */
export async function makeHighlighter(): Promise<Highlighter> {
  return (await import('./markdown/highlight.js')).createHighlighter();
}

/** KaTeX's style sheet and fonts, and which fonts each post needs; nothing when there is no formula. */
async function formulaFiles(rendered: readonly RenderedPost[], config: Config, options: SiteOptions) {
  if (!rendered.some(({ uses }) => uses.math)) return undefined;
  const { katexFiles, loadKatex } = await import('./output/katex.js');
  const { mergeGlyphs } = await import('./output/katex-glyphs.js');
  const katex = await loadKatex();
  const glyphs = new Map(rendered.map((post) => [post.post.path, katex.glyphsOf(formulasOf(post))]));
  const { files, style, preload, diagnostics } = await katexFiles(katex, {
    glyphs: mergeGlyphs(glyphs.values()),
    fonts: config.fonts,
    cacheFolder: options.cache ? join(options.root, '.postulate', 'fonts') : undefined,
  });
  return {
    files,
    style,
    preload: new Map([...glyphs].map(([path, used]) => [path, preload(used)])),
    diagnostics,
  };
}

/** Looking for mistakes needs no index. */
async function searchFiles(site: Site, options: SiteOptions): Promise<SearchIndex> {
  const records = site.config.search && !options.check ? searchRecords(site) : [];
  return searchIndex(records, options.cache ? join(options.root, '.postulate', 'search') : undefined);
}

function formulasOf({ html, title, headings }: RenderedPost): string[] {
  const parts = [html, title.html, ...headings.map((heading) => heading.html)].flat();
  return parts.flatMap((part) => (typeof part !== 'string' && part.type === 'formula' ? part.html : []));
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
