import { defineConfig } from 'vitest/config';
import base from '../../vitest.config.ts';

/** `npm run fuzz:api`: the long run, which is not among the ordinary tests. */
export default defineConfig({ ...base, test: { ...base.test, include: ['tests/fuzz/long.ts'] } });
