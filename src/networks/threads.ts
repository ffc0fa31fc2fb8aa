import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Failure } from '../domain/errors.ts';
import { isSameText } from '../text/same-words.ts';
import { pageAddress, remoteId, serverAddress } from './address.ts';
import { ask } from './ask.ts';
import { factsFromMeta, missingOf } from './granted.ts';
import { askGraph, failureOfGraph, postToGraph } from './graph.ts';
import type { GraphAccess } from './graph.ts';
import type { Checked, Found, Image, Json, Message, Network, NetworkIo, Outcome, Refreshed } from './network.ts';
import { beforePosting, failure } from './outcome.ts';
import { threadsConnect } from './threads-connect.ts';
import { faultOfWords } from './words.ts';

/** A text is ready at once as a rule, an image once it is fetched; either is asked after this often before giving up for now. */
const POLLS = 5;
const POLL_MS = 2_000;
const CLOCK_SLACK_S = 60;
const PAGE = 100;

const credentials = z.object({
  accessToken: z
    .string()
    .trim()
    .min(1)
    .describe(
      'Long-lived token with threads_basic, threads_content_publish, threads_manage_replies; lives 60 days, renewed by itself',
    )
    .meta({ secret: true }),
  expiresAt: z.iso.datetime().optional().describe('When the token runs out'),
  server: serverAddress.default('https://graph.threads.net').describe('Address of the API').meta({ advanced: true }),
});
export type ThreadsCredentials = z.infer<typeof credentials>;

export const threads: Network<ThreadsCredentials> = {
  profile: {
    id: 'threads',
    name: 'Threads',
    limits: {
      text: { unit: 'emoji-bytes', max: 500, linkCost: 'length', bareLinks: false },
      // One topic a post; what other tags there are stay plain words.
      hashtags: { max: 1, advised: 1 },
      maxLinks: 5,
      link: 'in-text',
      images: {
        max: 20,
        maxBytes: 8_000_000,
        types: ['image/jpeg', 'image/png'],
        maxAlt: 1000,
        byAddress: true,
      },
    },
    powers: {
      idempotencyKey: false,
      recordKey: false,
      find: 'by-key',
      threads: true,
      edit: false,
      remove: true,
      linkCard: 'auto',
    },
    // A pasted one lives 60 days from when it was made, and may be renewed from its second day on.
    tokenDays: 15,
    price: { post: 0, postWithLink: 0 },
    rules: {
      text: 'https://developers.facebook.com/docs/threads/posts',
      publish: 'https://developers.facebook.com/docs/threads/reference/publishing',
      images: 'https://developers.facebook.com/docs/threads/posts#media-specifications',
      rate: 'https://developers.facebook.com/docs/threads/overview#rate-limiting',
    },
  },
  credentials,

  /**
   * The first of two steps: a container, which is not live and can be published once. Kept before the second, it tells
   * after a crash whether the post went out. Null where it could not be had: then `publish` says why.
   */
  async prepare(message, creds, io): Promise<Json> {
    const container = await createContainer(message, creds, io);
    return { container: typeof container === 'string' ? container : null };
  },

  async publish(message, creds, io): Promise<Outcome> {
    const empty = faultOfWords(message, 'Threads');
    if (empty !== null) return empty;
    const container = await usableContainer(message, creds, io);
    if (typeof container !== 'string') {
      return container.cause === 'duplicate' ? container : beforePosting(container);
    }
    const reply = await postToGraph(io, accessOf(creds), 'me/threads_publish', { creation_id: container });
    if (reply.kind !== 'reply') return reply;
    const posted = idReply.safeParse(reply.json);
    return reply.status === 200 && posted.success
      ? { kind: 'published', receipt: { remoteId: posted.data.id, url: null } }
      : failureOfGraph(reply, 'Threads', io.now());
  },

  /** The container knows whether it was published; which post it became is told by the words. */
  async find(message, creds, io): Promise<Found> {
    const container = containerOf(message);
    const state = container === null ? null : await stateOf(container, creds, io);
    if (state !== null && typeof state !== 'string') return { kind: 'cannot-tell', detail: state.detail };
    if (state !== null && state !== 'PUBLISHED') return { kind: 'absent' };
    const since = Math.floor(message.createdAt.getTime() / 1000) - CLOCK_SLACK_S;
    const query = new URLSearchParams({ fields: 'id,text,permalink', since: String(since), limit: String(PAGE) });
    // Replies are not among the posts of a profile.
    const edge = message.replyTo === null ? 'threads' : 'replies';
    const reply = await askGraph(io, accessOf(creds), `me/${edge}?${query.toString()}`);
    if (reply.kind !== 'reply') return { kind: 'cannot-tell', detail: reply.detail };
    const posts = postsReply.safeParse(reply.json);
    const hit = posts.data?.data.findLast((one) => isSameText(one.text, message.text));
    if (hit !== undefined) {
      return { kind: 'published', receipt: { remoteId: hit.id, url: hit.permalink ?? null } };
    }
    return { kind: 'cannot-tell', detail: 'Threads: not among the newest posts of the profile.' };
  },

  async remove(receipt, creds, io): Promise<Outcome> {
    const reply = await askGraph(io, accessOf(creds), receipt.remoteId, { method: 'DELETE' });
    if (reply.kind !== 'reply') return reply;
    return reply.status === 200 ? { kind: 'published', receipt } : failureOfGraph(reply, 'Threads', io.now());
  },

  /** A token older than a day can be exchanged for one of another 60 days, as long as it lives. */
  async refresh(creds, io): Promise<Refreshed<ThreadsCredentials>> {
    const query = new URLSearchParams({ grant_type: 'th_refresh_token', access_token: creds.accessToken });
    const reply = await ask(io, `${creds.server}/refresh_access_token?${query.toString()}`);
    if (reply.kind !== 'reply') return reply;
    const renewed = tokenReply.safeParse(reply.json);
    if (reply.status !== 200 || !renewed.success) return failureOfGraph(reply, 'Threads', io.now());
    const expiresAt = new Date(io.now().getTime() + renewed.data.expires_in * 1000);
    return {
      kind: 'refreshed',
      credentials: { ...creds, accessToken: renewed.data.access_token, expiresAt: expiresAt.toISOString() },
      expiresAt,
    };
  },

  async check(creds, io): Promise<Checked> {
    const reply = await askGraph(io, accessOf(creds), 'me?fields=id,username');
    if (reply.kind !== 'reply') return reply;
    const me = meReply.safeParse(reply.json);
    if (reply.status !== 200 || !me.success) return failureOfGraph(reply, 'Threads', io.now());
    const facts = await factsFromMeta(io, accessOf(creds));
    return {
      kind: 'connected',
      handle: `@${me.data.username}`,
      remoteId: me.data.id,
      url: `https://www.threads.net/@${me.data.username}`,
      missingPermissions: missingOf(facts.scopes, NEEDED),
      expiresAt: creds.expiresAt === undefined ? facts.expiresAt : new Date(creds.expiresAt),
    };
  },

  connect: threadsConnect,
};

/** https://developers.facebook.com/docs/threads/get-started: the second part of a thread is a reply. */
const NEEDED = ['threads_basic', 'threads_content_publish', 'threads_manage_replies'];

const idReply = z.object({ id: remoteId });
const meReply = z.object({ id: z.string(), username: z.string() });
const tokenReply = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });
const stateReply = z.object({ status: z.string(), error_message: z.string().optional() });
const postsReply = z.object({
  data: z.array(z.object({ id: remoteId, text: z.string().default(''), permalink: pageAddress.optional() })),
});
const frozen = z.object({ container: remoteId });

function containerOf(message: Message): string | null {
  return frozen.safeParse(message.frozen).data?.container ?? null;
}

/** A text, an image, or several: then each has a container of its own, which has to be ready first. */
async function createContainer(message: Message, creds: ThreadsCredentials, io: NetworkIo): Promise<string | Failure> {
  const { text, images, replyTo } = message;
  const [first] = images;
  const shared = { text, ...(replyTo === null ? {} : { reply_to_id: replyTo.parent.remoteId }) };
  if (first === undefined) return create({ media_type: 'TEXT', ...shared }, creds, io);
  if (images.length === 1) return create({ ...imageOf(first), ...shared }, creds, io);
  const children: string[] = [];
  for (const image of images) {
    const child = await create({ ...imageOf(image), is_carousel_item: true }, creds, io);
    if (typeof child !== 'string') return child;
    children.push(child);
  }
  for (const child of children) {
    const ready = await untilReady(child, creds, io);
    if (ready !== 'FINISHED') return typeof ready === 'string' ? stillPrepared() : ready;
  }
  return create({ media_type: 'CAROUSEL', children: children.join(','), ...shared }, creds, io);
}

/** Threads fetches images by itself. */
function imageOf({ url, alt }: Image): object {
  return { media_type: 'IMAGE', image_url: url, ...(alt === '' ? {} : { alt_text: alt }) };
}

async function create(body: object, creds: ThreadsCredentials, io: NetworkIo): Promise<string | Failure> {
  const reply = await postToGraph(io, accessOf(creds), 'me/threads', body);
  if (reply.kind !== 'reply') return reply;
  const made = idReply.safeParse(reply.json);
  return reply.status === 200 && made.success ? made.data.id : failureOfGraph(reply, 'Threads', io.now());
}

/** The frozen container once it is ready; a new one where there is none, or it ran out, unpublished, after a day. */
async function usableContainer(message: Message, creds: ThreadsCredentials, io: NetworkIo): Promise<string | Failure> {
  const kept = containerOf(message);
  const state = kept === null ? 'EXPIRED' : await untilReady(kept, creds, io);
  // One that failed is made anew as well: the picture may be there by now.
  const isGone = state === 'EXPIRED' || (typeof state !== 'string' && state.cause === 'media_rejected');
  const container = isGone ? await createContainer(message, creds, io) : kept;
  if (typeof container !== 'string') return container ?? stillPrepared();
  const now = isGone ? await untilReady(container, creds, io) : state;
  if (now === 'FINISHED') return container;
  if (now === 'PUBLISHED') return failure('unknown', 'duplicate', 'Threads: this very post is out already.');
  return typeof now === 'string' ? stillPrepared() : now;
}

/** What a container has come to, once it is no longer being prepared or has been asked about often enough. */
async function untilReady(container: string, creds: ThreadsCredentials, io: NetworkIo): Promise<string | Failure> {
  for (let poll = 1; ; poll += 1) {
    const state = await stateOf(container, creds, io);
    if (state !== 'IN_PROGRESS' || poll === POLLS) return state;
    await sleep(POLL_MS, undefined, { signal: io.signal }).catch(() => undefined);
  }
}

function stillPrepared(): Failure {
  return failure('down', 'provider_down', 'Threads: the post is still being prepared.');
}

async function stateOf(container: string, creds: ThreadsCredentials, io: NetworkIo): Promise<string | Failure> {
  const reply = await askGraph(io, accessOf(creds), `${container}?fields=status,error_message`);
  if (reply.kind !== 'reply') return reply;
  const state = stateReply.safeParse(reply.json);
  if (reply.status !== 200 || !state.success) return failureOfGraph(reply, 'Threads', io.now());
  const { status, error_message: message = 'no reason given' } = state.data;
  // Nothing but a picture that could not be had, or is none, comes to this after the words were taken.
  return status === 'ERROR' ? failure('refused', 'media_rejected', `Threads: ${message}`) : status;
}

function accessOf({ server, accessToken }: ThreadsCredentials): GraphAccess {
  return { server, accessToken, version: 'v1.0' };
}
