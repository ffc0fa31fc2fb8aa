import { z } from 'zod';
import { barKinds } from '../../domain/barred.ts';
import { givenId, givenInstant, instant, page, pageQuery } from './common.ts';

const zone = z.string().describe('The zone that its slots, quiet hours and days are in.');
const slots = z.array(z.object({ at: instant, taken: z.boolean() }));

/** `GET /v1/accounts/{id}/slots`. */
export const slotQuery = z.strictObject({
  from: givenInstant.describe('Where the stretch of time begins.'),
  to: givenInstant.describe('Where it ends, at most 62 days later.'),
});

/** `GET /v1/slots`. */
export const slotPlansQuery = z.strictObject({
  ...pageQuery.shape,
  ...slotQuery.shape,
  account: givenId.optional().describe('Only this one.'),
});

export const slotPlan = z
  .object({
    timeZone: zone,
    slots,
    quiet: z.array(z.object({ from: instant, to: instant })),
    days: z
      .array(
        z.object({
          date: z.iso.date(),
          from: instant,
          to: instant,
          planned: z.int().describe('Posts that are scheduled, on their way, in doubt or out.'),
          capacity: z
            .int()
            .nullable()
            .describe('How many its slots, or else its gap and caps, let out outside quiet hours; null: any number.'),
        }),
      )
      .describe('Every day of its calendar that the stretch touches, whole.'),
    nextFree: instant.nullable().describe('The next free slot from `from`, or from now where that is later.'),
  })
  .meta({ id: 'SlotPlan' });

export const slotPlanPage = page(slotPlan.extend({ accountId: z.string() }).meta({ id: 'AccountSlotPlan' }));

/** `GET /v1/posts/{id}/times`. */
export const postTimesQuery = slotQuery.extend({
  without: z
    .string()
    .max(4_000)
    .transform((list) => list.split(','))
    .pipe(z.array(givenId).max(50, 'names more than 50 posts'))
    .optional()
    .describe('Posts, comma-separated, that are about to be moved with it: their present times count as free.'),
});

export const postTimes = z
  .object({
    timeZone: zone,
    slots,
    barred: z
      .array(
        z.object({
          by: z.enum(barKinds).describe('What speaks against it.'),
          from: instant,
          to: instant.describe('The first instant after it.'),
        }),
      )
      .describe('Where it may not go out; any other time is free. A strict time inside one of these is refused.'),
  })
  .meta({ id: 'PostTimes' });
