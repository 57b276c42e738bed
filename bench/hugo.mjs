// Finds Hugo: the one on PATH, or Debian's newest package, unpacked into a folder. Nothing is installed on the system.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `{ program, version }`; null when there is none and none can be had. */
export function findHugo(folder) {
  const unpacked = join(folder, 'usr/bin/hugo');
  for (const program of ['hugo', unpacked]) {
    const found = version(program);
    if (found) return found;
  }
  if (spawnSync('apt-get', ['--version']).status !== 0) return null;
  unpack(folder);
  return version(unpacked);
}

function version(program) {
  const { stdout } = spawnSync(program, ['version'], { encoding: 'utf8' });
  const number = stdout?.match(/v(\d+\.\d+\.\d+)/)?.[1];
  return number ? { program, version: number } : null;
}

/** Packages of Debian's unstable release, from the place where this system has its packages from. */
function unpack(folder) {
  const lists = join(folder, 'lists');
  mkdirSync(join(lists, 'partial'), { recursive: true });
  const { stdout: places } = spawnSync('apt-get', ['indextargets', '--format', '$(REPO_URI)'], {
    encoding: 'utf8',
  });
  const place = places.split('\n').find((uri) => /\/debian\/?$/.test(uri));
  if (place === undefined) return;
  const keys = '/usr/share/keyrings/debian-archive-keyring.gpg';
  const source = join(folder, 'unstable.list');
  writeFileSync(source, `deb [${existsSync(keys) ? `signed-by=${keys}` : ''}] ${place} sid main\n`);
  const own = [
    `-oDir::Etc::SourceList=${source}`,
    '-oDir::Etc::SourceParts=/dev/null',
    `-oDir::State::Lists=${lists}`,
    `-oDir::Cache=${lists}`,
    `-oAPT::Sandbox::User=${process.env.USER ?? 'root'}`,
  ];
  const apt = (...args) => spawnSync('apt-get', args, { cwd: folder, stdio: ['ignore', 2, 2] });
  apt(...own, 'update');
  apt(...own, 'download', 'hugo');
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.deb')))
    spawnSync('dpkg', ['-x', file, '.'], { cwd: folder, stdio: ['ignore', 2, 2] });
  // The library that it is linked with. It asks for a package that the system has to install.
  if (version(join(folder, 'usr/bin/hugo')) === null) apt('install', '-y', 'libsass1');
}
