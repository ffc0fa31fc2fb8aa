import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Refusal } from '../../domain/errors.ts';
import { recordRefusedEntry } from '../../pipeline/refused-entries.ts';
import { isPasswordOf, newPasswordHash, replacePassword } from '../../pipeline/sign-in.ts';
import { found } from '../../store/database.ts';
import { recordEvent } from '../../store/event.ts';
import type { MemberRow } from '../../store/member.ts';
import { getMember } from '../../store/member.ts';
import { insertPasskey, listPasskeys, removePasskey } from '../../store/passkey.ts';
import { endSessionOf, endSessionsOf, listSessions } from '../../store/session.ts';
import { callerOf } from '../authenticate.ts';
import type { Caller } from '../caller.ts';
import { openSession, sendSession } from '../open-session.ts';
import { sendPage } from '../page.ts';
import type { Api, ApiContext } from '../parts.ts';
import type { Party } from '../passkeys.ts';
import { checkNewPasskey, newPasskeyOptions, partyOf } from '../passkeys.ts';
import { ApiProblem } from '../problem.ts';
import type { RateLimits } from '../rate-limits.ts';
import { byId, noBody, pageQuery } from '../schemas/common.ts';
import { newPasskey, passkeyList, passkeyOptions, passwordChange, sessionItems } from '../schemas/team.ts';

/** What members do about themselves: where they are signed in, and what they sign in with. */
export function ownAccountRoutes(app: Api, context: ApiContext, rateLimits: RateLimits): void {
  const { database, io, settings } = context;

  app.get(
    '/v1/sessions',
    {
      schema: {
        operationId: 'listSessions',
        summary: 'Where you are signed in, newest first',
        tags: ['session'],
        querystring: pageQuery,
        response: { 200: sessionItems },
      },
    },
    (request, reply) => {
      const { id: memberId, session } = memberOf(request);
      return sendPage(
        request,
        reply,
        (page) => listSessions(database, memberId, page),
        (row) => [row.id],
        ({ id, ip, userAgent, createdAt, seenAt, expiresAt }) => ({
          id,
          isCurrent: id === session.id,
          ip,
          userAgent,
          createdAt: createdAt.toISOString(),
          seenAt: seenAt.toISOString(),
          expiresAt: expiresAt.toISOString(),
        }),
      );
    },
  );

  app.delete(
    '/v1/sessions',
    {
      schema: {
        operationId: 'endOtherSessions',
        summary: 'Sign out everywhere else',
        tags: ['session'],
        response: { 200: z.object({ ended: z.number().int() }) },
      },
    },
    async (request) => {
      const { id, secretHash } = memberOf(request);
      const ended = await database.transaction(async (sql) => {
        const count = await endSessionsOf(sql, id, secretHash);
        await recordEvent(sql, { type: 'member.sessions_ended', subject: id, actor: id, data: { sessions: count } });
        return count;
      });
      return { ended };
    },
  );

  app.delete(
    '/v1/sessions/:id',
    {
      schema: {
        operationId: 'endOneSession',
        summary: 'Sign out in one other place',
        tags: ['session'],
        params: byId,
        response: { 204: z.undefined().describe('Ended.') },
      },
    },
    async (request, reply) => {
      const { id } = memberOf(request);
      const wasLive = await database.transaction((sql) => endSessionOf(sql, id, request.params.id));
      if (!wasLive) throw new Refusal('not-found', `You have no session ${request.params.id}.`);
      return reply.code(204).send();
    },
  );

  app.put(
    '/v1/session/password',
    {
      schema: {
        operationId: 'setPassword',
        summary: 'Set a new password; you stay signed in here and nowhere else',
        tags: ['session'],
        body: passwordChange,
        response: { 204: z.undefined().describe('Set.') },
      },
    },
    async (request, reply) => {
      const caller = memberOf(request);
      const { current, password } = request.body;
      const member = found(await getMember(database, caller.id), 'member', caller.id);
      if (member.hasPassword) await checkCurrent(request, member, current);
      else mustBeFresh(caller, io.now());
      const hash = await newPasswordHash(member, password);
      const token = await database.transaction(async (sql) => {
        await replacePassword(sql, member.id, hash, null);
        return openSession(sql, context, request, member.id, 'password');
      });
      sendSession(reply, context, token);
      return reply.code(204).send();
    },
  );

  async function checkCurrent(request: FastifyRequest, member: MemberRow, current: string | undefined): Promise<void> {
    if (current === undefined) throw wrongCurrent('is missing: give your password as it is now');
    await rateLimits.use('sign-in-account', member.id, request);
    if (await isPasswordOf(database, member.id, current)) return;
    await recordRefusedEntry(database, 'password', member.id);
    throw wrongCurrent('is not your password');
  }

  function wrongCurrent(message: string): Refusal {
    return new Refusal('invalid', `The field current ${message}.`, [{ pointer: '/current', code: 'wrong', message }]);
  }

  app.get(
    '/v1/session/passkeys',
    {
      schema: {
        operationId: 'listPasskeys',
        summary: 'Your passkeys',
        tags: ['session'],
        response: { 200: passkeyList },
      },
    },
    async (request) => passkeysOf(memberOf(request).id),
  );

  app.post(
    '/v1/session/passkeys/options',
    {
      schema: {
        operationId: 'beginPasskey',
        summary: 'What the browser needs to make a passkey',
        tags: ['session'],
        body: noBody,
        response: { 200: passkeyOptions },
      },
    },
    async (request) => {
      const caller = memberOf(request);
      mustBeFresh(caller, io.now());
      const member = found(await getMember(database, caller.id), 'member', caller.id);
      return newPasskeyOptions(database, partyFor(request), member);
    },
  );

  app.post(
    '/v1/session/passkeys',
    {
      schema: {
        operationId: 'addPasskey',
        summary: 'Keep the passkey that the browser has made',
        tags: ['session'],
        body: newPasskey,
        response: { 201: passkeyList },
      },
    },
    async (request, reply) => {
      const caller = memberOf(request);
      mustBeFresh(caller, io.now());
      const { name, credential } = request.body;
      const passkey = await checkNewPasskey(context, partyFor(request), caller.id, name, credential);
      await database.transaction((sql) => insertPasskey(sql, passkey));
      return reply.code(201).send(await passkeysOf(caller.id));
    },
  );

  app.delete(
    '/v1/session/passkeys/:id',
    {
      schema: {
        operationId: 'removePasskey',
        summary: 'Sign in with this passkey no more',
        tags: ['session'],
        params: byId,
        response: { 204: z.undefined().describe('Removed.') },
      },
    },
    async (request, reply) => {
      const caller = memberOf(request);
      mustBeFresh(caller, io.now());
      const member = found(await getMember(database, caller.id), 'member', caller.id);
      if (!member.hasPassword && member.passkeys === 1) {
        throw new Refusal('conflict', 'This passkey is your only way in: set a password or add another passkey first.');
      }
      const wasThere = await database.transaction((sql) => removePasskey(sql, caller.id, request.params.id));
      if (!wasThere) throw new Refusal('not-found', `You have no passkey ${request.params.id}.`);
      return reply.code(204).send();
    },
  );

  async function passkeysOf(memberId: string): Promise<z.infer<typeof passkeyList>> {
    const data = (await listPasskeys(database, memberId)).map(({ id, name, createdAt, usedAt }) => ({
      id,
      name,
      createdAt: createdAt.toISOString(),
      usedAt: usedAt?.toISOString() ?? null,
    }));
    return { data };
  }

  function partyFor(request: FastifyRequest): Party {
    const party = partyOf(request, settings.http.publicUrl);
    if (party !== null) return party;
    throw new Refusal('conflict', 'Browsers make no passkeys for a bare IP address: open standfirst by its name.');
  }
}

type Member = Caller & { readonly session: NonNullable<Caller['session']> };

/** @throws ApiProblem `not-allowed` for an API key, which is nobody who could sign in. */
function memberOf(request: FastifyRequest): Member {
  const caller = callerOf(request);
  const { session } = caller;
  if (session === null)
    throw new ApiProblem('not-allowed', 'An API key has no sessions and signs in nowhere: sign in.');
  return { ...caller, session };
}

/** ASVS 5.0, 7.5.1: what somebody signs in with changes only in the hands of who has just signed in. */
const FRESH_MS = 15 * 60_000;

function mustBeFresh({ session }: Member, now: Date): void {
  if (now.getTime() - session.signedInAt.getTime() <= FRESH_MS) return;
  throw new ApiProblem(
    'not-allowed',
    'You signed in more than 15 minutes ago: sign in again to change what you sign in with.',
  );
}
