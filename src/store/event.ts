import { createHash } from 'node:crypto';
import { z } from 'zod';
import { maskedIn } from '../text/masked-address.ts';
import type { Sql } from './database.ts';

/** Something that happened, kept for the stream, the audit and the webhooks. `subject` is the id of what it happened to. */
export interface NewEvent {
  readonly type: string;
  readonly subject: string;
  readonly actor?: string | null;
  readonly data?: Readonly<Record<string, unknown>>;
  /** What was changed, before and after: only their digests are kept, for the audit. */
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Writes an event in the caller's transaction; a trigger audits there what a person or a key did. */
export async function recordEvent(sql: Sql, event: NewEvent): Promise<void> {
  await sql.run(
    'INSERT INTO standfirst.event (type, subject, actor, data, before, after) VALUES ($1, $2, $3, $4, $5, $6)',
    [
      event.type,
      event.subject,
      event.actor ?? null,
      JSON.stringify(shownData(event.type, event.data ?? {})),
      digestOf(event.before),
      digestOf(event.after),
    ],
  );
}

/**
 * What is told of an event: the address of a source, and of what it hands on, may hold a key, and those who hear of it may not all have it. Asked when it
 * is written and, for what was written before that was so, when it is shown.
 */
export function shownData(type: string, data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (type.startsWith('article.')) return maskedIn(data, { onlyKeys: true });
  return type.startsWith('source.') ? maskedIn(data) : data;
}

/** SHA-256 of a value as JSON with its keys in order; null of nothing. */
function digestOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const json = JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
  return createHash('sha256').update(json, 'utf8').digest('hex');
}

const eventRow = z.object({
  cursor: z.string(),
  at: z.date(),
  type: z.string(),
  subject: z.string(),
  actor: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
});
export type EventRow = z.infer<typeof eventRow>;

/**
 * Events after a cursor, oldest first. Only events are returned whose transaction and all earlier ones have ended, so a
 * reader that goes on from the last cursor never skips one that was committed late.
 */
export async function eventsAfter(sql: Sql, cursor: string, limit: number): Promise<EventRow[]> {
  const [tx, seq] = /^\d+-\d+$/.test(cursor) ? cursor.split('-') : ['0', '0'];
  return sql.many(
    eventRow,
    `SELECT tx::text || '-' || seq AS cursor, at, type, subject, actor, data FROM standfirst.event
      WHERE (tx, seq) > ($1::xid8, $2::bigint) AND tx < pg_snapshot_xmin(pg_current_snapshot())
      ORDER BY tx, seq LIMIT $3`,
    [tx, seq, limit],
  );
}

/** The cursor of the newest event that may be read; where a stream without a `Last-Event-ID` begins. */
export async function newestCursor(sql: Sql): Promise<string> {
  const row = await sql.one(
    z.object({ cursor: z.string() }),
    `SELECT tx::text || '-' || seq AS cursor FROM standfirst.event WHERE tx < pg_snapshot_xmin(pg_current_snapshot())
      ORDER BY tx DESC, seq DESC LIMIT 1`,
  );
  return row?.cursor ?? '0-0';
}

export async function eventsOf(sql: Sql, subject: string, limit: number): Promise<EventRow[]> {
  return sql.many(
    eventRow,
    `SELECT tx::text || '-' || seq AS cursor, at, type, subject, actor, data FROM standfirst.event
      WHERE subject = $1 ORDER BY seq DESC LIMIT $2`,
    [subject, limit],
  );
}
