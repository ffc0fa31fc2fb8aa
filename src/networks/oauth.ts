import { z } from 'zod';
import type { Failure } from '../domain/errors.ts';
import { ask } from './ask.ts';
import type { Reply } from './ask.ts';
import type { Consent, NetworkIo } from './network.ts';
import { beforePosting, failure, failureOfStatus, reworded } from './outcome.ts';

/** What a token endpoint answers: https://www.rfc-editor.org/rfc/rfc6749#section-5.1 */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken?: string;
  /** When the access token runs out; absent where the server does not say. */
  readonly expiresAt?: Date;
  /** What was granted, where that is said. */
  readonly scope?: string;
}

/** Fields of the operator's app that every network asks for. */
export const clientId = z.string().trim().min(1).describe('Client id of your app');
export const clientSecret = z.string().trim().min(1).describe('Client secret of your app').meta({ secret: true });

/** The page on which a person agrees. `pkce` is off where a server refuses requests that bring a challenge. */
export function consentUrl(page: string, client: string, scope: string, asked: Consent, pkce = true): string {
  const url = new URL(page);
  url.searchParams.set('response_type', 'code');
  url.searchParams.set('client_id', client);
  url.searchParams.set('redirect_uri', asked.redirectUri);
  url.searchParams.set('scope', scope);
  url.searchParams.set('state', asked.state);
  if (pkce) {
    url.searchParams.set('code_challenge', asked.challenge);
    url.searchParams.set('code_challenge_method', 'S256');
  }
  return url.href;
}

/**
 * Asks a token endpoint: a form, answered in JSON. A refusal is `signed-out`, because only a new consent helps; a lost
 * answer is `down`, because nothing was posted. Never throws; the failure names no secret.
 */
export async function tokensFrom(
  io: NetworkIo,
  network: string,
  url: string,
  form: Readonly<Record<string, string | undefined>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Tokens | Failure> {
  const given = Object.entries(form).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const reply = await ask(io, url, {
    method: 'POST',
    headers: { accept: 'application/json', ...headers },
    body: new URLSearchParams(given),
  });
  return tokensOf(reply, network, io.now());
}

/** Reads the answer of a token endpoint. */
export function tokensOf(reply: Reply | Failure, network: string, now: Date): Tokens | Failure {
  if (reply.kind !== 'reply') return beforePosting(reply);
  const parsed = tokenReply.safeParse(reply.json);
  if (reply.status !== 200 || !parsed.success) return failureOfGrant(reply, network, now);
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds, scope } = parsed.data;
  return {
    accessToken,
    // An empty one is none: it must never overwrite the one there is.
    ...(refreshToken === undefined || refreshToken === '' ? {} : { refreshToken }),
    ...(seconds === undefined ? {} : { expiresAt: new Date(now.getTime() + seconds * 1000) }),
    ...(scope === undefined ? {} : { scope }),
  };
}

/** HTTP Basic for a client: both halves are form-encoded first, https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1 */
export function basicAuth(client: string, secret: string): Record<string, string> {
  const pair = `${encodeURIComponent(client)}:${encodeURIComponent(secret)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

const tokenReply = z.object({
  access_token: z.string().min(1),
  refresh_token: z
    .string()
    .nullish()
    .transform((token) => token ?? undefined),
  expires_in: z.coerce
    .number()
    .positive()
    .nullish()
    .transform((seconds) => seconds ?? undefined),
  scope: z
    .string()
    .nullish()
    .transform((scope) => scope ?? undefined),
});

/** As in https://www.rfc-editor.org/rfc/rfc6749#section-5.2, or as Meta writes it. */
const errorReply = z.object({
  error: z.union([z.string(), z.object({ message: z.string() }).transform(({ message }) => message)]),
  error_description: z.string().optional(),
});

function failureOfGrant(reply: Reply, network: string, now: Date): Failure {
  const general = failureOfStatus(reply, now);
  const said = errorReply.safeParse(reply.json).data;
  const detail = said === undefined ? general.detail : (said.error_description ?? said.error);
  if (general.kind === 'limited' || general.kind === 'unknown') {
    return reworded(beforePosting(general), `${network}: ${detail}`);
  }
  return failure('signed-out', 'auth_expired', `${network}: ${detail}`, { code: String(reply.status) });
}
