import { z } from 'zod';
import { remoteId, serverAddress } from './address.ts';
import type { FacebookCredentials } from './facebook.ts';
import { askGraph, failureOfGraph, GRAPH_VERSION } from './graph.ts';
import type { Connect } from './network.ts';
import { clientId, clientSecret, consentUrl, tokensFrom } from './oauth.ts';
import { beforePosting, failure } from './outcome.ts';

const SCOPES = 'pages_show_list,pages_manage_posts,pages_read_engagement';

const app = z.object({
  clientId: clientId.describe('App id of your Meta app'),
  clientSecret: clientSecret.describe('App secret of your Meta app'),
  version: z
    .string()
    .regex(/^v\d+\.\d+$/, 'A version reads like v24.0.')
    .optional()
    .describe(`Version of the Graph API, in place of ${GRAPH_VERSION}`)
    .meta({ advanced: true }),
  site: serverAddress
    .default('https://www.facebook.com')
    .describe('Address of the consent page')
    .meta({ advanced: true }),
  server: serverAddress.default('https://graph.facebook.com').describe('Address of the API').meta({ advanced: true }),
});

const pagesReply = z.object({
  data: z.array(z.object({ id: remoteId, name: z.string(), access_token: z.string().min(1).optional() })),
});

/**
 * A person's token of an hour is traded for one of 60 days, and that for the tokens of the Pages, which have no end of
 * their own: https://developers.facebook.com/docs/pages-api/getting-started
 */
export const facebookConnect: Connect<FacebookCredentials, z.infer<typeof app>> = {
  app,

  begin(client, asked) {
    const url = consentUrl(
      `${client.site}/${client.version ?? GRAPH_VERSION}/dialog/oauth`,
      client.clientId,
      SCOPES,
      asked,
    );
    return Promise.resolve({ kind: 'begun', url, app: client });
  },

  async finish({ clientId: id, clientSecret: secret, version, server }, { code, redirectUri, verifier }, io) {
    const address = `${server}/${version ?? GRAPH_VERSION}/oauth/access_token`;
    const client = { client_id: id, client_secret: secret };
    const short = await tokensFrom(io, 'Facebook', address, {
      ...client,
      grant_type: 'authorization_code',
      redirect_uri: redirectUri,
      code_verifier: verifier,
      code: code.replace(/#_=_$/, ''),
    });
    if ('kind' in short) return short;
    const long = await tokensFrom(io, 'Facebook', address, {
      ...client,
      grant_type: 'fb_exchange_token',
      fb_exchange_token: short.accessToken,
    });
    if ('kind' in long) return long;
    const access = { server, version, accessToken: long.accessToken };
    const reply = await askGraph(io, access, 'me/accounts?fields=id,name,access_token&limit=100');
    if (reply.kind !== 'reply') return beforePosting(reply);
    const pages = pagesReply.safeParse(reply.json);
    if (reply.status !== 200 || !pages.success) return beforePosting(failureOfGraph(reply, 'Facebook', io.now()));
    const own = version === undefined ? {} : { version };
    const candidates = pages.data.data.flatMap(({ id: pageId, name, access_token: accessToken }) =>
      accessToken === undefined ? [] : [{ name, credentials: { pageId, accessToken, server, ...own } }],
    );
    return candidates.length > 0
      ? { kind: 'granted', candidates }
      : failure('refused', 'permission', 'Facebook: you manage no Page, or chose none on the page before.');
  },
};
