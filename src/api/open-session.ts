import type { FastifyReply, FastifyRequest } from 'fastify';
import { hashToken, makeToken } from '../secrets/token.ts';
import type { Sql } from '../store/database.ts';
import { recordEvent } from '../store/event.ts';
import { markJoined } from '../store/member.ts';
import { endSession, insertSession } from '../store/session.ts';
import { clientAddress } from './client-address.ts';
import { cookieName, cookieOptions } from './cookie.ts';
import type { ApiContext } from './parts.ts';

/** A way to sign in, as the audit names it. */
export type Way = 'link' | 'password' | 'passkey';

/**
 * Signs a member in: a new token, whatever the browser had before; that session ends.
 * @returns the token, for `sendSession` once the transaction has committed.
 */
export async function openSession(
  sql: Sql,
  { io, settings }: Pick<ApiContext, 'io' | 'settings'>,
  request: FastifyRequest,
  memberId: string,
  way: Way,
): Promise<string> {
  const { token, hash } = makeToken();
  const old = request.cookies[cookieName(settings)];
  if (old !== undefined) await endSession(sql, hashToken(old));
  const userAgent = request.headers['user-agent']?.slice(0, 300) ?? null;
  await insertSession(sql, { id: io.id('session'), tokenHash: hash, memberId, ip: clientAddress(request), userAgent });
  await markJoined(sql, memberId);
  await recordEvent(sql, { type: 'member.signed_in', subject: memberId, actor: memberId, data: { way } });
  return token;
}

export function sendSession(reply: FastifyReply, { settings }: Pick<ApiContext, 'settings'>, token: string): void {
  void reply.setCookie(cookieName(settings), token, cookieOptions(settings));
}
