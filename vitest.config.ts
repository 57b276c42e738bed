// How the tests run. The program is compiled, a browser is found and sites for it are built before the first of them.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/setup-program.ts', 'tests/setup-browser.ts', 'tests/setup-sites.ts'],
    // Generous: a shared machine can be slow, and a test that hangs is the exception.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
