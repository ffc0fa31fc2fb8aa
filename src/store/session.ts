import { z } from 'zod';
import { memberRoles } from './member.ts';
import type { PageRequest } from './page.ts';
import type { Sql } from './database.ts';

/** A session ends after this long without a request, and `MAX_AGE` after sign-in whatever happens. ASVS 5.0, 7.3. */
export const SESSION_IDLE_MS = 7 * 24 * 3_600_000;
export const SESSION_MAX_AGE_MS = 30 * 24 * 3_600_000;

const sessionRow = z.object({
  id: z.string(),
  memberId: z.string(),
  name: z.string(),
  role: z.enum(memberRoles),
  createdAt: z.date(),
  expiresAt: z.date(),
  seenAt: z.date(),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
});
export type SessionRow = z.infer<typeof sessionRow>;

export interface NewSession {
  readonly id: string;
  readonly tokenHash: string;
  readonly memberId: string;
  readonly ip: string;
  readonly userAgent: string | null;
}

export async function insertSession(sql: Sql, session: NewSession): Promise<void> {
  await sql.run(`DELETE FROM standfirst.session WHERE expires_at < standfirst.clock() - interval '30 days'`);
  await sql.run(
    `INSERT INTO standfirst.session (id, token_hash, member_id, ip, user_agent, created_at, seen_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, standfirst.clock(), standfirst.clock(), standfirst.clock() + make_interval(secs => $6 / 1000.0))`,
    [session.id, session.tokenHash, session.memberId, session.ip, session.userAgent, SESSION_MAX_AGE_MS],
  );
}

/** Sessions that live, and whose they are. `$1`: how long one lives without a request, in milliseconds. */
const LIVE = `SELECT session.id, member.id AS "memberId", member.name, member.role, session.created_at AS "createdAt",
            least(session.expires_at, session.seen_at + make_interval(secs => $1 / 1000.0)) AS "expiresAt",
            session.seen_at AS "seenAt", session.ip, session.user_agent AS "userAgent"
       FROM standfirst.session JOIN standfirst.member ON member.id = session.member_id
      WHERE session.ended_at IS NULL AND session.expires_at > standfirst.clock()
        AND session.seen_at > standfirst.clock() - make_interval(secs => $1 / 1000.0) AND member.removed_at IS NULL`;

/** The live session behind a token's hash. */
export function getSession(sql: Sql, tokenHash: string): Promise<SessionRow | null> {
  return sql.one(sessionRow, `${LIVE} AND session.token_hash = $2`, [SESSION_IDLE_MS, tokenHash]);
}

/** Newest first. */
export function listSessions(sql: Sql, memberId: string, page: PageRequest): Promise<SessionRow[]> {
  return sql.many(
    sessionRow,
    `${LIVE} AND session.member_id = $2 AND ($4::text IS NULL OR session.id < $4) ORDER BY session.id DESC LIMIT $3`,
    [SESSION_IDLE_MS, memberId, page.limit, page.after?.[0] ?? null],
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

/** @returns false where the member has no such session. */
export async function endSessionOf(sql: Sql, memberId: string, id: string): Promise<boolean> {
  const ended = await sql.run(
    `UPDATE standfirst.session SET ended_at = standfirst.clock() WHERE member_id = $1 AND id = $2 AND ended_at IS NULL`,
    [memberId, id],
  );
  return ended > 0;
}

/** Ends every session of a member, or every other one. @returns how many. */
export function endSessionsOf(sql: Sql, memberId: string, exceptHash: string | null = null): Promise<number> {
  return sql.run(
    `UPDATE standfirst.session SET ended_at = standfirst.clock()
      WHERE member_id = $1 AND ended_at IS NULL AND token_hash IS DISTINCT FROM $2`,
    [memberId, exceptHash],
  );
}
