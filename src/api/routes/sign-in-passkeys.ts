import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Refusal } from '../../domain/errors.ts';
import { NOBODY, recordRefusedEntry } from '../../pipeline/refused-entries.ts';
import { hashToken } from '../../secrets/token.ts';
import { insertPasskey } from '../../store/passkey.ts';
import { endSessionsOf } from '../../store/session.ts';
import type { SignInLinkRow } from '../../store/sign-in-link.ts';
import { endLinksOf, getSignInLink, takeSignInLink } from '../../store/sign-in-link.ts';
import { clientBucket } from '../client-address.ts';
import { openSession, sendSession } from '../open-session.ts';
import type { Api, ApiContext } from '../parts.ts';
import type { Party } from '../passkeys.ts';
import { checkNewPasskey, memberByPasskey, newPasskeyOptions, partyOf, signInOptions } from '../passkeys.ts';
import { ApiProblem } from '../problem.ts';
import type { LimitName, RateLimits } from '../rate-limits.ts';
import { checkOrigin } from '../same-origin.ts';
import { noBody } from '../schemas/common.ts';
import { assertion, passkeyOptions, registration } from '../schemas/team.ts';

const token = z.string().max(200);
const next = z.object({ next: z.string() });

/** Signing in with a passkey, and coming by a link with one in place of a password. Asked by `passkey-page.js`. */
export function signInPasskeyRoutes(app: Api, context: ApiContext, rateLimits: RateLimits): void {
  const { database, settings } = context;

  app.post(
    '/sign-in/passkey-options',
    { schema: { hide: true, body: noBody, response: { 200: passkeyOptions } } },
    async (request) => signInOptions(database, await ownPage(request, 'stranger')),
  );

  app.post(
    '/sign-in/passkey',
    { schema: { hide: true, body: z.object({ credential: assertion }), response: { 200: next } } },
    async (request, reply) => {
      const memberId = await memberByPasskey(database, await ownPage(request), request.body.credential);
      if (memberId === null) {
        await recordRefusedEntry(database, 'passkey', NOBODY);
        throw new ApiProblem('unauthenticated', 'This passkey is not known here. Use another one, or your password.');
      }
      const session = await database.transaction((sql) => openSession(sql, context, request, memberId, 'passkey'));
      sendSession(reply, context, session);
      return { next: '/' };
    },
  );

  app.post(
    '/sign-in/new-passkey-options',
    { schema: { hide: true, body: z.object({ token }), response: { 200: passkeyOptions } } },
    async (request) => {
      const party = await ownPage(request);
      const { memberId, name, email } = await linkBehind(request.body.token);
      return newPasskeyOptions(database, party, { id: memberId, name, email });
    },
  );

  app.post(
    '/sign-in/new-passkey',
    { schema: { hide: true, body: z.object({ token, credential: registration }), response: { 200: next } } },
    async (request, reply) => {
      const party = await ownPage(request);
      const { memberId } = await linkBehind(request.body.token);
      const hash = hashToken(request.body.token);
      const passkey = await checkNewPasskey(context, party, memberId, 'Passkey', request.body.credential);
      const session = await database.transaction(async (sql) => {
        if ((await takeSignInLink(sql, hash)) === null) throw deadLink();
        await insertPasskey(sql, passkey);
        await endSessionsOf(sql, memberId);
        await endLinksOf(sql, memberId);
        return openSession(sql, context, request, memberId, 'link');
      });
      sendSession(reply, context, session);
      return { next: '/' };
    },
  );

  /** @param limit what is no try at a secret may be asked for more often. */
  async function ownPage(request: FastifyRequest, limit: LimitName = 'sign-in'): Promise<Party> {
    checkOrigin(request, settings.http.publicUrl);
    await rateLimits.use(limit, clientBucket(request), request);
    const party = partyOf(request, settings.http.publicUrl);
    if (party !== null) return party;
    throw new Refusal('conflict', 'Browsers make no passkeys for a bare IP address: open standfirst by its name.');
  }

  /** Only links that let somebody in to choose what they sign in with. */
  async function linkBehind(given: string): Promise<SignInLinkRow> {
    const link = await getSignInLink(database, hashToken(given));
    if (link === null || link.purpose === 'sign-in') throw deadLink();
    return link;
  }
}

function deadLink(): Refusal {
  return new Refusal('not-found', 'This link does not work any more: ask for a new one.');
}
