import { z } from 'zod';
import type { MemberRow } from './member.ts';
import { memberRoles } from './member.ts';
import type { Sql } from './database.ts';

const linkRow = z.object({
  memberId: z.string(),
  expiresAt: z.date(),
  usedAt: z.date().nullable(),
  isExpired: z.boolean(),
});
export type SignInLinkRow = z.infer<typeof linkRow>;

/** Keeps a link by the hash of its token, and forgets those that ran out a day ago. */
export async function insertSignInLink(sql: Sql, tokenHash: string, memberId: string, lifeMs: number): Promise<void> {
  await sql.run(`DELETE FROM standfirst.sign_in_link WHERE expires_at < standfirst.clock() - interval '1 day'`);
  await sql.run(
    `INSERT INTO standfirst.sign_in_link (token_hash, member_id, expires_at)
     VALUES ($1, $2, standfirst.clock() + make_interval(secs => $3 / 1000.0))`,
    [tokenHash, memberId, lifeMs],
  );
}

/** Looks at a link without using it. */
export function getSignInLink(sql: Sql, tokenHash: string): Promise<SignInLinkRow | null> {
  return sql.one(
    linkRow,
    `SELECT member_id AS "memberId", expires_at AS "expiresAt", used_at AS "usedAt", expires_at <= standfirst.clock() AS "isExpired"
       FROM standfirst.sign_in_link WHERE token_hash = $1`,
    [tokenHash],
  );
}

/** Uses a link up. @returns whom it signs in; null where it was used, has run out, or never was. */
export function takeSignInLink(sql: Sql, tokenHash: string): Promise<MemberRow | null> {
  return sql.one(
    z.object({ id: z.string(), name: z.string(), role: z.enum(memberRoles) }),
    `UPDATE standfirst.sign_in_link AS link SET used_at = standfirst.clock() FROM standfirst.member
      WHERE link.token_hash = $1 AND link.used_at IS NULL AND link.expires_at > standfirst.clock()
        AND member.id = link.member_id AND member.removed_at IS NULL
     RETURNING member.id, member.name, member.role`,
    [tokenHash],
  );
}
