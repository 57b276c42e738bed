// The files in which builds keep things.
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { type BuildOptions, build } from '../../src/build.js';
import { openStore } from '../../src/speed/store.js';
import { addFiles, makeFolder } from '../output/tree.js';

/** A system that takes a thousand bytes at a time. */
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const writeSync = (file: number, bytes: Uint8Array | string, offset = 0) =>
    typeof bytes === 'string'
      ? fs.writeSync(file, bytes)
      : fs.writeSync(file, bytes, offset, Math.min(bytes.length - offset, 1000));
  return { ...fs, writeSync };
});

it('are whole, even where the system takes only a part at a time', () => {
  const folder = join(makeFolder({}), 'kept');
  const value = 'x'.repeat(10_000);
  const first = openStore(folder, '1');
  first.put('key', value, first.putBlob(Buffer.from(value)));
  first.save();
  first.close();
  const second = openStore(folder, '1');
  expect(second.get('key')).toBe(value);
  expect(second.getBlob(second.placeOf('key') ?? ['', 0, 0, '']).toString()).toBe(value);
  expect(second.diagnostics()).toEqual([]);
  second.close();
});

it('are removed when a killed build has left them half written, and not while another may write them', async () => {
  const post = '---\ntitle: T\ndate: 2026-01-01\n---\nWords.\n';
  const root = makeFolder({ 'site.yaml': 'search: false\n', 'posts/a.md': post });
  const options: BuildOptions = {
    ...{ root, out: join(root, 'public'), drafts: false, future: false, strict: false, draftMath: false },
    ...{ cache: true, check: false, now: new Date('2026-06-15T03:00:00Z') },
  };
  await build(options);
  const names = ['outputs.dead.tmp', 'posts/index.dead.tmp'].map((name) => join(root, '.postulate', name));
  const busy = names.map((name) => name.replace('dead', 'busy'));
  for (const name of [...names, ...busy]) writeFileSync(name, 'half');
  const longAgo = Date.now() / 1000 - 7200;
  for (const name of names) utimesSync(name, longAgo, longAgo);
  addFiles(root, { 'posts/a.md': `${post}More.\n` });
  await build(options);
  expect(readFileSync(join(root, 'public/posts/a/index.html'), 'utf8')).toContain('More.');
  expect(names.filter((name) => existsSync(name))).toEqual([]);
  expect(busy.filter((name) => !existsSync(name))).toEqual([]);
});
