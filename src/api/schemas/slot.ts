import { z } from 'zod';
import { givenInstant, instant } from './common.ts';

/** `GET /v1/accounts/{id}/slots`. */
export const slotQuery = z.strictObject({
  from: givenInstant.describe('Where the stretch of time begins.'),
  to: givenInstant.describe('Where it ends, at most 62 days later.'),
});

export const slotPlan = z
  .object({
    timeZone: z.string().describe('The zone that its slots and quiet hours are in.'),
    slots: z.array(z.object({ at: instant, taken: z.boolean() })),
    quiet: z.array(z.object({ from: instant, to: instant })),
    nextFree: instant.nullable().describe('The next free slot from `from`, or from now where that is later.'),
  })
  .meta({ id: 'SlotPlan' });
