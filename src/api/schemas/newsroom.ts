import { z } from 'zod';
import { newsroom } from '../../store/newsroom.ts';

/** `PUT /v1/newsroom` with `If-Match`: the whole of it. */
export const givenNewsroom = newsroom.meta({
  id: 'GivenNewsroom',
  examples: [{ name: 'The Lindmoor Herald', timeZone: 'Europe/Bucharest' }],
});

export const newsroomView = z
  .object({
    name: z.string().nullable().describe('How the newsroom calls itself; null: it has not said.'),
    timeZone: z.string().nullable().describe('Its IANA zone; null: `usualTimeZone`.'),
    usualTimeZone: z
      .string()
      .describe('Where nothing was said: `STANDFIRST_TIME_ZONE`, or else the zone of the machine.'),
    version: z.int().describe('0 where nobody has said anything. Also the `ETag`.'),
  })
  .meta({ id: 'Newsroom' });
