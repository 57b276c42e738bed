// Builds the blog and a site with every construct, serves both, and starts the one browser that looks at them, when
// browser tests are to run: `inject('sites')`.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserServer } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { build } from '../src/build.js';
import { loadConfig } from '../src/config.js';
import { findBrowser, startBrowser } from './browser/browser.js';
import { type StaticServer, serve } from './browser/server.js';
import { isBrowserWanted } from './setup-browser.js';

/** A built site, and where it is served. */
export interface BuiltSite {
  readonly folder: string;
  /** Path that its addresses begin with: `/blog`, or nothing. */
  readonly basePath: string;
  /** Where its home is, without a slash at the end. */
  readonly url: string;
}

export interface Sites {
  /** Where the browser listens; empty when there is none. */
  readonly browser: string;
  /** The blog of this repository: AngryPark's, or that of who began one with it. */
  readonly blog: BuiltSite;
  /** tests/browser/site, with every construct. */
  readonly constructs: BuiltSite;
}

declare module 'vitest' {
  export interface ProvidedContext {
    readonly sites: Sites;
  }
}

const nothing: BuiltSite = { folder: '', basePath: '', url: '' };

export default async function setup({ provide }: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (!isBrowserWanted()) {
    provide('sites', { browser: '', blog: nothing, constructs: nothing });
    return undefined;
  }
  const temporary = await mkdtemp(join(tmpdir(), 'postulate-browser-'));
  const servers: StaticServer[] = [];
  const make = async (root: string, name: string): Promise<BuiltSite> => {
    const folder = join(temporary, name);
    await buildInto(folder, root);
    const basePath = (await loadConfig(root)).config?.basePath ?? '';
    const server = await serve(folder, basePath);
    servers.push(server);
    return { folder, basePath, url: server.url };
  };
  const executable = findBrowser();
  const [browser, blog, constructs]: [BrowserServer | undefined, BuiltSite, BuiltSite] = await Promise.all([
    executable === undefined ? undefined : startBrowser(executable),
    make('.', 'blog'),
    make('tests/browser/site', 'constructs'),
  ]);
  provide('sites', { browser: browser?.wsEndpoint() ?? '', blog, constructs });
  return async () => {
    for (const { close } of servers) close();
    await browser?.close();
    await rm(temporary, { recursive: true, force: true });
  };
}

async function buildInto(out: string, root: string): Promise<void> {
  const { diagnostics, wroteTo } = await build({
    root,
    out,
    drafts: true,
    future: true,
    strict: false,
    draftMath: true,
    cache: false,
    check: false,
    now: new Date('2026-01-01'),
  });
  if (wroteTo !== undefined) return;
  const faults = diagnostics.map(
    ({ severity, file, line, message }) => `${file}:${line}: ${severity}: ${message}`,
  );
  throw new Error([`the site in ${root} cannot be built`, ...faults].join('\n'));
}
