import type { Answer, FakeOptions } from './fake.ts';

export interface MetaOptions extends FakeOptions {
  /** What `debug_token` tells; nothing where not given, as to somebody without a role in the app. */
  readonly token?: { readonly scopes: readonly string[]; readonly endsAt: number };
}

/** Meta's Graph API answers nearly every refusal with 400 and tells what is wrong by a code. */
export function graphError(status: number, code: number, message: string, more: object = {}): Answer {
  return { status, body: { error: { message, type: 'OAuthException', code, fbtrace_id: 'A1', ...more } } };
}

export function graphRefusal(name: string): Answer | null {
  if (name === '401') return graphError(400, 190, 'Error validating access token: Session has expired');
  if (name === '403') return graphError(403, 200, 'Requires pages_manage_posts permission');
  if (name === '422') return graphError(400, 100, 'Invalid parameter');
  if (name === '429') return graphError(400, 613, 'Calls to this api have exceeded the rate limit.');
  if (name === '500') return graphError(500, 1, 'An unknown error occurred', { is_transient: true });
  if (name === '503') return graphError(503, 2, 'Service temporarily unavailable', { is_transient: true });
  if (name === 'duplicate') return graphError(400, 506, 'Duplicate status message');
  return null;
}

/** What Meta says of a token to whoever has a role in its app. */
export function debugToken({ token }: MetaOptions): Answer {
  if (token === undefined) return graphError(400, 100, '(#100) You must provide an app access token');
  const { scopes, endsAt } = token;
  const data = { type: 'USER', is_valid: true, scopes, expires_at: endsAt, data_access_expires_at: endsAt };
  return { status: 200, body: { data } };
}
