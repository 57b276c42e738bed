// Without `speed/` the program works, and what comes out is the same.
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { makeFolder, readSite } from '../output/tree.js';
import { firstFiles } from './model.js';

/** Runs the compiled program of a package in a site. */
function build(program: string, root: string, out: string) {
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(program, 'dist/cli.js'), 'build', '--root', root, '--out', out],
    { encoding: 'utf8' },
  );
  return { status, stderr };
}

it('A program without the folder makes the same site', { timeout: 300_000 }, () => {
  const folder = makeFolder();
  const program = join(folder, 'program');
  for (const name of ['dist', 'templates', 'package.json'])
    cpSync(name, join(program, name), { recursive: true });
  symlinkSync(resolve('node_modules'), join(program, 'node_modules'));
  expect(readdirSync(join(program, 'dist/speed'))).toContain('index.js');
  rmSync(join(program, 'dist/speed'), { recursive: true });

  const root = makeFolder(firstFiles);
  const [quick, plain] = [join(folder, 'quick'), join(folder, 'plain')];
  const expected = build('.', root, quick);
  expect(expected.status).toBe(0);
  rmSync(join(root, '.postulate'), { recursive: true });
  expect(build(program, root, plain)).toEqual(expected);
  expect(readdirSync(root)).not.toContain('.postulate');
  expect(readSite(plain)).toEqual(readSite(quick));
  expect(Object.keys(readSite(plain)).length).toBeGreaterThan(20);
});
