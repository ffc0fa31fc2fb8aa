import { expect, it } from 'vitest';
import { describeWith } from '../servers/backends.ts';
import { faultsOf } from './row.ts';
import { rows } from './rows.ts';
import { openStage } from './stage.ts';
import type { Stage } from './stage.ts';

/** A few rows for every change; `npm run faults` runs them all, on each backend, with its gates on time. */
const FEW = [3, 5, 10, 25, 35];
/** Time is judged by `npm run faults`: here the machine is busy with other tests. */
const ANY_TIME = Infinity;

describeWith(['redis', 'postgres'], 'a few rows of the fault matrix on redis+postgres', () => {
  it('lose no post, send none twice, none early, and solve every doubt that can be solved', async () => {
    await using stage: Stage = await openStage('redis+postgres');
    for (const row of rows.filter(({ n }) => FEW.includes(n))) {
      const finding = await row.run(stage, { label: `Row ${row.n}`, who: 1_000 + row.n, seed: row.n });
      expect({ row: row.name, faults: faultsOf(row, finding, ANY_TIME) }).toEqual({ row: row.name, faults: [] });
    }
  }, 400_000);
});
