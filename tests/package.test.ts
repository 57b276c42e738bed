// The package as it is installed: only what npm packs, with nothing but its dependencies beside it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { addFiles, makeFolder, readTree } from './output/tree.js';

const isWindows = process.platform === 'win32';

function call(folder: string, command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    shell: isWindows && command === 'npm',
  });
  expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
  return stdout;
}

/** A folder in which the packed program is installed. Its dependencies are links to those of this repository. */
function install(): string {
  const folder = makeFolder();
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  const packed = call(
    resolve('.'),
    'npm',
    'pack',
    '--ignore-scripts',
    '--silent',
    '--pack-destination',
    folder,
  );
  call(modules, 'tar', '-xzf', join(folder, packed.trim()));
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { dev?: true }>;
  };
  for (const [path, { dev }] of Object.entries(lock.packages)) {
    if (!/^node_modules\/(?:@[^/]+\/)?[^/]+$/.test(path) || dev || !existsSync(path)) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(resolve(path), join(folder, path), 'junction');
  }
  return folder;
}

it('the installed package builds a folder with one post', () => {
  const folder = install();
  const program = join(folder, 'node_modules/package/dist/cli.js');
  expect(existsSync(join(folder, 'node_modules/package/src'))).toBe(false);
  expect(existsSync(join(folder, 'node_modules/vitest'))).toBe(false);

  addFiles(folder, {
    'posts/hello.md': '---\ntitle: Hello\ndate: 2020-01-01\n---\n\nLet $x^2$, `code`.\n\n```js\nlet x\n```\n',
  });
  expect(call(folder, process.execPath, program, 'build')).toMatch(/^1 post, /);
  const site = readTree(join(folder, 'public'));
  expect(Object.keys(site)).toEqual(
    expect.arrayContaining(['index.html', '404.html', 'archives/index.html']),
  );
  const page = site['posts/hello/index.html'] ?? '';
  expect(page).toContain('class="katex"');
  for (const [, address = ''] of page.matchAll(/(?:href|src)="\/(assets\/[^"]+)"/g))
    expect(site).toHaveProperty([address]);

  expect(call(folder, process.execPath, program, 'new', 'Second')).toBe('posts/second.md\n');
  call(folder, process.execPath, program, 'init', 'blog');
  expect(call(join(folder, 'blog'), process.execPath, program, 'build')).toMatch(/^1 post, /);
});
