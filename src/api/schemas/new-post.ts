import { z } from 'zod';
import { filledText, givenId, givenImage, givenInstant, givenLang, givenUrl, plainText, urgency } from './common.ts';
import { exampleId, TIME_TO_COME } from './examples.ts';
import { newPostSchedule } from './schedule.ts';

/** Above every network's own limit; the network's rule is checked when the post is made. */
export const MAX_POST_LENGTH = 100_000;

const givenMedia = z.strictObject({
  source: givenImage.describe(
    'Id of an image of `/v1/media`, or an address that is fetched, resized and stripped when the post is approved or handed in with its time; of an import, when it goes out.',
  ),
  alt: plainText(5000)
    .optional()
    .describe(
      'What the image shows, for those who cannot see it. Left out, what is said of the image of `/v1/media` stands; empty, nothing does.',
    ),
});

const share = z.number().min(0, 'must be from 0 to 1').max(1, 'must be from 0 to 1');

const givenCard = z.strictObject({
  url: givenUrl,
  title: plainText(500),
  description: plainText(2000).default(''),
  image: z
    .strictObject({
      url: givenImage.describe('Id of an image of `/v1/media`, or an address.'),
      alt: plainText(5000).default(''),
      focus: z
        .strictObject({ x: share, y: share })
        .exactOptional()
        .describe(
          'Which part stays where the picture is cut to the shape of the network’s cards: 0 is its left or upper end, 1 the right or lower. Left out, it is sent whole.',
        ),
    })
    .nullable()
    .default(null),
});

const givenPart = z.strictObject({
  text: filledText(MAX_POST_LENGTH),
  media: z.array(givenMedia).max(20).optional().describe('Images; left out of an edit, they stay as they are.'),
  card: givenCard.nullable().optional().describe('Link card; left out of an edit, it stays as it is.'),
});

/** What a post says: one text, or its messages. */
export const textOrParts = {
  text: filledText(MAX_POST_LENGTH).optional().describe('The whole text of a single message, exactly as it goes out.'),
  parts: z
    .array(givenPart)
    .min(1, 'is empty: it needs at least one part')
    .max(50)
    .optional()
    .describe('The messages in order; several are a thread.'),
};

/** For `superRefine`: one of the two is given. */
export function oneBody(value: { text?: string | undefined; parts?: unknown }, context: z.RefinementCtx): void {
  if ((value.text === undefined) === (value.parts === undefined)) {
    context.addIssue({ code: 'custom', message: 'needs exactly one of text or parts' });
  }
}

/** Said with what lets words out, by a program that acts for a person. */
export const confirmSensitive = z
  .boolean()
  .optional()
  .describe(
    'A person has looked at the names that the house rules call sensitive. Left out, a key lets no such text out; whoever is signed in is that person.',
  );

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
    storyId: givenId
      .optional()
      .describe(
        'The story that it tells: the posts belong to it and to its newest article, and its embargo and holds are for them too. Left out, they belong to none.',
      ),
    link: givenUrl
      .optional()
      .describe(
        'Put after the first text, or into a card, as each network does it, with the campaign parameters of the house; a text that leads there already stays as it is.',
      ),
    lang: givenLang.optional(),
    urgency: urgency.optional(),
    worthlessAfter: worthlessAfter.optional(),
    confirmSensitive,
    schedule: newPostSchedule
      .default('draft')
      .describe(
        '`now`, a time or `next-slot`: approved and sent then, which needs the scopes `posts:approve` and `posts:publish` too; sent by a key, a text with sensitive names waits in review all the same, and `reason` says so. `draft` (the default) and `review`: kept, not sent.',
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
