// How the sources hang together: imports point one way, pure parts are pure, and the process belongs to cli.ts.
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../src');

/** Code by path below src/, comments left out. */
const sources = new Map(
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
    .map((path) => [path.split(sep).join('/'), readFileSync(join(root, path), 'utf8')]),
);

const withoutComments = (text: string) => text.replace(/^\s*(?:\/\/|\/?\*).*$/gm, '');

/** Module names in the order of the file; those of src/ as paths below it. */
function imports(path: string): string[] {
  const names = [...(sources.get(path) ?? '').matchAll(/(?:\bfrom|\bimport\()\s*'([^']+)'/g)];
  return names.map(([, name = '']) =>
    name.startsWith('.') ? posix.join(posix.dirname(path), name).replace(/\.js$/, '.ts') : name,
  );
}

/** `markdown/features/code.ts` belongs to `markdown`, `place.ts` is a part of its own. */
const partOf = (path: string) => path.split('/')[0] ?? path;

/** What everything may import; they import only each other. */
const basics = [
  'ascii.ts',
  'build-report.ts',
  'diagnostic.ts',
  'direction.ts',
  'environment.ts',
  'escape.ts',
  'lists.ts',
  'locales.ts',
  'once.ts',
  'package-root.ts',
  'path.ts',
  'place.ts',
  'schema.ts',
  'open-text.ts',
  'schemes.ts',
  'sha256.ts',
  'snippet.ts',
  'types.ts',
  'value.ts',
  'wasm.ts',
  'yaml.ts',
  'yaml-lines.ts',
];

/** What else a folder may import. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  math: [],
  bibliography: [],
  content: ['bibliography', 'math'],
  markdown: ['bibliography', 'math'],
  site: ['content', 'math'],
  pages: ['bibliography', 'content', 'math', 'site'],
  search: ['pages', 'site'],
  output: ['pages', 'search', 'site'],
};

/** Above the folders, from the bottom up. */
const upper = [
  'config-schema.ts',
  'json-schema.ts',
  'config.ts',
  'render-posts.ts',
  'shortcuts.ts',
  'speed',
  'build.ts',
  'new.ts',
  'init.ts',
];
const top = ['report.ts', 'tell.ts', 'usage.ts', 'serve', 'command.ts', 'cli.ts', 'load.ts'];

function forbidden(isForbidden: (from: string, to: string) => boolean): string[] {
  return [...sources.keys()].flatMap((path) =>
    imports(path)
      .filter(
        (name) =>
          sources.has(name) && partOf(name) !== partOf(path) && isForbidden(partOf(path), partOf(name)),
      )
      .map((name) => `${path} imports ${name}`),
  );
}

describe('imports', () => {
  it('lead to files that exist', () => {
    const missing = [...sources.keys()].flatMap((path) =>
      imports(path).filter((name) => name.endsWith('.ts') && !sources.has(name)),
    );
    expect(missing).toEqual([]);
  });

  it('of the basics stay among them', () => {
    expect(forbidden((from, to) => basics.includes(from) && !basics.includes(to))).toEqual([]);
  });

  it('of a folder lead to the basics and to the folders below it', () => {
    expect(
      forbidden((from, to) => {
        const folders = allowed[from];
        return folders !== undefined && !folders.includes(to) && !basics.includes(to);
      }),
    ).toEqual([]);
  });

  it('of what is above lead down', () => {
    const order = [...basics, ...Object.keys(allowed), ...upper, ...top];
    expect(
      forbidden(
        (from, to) =>
          order.indexOf(to) >= order.indexOf(from) && !basics.includes(from) && !(from in allowed),
      ),
    ).toEqual([]);
    const parts = new Set([...sources.keys()].map(partOf));
    expect([...parts].filter((part) => !order.includes(part))).toEqual([]);
  });

  it('never come back to where they began', () => {
    const done = new Set<string>();
    const cycles: string[] = [];
    const follow = (path: string, way: readonly string[]): void => {
      if (way.includes(path)) cycles.push([...way.slice(way.indexOf(path)), path].join(' > '));
      if (way.includes(path) || done.has(path)) return;
      for (const name of valueImports(path)) follow(name, [...way, path]);
      done.add(path);
    };
    for (const path of sources.keys()) follow(path, []);
    expect(cycles).toEqual([]);
  });
});

/** Without those of types, which are gone in the program. */
function valueImports(path: string): string[] {
  const text = (sources.get(path) ?? '').replace(/^(?:im|ex)port type [^;]*;/gm, '');
  const names = [...text.matchAll(/(?:\bfrom|\bimport\()\s*'(\.[^']+)'/g)];
  return names.map(([, name = '']) => posix.join(posix.dirname(path), name).replace(/\.js$/, '.ts'));
}

/** Files whose code has the pattern, but for those that may. */
function uses(pattern: RegExp, may: readonly (string | RegExp)[]): string[] {
  return [...sources].flatMap(([path, text]) => {
    const isAllowed = may.some((one) => (typeof one === 'string' ? one === path : one.test(path)));
    return !isAllowed && pattern.test(withoutComments(text)) ? [path] : [];
  });
}

describe('only cli.ts', () => {
  it.each<[string, RegExp]>([
    ['the console', /\bconsole\b/],
    [
      'arguments, environment, streams and the end of the process',
      /\bprocess\.(?:argv|env|exit|exitCode|cwd|std\w+|on|once)\b/,
    ],
    ['the clock', /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b/],
  ])('knows %s', (_, pattern) => {
    expect(uses(pattern, [])).toEqual(['cli.ts']);
  });
});

describe('the file system', () => {
  const files = /'node:(?:fs|fs\/promises|child_process)'/;

  it('is known to what reads sources, writes output and watches, and to the commands', () => {
    const may = [
      /^(?:output|speed)\//,
      /^(?:build|cli|init|load|new|shortcuts)\.ts$/,
      'content/read.ts',
      'content/git.ts',
      'serve/watch.ts',
    ];
    expect(uses(files, may)).toEqual([]);
  });

  it('and every other module of Node.js are unknown to the pure parts', () => {
    const pure = [...sources.keys()].filter((path) =>
      /^(?:math|bibliography|markdown|site|pages|search)\//.test(path),
    );
    expect(pure.flatMap((path) => imports(path).filter((name) => name.startsWith('node:')))).toEqual([]);
  });

  it('is the network nowhere but in serve', () => {
    expect(uses(/'node:(?:http|https|net|dns|tls|dgram)'|\bfetch\(/, [/^serve\//])).toEqual([]);
  });
});

describe('a source file', () => {
  it('says first why it exists', () => {
    const silent = [...sources].filter(([, text]) => !/^(?:#!.*\n)?\/\/ \S/.test(text));
    expect(silent.map(([path]) => path)).toEqual([]);
  });

  it('has no class, no enum and no state of the module that changes', () => {
    expect(
      uses(
        /^(?:export )?(?:default )?(?:abstract )?class |^(?:export )?(?:const )?enum |^(?:export )?let /m,
        [],
      ),
    ).toEqual([]);
  });
});
