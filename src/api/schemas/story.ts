import { z } from 'zod';
import { storyCampaign } from '../../store/story-campaign.ts';
import { filledText, givenInstant, instant, page, pageQuery, urgency, searchWords } from './common.ts';
import { TIME_TO_COME } from './examples.ts';

export const storyView = z
  .object({
    id: z.string(),
    title: z.string(),
    canonicalUrl: z.string().nullable(),
    urgency,
    embargoUntil: instant.nullable().describe('No post of the story goes out before.'),
    master: z.string().nullable().describe('The text that its posts follow; null: as written from the article.'),
    masterVersion: z.int().describe('Send it back as `If-Match` with the next master text.'),
    utm: storyCampaign
      .nullable()
      .describe(
        'What its links say as `utm_…` instead of the house’s: null leaves a parameter out, one that is absent is as in the house. Null: all are.',
      ),
    createdAt: instant,
  })
  .meta({ id: 'Story' });
export type StoryView = z.infer<typeof storyView>;

/** A story in a list. */
export const storyItem = z
  .object({
    ...storyView.shape,
    articleId: z.string().nullable().describe('Its newest article.'),
    revision: z.int().describe('How many times its article was revised, from 1; 0 where none was read.'),
    copies: z.int().describe('Articles that told the same and were not posted.'),
    posts: z.record(z.string(), z.int()).describe('How many of its posts are in which state.'),
  })
  .meta({ id: 'StoryItem' });
export type StoryItem = z.infer<typeof storyItem>;

export const storyQuery = z.strictObject({
  ...pageQuery.shape,
  q: searchWords.optional(),
  urgency: urgency.optional().describe('How much it hurries.'),
});
export const storyPage = page(storyItem);

/** `PUT /v1/stories/{id}/master` with `If-Match`. */
export const masterText = z
  .strictObject({
    text: filledText(10_000).nullable().describe('Without hashtags and link: each post has its own. Null: none.'),
  })
  .meta({ examples: [{ text: 'The council has approved the budget: fares stay as they are.' }] });

/** `PATCH /v1/stories/{id}`. */
export const storyChange = z
  .strictObject({
    embargoUntil: givenInstant.nullable().optional().describe('Null lifts it.'),
    urgency: urgency.optional(),
    utm: storyCampaign
      .nullable()
      .optional()
      .describe(
        'The whole of it; null: as in the house. Posts that can still change get the new link, and wait for approval again.',
      ),
    utmSeen: storyCampaign
      .nullable()
      .optional()
      .describe(
        'What `utm` was when you read it: refused with 412 where somebody has changed it since. Left out, it is not compared.',
      ),
  })
  .refine(
    (change) => Object.keys(change).some((name) => name !== 'utmSeen'),
    'changes nothing: give embargoUntil, urgency or utm',
  )
  .meta({
    id: 'StoryChange',
    examples: [
      { embargoUntil: TIME_TO_COME },
      { embargoUntil: null, urgency: 'breaking' },
      { utm: { campaign: 'budget-2030', term: null } },
    ],
  });
