import { z } from 'zod';
import { givenId } from './common.ts';
import { exampleId } from './examples.ts';
import { postView } from './post.ts';
import { problem } from './problem.ts';

/** Verbs whose body is the same for many posts; a correction is the text of one. */
const bulkVerbs = [
  'submit',
  'approve',
  'reject',
  'request-changes',
  'schedule',
  'unschedule',
  'publish',
  'cancel',
  'hold',
  'resume',
  'retry',
  'check',
  'send-again',
  'remove',
] as const;

/** `POST /v1/post-actions`. */
export const bulkAction = z
  .strictObject({
    action: z.enum(bulkVerbs, `is not one of ${bulkVerbs.join(', ')}`),
    ids: z
      .array(z.union([givenId, z.strictObject({ id: givenId, version: z.int().min(1) })]))
      .min(1, 'is empty: name at least one post')
      .max(1000, 'names more than 1,000 posts')
      .refine((ids) => new Set(ids.map(idOf)).size === ids.length, 'names a post twice')
      .describe('Ids, or ids with the version that was seen.'),
    with: z
      .unknown()
      .optional()
      .describe('What the same verb takes under `/v1/posts/{id}/…`, e.g. `{"reason": "…"}`; the same for every post.'),
  })
  .meta({
    id: 'BulkAction',
    examples: [{ action: 'approve', ids: [exampleId('post')], with: { schedule: 'next-slot' } }],
  });

function idOf(one: string | { id: string }): string {
  return typeof one === 'string' ? one : one.id;
}

/** One result per id, in the order asked for. */
export const bulkResult = z
  .object({
    done: z.int(),
    refused: z.int(),
    results: z.array(
      z.object({
        id: z.string(),
        post: postView.nullable().describe('As it stands afterwards; null where it was refused.'),
        problem: problem.nullable(),
      }),
    ),
  })
  .meta({ id: 'BulkResult' });
