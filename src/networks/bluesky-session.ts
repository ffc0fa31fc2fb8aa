import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Failure } from '../domain/errors.ts';
import { serverAddress } from './address.ts';
import { ask, bearer } from './ask.ts';
import type { Reply } from './ask.ts';
import type { NetworkIo } from './network.ts';
import { failure, failureOfStatus } from './outcome.ts';

export interface BlueskyLogin {
  readonly service: string;
  readonly identifier: string;
  readonly appPassword: string;
}

export interface Session {
  readonly kind: 'session';
  readonly did: string;
  readonly handle: string;
  readonly accessJwt: string;
  readonly refreshJwt: string;
  /** The account's own server, to which the entryway would only pass requests on. */
  readonly server: string;
  readonly endsAt: Date;
}

/** Renewed this long before its end, so that no request meets an expired token. */
const AHEAD_MS = 5 * 60_000;
/** Where a token does not tell its end: an access token lives two hours. */
const LIFETIME_MS = 2 * 3_600_000;

/**
 * Sessions by login. A login costs one of 300 a day (https://docs.bsky.app/docs/advanced-guides/rate-limits), so one is
 * kept per process and renewed; it holds nothing that the app password could not make again.
 */
const sessions = new Map<string, Promise<Session | Failure>>();

/** The session of an account: the one that is open, renewed where it is about to end, else a new one. */
export async function sessionOf(login: BlueskyLogin, io: NetworkIo): Promise<Session | Failure> {
  const key = keyOf(login);
  const open = await sessions.get(key);
  if (open?.kind === 'session' && open.endsAt.getTime() - AHEAD_MS > io.now().getTime()) return open;
  // Another caller may have begun a new one while this one waited.
  const begun = sessions.get(key);
  const next = begun !== undefined && (await begun) !== open ? begun : begin(login, open, io);
  sessions.set(key, next);
  const session = await next;
  if (session.kind !== 'session') sessions.delete(key);
  return session;
}

/** Forgets a session that the server no longer takes. */
export function endSession(login: BlueskyLogin): void {
  sessions.delete(keyOf(login));
}

/** Calls one XRPC method as the account. `body` null asks by GET. */
export function callAs(session: Session, method: string, body: unknown, io: NetworkIo): Promise<Reply | Failure> {
  return ask(io, `${session.server}/xrpc/${method}`, {
    method: body === null ? 'GET' : 'POST',
    headers: { ...bearer(session.accessJwt), ...(body === null ? {} : { 'content-type': 'application/json' }) },
    ...(body === null ? {} : { body: JSON.stringify(body) }),
  });
}

async function begin(
  login: BlueskyLogin,
  old: Session | Failure | undefined,
  io: NetworkIo,
): Promise<Session | Failure> {
  if (old?.kind === 'session') {
    const renewed = await ask(io, `${login.service}/xrpc/com.atproto.server.refreshSession`, {
      method: 'POST',
      headers: bearer(old.refreshJwt),
    });
    const session = renewed.kind === 'reply' ? readSession(renewed, login, io) : renewed;
    if (session.kind === 'session') return session;
  }
  const reply = await ask(io, `${login.service}/xrpc/com.atproto.server.createSession`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ identifier: login.identifier, password: login.appPassword }),
  });
  return reply.kind === 'reply' ? readSession(reply, login, io) : reply;
}

const sessionReply = z.object({
  did: z.string().startsWith('did:'),
  handle: z.string(),
  accessJwt: z.string().min(1),
  refreshJwt: z.string().min(1),
  didDoc: z
    .object({ service: z.array(z.object({ id: z.string(), serviceEndpoint: serverAddress })).optional() })
    .optional()
    .catch(undefined),
});

function readSession(reply: Reply, login: BlueskyLogin, io: NetworkIo): Session | Failure {
  const parsed = sessionReply.safeParse(reply.json);
  if (reply.status !== 200 || !parsed.success) {
    const general = failureOfStatus(reply, io.now());
    return reply.status === 400 ? failure('signed-out', 'auth_expired', general.detail) : general;
  }
  const { did, handle, accessJwt, refreshJwt, didDoc } = parsed.data;
  const own = didDoc?.service?.find((one) => one.id.endsWith('#atproto_pds'))?.serviceEndpoint;
  const server = own ?? login.service;
  return { kind: 'session', did, handle, accessJwt, refreshJwt, server, endsAt: endOf(accessJwt, io.now()) };
}

/** The `exp` of a JWT; its signature is the server's business. */
function endOf(jwt: string, now: Date): Date {
  try {
    const claims = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as { exp?: unknown };
    if (typeof claims.exp === 'number') return new Date(claims.exp * 1000);
  } catch {
    // Not a JWT: treated as one that does not tell.
  }
  return new Date(now.getTime() + LIFETIME_MS);
}

function keyOf(login: BlueskyLogin): string {
  const secret = createHash('sha256').update(login.appPassword).digest('base64url');
  return `${login.service} ${login.identifier} ${secret}`;
}
