import { z } from 'zod';
import type { Receipt } from '../domain/attempt.ts';
import type { Failure } from '../domain/errors.ts';
import { escapeMarkup } from '../text/markup.ts';
import { serverAddress } from './address.ts';
import { ask, askJson } from './ask.ts';
import type { Reply } from './ask.ts';
import { linkedinConnect } from './linkedin-connect.ts';
import { errorReply, failureOfLinkedin } from './linkedin-failure.ts';
import { contentOf, picturesOf, uploadAll } from './linkedin-media.ts';
import { littleText } from './linkedin-text.ts';
import { factsOfToken, headersOf, LINKEDIN_VERSION, refreshLinkedin } from './linkedin-token.ts';
import type { Checked, Json, Message, Network, NetworkIo, Outcome } from './network.ts';
import { beforePosting, failure } from './outcome.ts';
import { faultOfWords } from './words.ts';

/** The clocks of two machines may differ by this much. */
const CLOCK_SLACK_MS = 5 * 60_000;

const credentials = z.object({
  accessToken: z.string().trim().min(1).describe('Access token; lives 60 days').meta({ secret: true }),
  author: z
    .string()
    .trim()
    .regex(/^urn:li:(person|organization):[\w-]+$/, 'An author is urn:li:person:… or urn:li:organization:….')
    .describe('Who posts: urn:li:person:… or urn:li:organization:…'),
  expiresAt: z.iso.datetime().optional().describe('When the access token runs out'),
  refreshToken: z
    .string()
    .trim()
    .min(1)
    .optional()
    .describe('Refresh token, for approved partners')
    .meta({ secret: true }),
  clientId: z.string().trim().min(1).optional().describe('Client id of your app: tells what the token may do'),
  clientSecret: z.string().trim().min(1).optional().describe('Client secret of your app').meta({ secret: true }),
  version: z
    .string()
    .regex(/^20\d{4}$/, 'A version is a month, e.g. 202610.')
    .optional()
    .describe(`Version of the API, a month, in place of ${LINKEDIN_VERSION}; each is retired after about a year`)
    .meta({ advanced: true }),
  site: serverAddress
    .default('https://www.linkedin.com')
    .describe('Address that gives tokens')
    .meta({ advanced: true }),
  server: serverAddress.default('https://api.linkedin.com').describe('Address of the API').meta({ advanced: true }),
});
export type LinkedinCredentials = z.infer<typeof credentials>;

export const linkedin: Network<LinkedinCredentials> = {
  profile: {
    id: 'linkedin',
    name: 'LinkedIn',
    limits: {
      // Whether the backslashes count is not written down; counting them is the safe reading.
      text: { unit: 'utf16', max: 3000, linkCost: 'length', bareLinks: false, markup: littleText },
      // About 200 characters show before “see more”; this is one opened fold, which is what a reader of the feed takes.
      target: 600,
      hashtags: { max: 30, advised: 4 },
      maxLinks: null,
      fold: { characters: 210, lines: 3 },
      link: 'in-text',
      cards: 'without-image',
      // https://www.linkedin.com/help/linkedin/answer/a521928: 1.91 to 1.
      cardRatio: 1.91,
      describesCards: true,
      // It names the first post when it refuses the second, and no end of it: as far back as we look.
      repeats: { withinMs: 90 * 86_400_000 },
      images: { max: 20, maxBytes: 8_000_000, types: ['image/jpeg', 'image/png', 'image/gif'], maxAlt: 4086 },
    },
    powers: {
      idempotencyKey: false,
      recordKey: false,
      find: 'by-resend',
      // What can stand below a post is a comment, which its followers are not shown.
      threads: false,
      edit: true,
      remove: true,
      linkCard: 'client',
    },
    tokenDays: 60,
    price: { post: 0, postWithLink: 0 },
    rules: {
      text: 'https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/little-text-format',
      publish: 'https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api',
      fold: 'https://support.dynamicsignal.com/hc/en-us/articles/4415561838871-Content-Sharing-Technical-Specifications',
    },
  },
  credentials,

  /**
   * The pictures, which are uploaded once: a second call is refused as the same one only where it names the same pictures.
   * Null where there are none, or where they could not be uploaded: then `publish` says why.
   */
  async prepare(message, creds, io): Promise<Json> {
    const pictures = picturesOf(message).length === 0 ? null : await uploadAll(message, creds, io);
    return pictures === null || 'kind' in pictures ? null : { pictures: [...pictures], describesCard: true };
  },

  async publish(message, creds, io): Promise<Outcome> {
    const empty = faultOfWords(message, 'LinkedIn');
    if (empty !== null) return empty;
    const content = await contentOf(message, creds, io);
    if ('kind' in content) return beforePosting(content);
    const reply = await askJson(
      io,
      `${creds.server}/rest/posts`,
      {
        author: creds.author,
        commentary: escapeMarkup(message.text, littleText),
        visibility: 'PUBLIC',
        distribution: { feedDistribution: 'MAIN_FEED', targetEntities: [], thirdPartyDistributionChannels: [] },
        lifecycleState: 'PUBLISHED',
        isReshareDisabledByAuthor: false,
        ...content,
      },
      headersOf(creds),
    );
    if (reply.kind !== 'reply') return reply;
    const urn = reply.headers.get('x-restli-id');
    if (reply.status === 201 && urn !== null) return { kind: 'published', receipt: receiptOf(urn) };
    return firstOf(reply, message) ?? failureOfLinkedin(reply, io.now());
  },

  /** The network names the first post when it refuses the second, and cannot be asked otherwise without rare permissions. */
  find: () => Promise.resolve({ kind: 'absent' }),

  async edit(receipt, message, creds, io): Promise<Outcome> {
    const headers = { ...headersOf(creds), 'x-restli-method': 'PARTIAL_UPDATE' };
    const body = { patch: { $set: { commentary: escapeMarkup(message.text, littleText) } } };
    return done(await askJson(io, addressOf(receipt, creds), body, headers), receipt, io, false);
  },

  async remove(receipt, creds, io): Promise<Outcome> {
    const init = { method: 'DELETE', headers: headersOf(creds) };
    return done(await ask(io, addressOf(receipt, creds), init), receipt, io, true);
  },

  /** A token that may post need not be one that may read names: then the author's own id stands for them. */
  async check(creds, io): Promise<Checked> {
    const id = creds.author.split(':').at(-1) ?? '';
    const isPerson = creds.author.startsWith('urn:li:person:');
    const path = isPerson ? '/v2/userinfo' : `/rest/organizations/${id}`;
    const reply = await ask(io, `${creds.server}${path}`, { headers: headersOf(creds) });
    if (reply.kind !== 'reply') return reply;
    const named = whoReply.safeParse(reply.json).data ?? {};
    if (reply.status !== 200 && reply.status !== 403) return failureOfLinkedin(reply, io.now());
    if (isPerson && named.sub !== undefined && named.sub !== id) {
      const detail = `LinkedIn: the token belongs to urn:li:person:${named.sub}, not to ${creds.author}.`;
      return failure('refused', 'config', detail);
    }
    const facts = await factsOfToken(creds, io);
    return {
      kind: 'connected',
      handle: named.name ?? named.localizedName ?? creds.author,
      remoteId: creds.author,
      url: isPerson ? null : `https://www.linkedin.com/company/${named.vanityName ?? id}`,
      missingPermissions: facts.missing,
      expiresAt: facts.expiresAt,
    };
  },

  refresh: refreshLinkedin,
  connect: linkedinConnect,
};

const whoReply = z.object({
  sub: z.string().optional(),
  name: z.string().optional(),
  localizedName: z.string().optional(),
  vanityName: z.string().optional(),
});
function addressOf(receipt: Receipt, creds: LinkedinCredentials): string {
  return `${creds.server}/rest/posts/${encodeURIComponent(receipt.remoteId)}`;
}

/**
 * The refusal of a second identical post names the first. It is ours where it is as young as this message: ids begin
 * with their time. An older one is somebody's earlier post with the same words. Null where the answer is another one.
 */
function firstOf(reply: Reply, message: Message): Outcome | null {
  const said = errorReply.safeParse(reply.json).data?.message ?? '';
  const [, urn, id = '0'] = /duplicate of (urn:li:(?:share|ugcPost|activity):(\d+))/i.exec(said) ?? [];
  if (reply.status !== 422 || urn === undefined) return null;
  const madeAt = Number(BigInt(id) >> 22n);
  return madeAt >= message.createdAt.getTime() - CLOCK_SLACK_MS
    ? { kind: 'published', receipt: receiptOf(urn) }
    : failure('refused', 'duplicate', `LinkedIn: ${said}`, { code: 'DUPLICATE_POST' });
}

function done(reply: Reply | Failure, receipt: Receipt, io: NetworkIo, isGoneFine: boolean): Outcome {
  if (reply.kind !== 'reply') return reply;
  const isDone = (reply.status >= 200 && reply.status < 300) || (isGoneFine && reply.status === 404);
  return isDone ? { kind: 'published', receipt } : failureOfLinkedin(reply, io.now());
}

function receiptOf(urn: string): Receipt {
  return { remoteId: urn, url: `https://www.linkedin.com/feed/update/${urn}` };
}
