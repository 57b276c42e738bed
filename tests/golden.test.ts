// A small bilingual site, every text of its output compared with tests/golden/expected/. Accept new output with
// `vitest --update`, after reading the difference.
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { makeFolder, readSite, type Tree } from './output/tree.js';
import { brief, siteIn } from './site/build.js';

const golden = resolve('tests/golden');
const expected = join(golden, 'expected');

/** The site apart from this repository, whose history would be its dates. */
function copy(): string {
  const root = makeFolder();
  cpSync(join(golden, 'site'), root, { recursive: true });
  return root;
}

/** What does not change with the theme, the search's program, with KaTeX's fonts and with the versions of packages. */
function lasting(files: Tree): Tree {
  const texts = Object.entries(files).filter(
    ([path]) => /\.(?:html|xml|json|txt|svg)$/.test(path) && !/^assets\/|\/pagefind\//.test(path),
  );
  return Object.fromEntries(
    texts.map(([path, text]) => [
      path,
      text.replace(/\.[0-9a-f]{8}\.(?=css|js|woff2|jpg|png|webp|avif)/g, '.hash.'),
    ]),
  );
}

describe('the golden site', () => {
  it('comes out as it is known', async () => {
    const { files, report } = await siteIn(copy());
    expect(brief(report)).toEqual([
      'note content/draft posts/draft.md:4:1',
      'note content/future posts/future.md:3:1',
    ]);
    const texts = lasting(files);
    for (const [path, text] of Object.entries(texts))
      await expect(text).toMatchFileSnapshot(join(expected, path));
  });

  it('has every file that is expected', async () => {
    const { files } = await siteIn(copy());
    const known = readdirSync(expected, { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile())
      .map((file) =>
        join(file.parentPath, file.name)
          .slice(expected.length + 1)
          .split(sep)
          .join('/'),
      );
    expect(known.filter((path) => files[path] === undefined)).toEqual([]);
  });

  it('has drafts and the future when they are asked for', async () => {
    const { files, report } = await siteIn(copy(), { drafts: true, future: true });
    expect(brief(report)).toEqual([]);
    expect(files['posts/draft/index.html']).toContain('Not shown.');
    expect(files['posts/future/index.html']).toContain('Not shown yet.');
  });
});

/** The site in a folder, built by a machine that speaks a language. */
function builtIn(root: string, language: string): Tree {
  const environment = { ...process.env, TZ: 'Asia/Kathmandu', LC_ALL: language, LANG: language };
  const { status, stderr } = spawnSync(process.execPath, [resolve('dist/cli.js'), 'build', '--no-cache'], {
    cwd: root,
    env: environment,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, expect.any(String)]);
  return readSite(join(root, 'public'));
}

describe('the output', () => {
  const zone = process.env.TZ;
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  it('is the same in every time zone and language of the machine', async () => {
    const trees = [];
    for (const TZ of ['America/St_Johns', 'Pacific/Kiritimati']) {
      process.env.TZ = TZ;
      trees.push((await siteIn(copy())).files);
    }
    const [one = {}, other = {}] = trees;
    expect(Object.keys(one).filter((path) => one[path] !== other[path])).toEqual([]);
    expect(Object.keys(other)).toEqual(Object.keys(one));

    expect(lasting(builtIn(copy(), 'tr_TR.UTF-8'))).toEqual(lasting(one));
  });

  it('is English where the system does not know a language, and not of the machine', () => {
    const root = makeFolder({
      'site.yaml': 'search: false\n',
      'posts/a.md': '---\ntitle: De motu\ndate: 2020-10-31\nlang: la\n---\nOmnia.\n',
    });
    expect(builtIn(root, 'de_DE.UTF-8')['posts/a/index.html']).toContain('>October 31, 2020<');
  });
});
