import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Refusal } from '../../domain/errors.ts';
import { accountTried, memberByPassword, newPasswordHash, replacePassword } from '../../pipeline/sign-in.ts';
import { hashToken } from '../../secrets/token.ts';
import { getNewsroom } from '../../store/newsroom.ts';
import { getMember } from '../../store/member.ts';
import type { SignInLinkRow } from '../../store/sign-in-link.ts';
import { getSignInLink, takeSignInLink } from '../../store/sign-in-link.ts';
import { clientBucket } from '../client-address.ts';
import { openSession, sendSession } from '../open-session.ts';
import type { Api, ApiContext } from '../parts.ts';
import { partyOf } from '../passkeys.ts';
import { ApiProblem } from '../problem.ts';
import type { RateLimits } from '../rate-limits.ts';
import { checkOrigin } from '../same-origin.ts';
import type { Setting } from '../sign-in-pages.ts';
import { deadLinkPage, keepPage, linkPage, signInPage, welcomePage } from '../sign-in-pages.ts';
import { signInTexts } from '../sign-in-texts.ts';

const TOKEN = /^[\w-]{20,100}$/;

/** Where a member goes who has nothing to sign in with but the link that was just used up. */
const KEEP = '/sign-in/keep';

/** The forms: a name and a password, or a link that works once and, where it is for that, a new password. */
export function signInRoutes(app: Api, context: ApiContext, rateLimits: RateLimits): void {
  const { database, settings } = context;

  app.get(
    '/sign-in',
    { schema: { hide: true, querystring: z.object({ token: z.string().optional() }) } },
    async (request, reply) => {
      const { token } = request.query;
      if (token === undefined) return send(reply, 200, signInPage(setting(request)));
      await rateLimits.use('sign-in', clientBucket(request), request);
      return showLink(request, reply, token);
    },
  );

  app.post(
    '/sign-in',
    {
      schema: {
        hide: true,
        body: z.object({
          token: z.string().max(200).optional(),
          login: z.string().max(254).optional(),
          password: z.string().max(1_000).optional(),
        }),
      },
    },
    async (request, reply) => {
      checkOrigin(request, settings.http.publicUrl);
      const { token, login, password } = request.body;
      if (token === undefined) return withPassword(request, reply, login ?? '', password ?? '');
      await rateLimits.use('sign-in', clientBucket(request), request);
      const link = await linkBehind(token);
      if (link !== null) await rateLimits.use('sign-in-account', `link ${link.memberId}`, request);
      if (link === null) return send(reply, 410, deadLinkPage(setting(request)));
      if (link.purpose === 'sign-in') return withLink(request, reply, token);
      return withNewPassword(request, reply, token, link, password ?? '');
    },
  );

  async function withPassword(request: FastifyRequest, reply: FastifyReply, login: string, password: string) {
    try {
      await rateLimits.use('sign-in', clientBucket(request), request);
      const { typed, owner } = await accountTried(database, login);
      await rateLimits.use('sign-in-account', typed, request);
      await rateLimits.use('sign-in-owner', owner, request);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      const fault = signInTexts.tooMany(String(error.headers['retry-after'] ?? 60));
      void reply.headers(error.headers);
      return send(reply, 429, signInPage(setting(request, fault), login));
    }
    const memberId = await memberByPassword(database, login, password);
    if (memberId === null) {
      return send(reply, 401, signInPage(setting(request, signInTexts.wrong), login));
    }
    const session = await database.transaction((sql) => openSession(sql, context, request, memberId, 'password'));
    sendSession(reply, context, session);
    return reply.redirect('/', 303);
  }

  async function withLink(request: FastifyRequest, reply: FastifyReply, token: string) {
    const signedIn = await database.transaction(async (sql) => {
      const memberId = await takeSignInLink(sql, hashToken(token));
      if (memberId === null) return null;
      const session = await openSession(sql, context, request, memberId, 'link');
      const member = await getMember(sql, memberId);
      return { session, next: member?.hasPassword === true || member?.passkeys !== 0 ? '/' : KEEP };
    });
    if (signedIn === null) return send(reply, 410, deadLinkPage(setting(request)));
    sendSession(reply, context, signedIn.session);
    return reply.redirect(signedIn.next, 303);
  }

  async function withNewPassword(
    request: FastifyRequest,
    reply: FastifyReply,
    token: string,
    link: SignInLinkRow,
    password: string,
  ) {
    const hash = await hashOrFault(link, password);
    if ('fault' in hash) return send(reply, 400, await welcome(setting(request, hash.fault), token, link));
    const session = await database.transaction(async (sql) => {
      const memberId = await takeSignInLink(sql, hashToken(token));
      if (memberId === null) return null;
      await replacePassword(sql, memberId, hash.hash, null);
      return openSession(sql, context, request, memberId, 'link');
    });
    if (session === null) return send(reply, 410, deadLinkPage(setting(request)));
    sendSession(reply, context, session);
    return reply.redirect('/', 303);
  }

  app.get(KEEP, { schema: { hide: true } }, async (request, reply) => {
    const member = await withoutReturn(request);
    if (member === null) return reply.redirect(request.caller === null ? '/sign-in' : '/', 303);
    return send(reply, 200, keepPage(setting(request), member));
  });

  app.post(
    KEEP,
    { schema: { hide: true, body: z.object({ password: z.string().max(1_000).default('') }) } },
    async (request, reply) => {
      checkOrigin(request, settings.http.publicUrl);
      await rateLimits.use('sign-in', clientBucket(request), request);
      const member = await withoutReturn(request);
      if (member === null) return reply.redirect(request.caller === null ? '/sign-in' : '/', 303);
      const hash = await hashOrFault(member, request.body.password);
      if ('fault' in hash) return send(reply, 400, keepPage(setting(request, hash.fault), member));
      const own = request.caller?.secretHash ?? null;
      await database.transaction((sql) => replacePassword(sql, member.id, hash.hash, own));
      return reply.redirect('/', 303);
    },
  );

  /** The member who asks, if they have neither password nor passkey: whoever has one changes it as `/v1/session` says. */
  async function withoutReturn({ caller }: FastifyRequest) {
    if (caller?.kind !== 'member') return null;
    const member = await getMember(database, caller.id);
    return member === null || member.hasPassword || member.passkeys > 0 ? null : member;
  }

  async function showLink(request: FastifyRequest, reply: FastifyReply, token: string) {
    const link = await linkBehind(token);
    if (link === null) return send(reply, 410, deadLinkPage(setting(request)));
    const { purpose, expiresAt } = link;
    const page = setting(request);
    const shown = purpose === 'sign-in' ? linkPage(page, token, expiresAt) : await welcome(page, token, link);
    return send(reply, 200, shown);
  }

  async function welcome(page: Setting, token: string, link: SignInLinkRow): Promise<string> {
    return welcomePage(page, token, link, (await getNewsroom(database)).name);
  }

  async function linkBehind(token: string): Promise<SignInLinkRow | null> {
    return TOKEN.test(token) ? getSignInLink(database, hashToken(token)) : null;
  }

  function setting(request: FastifyRequest, fault?: string): Setting {
    const passkeys = partyOf(request, settings.http.publicUrl) !== null;
    return { nonce: request.cspNonce, passkeys, ...(fault === undefined ? {} : { fault }) };
  }
}

async function hashOrFault(
  member: { name: string; email: string | null },
  password: string,
): Promise<{ hash: string } | { fault: string }> {
  try {
    return { hash: await newPasswordHash(member, password) };
  } catch (error) {
    if (error instanceof Refusal) return { fault: error.message };
    throw error;
  }
}

function send(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(html);
}
