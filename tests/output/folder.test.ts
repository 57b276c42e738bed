// Nothing is written to a folder that is not ours, or that holds a site's sources.
import { mkdirSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, parse } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { checkOutput } from '../../src/output/folder.js';
import { addFiles, makeFolder, readTree, type Tree } from './tree.js';

const manifest = '{"version":1,"files":{}}';

const codes = (out: string, root: string) => checkOutput(out, root).map(({ code }) => code);

describe('an output folder', () => {
  it.each<[string, Tree]>([
    ['is empty', {}],
    ['holds only dot files', { '.nojekyll': '', '.git/HEAD': 'ref' }],
    ['holds our manifest', { '.postulate.json': manifest, 'index.html': 'x', CNAME: 'x.org' }],
  ])('is ours when it %s', (_, files) => {
    const root = makeFolder();
    mkdirSync(join(root, 'public'));
    addFiles(join(root, 'public'), files);
    expect(codes(join(root, 'public'), root)).toEqual([]);
  });

  it('is ours when it does not exist, at any depth', () => {
    const root = makeFolder();
    expect(codes(join(root, 'a/b/c'), root)).toEqual([]);
    expect(readTree(root)).toEqual({});
  });

  it.each<[string, Tree]>([
    ['holds a file of somebody else', { 'notes.txt': 'x' }],
    ['holds only a CNAME', { CNAME: 'x.org' }],
    ['holds a folder of somebody else', { 'photos/1.jpg': 'x' }],
    ['holds another program’s manifest', { '.other.json': manifest, 'index.html': 'x' }],
    ['has a folder in place of the manifest', { '.postulate.json/x': '', 'index.html': 'x' }],
    ['has a damaged manifest', { '.postulate.json': '{', 'index.html': 'x' }],
    [
      'has a manifest with a path that leaves it',
      {
        '.postulate.json': '{"version":1,"files":{"../posts/a.md":"aa"}}',
        'index.html': 'x',
      },
    ],
  ])('is refused, and not touched, when it %s', (_, files) => {
    const root = makeFolder();
    const out = join(root, 'public');
    addFiles(out, files);
    expect(codes(out, root)).toEqual(['output/foreign']);
    expect(readTree(out)).toEqual(files);
  });

  it('is named in the diagnostic with what was found in it', () => {
    const root = makeFolder({ 'public/b.txt': '', 'public/a.txt': '', 'public/.x': '' });
    expect(checkOutput(join(root, 'public'), root)).toMatchObject([
      { file: 'public', message: 'this folder holds what no build wrote (a.txt and 1 more)' },
    ]);
  });

  const site = () => makeFolder({ 'posts/a.md': 'a', 'templates/post.vto': '', 'static/x.png': '' });
  it.each<[string, (root: string) => string]>([
    ['the root itself', (root) => root],
    ['a folder around the root', dirname],
    ['the whole disk', (root) => parse(root).root],
    ['the home folder', () => homedir()],
    ['posts/', (root) => join(root, 'posts')],
    ['a folder in posts/', (root) => join(root, 'posts/new/deep')],
    ['a folder in templates/', (root) => join(root, 'templates/out')],
    ['static/', (root) => join(root, 'static')],
    ['the cache', (root) => join(root, '.postulate/x')],
    ['the repository', (root) => join(root, '.git/x')],
    ['a file', (root) => join(root, 'posts/a.md')],
  ])('may not be %s', (_, out) => {
    const root = site();
    expect(codes(join(root, 'public'), root)).toEqual([]);
    expect(codes(out(root), root)).toEqual(['output/place']);
  });

  it('may be any where there is no home', () => {
    const root = site();
    vi.stubEnv('HOME', '');
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(codes(process.cwd(), root)).not.toContain('output/place');
  });

  it('may not be below a file', () => {
    const root = makeFolder({ file: 'x' });
    expect(checkOutput(join(root, 'file/a/b'), root)).toMatchObject([{ code: 'output/place', file: 'file' }]);
  });

  it('is judged by where a link leads', () => {
    const root = site();
    const elsewhere = makeFolder();
    symlinkSync(elsewhere, join(root, 'good'), 'junction');
    symlinkSync(join(root, 'posts'), join(root, 'bad'), 'junction');
    expect(codes(join(root, 'good'), root)).toEqual([]);
    expect(codes(join(root, 'bad'), root)).toEqual(['output/place']);
    expect(codes(join(root, 'bad/new'), root)).toEqual(['output/place']);
  });

  it('may not be a link that leads nowhere', () => {
    const root = makeFolder();
    symlinkSync(join(root, 'missing'), join(root, 'public'), 'junction');
    expect(codes(join(root, 'public'), root)).toEqual(['output/place']);
  });

  it('may not hold the sources by way of a link', () => {
    const content = makeFolder({ 'deep/a.md': 'a' });
    const root = makeFolder();
    symlinkSync(join(content, 'deep'), join(root, 'posts'), 'junction');
    expect(codes(content, root)).toEqual(['output/place']);
  });

  it('needs a root that exists', () => {
    const root = makeFolder({ file: '' });
    for (const missing of ['nowhere', 'file', 'file/x']) {
      expect(codes(join(root, 'public'), join(root, missing))).toEqual(['usage/root']);
    }
  });
});
