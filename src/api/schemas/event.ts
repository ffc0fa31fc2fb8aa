import { z } from 'zod';
import { givenId, instant, page, pageQuery } from './common.ts';

/** `data:` of one message of the stream `GET /v1/events`; its `id:` is the cursor, its `event:` the type. */
export const eventView = z
  .object({
    cursor: z.string(),
    at: instant,
    type: z.string(),
    subject: z.string().describe('Id of what it happened to.'),
    actor: z.string().nullable(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Event' });

export const eventsQuery = z.strictObject({
  after: z.string().max(60).optional().describe('Like the header `Last-Event-ID`; `0-0` replays all that is kept.'),
});

/** One message on the sandbox’s timeline. */
export const timelineItem = z
  .object({
    id: z.string(),
    accountId: z.string(),
    text: z.string(),
    card: z.record(z.string(), z.unknown()).nullable(),
    replyTo: z.string().nullable(),
    createdAt: instant,
  })
  .meta({ id: 'TimelineItem' });
export type TimelineItem = z.infer<typeof timelineItem>;

export const timelineQuery = z.strictObject({
  ...pageQuery.shape,
  account: givenId.optional().describe('Only what this account took.'),
});
export const timelinePage = page(timelineItem);
