import { z } from 'zod';
import { MAX_ARTICLE_LENGTH } from '../../domain/article.ts';
import {
  filledText,
  givenId,
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
import { ARTICLE_TEXT, TIME_TO_COME } from './examples.ts';

/** HTML may be larger than the text in it; the body limit of the API (6 MB) is just above. */
const MAX_HTML_LENGTH = 5_000_000;

const articleInput = {
  url: givenUrl.optional().describe('Page to fetch; beside `text` or `html`, the address it stands at.'),
  text: filledText(MAX_ARTICLE_LENGTH).optional().describe('The article as plain text.'),
  html: filledText(MAX_HTML_LENGTH).optional().describe('The article as an HTML page.'),
  title: plainText(500).optional().describe('Headline; wins over what the page says.'),
  section: plainText(100).optional(),
  tags: z.array(filledText(100)).max(30).optional().describe('House tags, without `#`.'),
  lang: givenLang.optional(),
};

function oneSource(
  value: { url?: string | undefined; text?: string | undefined; html?: string | undefined },
  context: z.RefinementCtx,
): void {
  if (value.text !== undefined && value.html !== undefined) {
    context.addIssue({ code: 'custom', path: ['html'], message: 'cannot stand beside text: give one of the two' });
  }
  if (value.text === undefined && value.html === undefined && value.url === undefined) {
    context.addIssue({ code: 'custom', message: 'needs one of url, text or html' });
  }
}

/** `POST /v1/articles`. */
export const newArticle = z
  .strictObject({
    ...articleInput,
    accountIds: z.array(givenId).max(100).optional().describe('Accounts to write posts for; default all connected.'),
    urgency: urgency.optional(),
    embargoUntil: givenInstant
      .optional()
      .describe(
        'No post of its story goes out before: the story is made with it. One that is there already is under it once the article was read, unless its own ends later; its posts move, so that takes the scope `posts:publish` too (403, or an article that is refused where only its page told which story it is).',
      ),
    sourceId: givenId
      .optional()
      .describe(
        'A source of kind `push`: its rules, its cap and its defaults apply, and its log tells of the article.',
      ),
  })
  .superRefine(oneSource)
  .meta({
    id: 'NewArticle',
    examples: [
      { title: 'Council approves budget', text: ARTICLE_TEXT, lang: 'en', tags: ['Westmouth'] },
      {
        title: 'Harbour board names its director',
        text: 'The harbour board of Westmouth names Arne Vold its director. He follows Marta Quist, who retires in May.',
        embargoUntil: TIME_TO_COME,
      },
      { url: 'https://www.westmouth-courier.example/budget', urgency: 'breaking' },
    ],
  });
export type NewArticle = z.infer<typeof newArticle>;

/** `POST /v1/previews`: the same article, nothing stored. */
export const newPreview = z
  .strictObject({
    ...articleInput,
    networks: z.array(z.string().max(40)).max(50).optional().describe('Networks to write for; default all.'),
    hashtags: z.enum(['smart', 'headline']).default('smart'),
  })
  .superRefine(oneSource)
  .meta({
    id: 'NewPreview',
    examples: [{ title: 'Council approves budget', text: ARTICLE_TEXT, hashtags: 'headline' }],
  });
export type NewPreview = z.infer<typeof newPreview>;

const reason = z.object({ name: z.string(), points: z.number(), detail: z.string().optional() });

export const summaryView = z
  .object({
    engine: z.string(),
    version: z.string(),
    lang: z.string(),
    sentences: z.array(
      z.object({
        index: z.int(),
        text: z.string(),
        start: z.int(),
        end: z.int(),
        score: z.number(),
        rank: z.int().nullable(),
        reasons: z.array(reason),
      }),
    ),
    hashtags: z.array(
      z.object({
        tag: z.string(),
        phrase: z.string(),
        origin: z.string(),
        score: z.number(),
        kept: z.boolean(),
        reasons: z.array(reason),
      }),
    ),
  })
  .meta({ id: 'Summary' });

/** An article in a list. */
export const articleItem = z
  .object({
    id: z.string(),
    storyId: z.string().nullable(),
    sourceId: z.string().nullable().describe('The source that brought it; null where somebody handed it in.'),
    revision: z.int(),
    state: z.enum(['pending', 'ready', 'refused']).describe('`pending` until it was fetched and read.'),
    url: z.string().nullable(),
    title: z.string().nullable(),
    opening: z.string().nullable().describe('How its text begins, where it has no title.'),
    siteName: z.string().nullable(),
    section: z.string().nullable(),
    lang: z.string().nullable(),
    description: z.string().nullable(),
    publishedAt: z.string().nullable(),
    refusal: z
      .object({ reason: z.string(), detail: z.string().describe('One sentence.') })
      .nullable()
      .describe('Why it could not be read.'),
    postCount: z.int(),
    createdBy: z.string().nullable(),
    createdAt: instant,
    ingestedAt: instant.nullable(),
  })
  .meta({ id: 'ArticleItem' });
export type ArticleItem = z.infer<typeof articleItem>;

/** One article with what each step made of it. Its posts: `GET /v1/posts?article=<id>`. */
export const articleView = z
  .object({
    ...articleItem.shape,
    text: z.string().nullable(),
    keywords: z.array(z.string()),
    authors: z.array(z.string()),
    modifiedAt: z.string().nullable(),
    image: z.object({ url: z.string(), alt: z.string().nullable() }).nullable(),
    confidence: z.number().nullable(),
    possibleDuplicate: z
      .object({
        storyId: z.string(),
        why: z.string().describe('One sentence.'),
        isAnother: z.boolean().describe('A person has told the two apart: `tell-apart`.'),
      })
      .nullable()
      .describe(
        'A story that may be the same one; a person decides. Its posts never go out without one, nor, until the two are told apart, under the embargo of that story.',
      ),
    steps: z.array(
      z.object({
        name: z.enum(['ingest', 'summarize', 'compose']),
        state: z.enum(['done', 'failed']),
        tries: z.int(),
        problem: z.string().nullable(),
        at: instant,
      }),
    ),
    summary: summaryView.nullable(),
  })
  .meta({ id: 'Article' });
export type ArticleView = z.infer<typeof articleView>;

export const acceptedArticle = z
  .object({ id: z.string(), state: z.literal('pending'), href: z.string().describe('Where to look at it.') })
  .meta({ id: 'AcceptedArticle' });

export const articleQuery = z.strictObject({
  ...pageQuery.shape,
  q: searchWords.optional(),
  state: z.enum(['pending', 'ready', 'refused']).optional().describe('`pending` until it was fetched and read.'),
});
export const articlePage = page(articleItem);

/** What a preview answers: one post per network, measured. */
export const previewView = z
  .object({
    article: z.object({
      title: z.string(),
      lang: z.string(),
      url: z.string().nullable(),
      section: z.string().nullable(),
      text: z.string(),
    }),
    summary: summaryView,
    posts: z.array(
      z.object({
        network: z.string(),
        parts: z.array(
          z.object({ text: z.string(), length: z.int(), max: z.int(), unit: z.string() }).meta({ id: 'MeasuredPart' }),
        ),
        tags: z.array(z.string()),
        link: z.string().nullable().describe('With the house’s campaign parameters.'),
        applied: z.array(z.string()).describe('What the house rules did to it, a sentence each.'),
        repeats: z
          .array(z.string())
          .describe('What of it went out on an account of this network in the last 90 days, a sentence each.'),
        costMicroUsd: z.int().describe('What the network charges, in millionths of a US dollar.'),
      }),
    ),
  })
  .meta({ id: 'Preview' });
export type PreviewView = z.infer<typeof previewView>;
