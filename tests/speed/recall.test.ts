// A build in which nothing has changed says what the last one said.
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type BuildOptions, build } from '../../src/build.js';
import { recallBuild } from '../../src/speed/recall.js';
import { makeFolder, readTree } from '../output/tree.js';

const settings = {
  ...{ drafts: false, future: false, strict: false, draftMath: false },
  ...{ cache: true, check: false, now: new Date('2026-06-15T03:00:00Z') },
};

/** A site that has been built, and that a build after it takes as it is. */
async function builtSite(): Promise<BuildOptions> {
  const root = makeFolder({
    'site.yaml': 'search: false\n',
    'posts/a.md': '---\ntitle: A\ndate: 2020-01-01\n---\nText.\n',
  });
  const options = { ...settings, root, out: join(root, 'public') };
  // A build does not trust files that are as young as itself.
  await new Promise((resolve) => setTimeout(resolve, 50));
  await build(options);
  expect(await recallBuild(options)).toHaveProperty('report');
  return options;
}

it.each(['macros.tex', 'references.bib', 'site.yml', 'static'])(
  'A link that has come in place of %s is a change.',
  async (name) => {
    const options = await builtSite();
    symlinkSync('posts', join(options.root, name));
    expect(await recallBuild(options)).not.toHaveProperty('report');
  },
);

it.each(['macros.tex', 'references.bib', 'posts/_drafts', 'static', 'static/deep'])(
  'A folder that has come as %s is a change.',
  async (name) => {
    const options = await builtSite();
    mkdirSync(join(options.root, name), { recursive: true });
    expect(await recallBuild(options)).not.toHaveProperty('report');
  },
);

it.each([false, true])('Where there is no site nothing is kept (check: %s).', async (check) => {
  const root = makeFolder({ 'a.md': 'Text.' });
  const { diagnostics } = await build({ ...settings, root, out: join(root, 'public'), check });
  expect(diagnostics).toMatchObject([{ code: 'content/no-posts' }]);
  expect(readTree(root)).toEqual({ 'a.md': 'Text.' });
});

it('A folder of the output that has become a link is a change.', async () => {
  const options = await builtSite();
  renameSync(join(options.out, 'posts'), join(options.root, 'elsewhere'));
  symlinkSync('../elsewhere', join(options.out, 'posts'));
  expect(await recallBuild(options)).not.toHaveProperty('report');
});

it('That a history is cut off is said as long as it is.', async () => {
  const options = await builtSite();
  const { root } = options;
  const git = (folder: string, ...command: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@e.org', ...command], { cwd: folder });
  const codes = async () => {
    const recalled = await recallBuild(options);
    return 'report' in recalled ? recalled.report.diagnostics.map(({ code }) => code) : undefined;
  };
  expect(await codes()).not.toContain('content/shallow-history');

  git(root, 'init', '-q');
  git(root, 'add', 'posts');
  git(root, 'commit', '-q', '-m', 'one');
  writeFileSync(join(root, '.git', 'shallow'), git(root, 'rev-parse', 'HEAD'));
  expect(await codes()).toBeUndefined();
  await build(options);
  expect(await codes()).toContain('content/shallow-history');
  renameSync(join(root, '.git'), join(root, 'no-git'));
  expect(await codes()).toBeUndefined();
});

it('Its warnings have their excerpts, whatever form the names of files have.', async () => {
  const text = '---\ntitle: A\ndate: 2020-01-01\n---\n[there](nowhere.md)\n';
  const root = makeFolder({ 'site.yaml': 'search: false\n', 'posts/a.md': text });
  writeFileSync(join(root, 'posts', '한글.md'.normalize('NFD')), text);
  const options = { ...settings, root, out: join(root, 'public') };
  // A build does not trust files that are as young as itself.
  await new Promise((resolve) => setTimeout(resolve, 50));
  const first = await build(options);
  const recalled = await recallBuild(options);
  if (!('report' in recalled)) throw new Error('The build has not been recalled.');
  const { diagnostics, sources } = recalled.report;
  expect(diagnostics).toEqual(first.diagnostics);
  expect([...sources].sort()).toEqual([
    ['posts/a.md', text],
    ['posts/한글.md', text],
  ]);
});
