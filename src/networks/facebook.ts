import { z } from 'zod';
import type { Receipt } from '../domain/attempt.ts';
import type { Failure } from '../domain/errors.ts';
import { isSameText } from '../text/same-words.ts';
import { findWebLinks } from '../text/web-links.ts';
import { pageAddress, remoteId, serverAddress } from './address.ts';
import type { Reply } from './ask.ts';
import { facebookConnect } from './facebook-connect.ts';
import { formOf } from './form.ts';
import { factsFromMeta, missingOf } from './granted.ts';
import { askGraph, failureOfGraph, GRAPH_VERSION, postToGraph } from './graph.ts';
import type { Checked, Found, Image, Message, Network, NetworkIo, Outcome } from './network.ts';
import { beforePosting, failure } from './outcome.ts';
import { faultOfWords } from './words.ts';

const CLOCK_SLACK_S = 60;
const PAGE = 100;

const credentials = z.object({
  pageId: z.string().trim().regex(/^\d+$/, 'A Page id is a number.').describe('Id of the Page'),
  accessToken: z
    .string()
    .trim()
    .min(1)
    .describe('Page access token with pages_manage_posts and pages_read_engagement')
    .meta({ secret: true }),
  version: z
    .string()
    .regex(/^v\d+\.\d+$/, 'A version reads like v24.0.')
    .optional()
    .describe(`Version of the Graph API, in place of ${GRAPH_VERSION}; each is retired after about two years`)
    .meta({ advanced: true }),
  server: serverAddress.default('https://graph.facebook.com').describe('Address of the API').meta({ advanced: true }),
});
export type FacebookCredentials = z.infer<typeof credentials>;

export const facebook: Network<FacebookCredentials> = {
  profile: {
    id: 'facebook',
    name: 'Facebook Page',
    limits: {
      text: { unit: 'utf16', max: 63_206, linkCost: 'length', bareLinks: false },
      // The feed folds what is longer behind “See more”; the place is not written down and has been seen near 480.
      target: 480,
      hashtags: { max: 30, advised: 2 },
      maxLinks: null,
      fold: { characters: 483 },
      link: 'in-text',
      cards: 'without-image',
      // Error 506: the same status twice in a row.
      repeats: { withinMs: 90 * 86_400_000, untilNext: true },
      images: { max: 10, maxBytes: 4_000_000, types: ['image/jpeg', 'image/png'], maxAlt: 1000 },
    },
    powers: {
      idempotencyKey: false,
      recordKey: false,
      find: 'by-text',
      // What can stand below a post is a comment, which its followers are not shown.
      threads: false,
      edit: true,
      remove: true,
      linkCard: 'auto',
    },
    price: { post: 0, postWithLink: 0 },
    rules: {
      publish: 'https://developers.facebook.com/docs/pages-api/posts',
      errors: 'https://developers.facebook.com/docs/graph-api/guides/error-handling',
      fold: 'https://support.dynamicsignal.com/hc/en-us/articles/4415561838871-Content-Sharing-Technical-Specifications',
    },
  },
  credentials,

  async publish(message, creds, io): Promise<Outcome> {
    const empty = faultOfWords(message, 'Facebook');
    if (empty !== null) return empty;
    const media: string[] = [];
    for (const image of message.images) {
      const id = await upload(image, creds, io);
      if (typeof id !== 'string') return beforePosting(id);
      media.push(id);
    }
    const reply = await postToGraph(io, creds, `${creds.pageId}/feed`, bodyOf(message, media));
    if (reply.kind !== 'reply') return reply;
    const posted = idReply.safeParse(reply.json);
    return reply.status === 200 && posted.success
      ? { kind: 'published', receipt: receiptOf(posted.data.id, null) }
      : failureOfGraph(reply, 'Facebook', io.now());
  },

  /** By the Page's own posts: Facebook names no post when it refuses a second one. */
  async find(message, creds, io): Promise<Found> {
    const since = Math.floor(message.createdAt.getTime() / 1000) - CLOCK_SLACK_S;
    const fields = 'id,message,created_time,permalink_url';
    const query = new URLSearchParams({ fields, since: String(since), limit: String(PAGE) });
    const reply = await askGraph(io, creds, `${creds.pageId}/published_posts?${query.toString()}`);
    if (reply.kind !== 'reply') return { kind: 'cannot-tell', detail: reply.detail };
    const posts = postsReply.safeParse(reply.json);
    if (reply.status !== 200 || !posts.success) {
      return { kind: 'cannot-tell', detail: failureOfGraph(reply, 'Facebook', io.now()).detail };
    }
    const { data } = posts.data;
    const hit = data.findLast(
      (one) => isSameText(one.message, message.text) && Date.parse(one.created_time) >= since * 1000,
    );
    if (hit !== undefined) return { kind: 'published', receipt: receiptOf(hit.id, hit.permalink_url ?? null) };
    return data.length < PAGE
      ? { kind: 'absent' }
      : { kind: 'cannot-tell', detail: `Facebook: not among the newest ${PAGE} posts.` };
  },

  async edit(receipt, message, creds, io): Promise<Outcome> {
    return done(await postToGraph(io, creds, receipt.remoteId, { message: message.text }), receipt, io);
  },

  async remove(receipt, creds, io): Promise<Outcome> {
    return done(await askGraph(io, creds, receipt.remoteId, { method: 'DELETE' }), receipt, io);
  },

  async check(creds, io): Promise<Checked> {
    const reply = await askGraph(io, creds, `${creds.pageId}?fields=id,name,link,tasks`);
    if (reply.kind !== 'reply') return reply;
    const page = pageReply.safeParse(reply.json);
    if (reply.status !== 200 || !page.success) return failureOfGraph(reply, 'Facebook', io.now());
    const { id, name, link, tasks } = page.data;
    const facts = await factsFromMeta(io, creds);
    const isAllowed = tasks === undefined || tasks.includes('CREATE_CONTENT');
    const missing = missingOf(facts.scopes, ['pages_manage_posts', 'pages_read_engagement']);
    return {
      kind: 'connected',
      handle: name,
      remoteId: id,
      url: link ?? `https://www.facebook.com/${id}`,
      // What the person may do on the Page, beside what the token may do for the person.
      missingPermissions: isAllowed ? missing : ['CREATE_CONTENT', ...missing],
      expiresAt: facts.expiresAt,
    };
  },

  connect: facebookConnect,
};

const idReply = z.object({ id: remoteId });
const pageReply = z.object({
  id: z.string(),
  name: z.string(),
  link: pageAddress.optional(),
  tasks: z.array(z.string()).optional(),
});
const postsReply = z.object({
  data: z.array(
    z.object({
      id: remoteId,
      message: z.string().default(''),
      created_time: z.string().default(''),
      permalink_url: pageAddress.optional(),
    }),
  ),
});

/** The address goes along as `link` too, or there would be no card; pictures take its place. */
function bodyOf(message: Message, media: readonly string[]): object {
  if (media.length > 0) {
    return { message: message.text, attached_media: media.map((id) => ({ media_fbid: id })) };
  }
  const link = message.card?.url ?? findWebLinks(message.text)[0]?.url;
  return { message: message.text, ...(link === undefined ? {} : { link }) };
}

async function upload(image: Image, creds: FacebookCredentials, io: NetworkIo): Promise<string | Failure> {
  const alt: Record<string, string> = image.alt === '' ? {} : { alt_text_custom: image.alt };
  const form = formOf({ published: 'false', ...alt }, { source: image });
  const reply = await askGraph(io, creds, `${creds.pageId}/photos`, { method: 'POST', ...form });
  if (reply.kind !== 'reply') return reply;
  const kept = idReply.safeParse(reply.json);
  if (reply.status === 200 && kept.success) return kept.data.id;
  const fault = failureOfGraph(reply, 'Facebook', io.now());
  const isContent = fault.kind === 'refused' && fault.cause === 'content_rejected';
  return isContent ? failure('refused', 'media_rejected', fault.detail) : fault;
}

function done(reply: Reply | Failure, receipt: Receipt, io: NetworkIo): Outcome {
  if (reply.kind !== 'reply') return reply;
  return reply.status === 200 ? { kind: 'published', receipt } : failureOfGraph(reply, 'Facebook', io.now());
}

function receiptOf(id: string, url: string | null): Receipt {
  return { remoteId: id, url: url ?? `https://www.facebook.com/${id}` };
}
