import { z } from 'zod';
import { givenInstant } from './common.ts';
import { TIME_TO_COME, WALL_TIME_TO_COME } from './examples.ts';

const zone = z.string().max(64).describe('IANA time zone, e.g. `Europe/Bucharest`.');

/**
 * When a post goes out: an instant (`at`), or a time on the clock of a place (`wallTime` and `timeZone`), or `now`.
 * Checks of the clock itself (skipped, repeated, past) are in `domain/wall-time.ts`, because they need the present.
 */
export const scheduleTime = z
  .strictObject({
    at: givenInstant.optional().describe('Instant with `Z` or an offset.'),
    wallTime: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:[0-5]\d)?$/, 'is not a local time such as 2026-11-24T08:30')
      .optional()
      .describe('Time on the clock in `timeZone`, without an offset.'),
    timeZone: zone.optional(),
    disambiguation: z
      .enum(['earlier', 'later'])
      .optional()
      .describe('Which of the two, where the clock shows `wallTime` twice.'),
    now: z.literal(true, 'can only be true').optional().describe('As soon as a worker is free.'),
    strict: z
      .boolean()
      .optional()
      .describe(
        'Beside `at` or `wallTime`: refuse it (409) where quiet hours, the gap, a cap, an embargo or the end of its worth speak against it. Left out, a person’s time is taken as it is.',
      ),
    nextSlot: z.literal(true, 'can only be true').optional().describe('The account’s next free slot.'),
    notBefore: givenInstant.optional().describe('Beside `nextSlot`: the next one from this instant on.'),
  })
  .superRefine((value, context) => {
    const given = [value.at, value.wallTime, value.now, value.nextSlot].filter((item) => item !== undefined).length;
    if (given !== 1)
      context.addIssue({ code: 'custom', message: 'needs exactly one of at, wallTime, now or nextSlot' });
    if (value.wallTime !== undefined && value.timeZone === undefined) {
      context.addIssue({ code: 'custom', path: ['timeZone'], message: 'is needed beside wallTime' });
    }
    if (value.strict === true && value.at === undefined && value.wallTime === undefined) {
      context.addIssue({ code: 'custom', path: ['strict'], message: 'stands only beside at or wallTime' });
    }
    if (value.notBefore !== undefined && value.nextSlot === undefined) {
      context.addIssue({ code: 'custom', path: ['notBefore'], message: 'stands only beside nextSlot' });
    }
  })
  .meta({
    id: 'ScheduleTime',
    examples: [
      { at: TIME_TO_COME },
      { wallTime: WALL_TIME_TO_COME, timeZone: 'Europe/Bucharest' },
      { wallTime: '2030-01-16T17:45', timeZone: 'Europe/Bucharest', strict: true },
      { now: true },
      { nextSlot: true },
      { nextSlot: true, notBefore: TIME_TO_COME },
    ],
  });
export type ScheduleTime = z.infer<typeof scheduleTime>;

/** `schedule` of a new post. */
export const newPostSchedule = z.union([z.enum(['now', 'next-slot', 'review', 'draft']), scheduleTime], {
  error: 'is neither "now", "next-slot", "review", "draft" nor a time such as {"at": "2026-11-24T08:30:00+02:00"}',
});

/** A time for a post that is approved in the same breath. */
export const whenSchedule = z.union([z.enum(['now', 'next-slot']), scheduleTime], {
  error: 'is neither "now", "next-slot" nor a time such as {"at": "2026-11-24T08:30:00+02:00"}',
});
