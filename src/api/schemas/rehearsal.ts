import { z } from 'zod';
import { findings, notices } from './post.ts';

const json: z.ZodType<unknown> = z.unknown();

/** What a post would send, request by request, without secrets. */
export const rehearsalView = z
  .object({
    faults: findings.describe('What the network would refuse at its time, or now; empty where it would take the post.'),
    repeats: findings.describe('What of it, its text or its link, went out on this account in the last 90 days.'),
    notices,
    parts: z.array(
      z.object({
        prepared: json.describe(
          'What is fixed before anything is sent, where the network has that: a record, a signed event.',
        ),
        requests: z
          .array(z.object({ method: z.string(), url: z.string(), body: json }))
          .describe('In order, up to the first whose answer decides on the next. Pictures are left out.'),
      }),
    ),
  })
  .meta({ id: 'Rehearsal' });
