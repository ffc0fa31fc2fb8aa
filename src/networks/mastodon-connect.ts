import { z } from 'zod';
import { serverAddress } from './address.ts';
import { ask } from './ask.ts';
import type { MastodonCredentials } from './mastodon.ts';
import type { Connect } from './network.ts';
import { clientId, clientSecret, consentUrl, tokensFrom } from './oauth.ts';
import { beforePosting, failure, failureOfStatus } from './outcome.ts';

const SCOPES = 'read:accounts read:statuses write:statuses write:media';

const app = z.object({
  server: serverAddress.describe('Address of the server, e.g. https://mastodon.social'),
  clientId: clientId.optional().meta({ advanced: true }),
  clientSecret: clientSecret.optional(),
});

const appReply = z.object({ client_id: z.string().min(1), client_secret: z.string().min(1) });

/** Every server is its own: the app is registered there first. https://docs.joinmastodon.org/client/token/ */
export const mastodonConnect: Connect<MastodonCredentials, z.infer<typeof app>> = {
  app,

  async begin(given, asked, io) {
    const { server } = given;
    let { clientId: id, clientSecret: secret } = given;
    if (id === undefined || secret === undefined) {
      const body = new URLSearchParams({ client_name: 'standfirst', redirect_uris: asked.redirectUri, scopes: SCOPES });
      const reply = await ask(io, `${server}/api/v1/apps`, { method: 'POST', body });
      if (reply.kind !== 'reply') return beforePosting(reply);
      const made = appReply.safeParse(reply.json);
      if (reply.status !== 200 || !made.success) {
        const detail = `${server} registered no app: ${failureOfStatus(reply, io.now()).detail}`;
        return failure('refused', 'config', detail, { code: String(reply.status) });
      }
      ({ client_id: id, client_secret: secret } = made.data);
    }
    const url = consentUrl(`${server}/oauth/authorize`, id, SCOPES, asked);
    return { kind: 'begun', url, app: { server, clientId: id, clientSecret: secret } };
  },

  /** Tokens of Mastodon do not run out. */
  async finish({ server, clientId: id, clientSecret: secret }, { code, redirectUri, verifier }, io) {
    const tokens = await tokensFrom(io, 'Mastodon', `${server}/oauth/token`, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
      client_id: id,
      client_secret: secret,
      scope: SCOPES,
    });
    if ('kind' in tokens) return tokens;
    const { accessToken, scope } = tokens;
    const granted = scope === undefined ? {} : { scope };
    const credentials: MastodonCredentials = { server, accessToken, visibility: 'public', ...granted };
    return { kind: 'granted', candidates: [{ name: new URL(server).host, credentials }] };
  },
};
