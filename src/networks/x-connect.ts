import { z } from 'zod';
import { serverAddress } from './address.ts';
import type { Connect } from './network.ts';
import { basicAuth, clientId, clientSecret, consentUrl, tokensFrom } from './oauth.ts';
import type { XCredentials } from './x.ts';

const SCOPES = 'tweet.read tweet.write users.read media.write offline.access';

const app = z.object({
  clientId,
  clientSecret: clientSecret.optional(),
  site: serverAddress.default('https://x.com').describe('Address of the consent page').meta({ advanced: true }),
  server: serverAddress.optional().describe('Address used in place of https://api.x.com').meta({ advanced: true }),
});

/** https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code: the code lives 30 seconds. */
export const xConnect: Connect<XCredentials, z.infer<typeof app>> = {
  app,

  begin(client, asked) {
    const url = consentUrl(`${client.site}/i/oauth2/authorize`, client.clientId, SCOPES, asked);
    return Promise.resolve({ kind: 'begun', url, app: client });
  },

  async finish({ clientId: id, clientSecret: secret, server }, { code, redirectUri, verifier }, io) {
    const form = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
      client_id: secret === undefined ? id : undefined,
    };
    const url = `${server ?? 'https://api.x.com'}/2/oauth2/token`;
    const tokens = await tokensFrom(io, 'X', url, form, secret === undefined ? {} : basicAuth(id, secret));
    if ('kind' in tokens) return tokens;
    const { accessToken, refreshToken, expiresAt, scope } = tokens;
    const credentials: XCredentials = {
      kind: 'oauth2',
      clientId: id,
      accessToken,
      ...(secret === undefined ? {} : { clientSecret: secret }),
      ...(refreshToken === undefined ? {} : { refreshToken }),
      ...(expiresAt === undefined ? {} : { expiresAt: expiresAt.toISOString() }),
      ...(scope === undefined ? {} : { scope }),
      ...(server === undefined ? {} : { server }),
    };
    return { kind: 'granted', candidates: [{ name: 'X', credentials }] };
  },
};
