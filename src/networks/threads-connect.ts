import { z } from 'zod';
import { serverAddress } from './address.ts';
import { ask } from './ask.ts';
import type { Connect } from './network.ts';
import { clientId, clientSecret, consentUrl, tokensFrom, tokensOf } from './oauth.ts';
import type { ThreadsCredentials } from './threads.ts';

/** Replies and deletions need permissions of their own: https://developers.facebook.com/docs/threads/get-started */
const SCOPES = 'threads_basic,threads_content_publish,threads_manage_replies,threads_read_replies,threads_delete';

const app = z.object({
  clientId: clientId.describe('Threads app id (not the Meta app id)'),
  clientSecret: clientSecret.describe('Threads app secret'),
  site: serverAddress.default('https://threads.com').describe('Address of the consent page').meta({ advanced: true }),
  server: serverAddress.default('https://graph.threads.net').describe('Address of the API').meta({ advanced: true }),
});

/** The code gives a token of an hour, which is traded at once for one of 60 days. */
export const threadsConnect: Connect<ThreadsCredentials, z.infer<typeof app>> = {
  app,

  begin(client, asked) {
    const url = consentUrl(`${client.site}/oauth/authorize`, client.clientId, SCOPES, asked);
    return Promise.resolve({ kind: 'begun', url, app: client });
  },

  async finish({ clientId: id, clientSecret: secret, server }, { code, redirectUri, verifier }, io) {
    const short = await tokensFrom(io, 'Threads', `${server}/oauth/access_token`, {
      grant_type: 'authorization_code',
      client_id: id,
      client_secret: secret,
      redirect_uri: redirectUri,
      code_verifier: verifier,
      code: withoutFragment(code),
    });
    if ('kind' in short) return short;
    const query = new URLSearchParams({
      grant_type: 'th_exchange_token',
      client_secret: secret,
      access_token: short.accessToken,
    });
    const long = tokensOf(await ask(io, `${server}/access_token?${query.toString()}`), 'Threads', io.now());
    if ('kind' in long) return long;
    const { accessToken, expiresAt } = long;
    const credentials: ThreadsCredentials = {
      accessToken,
      server,
      ...(expiresAt === undefined ? {} : { expiresAt: expiresAt.toISOString() }),
    };
    return { kind: 'granted', candidates: [{ name: 'Threads', credentials }] };
  },
};

/** Meta appends `#_` to its redirects, which some browsers carry into what people copy. */
function withoutFragment(code: string): string {
  return code.replace(/#_$/, '');
}
