import { faultOfPassword } from '../domain/password.ts';
import { Refusal } from '../domain/errors.ts';
import { hashPassword, needsRehash, verifyPassword } from '../secrets/password.ts';
import { hashToken, makeToken } from '../secrets/token.ts';
import type { Database, Sql } from '../store/database.ts';
import type { MemberRow } from '../store/member.ts';
import { findMember, getPasswordHash, rehashPassword, setPassword } from '../store/member.ts';
import { endSessionsOf } from '../store/session.ts';
import { endLinksOf } from '../store/sign-in-link.ts';
import { NOBODY, recordRefusedEntry } from './refused-entries.ts';

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
    await recordRefusedEntry(database, 'password', member?.id ?? NOBODY);
    return null;
  }
  if (needsRehash(stored)) await rehashPassword(database, member.id, stored, await hashPassword(password));
  return member.id;
}

/**
 * What tries at a password are counted under. The name as it was typed, whether anybody has it or not, or the sixth try would
 * tell; by 24 bits of a digest, for it may be a password in the wrong field. And whose it is, for names that are one to the
 * database only.
 */
export async function accountTried(database: Database, login: string): Promise<{ typed: string; owner: string }> {
  const name = login.trim();
  const typed = `typed ${hashToken(name.toLowerCase()).slice(0, 6)}`;
  return { typed, owner: (await findMember(database, name))?.id ?? typed };
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
