// Whether the last build would come out the same now. Then nothing is read, made or written: its report is enough.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildReport, emptyReport } from '../build-report.js';
import { type HistoryHead, historyOf } from '../content/git.js';
import { barriersIn } from '../output/barrier.js';
import { packageRoot } from '../package-root.js';
import { sha256 } from '../sha256.js';
import type { Recalled, SeenFile, SeenFiles, ShortcutOptions } from '../shortcuts.js';
import { type FileState, isSameState, lookAt, lookAtFile, orUndefined, writeWhole } from './files.js';
import { manifestState, readOutputs } from './outputs.js';
import { programVersion } from './version.js';

/** Everything that the site is made of, below its root. */
const folders = ['posts', 'static', 'templates'];
const sourceName = /^(?:posts|static|templates|site\.ya?ml|macros\.tex|.*\.bib)$/;

interface Remembered {
  /** What the build was asked for. */
  readonly request: string;
  /** Its clock, in milliseconds. */
  readonly now: number;
  readonly history: string;
  readonly inputs: readonly SeenFile[];
  readonly report: Pick<BuildReport, 'posts' | 'pages' | 'formulas' | 'diagnostics'>;
  /** Files of the site. */
  readonly files: number;
  /** State of the list in the output folder. */
  readonly manifest: FileState;
}

/** Posts, with so many of which a worker gets ready for those that have changed, while the build is loaded and reads. */
const many = 20;

/** Bytes of posts that make it worth it when all are new. */
const much = 300_000;

/** The report of the last build, if everything is as that build left it. */
export async function recallBuild(options: ShortcutOptions): Promise<Recalled> {
  const { root, out, now } = options;
  if (out === undefined || options.check || !options.cache) return { seen: undefined };
  const last = read(root);
  if (!last && !existsSync(join(root, '.postulate', 'posts'))) return await firstBuild(options);
  const version = programVersion();
  if (last?.request !== requestKey(options, version) || last.now > now.getTime()) return { seen: undefined };
  const history = askHistory(root);
  const seen = lookAtFiles(root);
  if (!seen) return { seen };
  if (!areSame(seen.files, last.inputs)) {
    const changed = changedPaths(seen.files, last.inputs);
    const isWanted = postsIn(seen.files).length >= many && changed.some(isOfPosts);
    return { seen: { ...seen, changed }, worker: isWanted ? await startAhead(options) : undefined };
  }
  if (!areOutputsThere(root, out, version, last)) return { seen };
  if ((await history) !== last.history) return { seen };
  const shown = new Set(last.report.diagnostics.flatMap(({ file }) => file ?? []));
  const report: BuildReport = {
    ...emptyReport,
    ...last.report,
    formulas: { ...last.report.formulas, rendered: 0 },
    files: { written: 0, unchanged: last.files, removed: 0 },
    sources: textsOf(root, seen.files, shown),
    wroteTo: out,
  };
  return { report };
}

/** Nothing is known of any post: all will be rendered. */
async function firstBuild(options: ShortcutOptions): Promise<Recalled> {
  const seen = lookAtFiles(options.root);
  const posts = postsIn(seen?.files ?? []).filter(([path]) => path.endsWith('.md'));
  const size = posts.reduce((sum, [, bytes]) => sum + bytes, 0);
  return { seen, worker: size < much ? undefined : await startAhead(options) };
}

async function startAhead({ workers }: ShortcutOptions) {
  return (await import('./pool.js')).startAhead(workers);
}

/** What may be different the next time, although nothing has changed: of the clock, the machine, the output folder. */
const passing = /^(?:output|env)\/|^content\/future$|unavailable$|\/uncut$/;

/** What `rememberBuild` has to know beside the report. */
export interface BuildCircumstances {
  readonly version: string;
  readonly history: string;
  /** When the build began to read, as the file system tells time. */
  readonly began: number;
  /** The files as they were before that. */
  readonly seen: SeenFiles | undefined;
}

/**
 * Writes down what a build was made of. Not when that may have changed while it was read, when time alone changes it,
 * or when the build had something to say about the output folder.
 */
export function rememberBuild(
  options: ShortcutOptions,
  report: BuildReport,
  { version, history, began, seen }: BuildCircumstances,
): void {
  const { root, out, now, future } = options;
  const path = pathOf(root);
  const { posts, pages, formulas, diagnostics, sources } = report;
  const manifest = out === undefined ? undefined : manifestState(out);
  const isLasting = !future && !diagnostics.some(({ code }) => passing.test(code));
  const known = new Set(seen?.files.map(([name]) => name.normalize('NFC')));
  if (
    !isLasting ||
    !seen ||
    !manifest ||
    !seen.isOlderThan(began) ||
    ![...sources.keys()].every((name) => known.has(name))
  ) {
    orUndefined(() => rmSync(path, { force: true }));
    return;
  }
  const remembered: Remembered = {
    request: requestKey(options, version),
    now: now.getTime(),
    history: diagnostics.some(({ code }) => code === 'content/shallow-history') ? shallowHistory : history,
    inputs: seen.files,
    report: {
      posts,
      pages,
      formulas,
      diagnostics: diagnostics.filter(({ code }) => !code.startsWith('cache/')),
    },
    files: report.files.written + report.files.unchanged,
    manifest,
  };
  const text = JSON.stringify(remembered);
  writeWhole(path, `${sha256(text)}\n${text}`);
}

/** The time of the file system that the site lies on, in milliseconds; undefined when nothing can be kept there. */
export function fileClock(root: string): number | undefined {
  const path = join(root, '.postulate', 'clock');
  writeWhole(path, '');
  return lookAt(path)?.[1];
}

/** Equal for equal dates of posts. */
export function historyKey({ commit, prefix }: HistoryHead): string {
  return `${commit} ${prefix}`;
}

/** Of a history that is cut off: no post has a date of it, and the build says so. */
const shallowHistory = 'shallow';

function pathOf(root: string): string {
  return join(root, '.postulate', 'last-build');
}

function requestKey(options: ShortcutOptions, version: string): string {
  const { root, out, drafts, future, strict, draftMath } = options;
  return sha256(JSON.stringify([version, root, out, drafts, future, strict, draftMath]));
}

function read(root: string): Remembered | undefined {
  const text = orUndefined(() => readFileSync(pathOf(root), 'utf8')) ?? '';
  const end = text.indexOf('\n');
  const json = text.slice(end + 1);
  return end > 0 && text.slice(0, end) === sha256(json) ? JSON.parse(json) : undefined;
}

/**
 * Files of the site, those of the theme, and folders without an entry. Undefined when there is something that has no
 * state to go by: a link, which could lead anywhere, a folder in place of a file.
 */
export function lookAtFiles(root: string): SeenFiles | undefined {
  const files: SeenFile[] = [];
  let isPlain = true;
  const times: number[] = [];
  const add = (path: string, name: string): void => {
    const state = lookAt(path);
    if (!state) return;
    files.push([name, ...state]);
    times.push(settledAt(state));
  };
  const walk = (folder: string, name: string): void => {
    const state = lookAt(folder);
    if (state) times.push(settledAt(state));
    const entries = entriesOf(folder);
    if (state && entries.length === 0) files.push([`${name}/`, 0, 0, 0, 0]);
    for (const entry of entries) {
      const path = `${folder}/${entry.name}`;
      const inner = `${name}/${entry.name}`;
      if (entry.isDirectory()) walk(path, inner);
      else if (entry.isFile()) add(path, inner);
      else isPlain = false;
    }
  };
  for (const entry of entriesOf(root)) {
    if (entry.isFile()) add(`${root}/${entry.name}`, entry.name);
    else if (sourceName.test(entry.name) && !(entry.isDirectory() && folders.includes(entry.name)))
      isPlain = false;
  }
  for (const name of folders) walk(join(root, name), name);
  walk(fileURLToPath(new URL('templates', packageRoot)), '');
  return isPlain ? { files, isOlderThan: (moment) => times.every((time) => time < moment) } : undefined;
}

function entriesOf(folder: string) {
  const entries = orUndefined(() => readdirSync(folder, { withFileTypes: true })) ?? [];
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** When another change could no longer have the same time: some file systems count in seconds, none in less than a tick. */
function settledAt([, mtime, ctime]: FileState): number {
  const latest = Math.max(mtime, ctime);
  return latest + (latest % 1000 === 0 ? 2000 : 20);
}

function postsIn(files: readonly SeenFile[]): readonly SeenFile[] {
  return files.filter(([path]) => path.startsWith('posts/'));
}

function areSame(files: readonly SeenFile[], others: readonly SeenFile[]): boolean {
  return files.length === others.length && files.every((file, index) => isSameFile(file, others[index]));
}

function isSameFile(file: SeenFile, other: SeenFile | undefined): boolean {
  return file.every((value, at) => value === other?.[at]);
}

/** Paths of files that are in one of the lists alone, or not the same in both. */
function changedPaths(files: readonly SeenFile[], others: readonly SeenFile[]): string[] {
  const before = new Map(others.map((file) => [file[0], file]));
  const changed = files.filter((file) => !isSameFile(file, before.get(file[0])));
  for (const [path] of files) before.delete(path);
  return [...changed.map(([path]) => path), ...before.keys()];
}

/** Whether a file belongs to posts, or is one that they are rendered with. */
export function isOfPosts(path: string): boolean {
  return path.startsWith('posts/') || path === 'macros.tex' || /^[^/]*\.bib$/.test(path);
}

function areOutputsThere(root: string, out: string, version: string, last: Remembered): boolean {
  const manifest = manifestState(out);
  if (!manifest || !isSameState(manifest, last.manifest)) return false;
  const outputs = readOutputs(join(root, '.postulate', 'outputs'), out, version);
  if (outputs.length !== last.files) return false;
  const barrier = barriersIn(out);
  return outputs.every(([path, , , ...state]) => {
    const now = barrier(path) ? undefined : lookAtFile(join(out, path));
    return now !== undefined && isSameState(now, state);
  });
}

/** What git says of the posts' history, if they have one. */
async function askHistory(root: string): Promise<string> {
  const history = await historyOf(root);
  if (!history) return '';
  return history.shallow ? shallowHistory : historyKey(history.head);
}

/** Texts of the files that have been seen, of those whose paths are wanted. Names are as on the disk, paths are NFC. */
function textsOf(
  root: string,
  files: readonly SeenFile[],
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  if (wanted.size === 0) return new Map();
  return new Map(
    files.flatMap(([name]) => {
      const path = name.normalize('NFC');
      const text = wanted.has(path) ? orUndefined(() => readFileSync(join(root, name), 'utf8')) : undefined;
      return text === undefined ? [] : [[path, text] as const];
    }),
  );
}
