import { z } from 'zod';
import { instant } from './common.ts';

const bytes = z.int().describe('Bytes.');

/** What the product stands on. What does not answer in two seconds is null, and the others are told none the less. */
export const foundationsView = z
  .object({
    checks: z.array(
      z.object({
        name: z.enum(['database', 'migrations', 'queue', 'clock', 'zones', 'keys', 'disk']),
        state: z
          .enum(['ok', 'advice', 'wrong'])
          .describe('`wrong`: no work can be done. `advice`: it works, and will hurt.'),
        sentence: z.string().describe('What it is, and what to do; empty where all is well.'),
      }),
    ),
    database: z
      .object({
        version: z.string(),
        answerMs: z.int().describe('How long it took to answer the simplest question.'),
        sizeBytes: bytes,
        connections: z.int().describe('Of everybody who uses it.'),
        maxConnections: z.int(),
      })
      .nullable(),
    queue: z.object({
      kind: z.enum(['redis', 'postgres']),
      redis: z
        .object({
          version: z.string(),
          memoryBytes: bytes,
          maxMemoryBytes: bytes.nullable().describe('Null: as much as its machine has.'),
          policy: z.string().nullable().describe('`maxmemory-policy`; null: it does not let us read its settings.'),
          appendOnly: z.string().nullable().describe('`appendonly`.'),
        })
        .nullable(),
    }),
    clockApartMs: z
      .int()
      .nullable()
      .describe('By how much, at least, the database’s clock is ahead of this machine’s.'),
    feeds: z
      .object({
        active: z.int(),
        paused: z.int(),
        failingCount: z.int(),
        failing: z
          .array(z.object({ id: z.string(), name: z.string(), since: instant.nullable() }))
          .describe('Those that have failed for the longest.'),
      })
      .nullable(),
    webhooks: z
      .object({
        active: z.int(),
        paused: z.int(),
        disabled: z.int(),
        failingCount: z.int(),
        waiting: z.int().describe('Deliveries that have not been taken yet.'),
        oldestWaitingAt: instant.nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'Foundations' });
export type FoundationsView = z.infer<typeof foundationsView>;
