import { z } from 'zod';
import { weekdays } from '../../domain/slot-rules.ts';
import { isTimeZone } from '../../domain/wall-time.ts';
import { givenId, givenInstant, instant, page } from './common.ts';
import { exampleId, TIME_TO_COME } from './examples.ts';

/** `POST /v1/recurrences`. */
export const newRecurrence = z
  .strictObject({
    postId: givenId.describe('An approved post: its text comes again as it was approved.'),
    time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time from 00:00 to 23:59 such as 08:30'),
    days: z
      .array(z.enum(weekdays))
      .min(1, 'names no day')
      .default([...weekdays]),
    timeZone: z.string().refine(isTimeZone, 'is not an IANA time zone such as Europe/Bucharest'),
    endsAt: givenInstant.optional(),
  })
  .meta({
    id: 'NewRecurrence',
    examples: [
      {
        postId: exampleId('post'),
        time: '08:30',
        days: ['mon', 'fri'],
        timeZone: 'Europe/Bucharest',
        endsAt: TIME_TO_COME,
      },
    ],
  });

export const recurrenceView = z
  .object({
    id: z.string(),
    postId: z.string(),
    accountId: z.string(),
    time: z.string(),
    days: z.array(z.enum(weekdays)),
    timeZone: z.string(),
    nextAt: instant.describe('The next time that has no post yet; posts are made a day ahead.'),
    endsAt: instant.nullable(),
    createdBy: z.string(),
    createdAt: instant,
  })
  .meta({ id: 'Recurrence' });
export type RecurrenceView = z.infer<typeof recurrenceView>;
export const recurrencePage = page(recurrenceView);
export const createdRecurrence = z.object({ id: z.string() });
