// What a build may take from an earlier one, or have done by others: the shape of `speed/`. Without that folder builds
// are slower, and nothing else.
import { access } from 'node:fs/promises';
import type { Worker } from 'node:worker_threads';
import type { BuildReport } from './build-report.js';
import type { DatesOf } from './content/git.js';
import type { SourceParser } from './content/post.js';
import type { FileWriter } from './output/new-files.js';
import type { Templates } from './output/page-files.js';
import type { Helper, OutputMemory } from './output/plan.js';
import { moduleUrl } from './package-root.js';
import type { ThemeAssets } from './pages/page.js';
import type { RenderJob } from './render-posts.js';
import type { Parts } from './site/assemble.js';
import type { Asset, Config, Diagnostic, Post, PostRecord } from './types.js';

/** Those of one build. */
export interface Shortcuts {
  /** The parser, asked only about sources that are new to it. `settings`: what it depends on. */
  readonly parser: (parse: SourceParser, settings: ParserSettings) => SourceParser;
  readonly datesOf: DatesOf;
  readonly render: (posts: readonly Post[], job: RenderJob) => Promise<readonly PostRecord[]>;
  /** Of the output folder; missing where nothing is written. */
  readonly outputs: OutputMemory | undefined;
  /** Writes files into a new folder. */
  readonly newFiles: (folder: string) => FileWriter;
  /** Has a thread make the same pages, if that is worth it: then, with their number, it can make some of the files. */
  readonly sharePages: (parts: PageParts) => ((pages: number) => Helper) | undefined;
  /** Writes down what the next build can take. */
  readonly save: (report: BuildReport) => void;
  readonly close: () => void;
  /** What was wrong with what earlier builds have written down. */
  readonly diagnostics: () => readonly Diagnostic[];
  /** Whether an error says that more of it is wrong; then `discard` takes it all away. */
  readonly isDamage: (error: unknown) => boolean;
  readonly discard: () => Diagnostic;
}

/** All that the pages of a site are made of. */
export interface PageParts {
  readonly parts: Parts;
  /** What is known of images. */
  readonly images: ReadonlyMap<string, Asset> | undefined;
  readonly assets: ThemeAssets;
  readonly templates: Templates;
}

export interface ParserSettings {
  readonly config: Config;
  readonly drafts: boolean;
  readonly future: boolean;
  /** As `momentIn` gives it. */
  readonly now: { readonly date: string; readonly instant: string };
}

/** What they depend on. */
export interface ShortcutOptions {
  readonly root: string;
  /** Folder that the site is written to, if it is written. */
  readonly out?: string;
  readonly drafts: boolean;
  readonly future: boolean;
  readonly strict: boolean;
  readonly draftMath: boolean;
  readonly check: boolean;
  /** Whether anything may be kept, or taken, from build to build. */
  readonly cache: boolean;
  readonly now: Date;
  /** Threads that render; by default as many as are worth it. */
  readonly workers?: number;
  /** As `recallBuild` has found it, if it was asked. */
  readonly seen?: SeenFiles | undefined;
  /** One that renders, and has been started ahead. */
  readonly worker?: Worker | undefined;
}

/** What the files that a site is made of look like, before any of them is read. */
export interface SeenFiles {
  readonly files: readonly SeenFile[];
  /** Whether no file or folder has changed since a moment, as far as the file system's clock can tell. */
  readonly isOlderThan: (moment: number) => boolean;
  /** Paths of those that are new, gone, or other than the last build has seen them, if one is known. */
  readonly changed?: readonly string[];
}

/** Times in milliseconds. */
export type SeenFile = readonly [path: string, size: number, mtime: number, ctime: number, inode: number];

export type Recalled = { readonly report: BuildReport } | Pick<ShortcutOptions, 'seen' | 'worker'>;

/** What `speed/index.ts` exports. */
export interface SpeedModule {
  readonly openShortcuts: (options: ShortcutOptions) => Promise<Shortcuts>;
  /** The report of the last build, if one now would have the same; otherwise what has been seen, for the build. */
  readonly recallBuild: (options: ShortcutOptions) => Promise<Recalled>;
}

/** Loads `speed/`, if it is there. */
export async function loadSpeed(): Promise<SpeedModule | undefined> {
  const module = moduleUrl('speed/index');
  const isThere = await access(module).then(
    () => true,
    () => false,
  );
  return isThere ? import(module.href) : undefined;
}
