// The examples of the documents: fenced blocks that are marked as files of a small site, and the blocks behind them
// that say what comes of it. docs/writing.md explains the marks to readers.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Element, Nodes, Root } from 'hast';
import { raw } from 'hast-util-raw';
import type { Code } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString as sourceOf } from 'mdast-util-to-string';
import { SKIP, visit } from 'unist-util-visit';
import { type BuildReport, build } from '../../src/build.js';
import { formatDiagnostic, inOrder } from '../../src/report.js';

const kinds = ['shows', 'has', 'formulas', 'reports', 'checks', 'files', 'addresses'] as const;
type Kind = (typeof kinds)[number];

interface Example {
  /** Of the first block. */
  readonly line: number;
  readonly files: Map<string, string>;
  readonly expected: { readonly kind: Kind; readonly lines: readonly string[] }[];
}

/** The examples of a document. A block that follows an expectation, or names a file again, begins a new one. */
export function examplesOf(document: string): readonly Example[] {
  const examples: Example[] = [];
  visit(fromMarkdown(document), 'code', (block) => {
    const words = block.meta?.split(/\s+/) ?? [];
    const kind = kinds.find((name) => words.includes(name));
    const line = block.position?.start.line ?? 0;
    let example = examples.at(-1);
    if (words.includes('example')) {
      const path = /title="([^"]+)"/.exec(block.meta ?? '')?.[1] ?? 'posts/example.md';
      if (!example || example.expected.length > 0 || example.files.has(path)) {
        example = { line, files: new Map(), expected: [] };
        examples.push(example);
      }
      example.files.set(path, withFrontMatter(block));
    } else if (kind) {
      if (!example || (kind === 'addresses' && example.expected.length > 0)) {
        example = { line, files: new Map(), expected: [] };
        examples.push(example);
      }
      const lines = block.value.split('\n').filter((text) => text.trim() !== '');
      example.expected.push({ kind, lines });
      if (kind === 'addresses')
        for (const text of lines) example.files.set(columns(text)[0], fileFor(columns(text)[0]));
    }
  });
  return examples;
}

/** `posts/a.md   /posts/a/`. */
export function columns(line: string): [path: string, address: string] {
  const [path = '', address = ''] = line.split(/\s{2,}/);
  return [path, address];
}

function withFrontMatter({ value, lang }: Code): string {
  if (lang !== 'markdown' || /^(?:---|\+\+\+)\n/.test(value)) return `${value}\n`;
  return `---\ntitle: Example\ndate: 2019-02-05\n---\n\n${value}\n`;
}

function fileFor(path: string): string {
  return /\d{4}-\d\d-\d\d-/.test(path)
    ? '---\ntitle: Example\n---\nText.\n'
    : '---\ntitle: Example\ndate: 2019-02-05\n---\nText.\n';
}

interface Built {
  readonly report: BuildReport;
  /** As the command prints them. */
  readonly messages: readonly string[];
  /** Paths in the output folder. */
  readonly files: readonly string[];
  /** The pages of posts by their address. */
  readonly pages: ReadonlyMap<string, string>;
}

/** Builds an example in a folder of its own. Images that it refers to are put there. */
export async function buildExample({ files, expected }: Pick<Example, 'files' | 'expected'>): Promise<Built> {
  const root = await mkdtemp(join(tmpdir(), 'postulate-docs-'));
  try {
    const site = [...files, ...[...files].flatMap(([path, text]) => imagesOf(path, text))];
    if (![...files.keys()].some((path) => path.endsWith('.md')))
      site.push(['posts/example.md', fileFor('posts/example.md')]);
    for (const [path, text] of [...site, ['site.yaml', settings(files.get('site.yaml'))] as const]) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    const report = await build({
      root,
      out: join(root, 'public'),
      drafts: false,
      future: false,
      strict: false,
      draftMath: false,
      cache: false,
      check: expected.some(({ kind }) => kind === 'checks'),
      now: new Date('2027-01-01T00:00:00Z'),
    });
    const messages = inOrder(report.diagnostics).map((one) =>
      formatDiagnostic(one, one.file === undefined ? undefined : report.sources.get(one.file), {
        color: false,
      }),
    );
    return { report, messages, ...(await outputOf(join(root, 'public'))) };
  } finally {
    await rm(root, { recursive: true });
  }
}

/** What an example does not say for itself. Uncut fonts are made faster. */
function settings(written = ''): string {
  const defaults = { baseUrl: 'https://example.org/', fonts: 'full' };
  const missing = Object.entries(defaults).filter(([key]) => !written.includes(`${key}:`));
  return `${written}\n${missing.map(([key, value]) => `${key}: ${value}\n`).join('')}`;
}

function imagesOf(path: string, text: string): [string, string][] {
  const images: [string, string][] = [];
  visit(fromMarkdown(text), 'image', ({ url }) => {
    if (/^\w+:/.test(url)) return;
    const place = url.startsWith('/') ? `static${url}` : join(dirname(path), url);
    images.push([place, '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="150"/>']);
  });
  return images;
}

async function outputOf(out: string): Promise<Pick<Built, 'files' | 'pages'>> {
  const entries = await readdir(out, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(out.length + 1)
        .replaceAll('\\', '/'),
    );
  const pages = new Map<string, string>();
  for (const file of files.filter((name) => name.endsWith('.html'))) {
    const html = await readFile(join(out, file), 'utf8');
    if (/class="kind-(?:post|page)[ "]/.test(html)) pages.set(`/${file.replace(/index\.html$/, '')}`, html);
  }
  return { files, pages };
}

/** What a reader reads in a post: its article, formulas by their MathML. */
export function articleText(html: string): string {
  return oneLine(article(html).map(textOf).join(''));
}

/** The TeX of all formulas of a post. */
export function formulasIn(html: string): string[] {
  const sources: string[] = [];
  visit({ type: 'root', children: article(html) } as Root, 'element', (element) => {
    if (element.tagName === 'annotation') sources.push(oneLine(sourceOf(element)));
  });
  return sources;
}

export function oneLine(text: string): string {
  return text
    .replace(/[\u2060\u2061]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function article(html: string): Element[] {
  const tree = raw({ type: 'root', children: [{ type: 'raw', value: html }] }) as Root;
  const found: Element[] = [];
  visit(tree, 'element', (element) => {
    if (element.tagName !== 'article') return;
    found.push(element);
    return SKIP;
  });
  return found;
}

const inline = /^(?:a|abbr|b|cite|code|del|em|i|kbd|mark|span|strong|sub|sup|math|semantics|m[a-z]+)$/;

function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value;
  if (node.type !== 'element' && node.type !== 'root') return '';
  if (node.type === 'root') return node.children.map(textOf).join('');
  // The TeX, what stands only for the eye, and the list of contents.
  const classes = [node.properties.className].flat();
  if (node.tagName === 'annotation' || classes.includes('katex-html') || classes.includes('contents'))
    return '';
  const text = node.children.map(textOf).join('');
  return inline.test(node.tagName) ? text : ` ${text} `;
}
