import { z } from 'zod';
import { postStates } from '../../domain/post.ts';
import { instant } from './common.ts';
import { postFilter, postView } from './post.ts';

const wholeNumber = (from: number, to: number): z.ZodCoercedNumber =>
  z.coerce
    .number({ error: 'is not a number' })
    .int('is not a whole number')
    .min(from, `must be from ${from} to ${to}`)
    .max(to, `must be from ${from} to ${to}`);

/** `GET /v1/calendar`. */
export const calendarQuery = postFilter.omit({ dueAfter: true, dueBefore: true }).extend({
  from: z.iso
    .date('is not a date such as 2026-11-24')
    .refine((date) => date >= '1970-01-01' && date < '3000', 'must be from 1970-01-01 to 2999-12-31')
    .describe('The first day.'),
  days: wholeNumber(1, 62).default(7).describe('How many days, the first included.'),
  by: z.enum(['day', 'hour']).default('day').describe('How the time is divided.'),
  most: wholeNumber(0, 50).default(4).describe('Most posts of each stretch, the first by time; 0: only numbers.'),
  timeZone: z.string().max(64).optional().describe('IANA time zone of its days; left out, the newsroom’s.'),
});

/** Posts by day or hour. A stretch without posts is left out. */
export const calendarView = z
  .object({
    timeZone: z.string(),
    stretches: z.array(
      z.object({
        from: instant,
        to: instant.describe('Where the next begins: a day may have 23 or 25 hours.'),
        count: z.int(),
        states: z.partialRecord(z.enum(postStates), z.int()).describe('How many in each state.'),
        posts: z.array(postView).describe('The first `most`, in the order of their times.'),
      }),
    ),
  })
  .meta({ id: 'Calendar' });
