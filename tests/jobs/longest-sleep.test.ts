import { expect, it } from 'vitest';
import { openPostgresBackend } from '../../src/jobs/backend.ts';

it('a queue on PostgreSQL never sleeps longer than five seconds, so that a stepped clock is noticed', async () => {
  const backend = openPostgresBackend('postgres://nobody@127.0.0.1:1/none', 1, () => {});
  const made = (backend.factory as unknown as (name: string, options: object) => { maximumBlockTimeout: number })(
    'line',
    backend.options('worker', 'line'),
  );
  expect(made.maximumBlockTimeout).toBeGreaterThan(0);
  expect(made.maximumBlockTimeout).toBeLessThanOrEqual(5);
  await backend.close();
});
