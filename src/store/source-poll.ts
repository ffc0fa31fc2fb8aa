import { z } from 'zod';
import { FAILING_AFTER } from '../domain/source.ts';
import type { Sql } from './database.ts';
import { recordEvent } from './event.ts';
import type { SourceRow } from './source.ts';
import { sourceColumns, sourceRow } from './source.ts';

/** Between the end of one poll of a host and the beginning of the next, whichever process does it. */
export const HOST_FLOOR_MS = 1_000;
/** Longer than any poll takes; a worker that died is followed then. */
const LEASE_MS = 180_000;

const ringRow = z.object({ sourceId: z.string(), poll: z.number() });
export type PollRing = z.infer<typeof ringRow>;

/** Sources that are to be read now, those that have waited longest first; of each host only what may be read at once. */
export function dueSources(sql: Sql, limit: number): Promise<PollRing[]> {
  return sql.many(
    ringRow,
    `SELECT id AS "sourceId", poll FROM standfirst.source
      WHERE state = 'active' AND next_at <= standfirst.clock() AND ${HOST_IS_FREE} ORDER BY next_at LIMIT $1`,
    [limit],
  );
}

/** No other source of the same host is being read, or was just now. */
const HOST_IS_FREE = `NOT EXISTS (SELECT 1 FROM standfirst.source AS other WHERE other.host = source.host AND other.id <> source.id
    AND (other.busy_until > standfirst.clock() OR other.polled_at > standfirst.clock() - interval '${HOST_FLOOR_MS} milliseconds'))`;

/** The one of a host that has waited longest, to be read after this one. */
export function nextOfHost(sql: Sql, sourceId: string): Promise<PollRing | null> {
  return sql.one(
    ringRow,
    `SELECT other.id AS "sourceId", other.poll FROM standfirst.source JOIN standfirst.source AS other ON other.host = source.host
      WHERE source.id = $1 AND other.id <> source.id AND other.state = 'active' AND other.next_at <= standfirst.clock()
      ORDER BY other.next_at LIMIT 1`,
    [sourceId],
  );
}

/**
 * Takes a source that is due for one poll. Of two workers that wake, one gets the row; the other gets null. If this worker
 * dies, it is due again when the lease has run out.
 */
export async function claimPoll(sql: Sql, id: string): Promise<SourceRow | null> {
  // Two sources of one host are claimed one after the other: each sees the other's claim.
  await sql.run(
    `SELECT pg_advisory_xact_lock(${HOST_LOCK}, hashtext(coalesce((SELECT host FROM standfirst.source WHERE id = $1), $1)))`,
    [id],
  );
  return sql.one(
    sourceRow,
    `UPDATE standfirst.source SET poll = poll + 1, busy_until = standfirst.clock() + interval '${LEASE_MS} milliseconds',
            next_at = standfirst.clock() + interval '${LEASE_MS} milliseconds'
      WHERE id = $1 AND state = 'active' AND next_at <= standfirst.clock() AND ${HOST_IS_FREE} RETURNING ${sourceColumns}`,
    [id],
  );
}

const HOST_LOCK = 7_305_003;

/** Makes a source due now. @returns what to ring; null where it is not read by polling, or is paused. */
export function makeDue(sql: Sql, id: string): Promise<PollRing | null> {
  return sql.one(
    ringRow,
    `UPDATE standfirst.source SET next_at = standfirst.clock(), poll = poll + 1
      WHERE id = $1 AND state = 'active' AND kind <> 'push' AND (busy_until IS NULL OR busy_until < standfirst.clock())
     RETURNING id AS "sourceId", poll`,
    [id],
  );
}

export interface PollEnd {
  readonly waitMs: number;
  readonly status: number | null;
  readonly marks: SourceRow['marks'];
  readonly movedTo: string | null;
  /** Found in the feed; wanted where nobody has given the source a name of its own. */
  readonly title: string | null;
  readonly note: string | null;
  readonly isUnchanged: boolean;
  /** Whether it showed all that it has. */
  readonly isWhole: boolean;
}

/** All went well. @returns when it is read next; null where somebody has changed it meanwhile. */
export async function endPoll(sql: Sql, source: SourceRow, end: PollEnd): Promise<Date | null> {
  const { movedTo } = end;
  const isFree =
    movedTo !== null &&
    (await sql.one(
      z.object({ id: z.string() }),
      `SELECT id FROM standfirst.source WHERE kind = $1 AND url = $2 AND state <> 'removed' AND id <> $3`,
      [source.kind, movedTo, source.id],
    )) === null;
  const url = isFree ? movedTo : source.url;
  const ended = await sql.one(
    nextRow,
    `UPDATE standfirst.source SET busy_until = NULL, polled_at = standfirst.clock(), next_at = standfirst.clock() + make_interval(secs => $3 / 1000.0),
            http_status = $4, marks = $5, url = $6, host = $7, note = $8, polls = polls + 1, unchanged = unchanged + $9,
            problem = NULL, failures = 0, failing_since = NULL, baseline_at = coalesce(baseline_at, standfirst.clock()),
            name = CASE WHEN name = host AND $10::text IS NOT NULL THEN $10 ELSE name END,
            read_at = CASE WHEN $11 THEN standfirst.clock() ELSE read_at END
      WHERE id = $1 AND poll = $2 RETURNING next_at AS "nextAt"`,
    [
      source.id,
      source.poll,
      end.waitMs,
      end.status,
      JSON.stringify(end.marks),
      url,
      url === null ? null : (URL.parse(url)?.host ?? null),
      end.note,
      end.isUnchanged ? 1 : 0,
      end.title,
      end.isWhole,
    ],
  );
  if (ended === null) return null;
  if (url !== source.url) {
    const data = { from: source.url, to: url };
    await recordEvent(sql, { type: 'source.moved', subject: source.id, data });
  }
  if (source.failures >= FAILING_AFTER) await recordEvent(sql, { type: 'source.recovered', subject: source.id });
  return ended.nextAt;
}

const nextRow = z.object({ nextAt: z.date() });

/** It could not be read. The failure that makes it `failing` is told, once. @returns as `endPoll`. */
export async function failPoll(
  sql: Sql,
  source: SourceRow,
  fault: { waitMs: number; status: number | null; problem: string },
): Promise<Date | null> {
  const row = await sql.one(
    nextRow.extend({ failures: z.number(), since: z.date() }),
    `UPDATE standfirst.source SET busy_until = NULL, polled_at = standfirst.clock(), next_at = standfirst.clock() + make_interval(secs => $3 / 1000.0),
            http_status = $4, problem = $5, polls = polls + 1, failures = failures + 1,
            failing_since = coalesce(failing_since, standfirst.clock())
      WHERE id = $1 AND poll = $2 RETURNING failures, failing_since AS since, next_at AS "nextAt"`,
    [source.id, source.poll, fault.waitMs, fault.status, fault.problem],
  );
  if (row?.failures !== FAILING_AFTER) return row?.nextAt ?? null;
  const data = { name: source.name, url: source.url, problem: fault.problem, since: row.since.toISOString() };
  await recordEvent(sql, { type: 'source.failing', subject: source.id, data });
  return row.nextAt;
}
