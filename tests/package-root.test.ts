import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { moduleUrl, packageRoot } from '../src/package-root.js';

it('the package is found from its sources, and so is what is beside them', () => {
  for (const path of ['package.json', 'templates/layout.vto', 'starter/site.yaml'])
    expect(existsSync(new URL(path, packageRoot))).toBe(true);
});

it('a module that is named by its path is that of the program that runs', () => {
  expect(moduleUrl('serve/run').pathname).toMatch(/\/src\/serve\/run\.ts$/);
  expect(existsSync(moduleUrl('serve/run'))).toBe(true);
  expect(existsSync(moduleUrl('serve/runs'))).toBe(false);
});
