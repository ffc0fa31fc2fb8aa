import { faultOfPassword } from '../domain/password.ts';
import { Refusal } from '../domain/errors.ts';
import { hashPassword, needsRehash, verifyPassword } from '../secrets/password.ts';
import { makeToken } from '../secrets/token.ts';
import type { Database, Sql } from '../store/database.ts';
import { recordEvent } from '../store/event.ts';
import type { MemberRow } from '../store/member.ts';
import { findMember, getPasswordHash, rehashPassword, setPassword } from '../store/member.ts';
import { endSessionsOf } from '../store/session.ts';
import { endLinksOf } from '../store/sign-in-link.ts';

/**
 * Who signs in with this name or address and this password; null for anybody else. A name that nobody has costs the same
 * work as a password that is wrong, so that neither the answer nor its time says which it was.
 */
export async function memberByPassword(database: Database, login: string, password: string): Promise<string | null> {
  const member = await findMember(database, login.trim());
  const stored = member === null ? null : await getPasswordHash(database, member.id);
  const nobodys = await decoy();
  const isRight = await verifyPassword(password, stored ?? nobodys);
  if (member === null || stored === null || !isRight) {
    await recordFailure(database, member?.id ?? null, 'password');
    return null;
  }
  if (needsRehash(stored)) await rehashPassword(database, member.id, stored, await hashPassword(password));
  return member.id;
}

/** Writes down that somebody did not get in. What they typed is not: it may be a password in the wrong field. */
export async function recordFailure(
  database: Database,
  memberId: string | null,
  how: 'password' | 'passkey',
): Promise<void> {
  const subject = memberId ?? 'nobody';
  await database.transaction((sql) => recordEvent(sql, { type: 'member.sign_in_failed', subject, data: { how } }));
}

/** Whether a password is a member's. */
export async function isPasswordOf(database: Database, memberId: string, password: string): Promise<boolean> {
  return verifyPassword(password, (await getPasswordHash(database, memberId)) ?? (await decoy()));
}

/**
 * Hashes a new password for a member, outside of any transaction: it takes a while.
 * @throws Refusal `invalid` in one sentence where it is too short, too long or too common.
 */
export async function newPasswordHash(member: Pick<MemberRow, 'name' | 'email'>, password: string): Promise<string> {
  const fault = faultOfPassword(password, [member.name, member.email ?? '', 'standfirst']);
  if (fault !== null) throw new Refusal('invalid', fault, [{ pointer: '/password', code: 'weak', message: fault }]);
  return hashPassword(password);
}

/** Sets it and ends every other way in that was open: sessions, invitations, reset links. */
export async function replacePassword(
  sql: Sql,
  memberId: string,
  hash: string,
  exceptSession: string | null,
): Promise<void> {
  await setPassword(sql, memberId, hash, memberId);
  await endSessionsOf(sql, memberId, exceptSession);
  await endLinksOf(sql, memberId);
}

let made: Promise<string> | undefined;

/** The hash of a password that nobody has. */
function decoy(): Promise<string> {
  made ??= hashPassword(makeToken().token);
  return made;
}
