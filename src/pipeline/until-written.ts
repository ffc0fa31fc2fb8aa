import { setTimeout as sleep } from 'node:timers/promises';
import { isDatabaseAway, isDiskFull, isReadOnly } from '../store/database.ts';

/** Past this the heartbeat is long missing, and the sweep of another worker settles what is open. */
const GIVE_UP_AFTER_MS = 60_000;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 1_000;

/**
 * Repeats a write while the database is away, has no room or only reads: an answer of a network that is not written down is an
 * answer lost, and a worker that lives is not tidied up after. Only for writes that find themselves done and then change
 * nothing: whether a commit whose answer was lost took place cannot be told otherwise.
 * @throws what `write` threw last, where it is something else or has lasted a minute.
 */
export async function untilWritten<T>(write: () => Promise<T>): Promise<T> {
  const end = performance.now() + GIVE_UP_AFTER_MS;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      return await write();
    } catch (error) {
      const mayPass = isDatabaseAway(error) || isDiskFull(error) || isReadOnly(error);
      if (!mayPass || performance.now() > end) throw error;
      await sleep(waitMs);
    }
  }
}
