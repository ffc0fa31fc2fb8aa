import { z } from 'zod';
import { givenInstant, instant, urgency } from './common.ts';

export const storyView = z
  .object({
    id: z.string(),
    title: z.string(),
    canonicalUrl: z.string().nullable(),
    urgency,
    embargoUntil: instant.nullable().describe('No post of the story goes out before.'),
    createdAt: instant,
  })
  .meta({ id: 'Story' });
export type StoryView = z.infer<typeof storyView>;

/** `PATCH /v1/stories/{id}`. */
export const storyChange = z
  .strictObject({
    embargoUntil: givenInstant.nullable().optional().describe('Null lifts it.'),
    urgency: urgency.optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'changes nothing: give embargoUntil or urgency')
  .meta({ id: 'StoryChange', examples: [{ embargoUntil: '2026-11-24T06:30:00Z' }] });
