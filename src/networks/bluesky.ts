import { z } from 'zod';
import type { Receipt } from '../domain/attempt.ts';
import type { Failure } from '../domain/errors.ts';
import { findFacets } from '../text/facets.ts';
import { serverAddress } from './address.ts';
import { ask, bearer } from './ask.ts';
import type { Reply } from './ask.ts';
import { recordCidOf } from './bluesky-cid.ts';
import { blobsOf, recordKeyOf, recordOf } from './bluesky-record.ts';
import { callAs, endSession, sessionOf } from './bluesky-session.ts';
import type { Session } from './bluesky-session.ts';
import type { Checked, Found, Image, Json, Message, Network, NetworkIo, Outcome, ThreadOutcome } from './network.ts';
import { beforePosting, failure, failureOfStatus } from './outcome.ts';
import { faultOfWords } from './words.ts';

const COLLECTION = 'app.bsky.feed.post';
/** Writes that one `applyWrites` takes: https://github.com/bluesky-social/atproto/blob/main/packages/pds/src/api/com/atproto/repo/applyWrites.ts */
const MOST_WRITES = 200;
/** What servers answer that have no such method. */
const noSuchMethod = new Set(['MethodNotImplemented', 'XRPCNotSupported']);

const credentials = z.object({
  service: serverAddress.default('https://bsky.social').describe('Address of the account’s server'),
  identifier: z.string().trim().min(1).describe('Handle or DID, e.g. desk.bsky.social'),
  appPassword: z
    .string()
    .trim()
    .min(1)
    .describe('App password, from the settings of the account')
    .meta({ secret: true }),
});
export type BlueskyCredentials = z.infer<typeof credentials>;

export const bluesky: Network<BlueskyCredentials> = {
  profile: {
    id: 'bluesky',
    name: 'Bluesky',
    limits: {
      text: { unit: 'graphemes', max: 300, maxBytes: 3000, linkCost: 'length', bareLinks: false },
      hashtags: { max: 30, advised: 3 },
      maxLinks: null,
      fold: { lines: 25 },
      link: 'card-only',
      cards: 'without-image',
      // As its own app draws them (src/components/Post/Embed/ExternalEmbed); the picture is cut in its middle.
      cardRatio: 1.91,
      // The lexicon now says 2 MB, older servers and every card's thumbnail 1 MB.
      images: { max: 4, maxBytes: 1_000_000, types: ['image/jpeg', 'image/png', 'image/webp'], maxAlt: 2000 },
    },
    powers: {
      idempotencyKey: false,
      recordKey: true,
      find: 'by-key',
      threads: true,
      edit: false,
      remove: true,
      linkCard: 'client',
    },
    price: { post: 0, postWithLink: 0 },
    rules: {
      text: 'https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json',
      images: 'https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/embed/images.json',
      rate: 'https://docs.bsky.app/docs/advanced-guides/rate-limits',
      fold: 'https://github.com/bluesky-social/social-app/blob/main/src/lib/constants.ts',
    },
  },
  credentials,

  /** The whole record, so that a second write of it is the same bytes: the server takes those for no write at all. */
  async prepare(message, creds, io): Promise<Json> {
    return { rkey: recordKeyOf(message), record: recordOf(message, await mentionedIn(message, creds, io)) };
  },

  async publish(message, creds, io): Promise<Outcome> {
    const empty = faultOfWords(message, 'Bluesky');
    if (empty !== null) return empty;
    const session = await openWith(blobsOf(message), creds, io);
    if (session.kind !== 'session') return beforePosting(session);
    const { rkey, record } = frozenOf(message);
    const body = { repo: session.did, collection: COLLECTION, rkey, swapRecord: null, record };
    const reply = await callAs(session, 'com.atproto.repo.putRecord', body, io);
    if (reply.kind !== 'reply') return reply;
    const written = writtenReply.safeParse(reply.json);
    if (reply.status === 200 && written.success) return { kind: 'published', receipt: receiptOf(written.data) };
    return failureOfBluesky(reply, creds, io);
  },

  /**
   * One commit for all parts. Each has its key, and `create` refuses a key that is taken, so the thread cannot be there
   * twice; `swapCommit` would only make posts of other threads fail each other.
   * https://docs.bsky.app/docs/api/com-atproto-repo-apply-writes
   */
  async publishThread(thread, creds, io): Promise<ThreadOutcome> {
    const empty = thread.map((message) => faultOfWords(message, 'Bluesky')).find((fault) => fault !== null);
    if (empty !== undefined) return empty;
    if (thread.length > MOST_WRITES) return { kind: 'one-by-one' };
    const session = await openWith(thread.flatMap(blobsOf), creds, io);
    if (session.kind !== 'session') return beforePosting(session);
    const records = await recordsOf(thread, session.did, creds, io);
    const writes = records.map(({ rkey, record: value }) => {
      return { $type: 'com.atproto.repo.applyWrites#create', collection: COLLECTION, rkey, value };
    });
    const reply = await callAs(session, 'com.atproto.repo.applyWrites', { repo: session.did, writes }, io);
    if (reply.kind !== 'reply') return reply;
    // Results are optional: what they would say is known.
    const written = threadReply.safeParse(reply.json);
    if (reply.status === 200 && written.success) {
      return { kind: 'published', receipts: records.map(({ receipt }, part) => written.data.results[part] ?? receipt) };
    }
    const code = codeOf(reply);
    if (code !== null && noSuchMethod.has(code)) return { kind: 'one-by-one' };
    return failureOfBluesky(reply, creds, io);
  },

  async find(message, creds, io): Promise<Found> {
    const session = await sessionOf(creds, io);
    if (session.kind !== 'session') return { kind: 'cannot-tell', detail: session.detail };
    const query = new URLSearchParams({ repo: session.did, collection: COLLECTION, rkey: frozenOf(message).rkey });
    const reply = await ask(io, `${session.server}/xrpc/com.atproto.repo.getRecord?${query.toString()}`);
    if (reply.kind !== 'reply') return { kind: 'cannot-tell', detail: reply.detail };
    const written = writtenReply.safeParse(reply.json);
    if (reply.status === 200 && written.success) return { kind: 'published', receipt: receiptOf(written.data) };
    return codeOf(reply) === 'RecordNotFound'
      ? { kind: 'absent' }
      : { kind: 'cannot-tell', detail: failureOfStatus(reply, io.now()).detail };
  },

  async remove(receipt, creds, io): Promise<Outcome> {
    const session = await sessionOf(creds, io);
    if (session.kind !== 'session') return beforePosting(session);
    const body = { repo: session.did, collection: COLLECTION, rkey: receipt.remoteId.split('/').at(-1) };
    const reply = await callAs(session, 'com.atproto.repo.deleteRecord', body, io);
    if (reply.kind !== 'reply') return reply;
    return reply.status === 200 ? { kind: 'published', receipt } : failureOfBluesky(reply, creds, io);
  },

  async check(creds, io): Promise<Checked> {
    const session = await sessionOf(creds, io);
    if (session.kind !== 'session') return session;
    const reply = await callAs(session, 'com.atproto.server.getSession', null, io);
    if (reply.kind !== 'reply') return reply;
    const parsed = ownReply.safeParse(reply.json);
    if (reply.status !== 200 || !parsed.success) return failureOfBluesky(reply, creds, io);
    const { did, handle, active = true } = parsed.data;
    if (!active) return failure('refused', 'permission', `Bluesky: the account ${handle} is not active.`);
    return {
      kind: 'connected',
      handle: `@${handle}`,
      remoteId: did,
      url: `https://bsky.app/profile/${did}`,
      missingPermissions: [],
      expiresAt: null,
    };
  },
};

const writtenReply = z.object({ uri: z.string().startsWith('at://'), cid: z.string().min(1) });
const threadReply = z.object({ results: z.array(writtenReply.transform(receiptOf)).default([]) });
const ownReply = z.object({ did: z.string(), handle: z.string(), active: z.boolean().optional() });
const xrpcError = z.object({ error: z.string(), message: z.string().default('') });
const frozen = z.object({ rkey: z.string(), record: z.record(z.string(), z.json()) });

function frozenOf(message: Message, dids: ReadonlyMap<string, string> = new Map()): { rkey: string; record: Json } {
  const stored = frozen.safeParse(message.frozen);
  return stored.success ? stored.data : { rkey: recordKeyOf(message), record: recordOf(message, dids) };
}

/** The session, once the pictures are on its server: a record that names one which is not there is refused. */
async function openWith(blobs: readonly Image[], creds: BlueskyCredentials, io: NetworkIo): Promise<Session | Failure> {
  const session = await sessionOf(creds, io);
  if (session.kind !== 'session') return session;
  for (const image of blobs) {
    const fault = await upload(image, session, io);
    if (fault !== null) return fault;
  }
  return session;
}

/** The records of a thread, each naming the one before as its parent, and what the server will call them. */
async function recordsOf(
  thread: readonly Message[],
  did: string,
  creds: BlueskyCredentials,
  io: NetworkIo,
): Promise<{ rkey: string; record: Json; receipt: Receipt }[]> {
  const records: { rkey: string; record: Json; receipt: Receipt }[] = [];
  for (const one of thread) {
    const [root, parent] = [records[0]?.receipt, records.at(-1)?.receipt];
    // What was frozen is the first part's alone: the others follow from it.
    const message =
      root === undefined || parent === undefined ? one : { ...one, replyTo: { root, parent }, frozen: null };
    const dids = message.frozen === null ? await mentionedIn(message, creds, io) : new Map<string, string>();
    const { rkey, record } = frozenOf(message, dids);
    const receipt = receiptOf({ uri: `at://${did}/${COLLECTION}/${rkey}`, cid: recordCidOf(record) });
    records.push({ rkey, record, receipt });
  }
  return records;
}

/** DIDs of the handles in a text; one that leads nowhere stays plain words. */
async function mentionedIn(message: Message, creds: BlueskyCredentials, io: NetworkIo): Promise<Map<string, string>> {
  const dids = new Map<string, string>();
  for (const { kind, value } of findFacets(message.text)) {
    if (kind !== 'mention' || dids.has(value)) continue;
    const query = new URLSearchParams({ handle: value }).toString();
    const reply = await ask(io, `${creds.service}/xrpc/com.atproto.identity.resolveHandle?${query}`);
    const found = z.object({ did: z.string() }).safeParse(reply.kind === 'reply' ? reply.json : null);
    if (found.success) dids.set(value, found.data.did);
  }
  return dids;
}

async function upload(image: Image, session: Session, io: NetworkIo): Promise<Failure | null> {
  const reply = await ask(io, `${session.server}/xrpc/com.atproto.repo.uploadBlob`, {
    method: 'POST',
    headers: { ...bearer(session.accessJwt), 'content-type': image.type },
    body: new Uint8Array(image.bytes),
  });
  if (reply.kind !== 'reply') return reply;
  if (reply.status === 200) return null;
  const general = failureOfStatus(reply, io.now());
  return reply.status === 400 || reply.status === 413 ? failure('refused', 'media_rejected', general.detail) : general;
}

function failureOfBluesky(reply: Reply, creds: BlueskyCredentials, io: NetworkIo): Failure {
  const general = failureOfStatus(reply, io.now());
  const code = codeOf(reply);
  if (code === null) return general;
  const more = { code };
  if (code === 'InvalidSwap' || /already exists/i.test(reply.text)) {
    return failure('unknown', 'duplicate', general.detail, more);
  }
  if (code === 'ExpiredToken' || code === 'InvalidToken' || reply.status === 401) {
    // The next try begins a new session; where the app password is gone, that is what says so.
    endSession(creds);
    return reply.status === 401
      ? failure('signed-out', 'auth_expired', general.detail, more)
      : failure('down', 'auth_expired', general.detail, more);
  }
  if (code === 'BlobNotFound' || code === 'BlobTooLarge' || code === 'InvalidMimeType') {
    return failure('refused', 'media_rejected', general.detail, more);
  }
  if (code === 'AccountTakedown' || code === 'AccountDeactivated' || code === 'AccountNotFound') {
    return failure('refused', 'permission', general.detail, more);
  }
  const isTooLong = reply.status === 400 && /(grapheme|string) too big|must not be longer/i.test(general.detail);
  return isTooLong ? failure('refused', 'too_long', general.detail, more) : { ...general, code };
}

function codeOf(reply: Reply): string | null {
  const parsed = xrpcError.safeParse(reply.json);
  return parsed.success ? parsed.data.error : null;
}

function receiptOf({ uri, cid }: { uri: string; cid: string }): Receipt {
  const [, , did, , rkey] = uri.split('/');
  return { remoteId: uri, url: `https://bsky.app/profile/${did}/post/${rkey}`, extra: { cid } };
}
