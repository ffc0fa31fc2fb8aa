import { z } from 'zod';
import { holdsPassword } from '../text/masked-address.ts';

const words = z.array(z.string().trim().min(1, 'is empty').max(100, 'is longer than 100 characters')).max(200);

/** `domain/source.ts` says what each means. */
export const intakeRules = z.object({
  include: words.default([]),
  exclude: words.default([]),
  sections: words.default([]),
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}$/, 'is not a primary language tag such as en'))
    .max(50)
    .default([]),
  minLength: z.number().int().min(1).max(1_000_000).nullable().default(null),
  maxAgeHours: z.number().int().min(1).max(87_600).nullable().default(72),
  urgentWords: words.default([]),
});

/** What an editor decides about a source; every field has a default. */
export const sourceSettings = z.object({
  /** From one poll to the next, where all is well. */
  intervalMs: z.number().int().default(300_000),
  /** Most articles in any 60 minutes; what is over it waits for a day. */
  maxPerHour: z.number().int().min(1).max(10_000).default(30),
  /** Whether an article is read from its page, or from the text that the feed itself gives. */
  text: z.enum(['page', 'feed']).default('page'),
  /** For `urls`. */
  urls: z.array(z.string()).default([]),
  /** Accounts that get posts; null: all. */
  accountIds: z.array(z.string()).nullable().default(null),
  urgency: z.enum(['breaking', 'normal', 'evergreen']).default('normal'),
  /** Where the source gives none. */
  section: z.string().nullable().default(null),
  lang: z.string().nullable().default(null),
  /** House tags that every article of the source gets. */
  tags: z.array(z.string()).default([]),
  rules: intakeRules.default(() => intakeRules.parse({})),
});
export type SourceSettings = z.infer<typeof sourceSettings>;

/** Settings as somebody sends them: nothing unknown, and no interval that would be a burden to a site. */
export const givenSourceSettings = sourceSettings
  .extend({
    intervalMs: z
      .number()
      .int()
      .min(60_000, 'is less than a minute')
      .max(86_400_000, 'is more than a day')
      .default(300_000),
    urls: z
      .array(
        z
          .url({ protocol: /^https?$/, error: 'is not an http or https address such as https://example.org/story' })
          .max(4000)
          .refine((url) => !holdsPassword(url), 'holds a user name or password: leave it out'),
      )
      .max(1000, 'has more than 1,000 addresses: make a second source')
      .default([]),
    accountIds: z.array(z.string().max(100)).max(100).nullable().default(null),
    section: z.string().max(100).nullable().default(null),
    lang: z.string().max(35).nullable().default(null),
    tags: z.array(z.string().min(1).max(100)).max(30).default([]),
    rules: intakeRules.strict().default(() => intakeRules.parse({})),
  })
  .strict();
