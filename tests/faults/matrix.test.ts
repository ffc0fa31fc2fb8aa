import { expect, it } from 'vitest';
import type { BackendName } from '../servers/backends.ts';
import { describeWith } from '../servers/backends.ts';
import { chanceFrom } from './chance.ts';
import { rows } from './rows.ts';
import type { Row } from './row.ts';
import { runRow } from './run-row.ts';
import { openStage } from './stage.ts';

/** Five runs for every change, a `kill -9` amid 200 posts on each backend among them; `npm run faults` has them all. */
const few = [
  { backend: 'redis+postgres', servers: ['redis', 'postgres'], rows: [3, 10] },
  { backend: 'postgres', servers: ['postgres'], rows: [2] },
  { backend: 'embedded', servers: [], rows: [2, 5] },
] as const;
/** Time is judged by `npm run faults`: here the machine is busy with other tests. */
const anyTime = { recoveryMs: Infinity, worstMs: Infinity, settledWithinMs: 120_000 };

for (const { backend, servers, rows: numbers } of few) {
  describeWith(servers, `a few rows of the fault matrix on ${backend}`, () => {
    it('lose no post, send none twice, none early, and solve every doubt that can be solved', async () => {
      await using stage = await openStage(backend satisfies BackendName);
      for (const row of rows.filter(({ n }) => (numbers as readonly number[]).includes(n))) {
        const timeless: Row = { ...row, ...anyTime };
        const { faults } = await runRow(stage, timeless, `Row ${row.n}`, chanceFrom(row.n));
        expect({ row: row.name, faults }).toEqual({ row: row.name, faults: [] });
      }
    }, 400_000);
  });
}
