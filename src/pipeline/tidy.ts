import { agesFrom } from '../domain/retention.ts';
import type { Retained } from '../domain/retention.ts';
import { getAges } from '../store/ages.ts';
import { forgetOld } from '../store/retention.ts';
import type { Tools } from './tools.ts';

/** Rows of a batch: short enough that nobody waits for its locks. */
const BATCH = 2_000;

/** Job `tidy`: forgets what is older than the installation keeps it, batch after batch. Cut off, the next one goes on. */
export async function tidy(
  { database, retention, log }: Pick<Tools, 'database' | 'retention' | 'log'>,
  signal: AbortSignal,
): Promise<void> {
  const ages = agesFrom((await getAges(database)).days, retention);
  for (const [what, days] of Object.entries(ages) as [Retained, number][]) {
    let forgotten = 0;
    for (let rows = BATCH; rows > 0 && !signal.aborted; forgotten += rows) {
      rows = await forgetOld(database, what, days, BATCH);
    }
    if (forgotten > 0) log.info({ what, days, rows: forgotten }, 'forgot what is older than it is kept');
  }
}
