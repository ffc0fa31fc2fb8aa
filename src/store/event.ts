import { createHash } from 'node:crypto';
import { z } from 'zod';
import { changedFields } from '../text/changed-fields.ts';
import { maskedIn } from '../text/masked-address.ts';
import type { Sql } from './database.ts';

/** Something that happened, kept for the stream, the audit and the webhooks. `subject` is the id of what it happened to. */
export interface NewEvent {
  readonly type: string;
  readonly subject: string;
  readonly actor?: string | null;
  readonly data?: Readonly<Record<string, unknown>>;
  /** What was changed, before and after: for the audit, which keeps their digests, and beside it the fields that differ. */
  readonly before?: unknown;
  readonly after?: unknown;
  /** The same where the audit's `after` is something else: of a post, the hash of its content. */
  readonly changed?: { readonly before: unknown; readonly after: unknown };
  /** Of a post whose content this changed: the hash it had, as the audit's `after` is the hash it has. */
  readonly hashBefore?: string;
}

/** Writes an event in the caller's transaction; a trigger audits there what a person or a key did. */
export async function recordEvent(sql: Sql, event: NewEvent): Promise<void> {
  await sql.run(
    'INSERT INTO standfirst.event (type, subject, actor, data, before, after, change) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [
      event.type,
      event.subject,
      event.actor ?? null,
      JSON.stringify(shownData(event.type, event.data ?? {})),
      event.hashBefore ?? digestOf(event.before),
      digestOf(event.after),
      changeOf(event),
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

/** What differs, as it is written down; null where the verb does not say, or nothing does. */
function changeOf({ type, before, after, changed = { before, after } }: NewEvent): string | null {
  const fields = changedFields(changed.before, changed.after, /^(source|webhook)\./.test(type));
  return fields.length === 0 ? null : JSON.stringify(fields);
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
  const [tx, seq] = placeOf(cursor);
  return sql.many(
    eventRow,
    `SELECT tx::text || '-' || seq AS cursor, at, type, subject, actor, data FROM standfirst.event
      WHERE (tx, seq) > ($1::xid8, $2::bigint) AND tx < pg_snapshot_xmin(pg_current_snapshot())
      ORDER BY tx, seq LIMIT $3`,
    [String(tx), String(seq), limit],
  );
}

/** The place of the newest event that may be read, as eventsAfter reads them; `0-0` where there is none. */
const NEWEST = `coalesce((SELECT tx::text || '-' || seq FROM standfirst.event WHERE tx < pg_snapshot_xmin(pg_current_snapshot())
  ORDER BY tx DESC, seq DESC LIMIT 1), '0-0')`;

/** The cursor of the newest event that may be read; where a stream without a `Last-Event-ID` begins. */
async function newestCursor(sql: Sql): Promise<string> {
  const row = await sql.one(z.object({ cursor: z.string() }), `SELECT ${NEWEST} AS cursor`);
  return row?.cursor ?? '0-0';
}

/**
 * Where a stream begins: after what its reader saw last, or with what happens from now on. A cursor ahead of every event is
 * another database's, as after a restore: whoever kept it would hear nothing until this one had counted as far, so it begins now.
 */
export async function beginAfter(sql: Sql, given: string | null): Promise<string> {
  const newest = await newestCursor(sql);
  if (given === null) return newest;
  const [tx, seq] = placeOf(given);
  const [newestTx, newestSeq] = placeOf(newest);
  return tx > newestTx || (tx === newestTx && seq > newestSeq) ? newest : given;
}

/** A cursor as it is told with every event: transaction and number, as far as PostgreSQL counts. */
const CURSOR = /^(\d{1,19})-(\d{1,18})$/;

/** Whether a text may be the cursor of an event; whether there is such an event is another question. */
export function isCursor(text: string): boolean {
  return CURSOR.test(text);
}

function placeOf(cursor: string): [tx: bigint, seq: bigint] {
  const [, tx, seq] = CURSOR.exec(cursor) ?? [];
  if (tx === undefined || seq === undefined) throw new Error(`${cursor.slice(0, 80)} is not a cursor of an event.`);
  return [BigInt(tx), BigInt(seq)];
}

/** As many as are told of; a worker has a few dozen in its hands at most. */
const MOST_PUBLISHING = 200;

const newsRow = z.object({ cursor: z.string(), publishing: z.array(z.string()) });

/** What a stream looks for, in one statement that reads two indexes: the newest cursor, and which posts a worker has in its hands. */
export async function lookForNews(sql: Sql): Promise<z.infer<typeof newsRow>> {
  const row = await sql.one(
    newsRow,
    `SELECT ${NEWEST} AS cursor,
            ARRAY(SELECT id FROM standfirst.post WHERE state = 'publishing' LIMIT ${MOST_PUBLISHING}) AS publishing`,
  );
  return row as z.infer<typeof newsRow>;
}

export async function eventsOf(sql: Sql, subject: string, limit: number): Promise<EventRow[]> {
  return sql.many(
    eventRow,
    `SELECT tx::text || '-' || seq AS cursor, at, type, subject, actor, data FROM standfirst.event
      WHERE subject = $1 ORDER BY seq DESC LIMIT $2`,
    [subject, limit],
  );
}
