// The documents are true: each example is built and gives what is said, every key, code, flag and construct is named,
// and every link leads somewhere.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import GithubSlugger from 'github-slugger';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString as textOf } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { configSchema } from '../src/config-schema.js';
import { coverKeys, frontMatterSchema, otherNames } from '../src/content/fields.js';
import { placeholders } from '../src/content/permalinks.js';
import { codes } from '../src/diagnostic.js';
import { features } from '../src/markdown/features.js';
import { schema } from '../src/markdown/sanitize.js';
import { linkSchemes } from '../src/schemes.js';
import { makeProgram } from '../src/usage.js';
import { articleText, buildExample, columns, examplesOf, formulasIn, oneLine } from './docs/examples.js';

const read = (path: string) => readFileSync(path, 'utf8');
const readme = read('README.md');
const writing = read('docs/writing.md');
const maths = read('docs/maths.md');
const errors = read('docs/errors.md');
const architecture = read('ARCHITECTURE.md');

/** Whether a document has the text as code. */
const names = (document: string, text: string) => document.includes(`\`${text}\``);

/** The first cells of a document's tables, without their backticks; a cell may name several things. */
function rows(document: string): string[] {
  return [...document.matchAll(/^\|\s*(`[^|]*`)\s*\|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  );
}

describe.each([
  ['README.md', readme],
  ['docs/writing.md', writing],
  ['docs/maths.md', maths],
])('the examples of %s', (path, document) => {
  const examples = examplesOf(document).map((example) => [`${path}:${example.line}`, example] as const);

  it.each(examples)('%s', async (_, example) => {
    const { messages, files, pages } = await buildExample(example);
    const html = oneLine([...pages.values()].join(' '));
    const text = [...pages.values()].map(articleText).join(' ');
    const wanted = example.expected.flatMap(({ kind, lines }) =>
      /^(?:reports|checks)$/.test(kind) ? lines : [],
    );

    const said = messages.flatMap((message) => message.split('\n'));
    expect(said).toEqual(expect.arrayContaining(wanted));
    const untold = messages.filter((message) => !wanted.includes(message.split('\n')[0] ?? ''));
    expect(untold).toEqual([]);

    for (const { kind, lines } of example.expected) {
      if (kind === 'shows') for (const line of lines) expect(text).toContain(oneLine(line));
      if (kind === 'has') for (const line of lines) expect(html).toContain(oneLine(line));
      if (kind === 'formulas') expect([...pages.values()].flatMap(formulasIn)).toEqual(lines.map(oneLine));
      if (kind === 'files') expect(files).toEqual(expect.arrayContaining([...lines]));
      if (kind === 'addresses') {
        const listed = lines.map((line) => columns(line)[1]).filter((address) => address !== 'none');
        const posts = listed.filter((address) => address.endsWith('/'));
        expect([...pages.keys()].sort()).toEqual(posts.sort());
        for (const file of listed) if (!posts.includes(file)) expect(files).toContain(file.slice(1));
      }
    }
  });
});

describe('README.md', () => {
  it('shows the very message that its example brings about with a misspelt command', async () => {
    const [example] = examplesOf(readme);
    const shown = /```\n(posts\/softmax\.md:[\s\S]*?)\n```/.exec(readme)?.[1];
    const files = new Map(
      [...(example?.files ?? [])].map(([path, text]) => [path, text.replace('\\frac', '\\fraq')]),
    );
    const { messages } = await buildExample({ files, expected: [] });
    expect(messages).toEqual([shown]);
  });
});

describe('docs/writing.md names', () => {
  it('every key of site.yaml', () => {
    const missing = keysOf(z.toJSONSchema(configSchema, { io: 'input' })).filter(
      (key) => !rows(writing).includes(key),
    );
    expect(missing).toEqual([]);
  });

  it('every key of front matter, and what other systems call it', () => {
    const listed = Object.keys(frontMatterSchema.shape).filter((key) => !rows(writing).includes(key));
    const others = [...Object.values(otherNames).flat(), ...coverKeys].filter(
      (name) => !names(writing, name),
    );
    expect([listed, others]).toEqual([[], []]);
  });

  it('every placeholder of addresses', () => {
    expect(placeholders.filter((name) => !names(writing, `:${name}`))).toEqual([]);
  });

  it('every command and flag', () => {
    const program = makeProgram({ version: '1', print: () => undefined }, async () => undefined);
    const commands = program.commands.map((command) => `postulate ${command.name()}`);
    const options = [program, ...program.commands].flatMap((command) => command.options);
    const flags = [...options.map(({ long }) => long ?? ''), '--help'];
    expect(commands.filter((command) => !names(writing, command))).toEqual([]);
    expect(flags.filter((flag) => !rows(writing).some((cell) => cell.split(' ')[0] === flag))).toEqual([]);
  });

  it('every element of HTML that a post may hold, and no other', () => {
    const list = /The elements of `safe`:\n\n([\s\S]*?)\n\n/.exec(writing)?.[1] ?? '';
    const listed = [...list.matchAll(/`([a-z0-9]+)`/g)].map(([, name]) => name);
    expect(listed.sort()).toEqual([...new Set(schema.tagNames)].sort());
  });

  it('every scheme of links', () => {
    expect(linkSchemes.filter((scheme) => !names(writing, `${scheme}:`))).toEqual([]);
  });

  it('every file of the theme, and every custom property', () => {
    const theme = readdirSync('templates', { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/').replace('templates/', ''));
    expect(theme.filter((file) => !rows(writing).includes(file))).toEqual([]);
    const root = /^:root \{([\s\S]*?)^\}/m.exec(read('templates/assets/style.css'))?.[1] ?? '';
    const switches = ['--light', '--dark'];
    const properties = [...root.matchAll(/^ {2}(--[\w-]+):/gm)].map(([, name = '']) => name);
    expect(properties.filter((name) => !switches.includes(name) && !rows(writing).includes(name))).toEqual(
      [],
    );
  });
});

describe('the constructs of Markdown', () => {
  const shown: Readonly<Record<string, RegExp>> = {
    emphasis: /\*\*굵게\(bold\)\*\*은/,
    strikethrough: /~~/,
    table: /^\|:?--/m,
    'task list': /^- \[x\]/m,
    footnotes: /^\[\^\w+\]:/m,
    'autolink literal': /, https:\/\//,
    'email literal': /, a@example/,
    callouts: /^> \[!NOTE\]/m,
    'heading ids': /^## .*\{#\w+\}/m,
    theorems: /^:::theorem/m,
    figures: /^!\[.*\]\(\S+ ".*"\)/m,
    'captions of tables': /^Table: .*\{#tbl:/m,
    math: /^\$\$$/m,
    'formulas of references': /\$\\(?:eq)?ref\{[^}]*\}\$/,
    references: /\\eqref\{/,
    'liquid addresses': /\]\(\{\{site/,
    'foreign syntax': /^\{\{< figure/m,
    citations: /\[@\w+/,
    images: /\S !\[/,
    code: /^```python title="[^"]+" \{/m,
    'raw HTML': /<kbd>/,
    'code in raw HTML': /<code>\$/,
    'formulas in raw HTML': /<td>\$/,
    links: /\]\(\w+\.md#/,
  };
  const sources = [writing, maths].flatMap(examplesOf).flatMap(({ files }) => [...files.values()]);

  it.each(features.map(({ name }) => name))('have an example: %s', (name) => {
    expect(sources.some((source) => shown[name]?.test(source))).toBe(true);
  });

  it('that name a kind of block or callout are shown with every kind', async () => {
    const files = new Map([['posts/a.md', '---\ntitle: A\ndate: 2019-02-05\n---\n:::zzzzzz\nx\n:::\n']]);
    const { report } = await buildExample({ files, expected: [] });
    const kinds = /exist: (.*)/.exec(report.diagnostics[0]?.hint ?? '')?.[1]?.split(', ') ?? [];
    expect(kinds).toContain('theorem');
    expect(kinds.filter((kind) => /^\w+$/.test(kind) && !maths.includes(`:::${kind}`))).toEqual([]);
  });
});

describe('docs/errors.md', () => {
  it('has every code of the table, and no other', () => {
    const listed = rows(errors).filter((name) => /^[a-z-]+\/[a-z0-9-]+$/.test(name));
    expect(listed.filter((code, index) => listed.indexOf(code) < index)).toEqual([]);
    expect(listed.sort()).toEqual(Object.keys(codes).sort());
  });
});

describe('ARCHITECTURE.md', () => {
  it('has at most 150 lines', () => expect(architecture.split('\n').length - 1).toBeLessThanOrEqual(150));

  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
  const sources = filesBelow('src').map((path) => [path.replace('src/', ''), read(path)] as const);
  const tableRows = [...architecture.matchAll(/^\| (`[^|]+`) \|[^|]*\|([^|]*)\|$/gm)];
  const homes = new Map(
    tableRows.flatMap(([, cell = '', files = '']) =>
      codesIn(cell).map((name) => [name, codesIn(files)] as const),
    ),
  );

  it('has a row for each dependency', () => {
    expect([...homes.keys()].sort()).toEqual(Object.keys(dependencies).sort());
  });

  it.each(Object.keys(dependencies))('names the files or folders that import %s', (name) => {
    const pattern = new RegExp(
      `(?:from|import|resolve)\\s*\\(?\\s*'${name.replaceAll('.', '\\.')}(?:/[^']*)?'`,
    );
    const importers = sources.filter(([, text]) => pattern.test(text)).map(([path]) => path);
    const places = homes.get(name) ?? [];
    const covers = (place: string, path: string) =>
      place.endsWith('/') ? path.startsWith(place) : path === place;
    expect(importers.filter((path) => !places.some((place) => covers(place, path)))).toEqual([]);
    expect(places.filter((place) => !importers.some((path) => covers(place, path)))).toEqual([]);
  });

  it('is right that no package which production needs has an install script', () => {
    const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, Package> };
    const scripted = Object.entries(lock.packages).filter(([, one]) => one.hasInstallScript && !one.dev);
    expect(scripted.map(([path]) => path)).toEqual([]);
  });

  it('names only files and folders that exist', () => {
    const named = [...architecture.matchAll(/`((?:src|templates|tests)\/[\w./-]*)`/g)].map(
      ([, path = '']) => path,
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((path) => !existsSync(path))).toEqual([]);
  });
});

describe('the links of the documents', () => {
  const documents = [
    ...readdirSync('.').filter((name) => name.endsWith('.md')),
    ...readdirSync('docs')
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ];

  it.each(documents)('of %s lead to files and headings', (path) => {
    expect(targetsOf(path).filter(([file, id]) => !existsSync(file) || (id && !idsOf(file).has(id)))).toEqual(
      [],
    );
  });

  it('are found', () => expect(targetsOf('README.md').length).toBeGreaterThan(3));
});

/** Links and images of a document that lead into the repository: file and heading. */
function targetsOf(path: string): [file: string, id: string][] {
  const targets: [string, string][] = [];
  visit(fromMarkdown(read(path)), (node) => {
    if ((node.type !== 'link' && node.type !== 'image') || /^[a-z]+:/.test(node.url)) return;
    const [file = '', id = ''] = decodeURIComponent(node.url).split('#');
    targets.push([file === '' ? path : join(dirname(path), file), id]);
  });
  return targets;
}

function idsOf(path: string): ReadonlySet<string> {
  const slugger = new GithubSlugger();
  const ids = new Set<string>();
  visit(fromMarkdown(read(path)), 'heading', (heading) => {
    ids.add(slugger.slug(textOf(heading)));
  });
  return ids;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.d)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'));
}

function codesIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
}

interface Package {
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

type Schema = z.core.JSONSchema.BaseSchema;

/** The keys of a JSON schema, nested ones with dots; a map with any keys has `CODE` in their place. */
function keysOf(node: Schema, path: readonly string[] = []): string[] {
  const below = (key: string, value: z.core.JSONSchema._JSONSchema): string[] =>
    typeof value === 'object' ? [[...path, key].join('.'), ...keysOf(value, [...path, key])] : [];
  const own = Object.entries(node.properties ?? {}).flatMap(([key, value]) => below(key, value));
  const any = node.additionalProperties;
  const isMap = typeof any === 'object' && any.properties !== undefined;
  return [...own, ...(isMap ? keysOf(any, [...path, 'CODE']) : [])].filter((key) => !groups.has(key));
}

/** Groups of keys have no row of their own. */
const groups = new Set(['markdown', 'math']);
