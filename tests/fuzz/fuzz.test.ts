import { expect, it } from 'vitest';
import { access } from '../../src/api/access-table.ts';
import { fuzz } from './fuzz.ts';

/** The same requests in every run; `npm run fuzz:api` sends 10,000 new ones. */
const SEED = 20_261_125;

it('answers requests made from its own document without a fault, a stack or a leak', { timeout: 120_000 }, async () => {
  const { statuses, routes } = await fuzz(600, SEED);
  const documented = Object.keys(access).filter((name) => name.includes(' /v1/'));
  // The stream never ends, and is asked elsewhere.
  expect([...routes, 'GET /v1/events'].sort()).toEqual(documented.sort());
  expect([...statuses.keys()].filter((status) => status < 300)).not.toEqual([]);
});
