import path from 'node:path';
import { defineConfig } from 'vitest/config';

const root = path.resolve(import.meta.dirname, '..');

/**
 * One run for everything: pure code, the server on a real Postgres, and the pages in a real browser. What is driven in a
 * browser waits on the clock of a machine that others use too: it has a second try, and the report says which test took it.
 */
export default defineConfig({
  root,
  test: {
    projects: [
      { extends: true, test: { name: 'code', include: ['test/**/*.test.ts'], exclude: ['test/browser/**'] } },
      { extends: true, test: { name: 'browser', include: ['test/browser/**/*.test.ts'], retry: 1 } },
    ],
    globalSetup: ['test/globalSetup.ts'],
    setupFiles: ['test/quietConsole.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is waited for may take as long as the machine needs; a second is short while others use it.
    expect: { poll: { timeout: 10_000 } },
    reporters: ['default', ['json', { outputFile: path.join(root, 'test/.output/results.json') }]],
  },
});
