// The generators that are measured: how each is installed, where its posts lie, how it builds, what it keeps between builds.
// Configurations are in peers/; they are copied beside what is installed, since each looks for its packages from there.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { findHugo } from './hugo.mjs';

const here = import.meta.dirname;
const installed = join(here, '.peers');

/** What the site of each generator is called, and the pages of its posts. */
const output = 'public';

export const names = ['postulate', 'hugo-set', 'hugo-left', 'theme-set', 'theme-left', 'eleventy', 'astro'];

/** Installs what is needed and not there; generators that cannot be had are told and left out. `theme`: one more for Hugo. */
export function peers(wanted, { theme }) {
  const isOfHugo = (name) => /^(?:hugo|theme)-/.test(name);
  const hugo = wanted.some(isOfHugo) ? findHugo(join(installed, 'hugo')) : null;
  const known = {
    postulate: () => postulate(),
    'hugo-set': () => hugo && hugoPeer(hugo, 'set'),
    'hugo-left': () => hugo && hugoPeer(hugo, 'left'),
    'theme-set': () => hugo && hugoPeer(hugo, 'set', theme),
    'theme-left': () => hugo && hugoPeer(hugo, 'left', theme),
    eleventy: () => npmPeer('eleventy', '@11ty/eleventy', eleventy),
    astro: () => npmPeer('astro', 'astro', astro),
  };
  const possible = wanted.filter((name) => theme || !name.startsWith('theme-'));
  return possible.flatMap((name) => {
    const peer = known[name]();
    if (!peer) console.error(`${name} is not here and cannot be installed: it is left out`);
    return peer
      ? { name, output, sites: join(installed, isOfHugo(name) ? 'hugo' : name, 'sites', name), ...peer }
      : [];
  });
}

function postulate() {
  const { version } = JSON.parse(readFileSync(join(here, '../package.json'), 'utf8'));
  return {
    label: `Postulate ${version}`,
    sets: true,
    posts: 'posts',
    caches: ['public', '.postulate'],
    lay: (site) =>
      writeFileSync(
        join(site, 'site.yaml'),
        'title: Bench\nbaseUrl: https://example.org/\nauthor: Bench\nsearch: false\n',
      ),
    command: () => [process.execPath, join(here, '../dist/cli.js'), 'build', '--draft-math'],
  };
}

function hugoPeer({ program, version }, formulas, theme) {
  const folder = theme ? resolve(theme) : join(here, 'peers/hugo/theme');
  const configs = ['hugo.yaml', `formulas-${formulas}.yaml`];
  const shown = theme ? `${version} with ${basename(folder)}` : version;
  return {
    label: `Hugo ${shown}, formulas ${formulas === 'set' ? 'set (transform.ToMath)' : 'left to the browser'}`,
    version: `Hugo ${version} with ${theme ? basename(folder) : 'the theme in bench/peers/hugo/theme'}`,
    sets: formulas === 'set',
    posts: 'content/posts',
    caches: ['public', 'cache', 'resources'],
    lay: (site) => {
      for (const name of [...configs, 'content', 'layouts'])
        cpSync(join(here, 'peers/hugo', name), join(site, name), { recursive: true });
    },
    command: (site) => [
      ...[program, '--quiet', '--config', configs.join(','), '--cacheDir', join(site, 'cache')],
      ...['--themesDir', dirname(folder), '--theme', basename(folder)],
    ],
  };
}

const eleventy = (folder, version) => ({
  label: `Eleventy ${version}`,
  version: `Eleventy ${version} with markdown-it, KaTeX and Prism`,
  sets: true,
  posts: 'content/posts',
  caches: ['public', '.cache'],
  files: ['eleventy.config.js', '_includes', 'content'],
  command: () => [process.execPath, join(folder, 'node_modules/@11ty/eleventy/cmd.cjs'), '--quiet'],
});

const astro = (folder, version) => ({
  label: `Astro ${version}`,
  version: `Astro ${version} with remark-math and rehype-katex, on Node ${versionOf(folder, 'node')}`,
  sets: true,
  posts: 'posts',
  caches: ['public', '.astro', 'node_modules'],
  files: ['astro.config.mjs', 'src'],
  env: { ASTRO_TELEMETRY_DISABLED: '1' },
  command: () => [
    join(folder, 'node_modules/node/bin/node'),
    join(folder, 'node_modules/astro/bin/astro.mjs'),
    ...['build', '--silent'],
  ],
});

/** A generator from npm, with its configuration beside what is installed. */
function npmPeer(name, main, describe) {
  const folder = join(installed, name);
  const wanted = readFileSync(join(here, 'peers', name, 'package.json'), 'utf8');
  const there = join(folder, 'package.json');
  const isThere = existsSync(there) && readFileSync(there, 'utf8') === wanted;
  if (!isThere || !existsSync(join(folder, 'node_modules', main))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(there, wanted);
    console.error(`installing ${name}`);
    const npm = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock'], {
      cwd: folder,
      stdio: ['ignore', 2, 2],
    });
    if (npm.status !== 0) return null;
  }
  const peer = describe(folder, versionOf(folder, main));
  return {
    ...peer,
    lay: (site) => {
      for (const file of peer.files)
        cpSync(join(here, 'peers', name, file), join(site, file), { recursive: true });
    },
  };
}

function versionOf(folder, name) {
  return JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;
}
