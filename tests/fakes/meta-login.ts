import { createHash } from 'node:crypto';
import { startFake } from './fake.ts';
import type { Answer, Fake, FakeRequest } from './fake.ts';
import { graphError } from './graph.ts';

export const metaApp = { clientId: '990602627938098', clientSecret: 'secret-of-the-app' };

interface MetaPage {
  readonly id: string;
  readonly name: string;
  readonly access_token?: string;
  /** What the person may do there; by default, write. */
  readonly tasks?: readonly string[];
}

/**
 * Meta's consent, for Threads and for Pages: codes of one use, bound to redirect address and challenge; a short token that
 * is traded for a long one; the Pages of a person. Facts in networks.md 4 and 6.
 */
export function startMetaLogin(pages: readonly MetaPage[]): Promise<Fake> {
  const codes = new Map<string, { redirectUri: string; challenge: string }>();
  let serial = 0;
  return startFake({ isPost: () => false, handle, refusal: () => null });

  function handle(request: FakeRequest): Answer {
    const form = new URLSearchParams(request.method === 'POST' ? request.body.toString() : request.query);
    switch (request.path.replace(/^\/v\d+\.\d+/, '')) {
      case '/oauth/authorize':
      case '/dialog/oauth':
        return consent(request.query);
      case '/oauth/access_token':
        if (form.get('client_secret') !== metaApp.clientSecret)
          return graphError(400, 1, 'Error validating client secret.');
        return form.get('grant_type') === 'fb_exchange_token' ? long(form.get('fb_exchange_token')) : short(form);
      case '/access_token':
        return form.get('client_secret') === metaApp.clientSecret
          ? long(form.get('access_token'))
          : graphError(400, 1, 'Error validating client secret.');
      case '/me/accounts':
        return request.headers.authorization === 'Bearer long-token'
          ? { status: 200, body: { data: pages } }
          : graphError(400, 190, 'Invalid OAuth access token');
    }
    return whoIs(request);
  }

  function whoIs(request: FakeRequest): Answer {
    const path = request.path.replace(/^\/v\d+\.\d+\//, '');
    const token = request.headers.authorization?.replace('Bearer ', '');
    if (path === 'me' && token === 'long-token') return { status: 200, body: { id: '55', username: 'lindmoor' } };
    const page = pages.find(({ id }) => id === path);
    if (page === undefined) return graphError(404, 100, 'Unknown path components');
    return token === page.access_token
      ? { status: 200, body: { id: page.id, name: page.name, tasks: page.tasks ?? ['CREATE_CONTENT'] } }
      : graphError(400, 190, 'Invalid OAuth access token');
  }

  function consent(query: URLSearchParams): Answer {
    const redirectUri = query.get('redirect_uri') ?? '';
    serial += 1;
    codes.set(`code-${serial}`, { redirectUri, challenge: query.get('code_challenge') ?? '' });
    const back = new URL(redirectUri);
    back.searchParams.set('code', `code-${serial}`);
    back.searchParams.set('state', query.get('state') ?? '');
    return { status: 302, headers: { location: `${back.href}#_` } };
  }

  function short(form: URLSearchParams): Answer {
    const code = form.get('code') ?? '';
    const known = codes.get(code);
    codes.delete(code);
    if (known === undefined) return graphError(400, 100, 'This authorization code has been used.');
    if (known.redirectUri !== form.get('redirect_uri')) return graphError(400, 100, 'redirect_uri is not identical.');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (challenge !== known.challenge) return graphError(400, 100, 'Invalid code_verifier.');
    return { status: 200, body: { access_token: 'short-token', token_type: 'bearer', expires_in: 3600 } };
  }

  function long(given: string | null): Answer {
    return given === 'short-token'
      ? { status: 200, body: { access_token: 'long-token', token_type: 'bearer', expires_in: 5_184_000 } }
      : graphError(400, 190, 'Session has expired');
  }
}
