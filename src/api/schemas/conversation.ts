import { z } from 'zod';
import { filledText, instant, page } from './common.ts';

/** `POST /v1/stories/{id}/comments`. */
export const newComment = z
  .strictObject({ text: filledText(2000) })
  .meta({ id: 'NewComment', examples: [{ text: 'The mayor’s office has confirmed the figure.' }] });

export const commentView = z
  .object({
    id: z.string(),
    storyId: z.string(),
    author: z.string().describe('Who wrote it: a member or an API key.'),
    text: z.string(),
    createdAt: instant,
  })
  .meta({ id: 'Comment' });
export type CommentView = z.infer<typeof commentView>;
export const commentPage = page(commentView);

/** `POST /v1/stories/{id}/shares`. */
export const newShare = z
  .strictObject({
    hours: z
      .int('is not a whole number of hours')
      .min(1, 'must be from 1 to 168')
      .max(168, 'must be from 1 to 168')
      .default(48)
      .describe('How long the link works.'),
  })
  .meta({ examples: [{ hours: 24 }] });

export const shareView = z
  .object({
    id: z.string(),
    storyId: z.string(),
    createdBy: z.string(),
    createdAt: instant,
    expiresAt: instant,
  })
  .meta({ id: 'Share' });
export type ShareView = z.infer<typeof shareView>;
export const sharePage = page(shareView);

export const createdShare = z
  .object({
    ...shareView.shape,
    path: z.string().nullable().describe('Where anybody who has it can read the posts. Told this once.'),
  })
  .meta({ id: 'CreatedShare' });
