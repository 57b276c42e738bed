// The compiled program and its bytecode: what is not there, or not of this V8, only costs time.
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { addFiles, makeFolder, readSite, type Tree } from './output/tree.js';

const files = {
  'site.yaml': 'title: Blog\nbaseUrl: https://example.org/\nsearch: false\n',
  'posts/a.md': '---\ntitle: A\ndate: 2020-01-01\n---\n\nLet $x^2$.\n\n```js\nlet x\n```\n',
};

/** Says at the end which parts of the program were there as bytecode, and which had to be compiled. */
const hook = `
const { loadedParts } = require(process.argv[1].replace('cli.js', 'load.js'));
process.on('exit', () => {
  const parts = loadedParts().map(({ name, isKnown }) => [name.replace(/-.{8}\\.cjs$/, ''), isKnown]);
  require('node:fs').writeFileSync(process.env.LOADED, JSON.stringify(parts));
});
`;

interface Started {
  readonly status: number | null;
  readonly stderr: string;
  /** Names of parts by whether their bytecode was taken. */
  readonly known: readonly string[];
  readonly unknown: readonly string[];
  readonly site: Tree;
}

/** Builds the site with the program in a folder. */
function build(program: string, ...settings: readonly string[]): Started {
  const folder = makeFolder();
  const [root, loaded] = [join(folder, 'site'), join(folder, 'loaded')];
  addFiles(root, files);
  writeFileSync(join(folder, 'hook.cjs'), hook);
  const { status, stderr } = spawnSync(
    process.execPath,
    [...settings, '-r', join(folder, 'hook.cjs'), join(program, 'dist/cli.js'), 'build', '--root', root],
    { encoding: 'utf8', env: { ...process.env, LOADED: loaded } },
  );
  const parts: readonly (readonly [string, boolean])[] = JSON.parse(readFileSync(loaded, 'utf8'));
  const named = (wanted: boolean) => parts.filter(([, isKnown]) => isKnown === wanted).map(([name]) => name);
  return { status, stderr, known: named(true), unknown: named(false), site: readSite(join(root, 'public')) };
}

/** The program somewhere else, to be changed. */
function copyProgram(): string {
  const program = makeFolder();
  for (const name of ['dist', 'templates', 'package.json'])
    cpSync(name, join(program, name), { recursive: true });
  symlinkSync(resolve('node_modules'), join(program, 'node_modules'));
  return program;
}

function codeFiles(program: string): string[] {
  const folder = join(program, 'dist/code');
  return readdirSync(folder).flatMap((v8) =>
    readdirSync(join(folder, v8)).map((name) => join(folder, v8, name)),
  );
}

function damaged(bytes: Buffer): Buffer {
  const middle = Math.floor(bytes.length / 2);
  return Buffer.concat([
    bytes.subarray(0, middle),
    Buffer.of((bytes[middle] ?? 0) ^ 255),
    bytes.subarray(middle + 1),
  ]);
}

it('all that a build loads is there as bytecode', () => {
  const { status, stderr, known, unknown } = build('.');
  expect([status, stderr]).toEqual([0, '']);
  expect(known).toEqual(
    expect.arrayContaining(['command', 'build', 'render', 'highlight', 'speed/index.cjs']),
  );
  // The start itself.
  expect(unknown).toEqual(['cli.cjs']);
});

it('bytecode of other settings is not taken', () => {
  const expected = build('.');
  const { status, stderr, known, site } = build('.', '--max-old-space-size=500');
  expect([status, stderr, known]).toEqual([0, '', []]);
  expect(site).toEqual(expected.site);
});

it('without bytecode, and with what is none, the program does the same', () => {
  const expected = build('.').site;
  const program = copyProgram();
  for (const [index, file] of codeFiles(program).entries()) {
    if (index % 3 === 0) truncateSync(file, 100);
    else if (index % 3 === 1) writeFileSync(file, 'no bytecode'.repeat(50));
    else writeFileSync(file, damaged(readFileSync(file)));
  }
  expect(build(program)).toMatchObject({ status: 0, stderr: '', known: [], site: expected });
  rmSync(join(program, 'dist/code'), { recursive: true });
  expect(build(program)).toMatchObject({ status: 0, stderr: '', known: [], site: expected });
});
