import { z } from 'zod';
import { weekdays } from '../domain/slot-rules.ts';
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
  const data = { postId: row.postId, time: row.time, days: row.days, timeZone: row.timeZone };
  await recordEvent(sql, { type: 'recurrence.created', subject: row.id, actor: row.createdBy, data });
}

/** Those whose next post is to be made: its time is nearer than `withinMs`. */
export function dueRecurrences(sql: Sql, withinMs: number, limit: number): Promise<{ id: string }[]> {
  return sql.many(
    z.object({ id: z.string() }),
    `SELECT id FROM standfirst.recurrence WHERE ended_at IS NULL AND next_at < standfirst.clock() + make_interval(secs => $1 / 1000.0)
      ORDER BY next_at LIMIT $2`,
    [withinMs, limit],
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

/** @returns false where it had ended, or never was. */
export async function endRecurrence(sql: Sql, id: string, actor: string): Promise<boolean> {
  const changed = await sql.run(
    `UPDATE standfirst.recurrence SET ended_at = standfirst.clock(), ended_by = $2 WHERE id = $1 AND ended_at IS NULL`,
    [id, actor],
  );
  if (changed > 0) await recordEvent(sql, { type: 'recurrence.ended', subject: id, actor });
  return changed > 0;
}

/** Those that still run. */
export function pageRecurrences(sql: Sql, page: PageRequest): Promise<RecurrenceRow[]> {
  return sql.many(
    recurrenceRow,
    `SELECT ${columns} FROM standfirst.recurrence WHERE ended_at IS NULL AND ($2::text IS NULL OR id > $2) ORDER BY id LIMIT $1`,
    [page.limit, page.after?.[0] ?? null],
  );
}
