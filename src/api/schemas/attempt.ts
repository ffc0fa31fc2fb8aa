import { z } from 'zod';
import { attemptPhases } from '../../domain/attempt.ts';
import { filledText, givenId, givenInstant, instant, page, pageQuery } from './common.ts';
import { attemptView } from './post.ts';

const outcomes = z
  .string()
  .max(200)
  .transform((list) => list.split(','))
  .pipe(z.array(z.enum(attemptPhases, `is not one of ${attemptPhases.join(', ')}`)));

/** `GET /v1/attempts`. */
export const attemptQuery = z.strictObject({
  ...pageQuery.shape,
  post: givenId.optional().describe('Only tries at this post.'),
  account: givenId.optional().describe('Only tries of this account.'),
  network: filledText(40).optional().describe('Only tries on this network, by its id.'),
  outcome: outcomes
    .optional()
    .describe(`How they ended, comma-separated: ${attemptPhases.join(', ')}; \`reserved\` and \`sent\` are under way.`),
  since: givenInstant.optional().describe('Begun not before this time.'),
  until: givenInstant.optional().describe('Begun before this time.'),
});
export const attemptPage = page(attemptView);

/** Most posts that `GET /v1/failures` looks at, the newest: the Failures screen does the same. */
export const MOST_FAILURES = 1_000;

/** `GET /v1/failures`. */
export const failurePage = z
  .object({
    data: z.array(
      z.object({
        id: z.string().describe('Cause and account: the same group has it again in the next answer.'),
        cause: z.string(),
        accountId: z.string(),
        network: z.string(),
        sentence: z.string().describe('What happened, in a journalist’s words.'),
        action: z.string().describe('What helps.'),
        isInDoubt: z.boolean().describe('Some of it may be out: look on the network before it is sent again.'),
        oldestAt: instant.describe('When the longest waiting of them was due.'),
        count: z.int(),
        postIds: z.array(z.string()),
      }),
    ),
    isWhole: z
      .boolean()
      .describe(`False where more than ${MOST_FAILURES.toLocaleString('en')} posts failed: the newest are here.`),
  })
  .meta({ id: 'FailureGroups' });
