import { z } from 'zod';
import type { Sql } from './database.ts';

/** What a link is for: to sign in; to come for the first time; to set a new password in place of a lost one. */
export const linkPurposes = ['sign-in', 'invitation', 'reset'] as const;
export type LinkPurpose = (typeof linkPurposes)[number];

const linkRow = z.object({
  memberId: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  purpose: z.enum(linkPurposes),
  expiresAt: z.date(),
});
export type SignInLinkRow = z.infer<typeof linkRow>;

/** Keeps a link by the hash of its token, and forgets those that ran out a day ago. */
export async function insertSignInLink(
  sql: Sql,
  link: { tokenHash: string; memberId: string; purpose: LinkPurpose; lifeMs: number },
): Promise<void> {
  await sql.run(`DELETE FROM standfirst.sign_in_link WHERE expires_at < standfirst.clock() - interval '1 day'`);
  await sql.run(
    `INSERT INTO standfirst.sign_in_link (token_hash, member_id, purpose, expires_at)
     VALUES ($1, $2, $3, standfirst.clock() + make_interval(secs => $4 / 1000.0))`,
    [link.tokenHash, link.memberId, link.purpose, link.lifeMs],
  );
}

/** Looks at a link without using it; null where it was used, has run out, or never was. */
export function getSignInLink(sql: Sql, tokenHash: string): Promise<SignInLinkRow | null> {
  return sql.one(
    linkRow,
    `SELECT link.member_id AS "memberId", member.name, member.email, link.purpose, link.expires_at AS "expiresAt"
       FROM standfirst.sign_in_link AS link JOIN standfirst.member ON member.id = link.member_id
      WHERE link.token_hash = $1 AND link.used_at IS NULL AND link.expires_at > standfirst.clock() AND member.removed_at IS NULL`,
    [tokenHash],
  );
}

/** Uses a link up. @returns id of whom it signs in; null where it was used, has run out, or never was. */
export async function takeSignInLink(sql: Sql, tokenHash: string): Promise<string | null> {
  const row = await sql.one(
    z.object({ id: z.string() }),
    `UPDATE standfirst.sign_in_link AS link SET used_at = standfirst.clock() FROM standfirst.member
      WHERE link.token_hash = $1 AND link.used_at IS NULL AND link.expires_at > standfirst.clock()
        AND member.id = link.member_id AND member.removed_at IS NULL
     RETURNING member.id`,
    [tokenHash],
  );
  return row?.id ?? null;
}

/** A newer link, a new password or a removal ends the older links of a member. */
export async function endLinksOf(sql: Sql, memberId: string): Promise<void> {
  await sql.run(
    `UPDATE standfirst.sign_in_link SET used_at = standfirst.clock() WHERE member_id = $1 AND purpose <> 'sign-in' AND used_at IS NULL`,
    [memberId],
  );
}
