// Gives the tests a browser: `inject('browser')` is the path of its program, empty when there is none to be had.
import type { TestProject } from 'vitest/node';
import { findBrowser, installBrowser } from './browser/browser.js';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly browser: string;
  }
}

export default function setup({ provide }: TestProject): void {
  provide('browser', findBrowser() ?? (isBrowserWanted() ? installBrowser() : undefined) ?? '');
}

/** `vitest run tests/math` has no use for a browser, and must not wait for its installation. */
export function isBrowserWanted(): boolean {
  const chosen = process.argv.slice(2).filter((argument) => argument.startsWith('tests/'));
  return chosen.length === 0 || chosen.some((argument) => argument.startsWith('tests/browser'));
}
