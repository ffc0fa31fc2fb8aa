import { defineConfig } from 'vitest/config';

/** Not named `*.test.ts`, so that `npm test` never needs a real server. */
export default defineConfig({
  test: { root: import.meta.dirname, include: ['*.real.ts'], testTimeout: 30_000, hookTimeout: 60_000 },
});
