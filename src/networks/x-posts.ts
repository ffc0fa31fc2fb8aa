import { z } from 'zod';
import { remoteId } from './address.ts';
import type { Message } from './network.ts';

const entities = z.object({
  urls: z
    .array(z.object({ url: z.string(), expanded_url: z.string().optional(), media_key: z.string().optional() }))
    .optional(),
});
const post = z.object({
  id: remoteId,
  text: z.string(),
  entities: entities.optional(),
  note_tweet: z.object({ text: z.string(), entities: entities.optional() }).optional(),
  referenced_tweets: z.array(z.object({ type: z.string(), id: z.string() })).optional(),
});
export type XPost = z.infer<typeof post>;

/** A page of an account's own posts, as X API v2 answers it; an empty page has no `data`. */
export const xPosts = z.object({
  data: z.array(post).default([]),
  meta: z.object({ result_count: z.number(), next_token: z.string().optional() }),
});

/**
 * Whether a post on the timeline is this message: the same words once X's link shortening and HTML escapes are undone,
 * and the same place in its thread. https://docs.x.com/x-api/fundamentals/data-dictionary
 */
export function isSamePost(seen: XPost, message: Message): boolean {
  const parent = seen.referenced_tweets?.find((one) => one.type === 'replied_to')?.id ?? null;
  return parent === (message.replyTo?.parent.remoteId ?? null) && plain(wordsOf(seen)) === plain(message.text);
}

function wordsOf(seen: XPost): string {
  const { text, entities: links } = seen.note_tweet ?? seen;
  let words = text;
  for (const { url, expanded_url: expanded, media_key: media } of links?.urls ?? []) {
    words = words.replaceAll(url, media === undefined ? (expanded ?? url) : '');
  }
  return words.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** X adds a scheme and a slash to bare hosts and trims white space, so neither may tell two texts apart. */
function plain(text: string): string {
  return text
    .normalize('NFC')
    .replace(/https?:\/\//giu, '')
    .replace(/\/(?=\s|$)/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
}
