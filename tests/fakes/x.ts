import { createHmac } from 'node:crypto';
import { startFake } from './fake.ts';
import type { Accept, Accepted, Answer, Fake, FakeOptions, FakeRequest } from './fake.ts';
import { serve } from './serve.ts';
import { startXMedia } from './x-media.ts';
import type { XImage } from './x-media.ts';
import { xLength } from './x-length.ts';

/** Secrets the fake signs against. Any access token `<digits>-…` or `user-<digits>` names an account of that id. */
export const xKeys = { appKey: 'app-key', appSecret: 'app-secret', accessSecret: 'access-secret' };

/** X refuses the same words from the same account for about this long. */
const DUPLICATE_WINDOW_MS = 12 * 3_600_000;
const MAX_WEIGHT = 280;
const PAGE = 100;

export interface XOptions extends FakeOptions {
  /** Milliseconds before a new post shows on the timeline. */
  readonly lagMs?: number;
  /** Takes the same words twice, as no X does: so that a second request of ours is seen and not forgiven. */
  readonly takesTwins?: boolean;
}

export interface FakeX extends Fake {
  /** Uploaded images by id. */
  readonly images: ReadonlyMap<string, XImage>;
}

/** A loopback fake of X's API v2: users/me, tweets, the own timeline, tokens; facts in networks.md 1. */
export async function startX(options: XOptions = {}): Promise<FakeX> {
  const posts: Accepted[] = [];
  /** When an account last said something: looked up at once, because benchmarks post by the ten thousand. */
  const lastSaid = new Map<string, number>();
  const spentRefreshTokens = new Set<string>();
  let serial = 1_800_000_000_000_000_000n;

  const images = startXMedia();
  const fake = await startFake({ isPost: isTweet, handle, refusal }, options);
  return Object.assign(fake, { images: images.kept });

  function handle(request: FakeRequest, accept: Accept): Answer {
    if (request.path === '/2/oauth2/token') return token(request);
    const account = accountOf(request);
    if (typeof account !== 'string') return account;
    const media = images.handle(request);
    if (media !== null) return media;
    if (isTweet(request)) return create(request, account, accept);
    if (request.path === '/2/users/me') {
      return ok(200, { data: { id: account, username: `desk${account}`, name: 'Desk' } });
    }
    const timeline = /^\/2\/users\/(\d+)\/tweets$/.exec(request.path);
    if (timeline !== null) return list(request, timeline[1] ?? '');
    const one = /^\/2\/tweets\/(\d+)$/.exec(request.path);
    if (one !== null && request.method === 'DELETE') return remove(one[1] ?? '', account);
    return problem(404, 'Not Found', 'No such endpoint.');
  }

  function create(request: FakeRequest, account: string, accept: Accept): Answer {
    const body = (request.json ?? {}) as {
      text?: unknown;
      reply?: { in_reply_to_tweet_id?: string };
      media?: { media_ids?: string[] };
    };
    const media = body.media?.media_ids ?? [];
    const { text } = body;
    const replyTo = body.reply?.in_reply_to_tweet_id ?? null;
    if (typeof text !== 'string' || (text.trim() === '' && media.length === 0))
      return invalid('The text of a post may not be empty.');
    if (xLength(text) > MAX_WEIGHT) return invalid('Your Tweet text is too long. It may weigh 280.');
    if ((text.match(/(?<=^|\s)\$[a-z]{1,6}\b/giu) ?? []).length > 1) {
      return problem(403, 'Forbidden', 'A post may hold one cashtag.');
    }
    if (replyTo !== null && !posts.some((post) => post.id === replyTo)) return invalid('The parent does not exist.');
    if (media.length > 4 || !media.every((id) => images.kept.get(id)?.isWhole === true)) {
      return invalid('Your media IDs are invalid.');
    }
    const words = `${account} ${text}`;
    if (options.takesTwins !== true && (lastSaid.get(words) ?? 0) > Date.now() - DUPLICATE_WINDOW_MS)
      return duplicate();
    lastSaid.set(words, Date.now());
    serial += 1n;
    const pictures = media.flatMap((id) => images.kept.get(id) ?? []);
    const seen = pictures.map(({ type, total: size, alt }) => ({ type, size, alt }));
    const post = { account, id: String(serial), text, replyTo, media, images: seen };
    posts.push({ at: Date.now(), ...post });
    accept(post);
    return ok(201, { data: { id: post.id, text: shown(text).text, edit_history_tweet_ids: [post.id] } });
  }

  function list(request: FakeRequest, account: string): Answer {
    const since = Date.parse(request.query.get('start_time') ?? '1970-01-01T00:00:00Z');
    const until = Date.now() - (options.lagMs ?? 0);
    const own = posts.filter((post) => post.account === account && post.at >= since && post.at <= until).toReversed();
    const size = Math.min(Number(request.query.get('max_results') ?? 10), PAGE);
    const from = Number(request.query.get('pagination_token') ?? 0);
    const data = own.slice(from, from + size).map((post) => ({
      id: post.id,
      ...shown(post.text),
      created_at: new Date(post.at).toISOString(),
      ...(post.replyTo === null ? {} : { referenced_tweets: [{ type: 'replied_to', id: post.replyTo }] }),
    }));
    const next = from + size < own.length ? { next_token: String(from + size) } : {};
    return ok(200, { ...(data.length === 0 ? {} : { data }), meta: { result_count: data.length, ...next } });
  }

  function remove(id: string, account: string): Answer {
    const at = posts.findIndex((post) => post.id === id && post.account === account);
    if (at < 0) return problem(404, 'Not Found Error', `Could not find tweet with id: [${id}].`);
    const [gone] = posts.splice(at, 1);
    lastSaid.delete(`${account} ${gone?.text ?? ''}`);
    return ok(200, { data: { deleted: true } });
  }

  /** Refresh tokens `refresh-<account>-<n>` are single use; the answer names the next. */
  function token(request: FakeRequest): Answer {
    const form = new URLSearchParams(request.body.toString());
    const asJson = (request.json ?? {}) as Record<string, string | undefined>;
    const old = asJson['refresh_token'] ?? form.get('refresh_token') ?? '';
    const [, account, n] = /^refresh-(\d+)-(\d+)$/.exec(old) ?? [];
    if (account === undefined || n === undefined || spentRefreshTokens.has(old)) {
      return {
        status: 400,
        body: { error: 'invalid_request', error_description: 'Value passed for the token was invalid.' },
      };
    }
    spentRefreshTokens.add(old);
    return {
      status: 200,
      body: {
        token_type: 'bearer',
        expires_in: 7200,
        access_token: `user-${account}`,
        scope: 'tweet.read tweet.write users.read offline.access',
        refresh_token: `refresh-${account}-${Number(n) + 1}`,
      },
    };
  }
}

function isTweet(request: FakeRequest): boolean {
  return request.method === 'POST' && request.path === '/2/tweets';
}

/** The account a request is signed for, or the answer that says why it is not. */
function accountOf(request: FakeRequest): string | Answer {
  const header = request.headers.authorization ?? '';
  const bearer = /^Bearer (.+)$/.exec(header)?.[1];
  if (bearer?.startsWith('AAAAAAAAAAAAAAAAAAAA')) {
    return problem(
      403,
      'Unsupported Authentication',
      'Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.',
      'https://api.twitter.com/2/problems/unsupported-authentication',
    );
  }
  const user = /^user-(\d+)$/.exec(bearer ?? '')?.[1];
  if (user !== undefined) return user;
  return header.startsWith('OAuth ') ? accountOfSignature(request, header) : unauthorized();
}

/** OAuth 1.0a, RFC 5849: the signature covers the method, the address at X and every parameter but the JSON body. */
function accountOfSignature(request: FakeRequest, header: string): string | Answer {
  const given = new Map(
    [...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, decodeURIComponent(value)]),
  );
  const signature = given.get('oauth_signature');
  given.delete('oauth_signature');
  const pairs = [...given, ...request.query].map(([name, value]) => [encode(name), encode(value)] as const);
  const parameters = pairs
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map((pair) => pair.join('='))
    .join('&');
  const base = [request.method, encode(`https://api.x.com${request.path}`), encode(parameters)].join('&');
  const key = `${encode(xKeys.appSecret)}&${encode(xKeys.accessSecret)}`;
  const isSigned = createHmac('sha1', key).update(base).digest('base64') === signature;
  const account = /^(\d+)-/.exec(given.get('oauth_token') ?? '')?.[1];
  return isSigned && account !== undefined && given.get('oauth_consumer_key') === xKeys.appKey
    ? account
    : unauthorized();
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** A post as X shows it: links shortened, three characters escaped. */
function shown(text: string): { text: string; entities?: { urls: { url: string; expanded_url: string }[] } } {
  const urls: { url: string; expanded_url: string }[] = [];
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const short = escaped.replace(/https?:\/\/\S*[\w/]/giu, (link) => {
    const url = `https://t.co/fake${String(urls.length).padStart(6, '0')}`;
    urls.push({ url, expanded_url: link.replaceAll('&amp;', '&') });
    return url;
  });
  return { text: short, ...(urls.length === 0 ? {} : { entities: { urls } }) };
}

function refusal(name: string): Answer | null {
  if (name === '401') return unauthorized();
  if (name === '403') return problem(403, 'Forbidden', 'You are not permitted to perform this action.');
  if (name === '429') return problem(429, 'Too Many Requests', 'Too Many Requests');
  if (name === 'duplicate') return duplicate();
  return null;
}

function duplicate(): Answer {
  return problem(403, 'Forbidden', 'You are not allowed to create a Tweet with duplicate content.');
}

function unauthorized(): Answer {
  return problem(401, 'Unauthorized', 'Unauthorized');
}

function invalid(detail: string): Answer {
  return problem(400, 'Invalid Request', detail, 'https://api.twitter.com/2/problems/invalid-request');
}

function problem(status: number, title: string, detail: string, type = 'about:blank'): Answer {
  const headers = { 'content-type': 'application/problem+json' };
  return { status, headers, body: { title, detail, type, status } };
}

function ok(status: number, body: unknown): Answer {
  const reset = String(Math.ceil(Date.now() / 1000) + 900);
  return {
    status,
    headers: { 'x-rate-limit-limit': '100', 'x-rate-limit-remaining': '99', 'x-rate-limit-reset': reset },
    body,
  };
}

if (import.meta.main) await serve(startX);
