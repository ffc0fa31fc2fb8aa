import { z } from 'zod';
import { instant } from './common.ts';

/** A process that publishes. */
export const workerView = z
  .object({
    id: z.string(),
    version: z.string(),
    host: z.string(),
    pid: z.int(),
    startedAt: instant,
    seenAt: instant,
    isAlive: z.boolean().describe('It has not stopped, and was heard of within the last seconds.'),
  })
  .meta({ id: 'Worker' });
export type WorkerView = z.infer<typeof workerView>;

export const workerList = z.object({ data: z.array(workerView) });
