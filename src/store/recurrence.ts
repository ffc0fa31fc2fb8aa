import { z } from 'zod';
import { weekdays } from '../domain/slot-rules.ts';
import { cancelPosts } from './cancel-posts.ts';
import type { Sql } from './database.ts';
import { recordEvent } from './event.ts';
import type { PageRequest } from './page.ts';

export const recurrenceRow = z.object({
  id: z.string(),
  /** The post whose approved text comes again, and the revision that was approved. */
  postId: z.string(),
  revision: z.number(),
  accountId: z.string(),
  time: z.string(),
  days: z.array(z.enum(weekdays)),
  timeZone: z.string(),
  nextAt: z.date(),
  endsAt: z.date().nullable(),
  createdBy: z.string(),
  createdAt: z.date(),
  endedAt: z.date().nullable(),
});
export type RecurrenceRow = z.infer<typeof recurrenceRow>;

const columns = `id, post_id AS "postId", revision, account_id AS "accountId", time, days, time_zone AS "timeZone", next_at AS "nextAt",
  ends_at AS "endsAt", created_by AS "createdBy", created_at AS "createdAt", ended_at AS "endedAt"`;

export type NewRecurrence = Omit<RecurrenceRow, 'createdAt' | 'endedAt'>;

export async function insertRecurrence(sql: Sql, row: NewRecurrence): Promise<void> {
  await sql.run(
    `INSERT INTO standfirst.recurrence (id, post_id, revision, account_id, time, days, time_zone, next_at, ends_at, created_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      row.id,
      row.postId,
      row.revision,
      row.accountId,
      row.time,
      row.days,
      row.timeZone,
      row.nextAt,
      row.endsAt,
      row.createdBy,
    ],
  );
  const { id: subject, createdBy: actor, ...after } = row;
  const data = { postId: row.postId, time: row.time, days: row.days, timeZone: row.timeZone };
  await recordEvent(sql, { type: 'recurrence.created', subject, actor, data, after });
}

/** One that runs for the same post at the same time on one of the same days, if any: of two that are asked for at once, the second finds the first. */
export async function twinOf(
  sql: Sql,
  { postId, time, days, timeZone }: Pick<RecurrenceRow, 'postId' | 'time' | 'timeZone'> & { days: readonly string[] },
): Promise<string | null> {
  await sql.run(`SELECT 1 FROM standfirst.post WHERE id = $1 FOR NO KEY UPDATE`, [postId]);
  const row = await sql.one(
    z.object({ id: z.string() }),
    `SELECT id FROM standfirst.recurrence
      WHERE post_id = $1 AND time = $2 AND time_zone = $3 AND days && $4 AND ended_at IS NULL LIMIT 1`,
    [postId, time, timeZone, days],
  );
  return row?.id ?? null;
}

const dueRow = z.object({ id: z.string(), accountId: z.string(), nextAt: z.date() });
export type DueRecurrence = z.infer<typeof dueRow>;

/** Those whose next post is to be made: its time is nearer than `withinMs`. In pages by `(nextAt, id)`. */
export function dueRecurrences(
  sql: Sql,
  withinMs: number,
  after: DueRecurrence | null,
  limit: number,
): Promise<DueRecurrence[]> {
  return sql.many(
    dueRow,
    `SELECT id, account_id AS "accountId", next_at AS "nextAt" FROM standfirst.recurrence
      WHERE ended_at IS NULL AND next_at < standfirst.clock() + make_interval(secs => $1 / 1000.0)
        AND ($2::timestamptz IS NULL OR (next_at, id) > ($2, $3)) ORDER BY next_at, id LIMIT $4`,
    [withinMs, after?.nextAt ?? null, after?.id ?? '', limit],
  );
}

/** Locks one that is still running; null where it ended, or another process is at it. */
export function takeRecurrence(sql: Sql, id: string): Promise<RecurrenceRow | null> {
  return sql.one(
    recurrenceRow,
    `SELECT ${columns} FROM standfirst.recurrence WHERE id = $1 AND ended_at IS NULL FOR UPDATE SKIP LOCKED`,
    [id],
  );
}

export async function moveRecurrence(sql: Sql, id: string, nextAt: Date): Promise<void> {
  await sql.run(`UPDATE standfirst.recurrence SET next_at = $2 WHERE id = $1`, [id, nextAt]);
}

/** One of its times passes without a post. @param reason one sentence for people. */
export async function skipRecurrence(
  sql: Sql,
  { id, nextAt: at }: Pick<RecurrenceRow, 'id' | 'nextAt'>,
  nextAt: Date,
  reason: string,
): Promise<void> {
  await recordEvent(sql, { type: 'recurrence.skipped', subject: id, data: { at: at.toISOString(), reason } });
  await moveRecurrence(sql, id, nextAt);
}

/** Why a text does not come again any more. */
export type EndedBecause =
  | 'ends-at'
  | 'approval-ended'
  | 'cancelled'
  | 'rejected'
  | 'changes-requested'
  | 'edited'
  | 'corrected'
  | 'removed'
  | 'account-gone';

/** @returns false where it had ended, or never was. */
export async function endRecurrence(
  sql: Sql,
  id: string,
  actor: string,
  data: Readonly<{ because?: EndedBecause; postId?: string; takenBack?: readonly string[] }> = {},
): Promise<boolean> {
  const after = await sql.one(
    z.object({ endedAt: z.date() }),
    `UPDATE standfirst.recurrence SET ended_at = standfirst.clock(), ended_by = $2 WHERE id = $1 AND ended_at IS NULL
     RETURNING ended_at AS "endedAt"`,
    [id, actor],
  );
  if (after === null) return false;
  await recordEvent(sql, { type: 'recurrence.ended', subject: id, actor, data, before: { endedAt: null }, after });
  return true;
}

const WORDS = {
  cancelled: 'was cancelled',
  rejected: 'was rejected',
  'changes-requested': 'was given back to its writer',
  edited: 'was given another text',
  corrected: 'was corrected on its network',
  removed: 'was taken off its network',
} as const satisfies Partial<Record<EndedBecause, string>>;

/** A copy whose words are those that come again. SQL; `$1`: the recurrences. */
const UNTOUCHED_COPY = `recurrence_id = ANY ($1) AND revision = 1 AND state IN ('approved', 'scheduled', 'failed', 'stale')`;

/**
 * A post was taken back: its text does not come again, and what it made and what waits does not leave. Who rejects a copy has
 * rejected the text; who cancels one leaves out that time. A copy that somebody has edited was approved by itself, and stays;
 * so does one that may be on its network already.
 * Called once the post itself is changed: a copy that is written just now is waited for, and none is written later.
 * @param reason in the words of whoever did it.
 */
export async function takeBackRecurrences(
  sql: Sql,
  postId: string,
  because: keyof typeof WORDS,
  actor: string,
  reason: string | null = null,
): Promise<void> {
  const all = await sql.many(
    z.object({ id: z.string(), isOver: z.boolean() }),
    `SELECT id, ended_at IS NOT NULL AS "isOver" FROM standfirst.recurrence
      WHERE post_id = $1 OR ($2 AND id = (SELECT recurrence_id FROM standfirst.post WHERE id = $1 AND revision = 1))
      ORDER BY id FOR UPDATE`,
    [postId, because === 'rejected'],
  );
  if (all.length === 0) return;
  const ids = all.map(({ id }) => id);
  const said = `Post ${postId}, whose text it repeats, ${WORDS[because]}${reason === null ? '.' : `: ${reason}`}`;
  const copies = await cancelPosts(sql, UNTOUCHED_COPY, ids, { reason: said, actor });
  for (const { id } of all.filter(({ isOver }) => !isOver)) {
    const takenBack = copies.filter((copy) => copy.recurrenceId === id).map((copy) => copy.id);
    await endRecurrence(sql, id, actor, { because, postId, takenBack });
  }
}

/** Those that still run. */
export function pageRecurrences(sql: Sql, page: PageRequest): Promise<RecurrenceRow[]> {
  return sql.many(
    recurrenceRow,
    `SELECT ${columns} FROM standfirst.recurrence WHERE ended_at IS NULL AND ($2::text IS NULL OR id > $2) ORDER BY id LIMIT $1`,
    [page.limit, page.after?.[0] ?? null],
  );
}
