import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** All drills are one project. */
const { projects: _, ...baseTest } = base.test ?? {};

/** `npm run drills`: what takes minutes or breaks things on purpose, one after the other, each with its figures printed. */
export default defineConfig({
  ...base,
  test: {
    ...baseTest,
    include: ['test/drills/*.drill.ts', 'test/drills/*.test.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
