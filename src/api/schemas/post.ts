import { z } from 'zod';
import { exampleId, TIME_TO_COME } from './examples.ts';
import type { PostAction } from '../../domain/post.ts';
import { postStates } from '../../domain/post.ts';
import { rewritings } from '../../pipeline/rewrite.ts';
import {
  filledText,
  givenId,
  givenImage,
  givenInstant,
  givenLang,
  givenUrl,
  instant,
  page,
  pageQuery,
  plainText,
  searchWords,
  urgency,
} from './common.ts';
import { newPostSchedule, whenSchedule } from './schedule.ts';

/** Above every network's own limit; the network's rule is checked when the post is made. */
const MAX_POST_LENGTH = 100_000;

const givenMedia = z.strictObject({
  source: givenImage.describe(
    'Id of an image of `/v1/media`, or an address that is fetched, resized and stripped when the post goes out.',
  ),
  alt: plainText(5000).default('').describe('What the image shows, for those who cannot see it.'),
});

const givenCard = z.strictObject({
  url: givenUrl,
  title: plainText(500),
  description: plainText(2000).default(''),
  image: z
    .strictObject({ url: givenUrl, alt: plainText(5000).default('') })
    .nullable()
    .default(null),
});

const givenPart = z.strictObject({
  text: filledText(MAX_POST_LENGTH),
  media: z.array(givenMedia).max(20).optional().describe('Images; left out of an edit, they stay as they are.'),
  card: givenCard.nullable().optional().describe('Link card; left out of an edit, it stays as it is.'),
});

const textOrParts = {
  text: filledText(MAX_POST_LENGTH).optional().describe('The whole text of a single message, exactly as it goes out.'),
  parts: z
    .array(givenPart)
    .min(1, 'is empty: it needs at least one part')
    .max(50)
    .optional()
    .describe('The messages in order; several are a thread.'),
};

function oneBody(value: { text?: string | undefined; parts?: unknown }, context: z.RefinementCtx): void {
  if ((value.text === undefined) === (value.parts === undefined)) {
    context.addIssue({ code: 'custom', message: 'needs exactly one of text or parts' });
  }
}

const worthlessAfter = givenInstant.describe(
  'Past it the post is `stale`: told, never sent. Left out: 1 h (breaking), 12 h (normal) or 7 days (evergreen) after its time.',
);

/** `POST /v1/posts`: a ready text to one or more accounts. */
export const newPost = z
  .strictObject({
    accountIds: z
      .array(givenId)
      .min(1, 'is empty: name at least one account')
      .max(100)
      .refine((ids) => new Set(ids).size === ids.length, 'names an account twice'),
    ...textOrParts,
    link: givenUrl.optional().describe('Put after the text, or into a card, as each network does it.'),
    lang: givenLang.optional(),
    urgency: urgency.optional(),
    worthlessAfter: worthlessAfter.optional(),
    schedule: newPostSchedule
      .default('draft')
      .describe(
        '`now`, a time or `next-slot`: approved and sent then. `draft` (the default) and `review`: kept, not sent.',
      ),
  })
  .superRefine(oneBody)
  .meta({
    id: 'NewPost',
    examples: [
      { accountIds: [exampleId('account')], text: 'The ferry to Westmouth sails again from Monday.', schedule: 'now' },
      {
        accountIds: [exampleId('account')],
        parts: [{ text: 'The council has approved the budget.' }, { text: 'Fares stay as they are until spring.' }],
        link: 'https://www.westmouth-courier.example/budget',
        lang: 'en',
        schedule: { at: TIME_TO_COME },
      },
    ],
  });
export type NewPost = z.infer<typeof newPost>;

/** `PATCH /v1/posts/{id}` with `If-Match`. */
export const postChange = z
  .strictObject({
    ...textOrParts,
    worthlessAfter: worthlessAfter
      .nullable()
      .optional()
      .describe('When it is worthless; null: by its urgency. Alone, it leaves text and approval as they are.'),
  })
  .superRefine((value, context) => {
    if (value.worthlessAfter === undefined || value.text !== undefined || value.parts !== undefined)
      oneBody(value, context);
  })
  .meta({
    id: 'PostChange',
    examples: [{ text: 'The ferry to Westmouth sails again from Tuesday.' }, { worthlessAfter: TIME_TO_COME }],
  });
export type PostChange = z.infer<typeof postChange>;

const part = z.object({
  text: z.string(),
  media: z.array(z.object({ source: z.string(), alt: z.string() })),
  card: z
    .object({
      url: z.string(),
      title: z.string(),
      description: z.string(),
      image: z.object({ url: z.string(), alt: z.string() }).nullable(),
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
    retryAt: z.string().optional(),
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
          placedAt: instant,
        }),
      )
      .describe('The holds that match: who placed each, and why.'),
    can: z
      .array(z.enum(postActions))
      .describe(
        'What may be done with it in this state, on this network; under four eyes nobody may approve their own words.',
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

export const postDetail = z
  .object({
    ...postView.shape,
    repeats: z
      .array(z.object({ pointer: z.string(), code: z.string(), message: z.string() }))
      .describe(
        'What of a post that is not out yet, its text or its link, went out on this account in the last 90 days.',
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
    attempts: z.array(
      z.object({
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
      }),
    ),
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
    schedule: whenSchedule.optional().describe('Also give it a time; needs `posts:publish`.'),
    until: givenInstant.optional().describe('The latest time this approval is good for: past it the post is `stale`.'),
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
    parts: z
      .array(z.strictObject({ text: filledText(MAX_POST_LENGTH) }))
      .min(1, 'is empty: it needs at least one part')
      .max(50)
      .optional()
      .describe('One text for each message of the post, in order.'),
  })
  .superRefine(oneBody)
  .meta({ id: 'PostCorrection', examples: [{ text: 'The ferry to Westmouth sails again from Wednesday.' }] });
export const removeBody = z
  .strictObject({ reason: plainText(1000).optional() })
  .nullish()
  .meta({ examples: [{ reason: 'It names a minor.' }] });

const json: z.ZodType<unknown> = z.unknown();

/** What a post would send, request by request, without secrets. */
export const rehearsalView = z
  .object({
    faults: z
      .array(z.object({ pointer: z.string(), code: z.string(), message: z.string() }))
      .describe('What the network would refuse; empty where it would take the post.'),
    repeats: z
      .array(z.object({ pointer: z.string(), code: z.string(), message: z.string() }))
      .describe('What of it, its text or its link, went out on this account in the last 90 days.'),
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
