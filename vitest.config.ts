import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/servers/shared.ts'],
    pool: 'forks',
    // Files run side by side; more than two on a small machine only makes each of them late.
    maxWorkers: 2,
    // Ends what hangs. How fast something is, is said by the test that is about it: a busy machine fails nothing here.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
    expect: { poll: { timeout: 25_000 } },
  },
});
