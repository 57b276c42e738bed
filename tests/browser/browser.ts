// Finds a Chrome or Chromium on this machine, installs one where there is none, and starts it.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { type Browser, type BrowserServer, chromium } from 'playwright-core';

/** For root, for machines without a graphics card, and so that the browser asks nobody for anything of its own. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];

const installed: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].flatMap(
    (folder) =>
      folder === undefined
        ? []
        : [
            join(folder, 'Google/Chrome/Application/chrome.exe'),
            join(folder, 'Chromium/Application/chrome.exe'),
            join(folder, 'Microsoft/Edge/Application/msedge.exe'),
          ],
  ),
};

/** The program of a browser that starts: the one that CHROME_PATH names, an installed one, Playwright's own. */
export function findBrowser(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return [
    process.env.CHROME_PATH ?? '',
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...(installed[process.platform] ?? []),
    chromium.executablePath(),
  ].find((path) => path !== '' && starts(path));
}

/** Installs a browser: by Debian's packages for root, which bring its libraries along, else Playwright's own. */
export function installBrowser(): string | undefined {
  console.log('No Chrome or Chromium found: installing one. CHROME_PATH can name one instead.');
  const playwright = join(dirname(createRequire(import.meta.url).resolve('playwright-core')), 'cli.js');
  const attempts: readonly (readonly [string, ...string[]])[][] = [
    process.getuid?.() === 0
      ? [
          ['apt-get', 'update'],
          ['apt-get', 'install', '-y', 'chromium'],
        ]
      : [],
    [[process.execPath, playwright, 'install', 'chromium']],
  ];
  for (const commands of attempts) {
    for (const [command, ...values] of commands) {
      spawnSync(command, values, {
        stdio: ['ignore', 'inherit', 'inherit'],
        timeout: 600_000,
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
    }
    const path = findBrowser();
    if (path !== undefined) return path;
  }
  return undefined;
}

/** Starts the browser at `executablePath`, which is `inject('browser')` in a test. */
export async function launchBrowser(executablePath: string): Promise<Browser> {
  if (executablePath === '') throw new Error('no Chrome or Chromium: install one, or name it in CHROME_PATH');
  return chromium.launch({ executablePath, args: flags });
}

/** Starts a browser that several test files share: they connect to it. */
export async function startBrowser(executablePath: string): Promise<BrowserServer> {
  return chromium.launchServer({ executablePath, args: flags });
}

/** Ubuntu's `chromium-browser` can be a script that only says what to install, so on Linux it is asked. */
function starts(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    return false;
  }
  return process.platform !== 'linux' || spawnSync(path, ['--version'], { timeout: 30_000 }).status === 0;
}
