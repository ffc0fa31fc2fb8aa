import { z } from 'zod';
import type { PostAction } from '../../domain/post.ts';
import { postStates } from '../../domain/post.ts';
import { cardImage } from '../../store/post.ts';
import { filledText, givenId, givenInstant, instant, page, pageQuery, searchWords, urgency } from './common.ts';

const part = z.object({
  text: z.string(),
  media: z.array(z.object({ source: z.string(), alt: z.string() })),
  card: z
    .object({
      url: z.string(),
      title: z.string(),
      description: z.string(),
      image: cardImage.nullable(),
    })
    .nullable(),
});

const failure = z
  .object({
    kind: z.string(),
    cause: z.string(),
    detail: z.string(),
    sentence: z.string().describe('What happened, in a journalist’s words.'),
    action: z.string().describe('What helps.'),
    code: z.string().optional(),
  })
  .meta({ id: 'Failure' });

/** The actions of `postCan` that a caller may ask for. */
export const postActions = [
  'edit',
  'submit',
  'approve',
  'requestChanges',
  'reject',
  'schedule',
  'unschedule',
  'publishNow',
  'cancel',
  'retry',
  'checkOnNetwork',
  'markPublished',
  'sendAgain',
  'setWorth',
  'hold',
  'correct',
  'remove',
] as const satisfies readonly PostAction[];

/** A post as it stands. `version` is also its `ETag`. */
export const postView = z
  .object({
    id: z.string(),
    accountId: z.string(),
    network: z.string(),
    storyId: z.string().nullable(),
    articleId: z.string().nullable(),
    state: z.enum(postStates),
    held: z.boolean().describe('A hold matches: it does not go out until the hold is lifted.'),
    heldBy: z
      .array(
        z.object({
          id: z.string(),
          scope: z.string(),
          target: z.string().nullable(),
          reason: z.string(),
          placedBy: z.string(),
          placedByName: z.string().nullable().describe('What that member or key is called.'),
          placedAt: instant,
        }),
      )
      .describe('The holds that match: who placed each, and why.'),
    can: z
      .array(z.enum(postActions))
      .describe(
        'What you may do with it in this state, on this network, by your role or the scopes of your key; under four eyes nobody may approve their own words. To give a time with an approval asks for `posts:publish` too.',
      ),
    needsAnother: z
      .boolean()
      .describe('The house wants four eyes, and the words are yours: somebody else has to approve them.'),
    urgency,
    version: z.int().describe('Send it back as `If-Match: "<version>"`.'),
    revision: z.int(),
    parts: z.array(part),
    link: z.string().nullable(),
    tags: z.array(z.string()),
    lang: z.string(),
    hash: z.string().describe('Of the text as it stands, which an approval binds: send it with `approve`.'),
    costMicroUsd: z.int().describe('What the network charges for it, in millionths of a US dollar.'),
    dueAt: instant.nullable(),
    wakeAt: instant.nullable().describe('When the next try is made: `dueAt`, or later.'),
    staleAt: instant.nullable().describe('Past it, it is told as `stale` and never sent.'),
    worthlessAfter: instant.nullable().describe('As somebody said it; null: a while after `dueAt`, by urgency.'),
    approvedUntil: instant.nullable().describe('The approval’s latest time.'),
    recurrenceId: z.string().nullable().describe('What it comes from, where it comes again and again.'),
    tries: z.int(),
    failure: failure.nullable(),
    publishedAt: instant.nullable(),
    removedAt: instant.nullable().describe('When it was taken off its network again.'),
    latenessMs: z.int().nullable(),
    url: z.string().nullable().describe('Where it can be seen.'),
    reason: z.string().nullable(),
    approvedBy: z.string().nullable(),
    approvedAt: instant.nullable(),
    createdBy: z.string().nullable(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Post' });
export type PostView = z.infer<typeof postView>;

/** A fault, or what is like one: where in the post, what, and a sentence. */
export const findings = z.array(z.object({ pointer: z.string(), code: z.string(), message: z.string() }));
export const notices = findings.describe(
  'What the network takes and a person should know: a link of a thread that is paid for more than once.',
);

const attempt = z.object({
  id: z.string(),
  revision: z.int(),
  part: z.int(),
  n: z.int(),
  phase: z.string(),
  failure: failure.nullable(),
  remoteId: z.string().nullable(),
  url: z.string().nullable(),
  startedAt: instant,
  sentAt: instant.nullable(),
  endedAt: instant.nullable(),
  checks: z.int(),
  traceId: z.string().nullable().describe('The trace that sent it, where traces go to a collector.'),
});

/** A try among those of all posts. */
export const attemptView = z
  .object({ ...attempt.shape, postId: z.string(), accountId: z.string(), network: z.string() })
  .meta({ id: 'Attempt' });
export type AttemptView = z.infer<typeof attemptView>;

export const postDetail = z
  .object({
    ...postView.shape,
    repeats: findings.describe(
      'What of a post that is not out yet, its text or its link, went out on this account in the last 90 days.',
    ),
    notices,
    waits: z
      .object({ until: instant, why: z.string().describe('One sentence.') })
      .nullable()
      .describe(
        'The embargo that keeps it back past its time, from the moment it is known: of its story, or of one that it leads to or tells. Holds are in `heldBy`.',
      ),
    revisions: z.array(
      z.object({
        n: z.int(),
        parts: z.array(part),
        link: z.string().nullable(),
        tags: z.array(z.string()),
        hash: z.string(),
        author: z.string().nullable(),
        createdAt: instant,
      }),
    ),
    attempts: z.array(attempt),
  })
  .meta({ id: 'PostDetail' });
export type PostDetail = z.infer<typeof postDetail>;

export const createdPosts = z.object({ data: z.array(postView) }).meta({ id: 'CreatedPosts' });

const states = z
  .string()
  .max(200)
  .transform((list) => list.split(','))
  .pipe(z.array(z.enum(postStates, `is not one of ${postStates.join(', ')}`)));

/** Which posts a list or an export holds. */
export const postFilter = z.strictObject({
  q: searchWords.optional(),
  state: states.optional().describe('One or more states, comma-separated.'),
  account: givenId.optional().describe('Only posts for this account.'),
  article: givenId.optional().describe('Only posts that were written from this article.'),
  story: givenId.optional().describe('Only posts of this story.'),
  section: filledText(200).optional().describe('Only posts that were written from an article of this section.'),
  author: filledText(80)
    .optional()
    .describe('Only posts whose text is by this member or key, by its id; `line`: by the product itself.'),
  hadFailure: z
    .stringbool({ error: 'is not true or false' })
    .optional()
    .describe('Only posts of which a try failed, or of which none did.'),
  dueAfter: givenInstant.optional().describe('Only posts whose time is not before this one.'),
  dueBefore: givenInstant.optional().describe('Only posts whose time is before this one.'),
});

/** `GET /v1/posts`. */
export const postQuery = z.strictObject({
  ...pageQuery.shape,
  ...postFilter.shape,
  sort: z
    .enum(['dueAt', '-dueAt', 'createdAt', '-createdAt'])
    .default('-createdAt')
    .describe('By which time; with `-` the latest first.'),
});
export const postPage = page(postView);
