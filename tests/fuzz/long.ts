import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { fuzz } from './fuzz.ts';

const REQUESTS = 10_000;

it(
  `answers ${REQUESTS} requests made from its own document without a fault, a stack or a leak`,
  { timeout: 1_800_000 },
  async () => {
    const seed = randomInt(2 ** 31);
    console.log(`Seed ${seed}`);
    const start = performance.now();
    const { statuses, routes } = await fuzz(REQUESTS, seed);
    const seconds = Math.round((performance.now() - start) / 1000);
    const byStatus = [...statuses]
      .sort(([one], [other]) => one - other)
      .map(([status, count]) => `${status}: ${count}`);
    console.log(`${REQUESTS} requests to ${routes.size} routes in ${seconds} s. ${byStatus.join(', ')}`);
    expect([...statuses.keys()].every((status) => status < 500)).toBe(true);
  },
);
