import { z } from 'zod';
import { correctionStates, remedies } from '../../domain/correction.ts';
import { postStates } from '../../domain/post.ts';
import { filledText, givenId, instant, page, pageQuery } from './common.ts';
import { exampleId } from './examples.ts';

const remedy = z
  .enum(remedies)
  .describe(
    '`edit`: change the text on the network. `replace`: remove it there and post the right one; fails, and removes nothing, where a hold or an embargo would keep the right one back. `reply`: answer it with the right one. `by-hand`: a person has done it there. `leave`: let it stand.',
  );

export const correctionView = z
  .object({
    id: z.string(),
    storyId: z.string(),
    storyTitle: z.string(),
    articleId: z.string().describe('The revision that the posts do not say yet.'),
    state: z.enum(correctionStates),
    createdAt: instant,
    chosenBy: z.string().nullable(),
    chosenAt: instant.nullable(),
    doneAt: instant.nullable(),
    posts: z.array(
      z.object({
        postId: z.string(),
        accountId: z.string(),
        network: z.string(),
        url: z.string().nullable(),
        texts: z.array(z.string()).describe('What it would say, one text for each message.'),
        options: z.array(remedy).describe('What its network can do, the best first.'),
        plan: remedy.describe('What is done where nobody chooses otherwise.'),
        choice: remedy.nullable(),
        state: z.enum(['open', 'chosen', 'done', 'failed']),
        problem: z.string().nullable().describe('Why it failed, in one sentence.'),
        newPostId: z.string().nullable().describe('The post that replaces or answers it.'),
        newPostState: z
          .enum(postStates)
          .nullable()
          .describe('What became of that post: nothing is corrected for readers before it is out.'),
      }),
    ),
  })
  .meta({ id: 'Correction' });
export type CorrectionView = z.infer<typeof correctionView>;

export const correctionQuery = z.strictObject({
  ...pageQuery.shape,
  state: z
    .enum([...correctionStates, 'unfinished'])
    .optional()
    .describe(
      '`open`: nobody has decided yet. `unfinished`: open, being carried out, or done while a post that replaces or answers another has still to go out; as they stand at one moment.',
    ),
});
export const correctionPage = page(correctionView);

/** `POST /v1/corrections/{id}/carry-out`. */
export const carryOutBody = z
  .strictObject({
    choices: z
      .array(
        z.strictObject({
          postId: givenId,
          choice: remedy.optional(),
          texts: z
            .array(filledText(100_000))
            .min(1)
            .max(100)
            .optional()
            .describe('Other words, one text for each message.'),
        }),
      )
      .max(500)
      .default([])
      .describe('Posts that are not named are corrected by their plan.'),
  })
  .default({ choices: [] })
  .meta({ id: 'CarryOut', examples: [{ choices: [{ postId: exampleId('post'), choice: 'reply' }] }] });
