import { EventEmitter } from 'node:events';
import type { FSWatcher } from 'node:fs';
import { appendFile, rename, rm, symlink, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { stateOfFile } from '../../src/content/read.js';
import {
  changesBetween,
  takeSnapshot,
  type WatchFolder,
  type WatchOptions,
  watchSources,
} from '../../src/serve/watch.js';
import { addFiles, makeFolder } from '../output/tree.js';
import { eventually } from './site.js';

const files = {
  'site.yaml': 'title: A',
  'posts/a.md': 'a',
  'posts/deep/er/b.md': 'b',
  'static/x.txt': 'x',
  'templates/texts/de.yaml': '',
};

describe('the snapshot of a site', () => {
  it('has its sources, and nothing that is made or belongs to others', async () => {
    const others = { '.git/index': '', 'node_modules/m/i.js': '', 'public/index.html': '', 'README.md': '' };
    const root = makeFolder({
      ...files,
      ...others,
      'macros.tex': '',
      'references.bib': '',
      'bib/more.bib': '',
    });
    const { files: found, folders } = await takeSnapshot(root, ['bib/more.bib', 'nowhere.bib']);
    const wanted = [...Object.keys(files), 'macros.tex', 'references.bib', 'bib/more.bib'];
    expect([...found.keys()].sort()).toEqual(wanted.sort());
    expect([...folders.keys()].sort()).toEqual(
      ['', 'posts', 'posts/deep', 'posts/deep/er', 'static', 'templates', 'templates/texts'].sort(),
    );
  });

  it('has no files that editors make while they save', async () => {
    const names = ['.a.md.swp', 'a.md~', '#a.md#', '.#a.md', '4913', '.goutputstream-ABC', '.DS_Store'];
    const root = makeFolder({
      'posts/a.md': '',
      ...Object.fromEntries(names.map((name) => [`posts/${name}`, ''])),
    });
    expect([...(await takeSnapshot(root)).files.keys()]).toEqual(['posts/a.md']);
  });

  it('has every file that a build publishes, whatever its name', async () => {
    const paths = [
      'static/4913/x.png',
      'static/4913/4913',
      'static/a~',
      'static/.#a.md',
      'posts/4913/a.md',
      'posts/b.svg~',
    ];
    const root = makeFolder(Object.fromEntries(paths.map((path) => [path, ''])));
    expect([...(await takeSnapshot(root)).files.keys()].sort()).toEqual(paths.sort());
  });

  it.skipIf(process.platform === 'win32')('ends with links that lead in circles or nowhere', async () => {
    const root = makeFolder(files);
    await symlink('..', join(root, 'posts/deep/up'));
    await symlink('nowhere', join(root, 'posts/gone.md'));
    await symlink(makeFolder({ 'elsewhere.md': '' }), join(root, 'static/out'));
    await symlink('..', join(root, 'posts/root'));
    expect([...(await takeSnapshot(root)).files.keys()].sort()).toEqual(Object.keys(files).sort());
  });

  it('is empty without a folder', async () => {
    expect((await takeSnapshot(join(makeFolder(), 'nowhere'))).files.size).toBe(0);
  });

  const edits: readonly (readonly [string, (root: string) => Promise<unknown>, string[]])[] = [
    ['nothing', async () => undefined, []],
    ['a file that grew', (root) => appendFile(join(root, 'posts/a.md'), '!'), ['posts/a.md']],
    ['other words of one length', (root) => writeFile(join(root, 'posts/a.md'), 'A'), ['posts/a.md']],
    ['an older date', (root) => utimes(join(root, 'posts/a.md'), 1, 1), ['posts/a.md']],
    ['a new file', (root) => writeFile(join(root, 'static/y'), ''), ['static/y']],
    ['a file that is gone', (root) => unlink(join(root, 'posts/a.md')), ['posts/a.md']],
    [
      'a file of another name',
      (root) => rename(join(root, 'posts/a.md'), join(root, 'posts/c.md')),
      ['posts/a.md', 'posts/c.md'],
    ],
    [
      'a folder that is gone',
      (root) => rm(join(root, 'posts/deep'), { recursive: true }),
      ['posts/deep/er/b.md'],
    ],
    [
      'a saved copy that takes the place of the file',
      async (root) => {
        await writeFile(join(root, 'posts/.new'), 'A');
        await rename(join(root, 'posts/.new'), join(root, 'posts/a.md'));
      },
      ['posts/a.md'],
    ],
  ];

  it.each(edits)('differs by %s', async (_, edit, changed) => {
    const root = makeFolder(files);
    const before = await takeSnapshot(root);
    await edit(root);
    expect(changesBetween(before, await takeSnapshot(root))).toEqual(changed);
  });
});

/** Watches a folder until the test is over; `next` gives the paths of the next change. */
async function watching(root: string, options: Partial<WatchOptions> = {}) {
  const ending = new AbortController();
  const before = await takeSnapshot(root);
  const { signal } = ending;
  const changes = watchSources(root, {
    before,
    others: () => new Map(),
    onLimit: () => {},
    signal,
    ...options,
  });
  onTestFinished(async () => {
    ending.abort();
    await changes.return(undefined);
  });
  const next = async () => (await changes.next()).value ?? [];
  return { next, end: () => ending.abort(), changes };
}

describe('watching', () => {
  it('tells of a change to each kind of source', async () => {
    const root = makeFolder(files);
    const { next } = await watching(root);
    for (const path of [...Object.keys(files), 'macros.tex', 'new.bib', 'posts/new/folder/c.md']) {
      const told = next();
      addFiles(root, { [path]: `changed ${path}` });
      expect(await told).toEqual([path]);
    }
  });

  it('tells of what changed before it began', async () => {
    const root = makeFolder(files);
    const before = await takeSnapshot(root);
    await appendFile(join(root, 'posts/a.md'), '!');
    const { next } = await watching(root, { before });
    expect(await next()).toEqual(['posts/a.md']);
  });

  it('tells of folders that come, go and come back', async () => {
    const root = makeFolder({ 'site.yaml': '' });
    const { next } = await watching(root);
    for (const text of ['once', 'again']) {
      const come = next();
      addFiles(root, { 'posts/x/a.md': text });
      expect(await come).toEqual(['posts/x/a.md']);
      const change = next();
      await appendFile(join(root, 'posts/x/a.md'), '!');
      expect(await change).toEqual(['posts/x/a.md']);
      const gone = next();
      await rm(join(root, 'posts'), { recursive: true });
      expect(await gone).toEqual(['posts/x/a.md']);
    }
  });

  it('keeps changes for the next turn while the last ones are dealt with', async () => {
    const root = makeFolder(files);
    const { next } = await watching(root);
    const first = next();
    await appendFile(join(root, 'posts/a.md'), '!');
    expect(await first).toEqual(['posts/a.md']);
    // Nobody waits now.
    await appendFile(join(root, 'posts/deep/er/b.md'), '!');
    await appendFile(join(root, 'static/x.txt'), '!');
    expect(await next()).toEqual(['posts/deep/er/b.md', 'static/x.txt']);
  });

  it('makes few turns of thousands of events, and misses none of the files', async () => {
    const root = makeFolder(files);
    const { next } = await watching(root);
    const writing = (async () => {
      for (let round = 0; round < 20; round += 1) {
        await Promise.all(
          Array.from({ length: 100 }, (_, index) => writeFile(join(root, `posts/p${index}.md`), `${round}`)),
        );
      }
    })();
    const told = new Set<string>();
    let turns = 0;
    while (told.size < 100) {
      for (const path of await next()) told.add(path);
      turns += 1;
    }
    await writing;
    expect(turns).toBeLessThan(20);
  });

  it('tells of other files when they are not as they were first found, and when they come and go', async () => {
    const root = makeFolder({ ...files, 'bib/b.bib': '', 'bib/c.bib': '' });
    const others = new Map([['bib/a.bib', '']]);
    const { next } = await watching(root, { others: () => others });
    others.set('bib/b.bib', await stateOfFile(join(root, 'bib/b.bib')));
    others.set('bib/c.bib', await stateOfFile(join(root, 'bib/c.bib')));
    await appendFile(join(root, 'bib/c.bib'), '!');
    expect(await next()).toEqual(['bib/c.bib']);
    addFiles(root, { 'bib/a.bib': '' });
    expect(await next()).toEqual(['bib/a.bib']);
    await rm(join(root, 'bib'), { recursive: true });
    expect(await next()).toEqual(['bib/a.bib', 'bib/b.bib', 'bib/c.bib']);
  });

  it('ends with its signal, and closes what it opened', async () => {
    const open = new Set<string>();
    const watchFolder: WatchFolder = (path) => {
      open.add(path);
      return fakeWatcher(() => open.delete(path));
    };
    const root = makeFolder(files);
    const { changes, end } = await watching(root, { watchFolder });
    const last = changes.next();
    await eventually(() => open.size).toBe(7);
    end();
    expect(await last).toEqual({ done: true, value: undefined });
    expect(open.size).toBe(0);
  });

  const limits: readonly (readonly [string, 'thrown' | 'told'])[] = [
    ['ENOSPC', 'thrown'],
    ['ENOSPC', 'told'],
    ['EMFILE', 'thrown'],
    ['EMFILE', 'told'],
  ];

  it.each(limits)('goes on when the system allows no more watched folders: %s, %s', async (code, how) => {
    let [limits, closed, opened] = [0, 0, 0];
    const watchFolder: WatchFolder = () => {
      opened += 1;
      if (opened < 3) return fakeWatcher(() => (closed += 1));
      const error = Object.assign(new Error(code), { code, syscall: 'watch' });
      if (how === 'thrown') throw error;
      const watcher = fakeWatcher(() => (closed += 1));
      queueMicrotask(() => watcher.emit('error', error));
      return watcher;
    };
    const root = makeFolder(files);
    const { next } = await watching(root, { watchFolder, onLimit: () => (limits += 1) });
    for (const text of ['one', 'two']) {
      const told = next();
      await writeFile(join(root, 'posts/a.md'), text);
      expect(await told).toEqual(['posts/a.md']);
    }
    expect(limits).toBe(1);
    expect(closed).toBeGreaterThanOrEqual(2);
  });

  it('needs no events, and does not take a folder that cannot be watched for a limit', async () => {
    const watchFolder: WatchFolder = () => {
      throw Object.assign(new Error('EACCES'), { code: 'EACCES', syscall: 'watch' });
    };
    let limits = 0;
    const root = makeFolder(files);
    const { next } = await watching(root, { watchFolder, onLimit: () => (limits += 1) });
    const told = next();
    await appendFile(join(root, 'posts/a.md'), '!');
    expect(await told).toEqual(['posts/a.md']);
    expect(limits).toBe(0);
  });
});

function fakeWatcher(onClose: () => void = () => {}): FSWatcher {
  return Object.assign(new EventEmitter(), { close: onClose, ref() {}, unref() {} }) as unknown as FSWatcher;
}
