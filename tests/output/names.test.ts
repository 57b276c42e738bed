// Names of files that no output folder can have: a mistake of the content, at its place, never a bug of ours.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { siteIn, siteOf } from '../site/build.js';
import { makeFolder, type Tree } from './tree.js';

const good: Tree = { 'site.yaml': 'baseUrl: https://example.org/\n', 'posts/a/index.md': post('x') };

function post(body: string): string {
  return `---\ntitle: T\ndate: 2020-01-01\n---\n${body}\n`;
}

async function faultsOf(files: Tree): Promise<string[]> {
  const { report, files: made } = await siteOf({ ...good, ...files });
  if (report.diagnostics.length > 0) expect(made).toEqual({});
  return report.diagnostics.map(
    ({ severity, code, file, message }) => `${file}: ${severity} ${code} ${message}`,
  );
}

const unsafe = 'error content/unsafe-path';

// Windows knows none of these names.
describe.runIf(process.platform !== 'win32')('a file that no output folder can have', () => {
  it.each<[string, string]>([
    ['static/a:b.txt', `${unsafe} the name a:b.txt begins like that of a disk of Windows`],
    [
      'static/x/a\\b.txt',
      `${unsafe} the name x/a\\b.txt holds a backslash, which stands between folders on Windows`,
    ],
    ['static/.postulate.json', `${unsafe} the name .postulate.json is one that builds keep for themselves`],
    ['static/.postulate.lock', `${unsafe} the name .postulate.lock is one that builds keep for themselves`],
    ['static/.postulate.tmp/x', `${unsafe} the name .postulate.tmp/x is one that builds keep for themselves`],
    [
      'templates/assets/a\\b.css',
      `${unsafe} the name assets/a\\b.css holds a backslash, which stands between folders on Windows`,
    ],
  ])('is told: %s', async (path, expected) => {
    expect(await faultsOf({ [path]: 'x' })).toEqual([`${path}: ${expected}`]);
  });

  it('is told beside a post when the post wants it', async () => {
    const image = { 'posts/a/b\\s.png': 'x' };
    expect(await faultsOf({ ...image, 'posts/a/index.md': post('[f](b%5Cs.png)') })).toEqual([
      `posts/a/b\\s.png: ${unsafe} the name posts/a/b\\s.png holds a backslash, which stands between folders on Windows`,
    ]);
    expect(await faultsOf(image)).toEqual([]);
  });

  it('is no file of another name', async () => {
    const names = [
      'static/ab:c.txt',
      'static/x/.postulate.json',
      'static/.postulate',
      'static/.well-known/x',
    ];
    expect(await faultsOf(Object.fromEntries(names.map((name) => [name, 'x'])))).toEqual([]);
  });
});

it.runIf(process.platform === 'linux')('A file whose name is not UTF-8 is told to be renamed.', async () => {
  const root = makeFolder({ ...good, 'static/x.txt': 'x' });
  for (const folder of ['posts/', 'static/'])
    writeFileSync(
      Buffer.concat([Buffer.from(join(root, folder)), Buffer.from([0x62, 0xe9, 0x2e, 0x6d, 0x64])]),
      'x',
    );
  const { report } = await siteIn(root);
  expect(report.diagnostics).toMatchObject(
    ['posts', 'static'].map((folder) => ({
      severity: 'error',
      code: 'content/not-utf8',
      file: `${folder}/b\uFFFD.md`,
      message: 'this name is not UTF-8, as \uFFFD shows where it is not',
      hint: 'rename the file',
    })),
  );
});

it('A name with U+FFFD that is one is no matter.', async () => {
  expect(await faultsOf({ 'static/b\uFFFD.txt': 'x' })).toEqual([]);
});
