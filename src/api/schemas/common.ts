import { z } from 'zod';
import { isKept } from '../../domain/media.ts';
import { USUAL_PAGE } from '../../store/page.ts';
import { holdsPassword } from '../../text/masked-address.ts';
import { hasInvisible } from '../../text/shown-name.ts';

/** An instant as RFC 3339, in answers always UTC. */
export const instant = z.iso.datetime().meta({ examples: ['2026-11-24T06:30:00.000Z'] });

/** An instant in a request: RFC 3339 with seconds, and `Z` or an offset. */
export const givenInstant = z.iso.datetime({
  offset: true,
  error: 'is not an RFC 3339 time with Z or an offset, such as 2026-11-24T08:30:00+02:00',
});

/** Text that PostgreSQL and JSON can hold: no NUL, no half of a surrogate pair. Anything else is a binary file, not text. */
export function plainText(max: number): z.ZodString {
  return z
    .string()
    .max(max, `is longer than the ${max.toLocaleString('en')} characters allowed`)
    .refine(
      (text) => !text.includes('\0') && text.isWellFormed(),
      'is not text: it holds binary data; send the words themselves, not a file',
    );
}

/** `plainText` with at least one character that is not white space. */
export function filledText(max: number): z.ZodString {
  return plainText(max).refine(
    (text) => text.trim() !== '',
    'is empty: it needs at least one character that is not a space',
  );
}

/**
 * What a person, a key, an account or a source is called: one line that looks like what it is. Invisible characters would let
 * one pass for another.
 */
export function givenName(max: number): z.ZodString {
  return filledText(max).refine(
    (name) => !hasInvisible(name),
    'holds invisible characters: write it without line breaks, control and direction marks',
  );
}

/** An id in a body. Whether it exists is found out later. */
export const givenId = z.string().regex(/^[a-z]+_[0-9A-Za-z-]{1,60}$/, 'is not an id such as acc_0192f0c1-…');

/** BCP 47, loosely. */
export const givenLang = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'is not a language tag such as en or pt-BR');

export const givenUrl = z
  .url({ protocol: /^https?$/, error: 'is not an http or https address such as https://example.org/story' })
  .max(4000, 'is longer than 4,000 characters')
  .refine((url) => !holdsPassword(url), 'holds a user name or password: leave it out');

/** An image of a post: the id of one that is kept here, or an address. */
export const givenImage = z.string().superRefine((source, context) => {
  if (isKept(source)) return;
  const fault = givenUrl.safeParse(source).error?.issues[0];
  const message = URL.canParse(source) ? fault?.message : 'is neither the id of an image (media_…) nor an address';
  if (fault !== undefined && message !== undefined) context.addIssue({ code: 'custom', message });
});

export const urgency = z.enum(['breaking', 'normal', 'evergreen']);

/** `q` of a list: what somebody typed into a search field. */
export const searchWords = filledText(200).describe(
  'Words to look for, in any language: "a phrase", or, -without; the last word may be unfinished.',
);

/** Path parameter of every resource with an id. */
export const byId = z.object({
  id: z
    .string()
    .regex(/^[a-z]+_[0-9A-Za-z-]{1,60}$/)
    .describe('As an answer or a list names it.'),
});

/** Query parameters of every list. */
export const pageQuery = z.strictObject({
  cursor: z.string().max(500).optional().describe('Where to go on: `nextCursor` of the page before.'),
  limit: z.coerce
    .number({ error: 'is not a number' })
    .int('is not a whole number')
    .min(1, 'must be from 1 to 100')
    .max(100, 'must be from 1 to 100')
    .default(USUAL_PAGE)
    .describe('Most items on the page.'),
});

/** A page of a list. `nextCursor` is null on the last one. */
export function page<Item extends z.ZodType>(item: Item) {
  return z.object({ data: z.array(item), nextCursor: z.string().nullable() });
}

/** Empty body of a verb: nothing, or `{}`. */
export const noBody = z.strictObject({}).nullish();
