import { z } from 'zod';
import { instant } from './common.ts';

/** A process that publishes. */
export const workerView = z
  .object({
    id: z.string(),
    version: z.string(),
    host: z.string(),
    pid: z.int(),
    concurrency: z
      .int()
      .nullable()
      .describe('Posts that it sends at a time to one server; null: older than this figure.'),
    memoryBytes: z.int().nullable().describe('What its process holds of the memory.'),
    startedAt: instant,
    seenAt: instant,
    isAlive: z.boolean().describe('It has not stopped, and was heard of within the last seconds.'),
    publishingCount: z.int().describe('Posts that it is sending right now.'),
    publishing: z.array(z.object({ postId: z.string(), accountId: z.string() })).describe('The first of them.'),
  })
  .meta({ id: 'Worker' });

export const workerList = z.object({ data: z.array(workerView) });
