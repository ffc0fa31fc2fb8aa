import { z } from 'zod';
import { rewritings } from '../../pipeline/rewrite.ts';
import { filledText, givenInstant, givenUrl, plainText } from './common.ts';
import { TIME_TO_COME } from './examples.ts';
import { liftBody } from './hold.ts';
import { confirmSensitive, MAX_POST_LENGTH, oneBody, textOrParts } from './new-post.ts';
import { whenSchedule } from './schedule.ts';

/** What the verbs under `/v1/posts/{id}/…` take; those that are not here take nothing. */
export const rejectBody = z
  .strictObject({ reason: filledText(1000) })
  .meta({ examples: [{ reason: 'The figure is not confirmed.' }] });
/** `POST /v1/posts/{id}/rewrite`. */
export const rewriteBody = z
  .strictObject({
    how: z
      .enum(rewritings)
      .describe('`shorter`; `other-sentence`: not what it says now; `other-angle`: what shares fewest words with it.'),
  })
  .meta({ examples: [{ how: 'shorter' }] });
export const requestChangesBody = z
  .strictObject({ note: filledText(1000) })
  .meta({ examples: [{ note: 'Say which ferry.' }] });
export const approveBody = z
  .strictObject({
    schedule: whenSchedule
      .optional()
      .describe(
        'Also give it a time; needs `posts:publish`. Without one it has none, also where it had one before its text changed.',
      ),
    confirmSensitive,
    hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'is not a hash as a post has it')
      .optional()
      .describe(
        'Of the text that was seen, `hash` of the post: where it says something else by now, 412 and no approval. With neither this nor `If-Match`, what it says now is approved.',
      ),
    until: givenInstant
      .optional()
      .describe('The latest time this approval is good for: past it the post is `stale`, until it is approved again.'),
  })
  .nullish()
  .meta({ examples: [{ schedule: 'next-slot' }, { until: TIME_TO_COME }] });
export const cancelBody = z
  .strictObject({ reason: plainText(1000).optional() })
  .nullish()
  .meta({ examples: [{ reason: 'Overtaken by events.' }] });
export const markPublishedBody = z
  .strictObject({ url: givenUrl.optional() })
  .nullish()
  .meta({ examples: [{ url: 'https://social.example/@courier/1' }] });

/** `POST /v1/posts/{id}/correct`: texts only; images and cards stay as they are. */
export const correctBody = z
  .strictObject({
    text: textOrParts.text,
    confirmSensitive,
    parts: z
      .array(z.strictObject({ text: filledText(MAX_POST_LENGTH) }))
      .min(1, 'is empty: it needs at least one part')
      .max(50)
      .optional()
      .describe('One text for each message of the post, in order.'),
  })
  .superRefine(oneBody)
  .meta({ id: 'PostCorrection', examples: [{ text: 'The ferry to Westmouth sails again from Wednesday.' }] });
/** `POST /v1/posts/{id}/hold`. */
export const holdBody = z
  .strictObject({ reason: filledText(500).describe('Shown at the post, with who placed the hold.') })
  .meta({ examples: [{ reason: 'The harbour master disputes the figure.' }] });
/** `POST /v1/posts/{id}/resume`; nothing: as planned. */
export const resumeBody = z
  .strictObject({ resume: liftBody.shape.resume.optional() })
  .nullish()
  .meta({ examples: [{ resume: 'as-planned' }] });
export const removeBody = z
  .strictObject({ reason: plainText(1000).optional() })
  .nullish()
  .meta({ examples: [{ reason: 'It names a minor.' }] });
