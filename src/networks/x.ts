import { z } from 'zod';
import type { Receipt } from '../domain/attempt.ts';
import type { Failure } from '../domain/errors.ts';
import { remoteId, serverAddress } from './address.ts';
import { missingOf, scope } from './granted.ts';
import type { Checked, Found, Message, Network, NetworkIo, Outcome, Refreshed } from './network.ts';
import { faultOfWords } from './words.ts';
import { askX } from './x-client.ts';
import type { XIdentity } from './x-client.ts';
import { xConnect } from './x-connect.ts';
import { APP_ONLY, failureOfMedia, failureOfRefresh, failureOfX } from './x-failure.ts';
import { mediaTypes, uploadImages } from './x-media.ts';
import { isSamePost, xPosts } from './x-posts.ts';

/** Our clock and X's may differ: posts from this long before the first try are looked at too. */
const CLOCK_SLACK_MS = 60_000;
/** Pages of 100 own posts looked through for a lost one, at $0.001 a post. */
const PAGES = 3;

const server = serverAddress
  .optional()
  .describe('Address used in place of https://api.x.com, for a proxy of your own')
  .meta({ advanced: true });
const secret = (label: string) => z.string().trim().min(1).describe(label).meta({ secret: true });

const credentials = z.discriminatedUnion(
  'kind',
  [
    z
      .object({
        kind: z.literal('oauth1'),
        appKey: secret('API key (consumer key)'),
        appSecret: secret('API key secret (consumer secret)'),
        accessToken: secret('Access token of the account'),
        accessSecret: secret('Access token secret of the account'),
        server,
      })
      .describe('OAuth 1.0a: four keys that do not run out'),
    z
      .object({
        kind: z.literal('oauth2'),
        clientId: z.string().trim().min(1).describe('Client id of the X app'),
        clientSecret: secret('Client secret, for confidential apps').optional(),
        // App-only bearers begin with a run of A's; tokens of a user never do.
        accessToken: secret('User access token').refine((token) => !/^A{18}/.test(token), APP_ONLY),
        refreshToken: secret('Refresh token (needs the scope offline.access)').optional(),
        expiresAt: z.iso.datetime().optional().describe('When the access token runs out'),
        scope,
        server,
      })
      .describe('OAuth 2: a user’s token, renewed by itself'),
  ],
  {
    error: `must be of kind oauth1 (four keys) or oauth2 (a user’s token). A bearer token by itself is app-only: X lets it read, not post.`,
  },
);
export type XCredentials = z.infer<typeof credentials>;

export const x: Network<XCredentials> = {
  profile: {
    id: 'x',
    name: 'X',
    limits: {
      text: { unit: 'weighted', max: 280, linkCost: 23, bareLinks: true },
      // No number is enforced; 90 of the shortest tags fill a post.
      hashtags: { max: 90, advised: 2 },
      maxLinks: null,
      // A second one is refused: https://docs.x.com/x-api/posts/manage-tweets/introduction
      maxCashtags: 1,
      link: 'in-text',
      // Seen to be about half a day, and nowhere written down by X.
      repeats: { withinMs: 12 * 3_600_000 },
      images: {
        max: 4,
        maxBytes: 5_000_000,
        types: mediaTypes,
        maxAlt: 1000,
      },
    },
    powers: {
      idempotencyKey: false,
      recordKey: false,
      find: 'by-text',
      threads: true,
      edit: false,
      remove: true,
      linkCard: 'auto',
    },
    price: { post: 15_000, postWithLink: 200_000 },
    rules: {
      text: 'https://docs.x.com/fundamentals/counting-characters',
      images: 'https://docs.x.com/x-api/media/introduction',
      price: 'https://docs.x.com/x-api/getting-started/pricing',
      rate: 'https://docs.x.com/x-api/fundamentals/rate-limits',
    },
  },
  credentials,

  async publish(message, creds, io): Promise<Outcome> {
    const empty = faultOfWords(message, 'X');
    if (empty !== null) return empty;
    const identity = identityOf(creds);
    const media = await uploadImages(message.images, identity, io, creds.server);
    if ('kind' in media) return failureOfMedia(media, io.now());
    const reply = await askX(identity, io, creds.server, (client) =>
      client.v2.post('tweets', {
        text: message.text,
        ...(media.length === 0 ? {} : { media: { media_ids: [...media] } }),
        ...(message.replyTo === null ? {} : { reply: { in_reply_to_tweet_id: message.replyTo.parent.remoteId } }),
      }),
    );
    if (reply.kind !== 'reply') return reply;
    const created = createdReply.safeParse(reply.json);
    if (reply.status >= 200 && reply.status < 300 && created.success) {
      return { kind: 'published', receipt: receiptOf(created.data.data.id) };
    }
    return failureOfX(reply, io.now());
  },

  /** By the account's own timeline: X names no post when it refuses a second one. A new post may show seconds late. */
  async find(message, creds, io): Promise<Found> {
    const user = await userIdOf(creds, io);
    if (typeof user !== 'string') return cannotTell(user);
    let page: string | undefined;
    for (let read = 0; read < PAGES; read += 1) {
      const reply = await askX(identityOf(creds), io, creds.server, (client) =>
        client.v2.get('users/:id/tweets', timelineQuery(message, page), { params: { id: user } }),
      );
      if (reply.kind !== 'reply') return cannotTell(reply);
      const parsed = xPosts.safeParse(reply.json);
      if (reply.status !== 200 || !parsed.success) return cannotTell(failureOfX(reply, io.now()));
      const hit = parsed.data.data.findLast((post) => isSamePost(post, message));
      if (hit !== undefined) return { kind: 'published', receipt: receiptOf(hit.id) };
      page = parsed.data.meta?.next_token;
      if (page === undefined) return { kind: 'absent' };
    }
    return { kind: 'cannot-tell', detail: `X: not among the account’s last ${PAGES * 100} posts since the first try.` };
  },

  async remove(receipt, creds, io): Promise<Outcome> {
    const reply = await askX(identityOf(creds), io, creds.server, (client) => client.v2.deleteTweet(receipt.remoteId));
    if (reply.kind !== 'reply') return reply;
    const isGone = (reply.status >= 200 && reply.status < 300) || reply.status === 404;
    return isGone ? { kind: 'published', receipt } : failureOfX(reply, io.now());
  },

  /** Both tokens are single use and rotate: the caller holds a lock and stores the answer before using it. */
  async refresh(creds, io): Promise<Refreshed<XCredentials>> {
    if (creds.kind === 'oauth1' || creds.refreshToken === undefined) return { kind: 'not-needed' };
    const { clientId, clientSecret, refreshToken } = creds;
    const reply = await askX({ clientId, clientSecret }, io, creds.server, (client) =>
      client.refreshOAuth2Token(refreshToken),
    );
    if (reply.kind !== 'reply') return reply;
    const tokens = tokenReply.safeParse(reply.json);
    if (reply.status !== 200 || !tokens.success) return failureOfRefresh(reply, io.now());
    const expiresAt = new Date(io.now().getTime() + tokens.data.expires_in * 1000);
    return {
      kind: 'refreshed',
      credentials: {
        ...creds,
        accessToken: tokens.data.access_token,
        // An answer without a new refresh token must not wipe the old one.
        refreshToken:
          tokens.data.refresh_token === undefined ? refreshToken : tokens.data.refresh_token || refreshToken,
        expiresAt: expiresAt.toISOString(),
        ...(tokens.data.scope === undefined ? {} : { scope: tokens.data.scope }),
      },
      expiresAt,
    };
  },

  async check(creds, io): Promise<Checked> {
    const reply = await askX(identityOf(creds), io, creds.server, (client) => client.v2.get('users/me'));
    if (reply.kind !== 'reply') return reply;
    const me = meReply.safeParse(reply.json);
    if (reply.status !== 200 || !me.success) return failureOfX(reply, io.now());
    return {
      kind: 'connected',
      handle: `@${me.data.data.username}`,
      remoteId: me.data.data.id,
      url: `https://x.com/${me.data.data.username}`,
      missingPermissions: lackingIn(creds, reply.headers),
      expiresAt: creds.kind === 'oauth1' ? null : endOf(creds, io.now()),
    };
  },

  connect: xConnect,
};

/** Four keys carry the app's permission, which X tells with every answer; a user's token what was granted with it. */
function lackingIn(creds: XCredentials, headers: Headers): string[] {
  if (creds.kind === 'oauth2')
    return missingOf(creds.scope, ['tweet.read', 'tweet.write', 'users.read', 'media.write']);
  return headers.get('x-access-level') === 'read' ? ['write'] : [];
}

/** A token that can be renewed and does not say when it ends counts as ended, so that it is renewed before its first use. */
function endOf({ expiresAt, refreshToken }: Extract<XCredentials, { kind: 'oauth2' }>, now: Date): Date | null {
  if (expiresAt !== undefined) return new Date(expiresAt);
  return refreshToken === undefined ? null : now;
}

const createdReply = z.object({ data: z.object({ id: remoteId }) });
const meReply = z.object({ data: z.object({ id: remoteId, username: z.string() }) });
const tokenReply = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().optional(),
  expires_in: z.number().positive(),
  scope: z.string().optional(),
});

function identityOf(creds: XCredentials): XIdentity {
  if (creds.kind === 'oauth2') return { bearer: creds.accessToken };
  const { appKey, appSecret, accessToken, accessSecret } = creds;
  return { appKey, appSecret, accessToken, accessSecret };
}

/** OAuth 1.0a tokens begin with the account's id, which saves a request; otherwise X is asked. */
async function userIdOf(creds: XCredentials, io: NetworkIo): Promise<string | Failure> {
  const prefix = creds.kind === 'oauth1' ? /^(\d+)-/.exec(creds.accessToken)?.[1] : undefined;
  if (prefix !== undefined) return prefix;
  const checked = await x.check(creds, io);
  return checked.kind === 'connected' ? checked.remoteId : checked;
}

function timelineQuery(message: Message, page: string | undefined): Record<string, string | number> {
  return {
    max_results: 100,
    start_time: new Date(message.createdAt.getTime() - CLOCK_SLACK_MS).toISOString().replace(/\.\d+Z$/, 'Z'),
    'tweet.fields': 'created_at,entities,note_tweet,referenced_tweets',
    ...(page === undefined ? {} : { pagination_token: page }),
  };
}

function cannotTell(reason: Failure): Found {
  return { kind: 'cannot-tell', detail: reason.detail };
}

function receiptOf(id: string): Receipt {
  return { remoteId: id, url: `https://x.com/i/web/status/${id}` };
}
