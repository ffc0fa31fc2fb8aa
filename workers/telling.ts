import type { Context } from '../src/context.ts';
import { notify } from '../src/pipeline/notify.ts';

/** How late a webhook may hear of something, at most. */
const EVERY_MS = 1_000;

/** Looks every second for what is to be told outside. Several processes may: one reads at a time. */
export function startTelling(context: Context): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let isStopping = false;
  let running: Promise<void> = Promise.resolve();
  const round = async (): Promise<void> => {
    try {
      await notify(context);
    } catch (error) {
      context.log.warn({ err: error }, 'what happened could not be read for those who are told');
    }
    if (!isStopping) timer = setTimeout(start, EVERY_MS);
  };
  const start = (): void => {
    running = round();
  };
  start();
  return {
    async stop() {
      isStopping = true;
      clearTimeout(timer);
      await running;
    },
  };
}
