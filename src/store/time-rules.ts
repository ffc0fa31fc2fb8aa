import { z } from 'zod';
import { weekdays } from '../domain/slot-rules.ts';

const wallClock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time from 00:00 to 23:59 such as 08:30');
const days = z
  .array(z.enum(weekdays, { error: `must be one of ${weekdays.join(', ')}` }))
  .min(1, 'names no day: leave it out for every day')
  .default([...weekdays]);

/** When posts may go out, as an account and the house both decide it. */
export const timeRules = {
  /** Times on the account's clock at which "next free slot" may fall; none: any time. */
  slots: z
    .array(z.object({ time: wallClock, days }).strict())
    .max(200)
    .default([]),
  /** Where `to` is not later than `from` it is on the next day; `days` are those on which it begins. */
  quietHours: z
    .array(z.object({ from: wallClock, to: wallClock, days }).strict())
    .max(50)
    .default([]),
  minGapMs: z.number().int().min(0).max(86_400_000, 'is more than a day').default(0),
};
