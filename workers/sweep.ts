import type { Context } from '../src/context.ts';
import { chainAudit } from '../src/pipeline/audit.ts';
import { closeWindows } from '../src/pipeline/refused-entries.ts';
import { runRecurrences } from '../src/pipeline/recurrences.ts';
import { isDatabaseAway } from '../src/store/database.ts';
import { withSweepLock } from '../src/store/sweep-lock.ts';
import type { Alone } from './alone.ts';
import {
  HORIZON_EVERY_MS,
  ringTheHorizon,
  ringTheLate,
  ringTheRest,
  ringTidy,
  settleTheDead,
  TIDY_EVERY_MS,
} from './rounds.ts';

/**
 * The backstop: the database is the truth, the queue an alarm clock. Every five seconds one process of the installation
 * rings for what is due and has not gone, settles what dead workers left open, and brings tomorrow's posts into the queue.
 */
const EVERY_MS = 5_000;
/** While the queue is away there is no other alarm clock; and what the database could not do a moment ago, it may do now. */
const SOON_MS = 1_000;
/** An alarm this late has been lost, or its queue is behind. */
const LATE_MS = 1_000;

export interface Sweep {
  /** A job has failed, as where the database was away, or a worker has died: the next round looks within a second. */
  soon(): void;
  stop(): Promise<void>;
}

/** @param alone takes what is due where the queue cannot be reached. */
export function startSweep(context: Context, alone: Alone): Sweep {
  const stopping = new AbortController();
  let horizonAt = -Infinity;
  let tidyAt = -Infinity;
  let timer: NodeJS.Timeout | undefined;
  let isSoon = false;
  let running: Promise<void> = Promise.resolve();
  const round = async (): Promise<void> => {
    timer = undefined;
    // An alarm that rang in vain a moment ago does not ring again: its post need not be late to be looked after.
    const lateMs = isSoon || !context.bell.isReachable() ? 0 : LATE_MS;
    const wasSoon = isSoon;
    isSoon = false;
    try {
      const isMine = await withSweepLock(context.database, async () => {
        const now = context.io.monotonic();
        const steps: Readonly<Record<string, () => Promise<void>>> = {
          settleTheDead: () => settleTheDead(context),
          ringTheLate: () => ringTheLate(context, alone, lateMs),
          ringTheHorizon: async () => {
            if (now - horizonAt > HORIZON_EVERY_MS && (await ringTheHorizon(context))) horizonAt = now;
          },
          ringTidy: async () => {
            if (now - tidyAt > TIDY_EVERY_MS && (await ringTidy(context))) tidyAt = now;
          },
          ringTheRest: () => ringTheRest(context),
          runRecurrences: () => runRecurrences(context),
          closeWindows: () => closeWindows(context.database),
          chainAudit: async () => void (await chainAudit(context.database)),
        };
        const failed = await eachByItself(context, steps);
        if (failed > 0) isSoon = true;
      });
      // The round of another process may have looked a moment before what this one was to look at.
      if (!isMine && wasSoon) isSoon = true;
      // A queue that came back may have come back empty.
      if (!context.bell.isReachable()) horizonAt = -Infinity;
    } catch (error) {
      context.log.warn({ err: error }, 'the sweep could not finish its round');
      isSoon = true;
    }
    if (!stopping.signal.aborted) wait();
  };
  const wait = (): void => {
    timer = setTimeout(start, isSoon || !context.bell.isReachable() ? SOON_MS : EVERY_MS);
  };
  const start = (): void => {
    running = round();
  };
  start();
  return {
    soon() {
      if (isSoon || stopping.signal.aborted) return;
      isSoon = true;
      if (timer === undefined) return;
      clearTimeout(timer);
      wait();
    },
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await running;
    },
  };
}

/**
 * What fails in one step keeps no later one from its work; but without a database each would only wait for it once more.
 * @returns how many have failed.
 */
async function eachByItself(
  { log }: Pick<Context, 'log'>,
  steps: Readonly<Record<string, () => Promise<void>>>,
): Promise<number> {
  let failed = 0;
  for (const [step, run] of Object.entries(steps)) {
    try {
      await run();
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      log.warn({ err: error, step }, 'a step of the sweep has failed');
      failed++;
    }
  }
  return failed;
}
