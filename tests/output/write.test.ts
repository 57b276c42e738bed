// The output folder after a build: the site, whole, and everything that is not ours as it was.

import { mkdirSync, readFileSync, rmSync, statSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { takeLock } from '../../src/output/lock.js';
import { abandonWrite, writeSite } from '../../src/output/write.js';
import type { OutputFile } from '../../src/types.js';
import { areRightsKept } from '../rights.js';
import { addFiles, makeFolder, readSite, readTree, type Tree } from './tree.js';

const asFiles = (site: Tree): OutputFile[] =>
  Object.entries(site).map(([path, content]) => ({ path, content }));

/** A root and its output folder, after a first build of the site. */
async function built(site: Tree) {
  const root = makeFolder();
  const out = join(root, 'public');
  const build = (next: Tree) => writeSite(out, asFiles(next), root);
  expect(await build(site)).toMatchObject({ written: Object.keys(site).length, diagnostics: [] });
  return { root, out, build };
}

/** Which file it is and when it was written: its time of reading changes. */
const identity = (path: string) => {
  const { ino, mtimeNs } = statSync(path, { bigint: true });
  return { ino, mtimeNs };
};

const codes = ({ diagnostics }: Awaited<ReturnType<typeof writeSite>>) =>
  diagnostics.map(({ severity, code, file }) => [severity, code, file]);

const site: Tree = { 'index.html': 'home', 'posts/a/index.html': 'a', 'posts/b/index.html': 'b' };

describe('writing a site', () => {
  it('writes each file, text and bytes, and a manifest of them', async () => {
    const root = makeFolder();
    const out = join(root, 'deep/public');
    const files = [...asFiles(site), { path: '가/x.bin', content: new Uint8Array([72, 105]) }];
    expect(await writeSite(out, files, root)).toEqual({
      written: 4,
      unchanged: 0,
      removed: 0,
      kept: 0,
      diagnostics: [],
    });
    expect(readSite(out)).toEqual({ ...site, '가/x.bin': 'Hi' });
    const manifest = JSON.parse(readTree(out)['.postulate.json'] ?? '');
    expect(Object.keys(manifest)).toEqual(['version', 'files']);
    expect(Object.keys(manifest.files)).toEqual([...Object.keys(site), '가/x.bin']);
  });

  it('keeps apart, or brings together as the system does, folders that differ only in case', async () => {
    const root = makeFolder();
    const out = join(root, 'public');
    const twins = { 'Files/a/x': 'x', 'files/a/y': 'y', 'files/A/z': 'z' };
    expect(await writeSite(out, asFiles(twins), root)).toMatchObject({ written: 3, diagnostics: [] });
    for (const [path, text] of Object.entries(twins))
      expect(readFileSync(join(out, path), 'utf8')).toBe(text);
  });

  it('leaves a file with the same content alone, whatever its time', async () => {
    const { out, build } = await built(site);
    const before = identity(join(out, 'index.html'));
    const manifest = identity(join(out, '.postulate.json'));
    expect(await build({ ...site, 'posts/a/index.html': 'A' })).toMatchObject({ written: 1, unchanged: 2 });
    expect(identity(join(out, 'index.html'))).toEqual(before);
    expect(identity(join(out, '.postulate.json'))).not.toEqual(manifest);
  });

  it('touches nothing when nothing changed', async () => {
    const { out, build } = await built(site);
    const before = identity(join(out, '.postulate.json'));
    expect(await build(site)).toMatchObject({ written: 0, unchanged: 3, removed: 0 });
    expect(identity(join(out, '.postulate.json'))).toEqual(before);
  });

  it('leaves the manifest of a finished site, also when files were only restored', async () => {
    const { out, build } = await built(site);
    const before = readTree(out)['.postulate.json'];
    unlinkSync(join(out, 'index.html'));
    expect(await build(site)).toMatchObject({ written: 1, unchanged: 2 });
    expect(readTree(out)['.postulate.json']).toBe(before);
  });

  it('writes a file again that is missing or torn', async () => {
    const { out, build } = await built(site);
    unlinkSync(join(out, 'index.html'));
    writeFileSync(join(out, 'posts/a/index.html'), '');
    expect(await build(site)).toMatchObject({ written: 2, unchanged: 1 });
    expect(readSite(out)).toEqual(site);
  });

  it('removes what is no longer part of the site, and folders that are empty then', async () => {
    const { out, build } = await built(site);
    expect(await build({ 'index.html': 'home' })).toMatchObject({ written: 0, unchanged: 1, removed: 2 });
    expect(readTree(out)).toEqual({ 'index.html': 'home', '.postulate.json': expect.any(String) });
  });

  it('never touches what it did not write', async () => {
    const { out, build } = await built(site);
    const mine: Tree = { CNAME: 'x.org', '.nojekyll': '', '.git/HEAD': 'ref', 'posts/b/notes.txt': 'mine' };
    addFiles(out, mine);
    expect(await build({ 'index.html': 'new' })).toMatchObject({ written: 1, removed: 2, diagnostics: [] });
    expect(readSite(out)).toEqual({ 'index.html': 'new', ...mine });
  });

  it('makes the same folder as a clean build, whatever was there before', async () => {
    const next: Tree = { 'index.html': 'new', 'posts/c/index.html': 'c', 'posts/a/index.html': 'a' };
    const [one, other] = [await built(site), await built(next)];
    await one.build(next);
    expect(readTree(one.out)).toEqual(readTree(other.out));
  });

  it('throws for paths that are a bug of the caller', async () => {
    const root = makeFolder();
    const file = (path: string) => ({ path, content: '' });
    const write = (...paths: string[]) => writeSite(join(root, 'public'), paths.map(file), root);
    await expect(write('../x')).rejects.toThrow('"../x" is not allowed');
    await expect(write('a', 'a')).rejects.toThrow('"a" is written twice');
    await expect(write('a', 'a/b')).rejects.toThrow('"a" is a file and a folder');
    expect(readTree(root)).toEqual({});
  });
});

describe('a file that was changed by hand', () => {
  it('is kept when it is no longer part of the site, with a warning each time, until it is deleted', async () => {
    const { out, build } = await built(site);
    writeFileSync(join(out, 'posts/b/index.html'), 'by hand');
    const next: Tree = { 'index.html': 'home' };
    const warning = [['warning', 'output/kept', 'public/posts/b/index.html']];
    for (const removed of [1, 0]) {
      const result = await build(next);
      expect(result).toMatchObject({ removed, kept: 1 });
      expect(codes(result)).toEqual(warning);
      expect(readSite(out)).toEqual({ ...next, 'posts/b/index.html': 'by hand' });
    }
    rmSync(join(out, 'posts'), { recursive: true });
    expect(codes(await build(next))).toEqual([]);
    expect(readTree(out)['.postulate.json']).not.toContain('posts/b');
  });

  it('is removed after all when its content is as it was built', async () => {
    const { out, build } = await built(site);
    writeFileSync(join(out, 'posts/b/index.html'), 'by hand');
    await build({ 'index.html': 'home' });
    writeFileSync(join(out, 'posts/b/index.html'), 'b');
    expect(await build({ 'index.html': 'home' })).toMatchObject({ removed: 1, kept: 0 });
    expect(readSite(out)).toEqual({ 'index.html': 'home' });
  });

  it('is written anew when it is part of the site, with one note', async () => {
    const { out, build } = await built(site);
    writeFileSync(join(out, 'posts/b/index.html'), 'by hand');
    writeFileSync(join(out, 'posts/a/index.html'), 'by hand');
    const result = await build(site);
    expect(codes(result)).toEqual([['note', 'output/overwritten', 'public/posts/a/index.html']]);
    expect(result.diagnostics[0]?.message).toContain('1 more');
    expect(readSite(out)).toEqual(site);
    expect(codes(await build(site))).toEqual([]);
  });
});

describe('something at the place of a new file', () => {
  it.each<[string, Tree, Tree, string]>([
    ['a file of somebody else', { CNAME: 'mine' }, { CNAME: 'new' }, 'public/CNAME'],
    ['a dot file of somebody else', { '.nojekyll': 'mine' }, { '.nojekyll': '' }, 'public/.nojekyll'],
    ['a folder of somebody else', { 'a/b.txt': 'mine' }, { a: 'new' }, 'public/a'],
    ['a file where a folder has to be', { a: 'mine' }, { 'a/b/c.html': 'new' }, 'public/a'],
  ])('is an error, and nothing is touched, when it is %s', async (_, mine, added, place) => {
    const { out, build } = await built(site);
    addFiles(out, mine);
    const before = readTree(out);
    const result = await build({ 'index.html': 'changed', ...added });
    expect(codes(result)).toEqual([['error', 'output/in-the-way', place]]);
    expect(result).toMatchObject({ written: 0, removed: 0 });
    expect(readTree(out)).toEqual(before);
  });

  it('is taken over when it is the same', async () => {
    const { out, build } = await built(site);
    addFiles(out, { CNAME: 'x.org' });
    expect(await build({ ...site, CNAME: 'x.org' })).toMatchObject({ unchanged: 4, diagnostics: [] });
    expect(readTree(out)['.postulate.json']).toContain('CNAME');
  });

  it.each<[string, Tree, Tree]>([
    ['a file becomes a folder', { a: 'file', z: '' }, { 'a/b/index.html': 'page', z: '' }],
    ['a folder becomes a file', { 'a/b/index.html': 'page', 'a/c': '', z: '' }, { a: 'file', z: '' }],
    ['a name changes its case', { 'Logo.png': 'x', 'Tags/x': 'y' }, { 'logo.png': 'x', 'tags/x': 'y' }],
    ['a name changes its normal form', { ['가'.normalize('NFD')]: 'x' }, { 가: 'x' }],
  ])('is no matter when it is ours: %s', async (_, before, after) => {
    const { out, build } = await built(before);
    expect(codes(await build(after))).toEqual([]);
    expect(readSite(out)).toEqual(after);
    expect(codes(await build(before))).toEqual([]);
    expect(readSite(out)).toEqual(before);
  });

  it('is kept when it was changed by hand, and then stops the build', async () => {
    const { out, build } = await built({ 'a/index.html': 'a' });
    writeFileSync(join(out, 'a/index.html'), 'by hand');
    expect(codes(await build({ a: 'file' }))).toEqual([['error', 'output/in-the-way', 'public/a']]);
    expect(readSite(out)).toEqual({ 'a/index.html': 'by hand' });
  });

  it('is never a link that is written or removed through', async () => {
    const { out, build } = await built({ ...site, 'posts/c/index.html': 'c' });
    const elsewhere = makeFolder({ 'a/index.html': 'a', 'b/index.html': 'b' });
    mkdirSync(join(elsewhere, 'c'));
    rmSync(join(out, 'posts'), { recursive: true });
    symlinkSync(elsewhere, join(out, 'posts'), 'junction');
    expect(codes(await build({ ...site, 'posts/a/index.html': 'A' }))).toEqual([
      ['error', 'output/in-the-way', 'public/posts'],
    ]);
    expect(await build({ 'index.html': 'home' })).toMatchObject({ removed: 0, diagnostics: [] });
    expect(readTree(elsewhere)).toEqual({ 'a/index.html': 'a', 'b/index.html': 'b', 'c/': '' });
    expect(readSite(out)).toEqual({ 'index.html': 'home', 'posts@': '' });
  });
});

describe('a folder that cannot be written', () => {
  it('is refused before anything is written when it is foreign', async () => {
    const root = makeFolder({ 'public/notes.txt': 'mine' });
    const result = await writeSite(join(root, 'public'), asFiles(site), root);
    expect(codes(result)).toEqual([['error', 'output/foreign', 'public']]);
    expect(readTree(root)).toEqual({ 'public/notes.txt': 'mine' });
  });

  it('is left as it was when another build has its lock', async () => {
    const { root, out, build } = await built(site);
    writeFileSync(join(out, '.postulate.lock'), `${process.ppid} ${hostname()}\n`);
    const before = readTree(out);
    const result = await build({ 'index.html': 'new' });
    expect(codes(result)).toEqual([['error', 'env/locked', 'public']]);
    expect(result.diagnostics[0]?.message).toContain(`process ${process.ppid} `);
    abandonWrite(join(root, 'public'));
    expect(readTree(out)).toEqual(before);
  });

  it('is written by one of two builds that start together', async () => {
    const { build } = await built(site);
    const results = await Promise.all([build({ x: '1' }), build({ x: '2' })]);
    expect(results.flatMap(codes)).toEqual([['error', 'env/locked', 'public']]);
  });

  it('is left as it is when its lock has been given to another build meanwhile', async () => {
    const { root, out } = await built(site);
    const lock = { '.postulate.lock': '1 another-machine\n' };
    const before = readTree(out);
    const prepare = () => {
      addFiles(out, lock);
      return { key: () => 'x', print: async () => ({ content: 'new' }) };
    };
    const result = await writeSite(out, [{ path: 'index.html', prepare }], root);
    expect(codes(result)).toEqual([['error', 'env/locked', 'public']]);
    const { 'index.html': home, ...after } = readTree(out);
    expect(home).toBe('home');
    expect(after).toMatchObject(lock);
    expect(Object.keys(before).filter((path) => !(path in readTree(out)))).toEqual([]);
  });

  it('is as it was when a name is too long for the file system', async () => {
    const { out, build } = await built(site);
    const before = readTree(out);
    const result = await build({ 'index.html': 'new', [`posts/${'x'.repeat(300)}/index.html`]: 'x' });
    expect(result.diagnostics).toMatchObject([{ code: 'env/name-too-long' }]);
    expect(readTree(out)).toEqual(before);
  });

  it.each(['.postulate.lock', '.postulate.json'])('is as it was when a folder stands at %s', async (name) => {
    const root = makeFolder({ [`public/${name}/x`]: '' });
    const result = await writeSite(join(root, 'public'), asFiles(site), root);
    expect(codes(result)).toEqual([['error', 'env/file-system', `public/${name}`]]);
    expect(readTree(join(root, 'public'))).toEqual({ [`${name}/x`]: '' });
  });

  it('is named when the system forbids it, unless the writer may write everywhere', async () => {
    const root = makeFolder();
    mkdirSync(join(root, 'public'), { mode: 0o555 });
    const result = await writeSite(join(root, 'public'), asFiles(site), root);
    expect(codes(result)).toEqual(areRightsKept ? [['error', 'env/permission', 'public']] : []);
  });
});

it('An interrupted write is cleaned up by the process itself', async () => {
  const { out } = await built(site);
  const before = readTree(out);
  await takeLock(out);
  addFiles(out, { '.postulate.tmp/0': 'half' });
  abandonWrite(out);
  expect(readTree(out)).toEqual(before);
  abandonWrite(join(out, 'nowhere'));
});
