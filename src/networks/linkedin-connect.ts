import { z } from 'zod';
import { remoteId, serverAddress } from './address.ts';
import { ask } from './ask.ts';
import { headersOf, LINKEDIN_VERSION } from './linkedin-token.ts';
import type { LinkedinCredentials } from './linkedin.ts';
import type { Connect, NetworkIo } from './network.ts';
import { clientId, clientSecret, consentUrl, tokensFrom } from './oauth.ts';
import { failure } from './outcome.ts';

const app = z.object({
  clientId,
  clientSecret,
  scope: z
    .string()
    .default('openid profile w_member_social')
    .describe('Permissions; for organisations add w_organization_social r_organization_social rw_organization_admin'),
  pkce: z
    .boolean()
    .default(false)
    .describe('LinkedIn refuses a code verifier unless it has switched PKCE on for your app')
    .meta({ advanced: true }),
  version: z
    .string()
    .regex(/^20\d{4}$/, 'A version is a month, e.g. 202610.')
    .optional()
    .describe(`Version of the API, in place of ${LINKEDIN_VERSION}`)
    .meta({ advanced: true }),
  site: serverAddress
    .default('https://www.linkedin.com')
    .describe('Address of the consent page')
    .meta({ advanced: true }),
  server: serverAddress.default('https://api.linkedin.com').describe('Address of the API').meta({ advanced: true }),
});

const person = z.object({ sub: remoteId, name: z.string().optional() });
const roles = z.object({ elements: z.array(z.object({ organization: remoteId })) });
const organization = z.object({ localizedName: z.string() });

/**
 * Offers the person and the organisations that the person administers.
 * https://learn.microsoft.com/en-us/linkedin/shared/authentication/authorization-code-flow
 */
export const linkedinConnect: Connect<LinkedinCredentials, z.infer<typeof app>> = {
  app,

  begin(client, asked) {
    const page = `${client.site}/oauth/v2/authorization`;
    const url = consentUrl(page, client.clientId, client.scope, asked, client.pkce);
    return Promise.resolve({ kind: 'begun', url, app: client });
  },

  async finish(client, { code, redirectUri, verifier }, io) {
    const tokens = await tokensFrom(io, 'LinkedIn', `${client.site}/oauth/v2/accessToken`, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      client_id: client.clientId,
      client_secret: client.clientSecret,
      code_verifier: client.pkce ? verifier : undefined,
    });
    if ('kind' in tokens) return tokens;
    const { accessToken, refreshToken, expiresAt } = tokens;
    const credentialsOf = (author: string): LinkedinCredentials => ({
      accessToken,
      author,
      clientId: client.clientId,
      clientSecret: client.clientSecret,
      site: client.site,
      server: client.server,
      ...(client.version === undefined ? {} : { version: client.version }),
      ...(refreshToken === undefined ? {} : { refreshToken }),
      ...(expiresAt === undefined ? {} : { expiresAt: expiresAt.toISOString() }),
    });
    const authors = await authorsOf(credentialsOf('urn:li:person:none'), io);
    return authors.length > 0
      ? { kind: 'granted', candidates: authors.map(({ urn, name }) => ({ name, credentials: credentialsOf(urn) })) }
      : failure('refused', 'permission', 'LinkedIn: this app may read neither the person nor any organisation.');
  },
};

/** What the token may not read is left out: a person who administers nothing is still a person. */
async function authorsOf(creds: LinkedinCredentials, io: NetworkIo): Promise<{ urn: string; name: string }[]> {
  const read = async (path: string): Promise<unknown> => {
    const reply = await ask(io, `${creds.server}${path}`, { headers: headersOf(creds) });
    return reply.kind === 'reply' && reply.status === 200 ? reply.json : undefined;
  };
  const authors: { urn: string; name: string }[] = [];
  const me = person.safeParse(await read('/v2/userinfo')).data;
  if (me !== undefined) authors.push({ urn: `urn:li:person:${me.sub}`, name: me.name ?? 'LinkedIn' });
  const query = 'q=roleAssignee&role=ADMINISTRATOR&state=APPROVED';
  const held = roles.safeParse(await read(`/rest/organizationAcls?${query}`)).data?.elements ?? [];
  for (const { organization: urn } of held) {
    const named = organization.safeParse(await read(`/rest/organizations/${urn.split(':').at(-1) ?? ''}`)).data;
    authors.push({ urn, name: named?.localizedName ?? urn });
  }
  return authors;
}
