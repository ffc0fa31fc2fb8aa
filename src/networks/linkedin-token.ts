import { z } from 'zod';
import { ask, bearer } from './ask.ts';
import type { LinkedinCredentials } from './linkedin.ts';
import type { NetworkIo, Refreshed } from './network.ts';
import { tokensFrom } from './oauth.ts';

const LIFETIME_MS = 60 * 86_400_000;

/** The one this was written against. Not kept with an account, so that a newer standfirst asks for a newer one. */
export const LINKEDIN_VERSION = '202610';

/** What every request to the versioned API carries. */
export function headersOf({ accessToken, version = LINKEDIN_VERSION }: LinkedinCredentials): Record<string, string> {
  return { ...bearer(accessToken), 'linkedin-version': version, 'x-restli-protocol-version': '2.0.0' };
}

/** Only approved partners are given refresh tokens; others connect anew every 60 days. */
export async function refreshLinkedin(
  creds: LinkedinCredentials,
  io: NetworkIo,
): Promise<Refreshed<LinkedinCredentials>> {
  // Without the app's own id and secret a refresh token is worth nothing.
  if (creds.refreshToken === undefined || creds.clientId === undefined || creds.clientSecret === undefined)
    return { kind: 'not-needed' };
  const tokens = await tokensFrom(io, 'LinkedIn', `${creds.site}/oauth/v2/accessToken`, {
    grant_type: 'refresh_token',
    refresh_token: creds.refreshToken,
    client_id: creds.clientId,
    client_secret: creds.clientSecret,
  });
  if ('kind' in tokens) return tokens;
  const { accessToken, refreshToken = creds.refreshToken } = tokens;
  const expiresAt = tokens.expiresAt ?? new Date(io.now().getTime() + LIFETIME_MS);
  return {
    kind: 'refreshed',
    credentials: { ...creds, accessToken, refreshToken, expiresAt: expiresAt.toISOString() },
    expiresAt,
  };
}

export interface TokenFacts {
  readonly missing: readonly string[];
  readonly expiresAt: Date | null;
}

/**
 * What LinkedIn itself says of a token, where the app's secret is known: when it runs out, and whether it may post as its
 * author. Else what was noted when it was given. https://learn.microsoft.com/en-us/linkedin/shared/authentication/token-introspection
 */
export async function factsOfToken(creds: LinkedinCredentials, io: NetworkIo): Promise<TokenFacts> {
  const noted = creds.expiresAt === undefined ? null : new Date(creds.expiresAt);
  const { clientId, clientSecret } = creds;
  if (clientId === undefined || clientSecret === undefined) return { missing: [], expiresAt: noted };
  const body = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, token: creds.accessToken });
  const reply = await ask(io, `${creds.site}/oauth/v2/introspectToken`, { method: 'POST', body });
  const facts = introspection.safeParse(reply.kind === 'reply' ? reply.json : null).data;
  if (facts === undefined) return { missing: [], expiresAt: noted };
  const wanted = creds.author.startsWith('urn:li:organization:') ? 'w_organization_social' : 'w_member_social';
  const scopes = facts.scope?.split(/[\s,]+/);
  return {
    missing: scopes === undefined || scopes.includes(wanted) ? [] : [wanted],
    expiresAt: facts.expires_at === undefined ? noted : new Date(facts.expires_at * 1000),
  };
}

const introspection = z.object({
  active: z.boolean(),
  scope: z.string().optional(),
  /** Epoch seconds. */
  expires_at: z.number().positive().optional(),
});
