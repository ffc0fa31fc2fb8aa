import { z } from 'zod';
import { memberRoles } from './member.ts';
import type { Sql } from './database.ts';

/** A session ends after this long without a request, and `MAX_AGE` after sign-in whatever happens. ASVS 5.0, 7.3. */
export const SESSION_IDLE_MS = 7 * 24 * 3_600_000;
export const SESSION_MAX_AGE_MS = 30 * 24 * 3_600_000;

const sessionRow = z.object({
  memberId: z.string(),
  name: z.string(),
  role: z.enum(memberRoles),
  expiresAt: z.date(),
  seenAt: z.date(),
});
export type SessionRow = z.infer<typeof sessionRow>;

export async function insertSession(sql: Sql, tokenHash: string, memberId: string): Promise<void> {
  await sql.run(`DELETE FROM standfirst.session WHERE expires_at < standfirst.clock() - interval '30 days'`);
  await sql.run(
    `INSERT INTO standfirst.session (token_hash, member_id, created_at, seen_at, expires_at)
     VALUES ($1, $2, standfirst.clock(), standfirst.clock(), standfirst.clock() + make_interval(secs => $3 / 1000.0))`,
    [tokenHash, memberId, SESSION_MAX_AGE_MS],
  );
}

/** The live session behind a token's hash, and whose it is. */
export function getSession(sql: Sql, tokenHash: string): Promise<SessionRow | null> {
  return sql.one(
    sessionRow,
    `SELECT member.id AS "memberId", member.name, member.role,
            least(session.expires_at, session.seen_at + make_interval(secs => $2 / 1000.0)) AS "expiresAt",
            session.seen_at AS "seenAt"
       FROM standfirst.session JOIN standfirst.member ON member.id = session.member_id
      WHERE session.token_hash = $1 AND session.ended_at IS NULL AND session.expires_at > standfirst.clock()
        AND session.seen_at > standfirst.clock() - make_interval(secs => $2 / 1000.0) AND member.removed_at IS NULL`,
    [tokenHash, SESSION_IDLE_MS],
  );
}

/** Notes that a session was used; writes at most once a minute. */
export async function touchSession(sql: Sql, tokenHash: string): Promise<void> {
  await sql.run(
    `UPDATE standfirst.session SET seen_at = standfirst.clock()
      WHERE token_hash = $1 AND seen_at < standfirst.clock() - interval '1 minute'`,
    [tokenHash],
  );
}

export async function endSession(sql: Sql, tokenHash: string): Promise<void> {
  await sql.run(
    `UPDATE standfirst.session SET ended_at = standfirst.clock() WHERE token_hash = $1 AND ended_at IS NULL`,
    [tokenHash],
  );
}
